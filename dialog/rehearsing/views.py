"""The page of a rehearsal."""

from datetime import date
from typing import Any
from uuid import UUID

from flask import abort, render_template, request

from dialog.organisation import audiences
from dialog.people.signing_in import permitted
from dialog.rehearsing import calendar, page
from dialog.rehearsing.calendar import Calendar
from dialog.rehearsing.forms import ANYBODY, RehearsalForm
from dialog.storage.clock import today
from dialog.surveys.models import Round
from dialog.surveys.rounds import group_page
from dialog.web.database import session
from dialog.web.forms import status


@permitted("round.see")
def rehearsal(round_id: UUID) -> Any:
    """What would be given of the round to who is chosen, on the day that is chosen."""
    round_ = session().get(Round, round_id) or abort(404)
    if round_.standing_plan is not None:  # who is asked is not known while it is planned
        abort(404)
    days = calendar.of(round_)
    form = _form(round_)
    valid = form.validate()
    day = form.dag.data or _first_day(days)
    shown = valid and days is not None
    return render_template(
        "rehearsing/rehearsal.html",
        round=round_,
        form=form,
        days=days,
        day=day,
        asker=form.vem.data,
        **(_facts(round_, form, days, day) if shown and days is not None else {}),
    ), status(form)


def _form(round_: Round) -> RehearsalForm:
    """As it was sent; at first what anybody gets."""
    form = RehearsalForm(request.args or None)
    form.vem.data = form.vem.data or ANYBODY
    form.offer(audiences.units_in(session(), audience=audiences.from_json(round_.audience)))
    return form


def _first_day(days: Calendar | None) -> date:
    """The day on which there is most to ask for."""
    return days.published if days else today()


def _facts(round_: Round, form: RehearsalForm, days: Calendar, day: date) -> dict[str, Any]:
    return page.facts(
        session(),
        round_=round_,
        nodes=form.nodes,
        days=days,
        unit=form.unit(),
        day=day,
        percent=form.andel.data or group_page.USUAL,
    )
