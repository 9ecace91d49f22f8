"""What was answered after a meeting, over a series and over a form: pages and their pictures."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Response, abort, render_template, request, url_for

from dialog.followups import page, pictures, queries
from dialog.followups.comparing import Comparison, compare
from dialog.followups.words import SHORT
from dialog.meetings import words
from dialog.meetings.models import MeetingFormat, MeetingSeries
from dialog.people.signing_in import me, permit, permitted
from dialog.results.drawing import pictures as drawn
from dialog.web.database import session


@permitted("account.own")
def meeting(meeting_id: UUID) -> Any:
    return render_template("followups/meeting.html", words=words, **page.of_meeting(meeting_id))


@permitted("account.own")
def meeting_chart(meeting_id: UUID) -> Any:
    shown = page.of_meeting(meeting_id)["result"] or abort(404)
    block = shown.sections[0].blocks[0].block
    return _picture(lambda wide: drawn.of_block(block, shown.group, wide=wide))


@permitted("account.own")
def series(series_id: UUID) -> Any:
    found, compared = _of_series(series_id)
    return render_template(
        "followups/over.html",
        title=found.title,
        above=(url_for("meetings.series", series_id=found.id), found.title),
        chart=url_for("followups.series_chart", series_id=found.id),
        **_facts(compared),
    )


@permitted("account.own")
def series_chart(series_id: UUID) -> Any:
    return _chart(_of_series(series_id)[1])


@permitted("meeting.plan")
def form(format_id: UUID) -> Any:
    found, compared = _of_form(format_id)
    return render_template(
        "followups/over.html",
        title=found.title,
        above=(url_for("meetings.format", format_id=found.id), found.title),
        chart=url_for("followups.form_chart", format_id=found.id),
        with_versions=True,
        **_facts(compared),
    )


@permitted("meeting.plan")
def form_chart(format_id: UUID) -> Any:
    return _chart(_of_form(format_id)[1])


def _of_series(series_id: UUID) -> tuple[MeetingSeries, Comparison]:
    found = session().get(MeetingSeries, series_id) or abort(404)
    permit("followup.results", queries.people_of_series(session(), series=found, among=me()))
    meetings = queries.meetings_of_series(session(), series_id=found.id)
    return found, compare(session(), meetings=meetings)


def _of_form(format_id: UUID) -> tuple[MeetingFormat, Comparison]:
    found = session().get(MeetingFormat, format_id) or abort(404)
    meetings = queries.meetings_of_form(session(), family=found.family)
    versions = queries.versions_of(session(), family=found.family)
    return found, compare(session(), meetings=meetings, versions=versions)


def _facts(compared: Comparison) -> dict[str, Any]:
    return {
        "compared": compared,
        "finding": pictures.finding(compared) if compared.shown else "",
        "may_open": page.may_open(),
        "words": words,
        "short": SHORT,
    }


def _chart(compared: Comparison) -> Response:
    if not compared.shown:
        abort(404)
    return _picture(lambda wide: pictures.of_comparison(compared, wide=wide))


def _picture(draw: Callable[[bool], bytes]) -> Response:
    """Drawn when it is asked for: what it shows grows with every meeting."""
    found = Response(draw(request.args.get("bred") == "1"), mimetype="image/svg+xml")
    found.headers["Cache-Control"] = "private, no-cache"
    return found
