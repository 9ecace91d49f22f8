"""Pages of published results. They read releases; answers are out of their reach."""

from typing import Any
from uuid import UUID

from flask import abort, redirect, render_template, request, url_for

from dialog.people.permissions import may
from dialog.people.signing_in import actor, permit, permitted
from dialog.results import comparing, pages, pictures, queries, unpublished, wording
from dialog.results import releases as published
from dialog.results.models import Release
from dialog.surveys.opening import record
from dialog.web.database import session


@permitted("release.see")
def releases() -> Any:
    search, page = request.args.get("sok", "").strip(), max(1, request.args.get("sida", 1, int))
    found, last = queries.releases(session(), search=search, page=page)
    waiting = unpublished.rounds(session()) if may(actor(), "release.make") else []
    return render_template(
        "results/releases.html",
        releases=found,
        waiting=waiting,
        search=search,
        page=page,
        last=last,
    )


@permitted("release.see")
def of_round(round_id: UUID) -> Any:
    """The way from a round to its release, for pages that know the round only."""
    found = published.of_round(session(), round_id=round_id)
    if found is None:
        abort(404)
    return redirect(url_for("results.release", release_id=found.id))


@permitted("release.see")
def release(release_id: UUID) -> Any:
    found = existing(release_id)
    top = queries.top(session(), release_id=found.id)
    search = request.args.get("sok", "").strip()
    units = (
        queries.search_units(session(), release_id=found.id, search=search, deepest=deepest())
        if search
        else []
    )
    page = pages.group_page(session(), release=found, unit=top.unit, deepest=deepest())
    opening = [record.from_published(line) for line in found.opening]
    return render_template(
        "results/release.html", page=page, search=search, units=units, record=opening
    )


@permitted("release.see")
def group(release_id: UUID, unit: str) -> Any:
    found = existing(release_id)
    level = request.args.get("niva", "")
    page = pages.group_page(session(), release=found, unit=unit, level=level, deepest=deepest())
    permit_depth(page.group.depth if page else None)
    if page is None:
        abort(404)
    return render_template("results/group.html", page=page)


def existing(release_id: UUID) -> Release:
    """The release, or 404."""
    found = queries.release(session(), release_id=release_id)
    if found is None:
        abort(404)
    return found


def deepest() -> int | None:
    """The depth at which the reader's results end, None: they do not."""
    return None if may(actor(), "release.detail") else queries.PUBLIC_DEPTH


def permit_depth(depth: int | None) -> None:
    """Public pages end at förvaltning. What does not exist is treated as what is below that."""
    if depth is None or depth > queries.PUBLIC_DEPTH:
        permit("release.detail")


def words() -> dict[str, object]:
    """What the templates of results may call."""
    return {
        "said": wording.said,
        "whole": wording.whole,
        "decimal": wording.decimal,
        "share": wording.share,
        "level_of": wording.level,
        "place_of": wording.place,
        "finding_of": wording.scores_sentence,
        "difference_of": wording.difference_sentence,
        "score_of": comparing.score_of,
        "answer_names": pictures.answer_names,
        "public_depth": queries.PUBLIC_DEPTH,
    }
