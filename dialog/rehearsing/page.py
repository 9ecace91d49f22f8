"""What a rehearsal shows: everything of a round that one asker would get on one day."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _
from sqlmodel import Session

from dialog.core.disclosure.proposing import PERCENT
from dialog.organisation.queries import Node
from dialog.rehearsing import asking, examples, paper, papers, turns
from dialog.rehearsing.calendar import Calendar
from dialog.rehearsing.examples import Plan
from dialog.rehearsing.paper import Paper, There
from dialog.surveys import result_groups
from dialog.surveys.models import Round
from dialog.surveys.rounds import checklist, neighbours

PAGES = 20  # result pages that are listed


def facts(
    session: Session,
    *,
    round_: Round,
    nodes: Sequence[Node],
    days: Calendar,
    unit: str | None,
    day: date,
    percent: int,
) -> dict[str, Any]:
    """All of it, as plain values. `nodes`: the units of the round's audience."""
    plan = Plan(round_, checklist.questionnaire_of(session, round_=round_), days.opens)
    units = neighbours.among(session, round_=round_, nodes=nodes)
    groups = result_groups.of(round_)
    foresight = neighbours.outlook(units, round_=round_, percent=percent, groups=groups)
    ground = asking.ground(units, round_, foresight)
    # Of fewer than k answers none is opened.
    opened = foresight.people * percent >= round_.k * PERCENT
    found = papers.papers(round_, plan.form, days, opened=opened)
    there = [
        (one, examples.example(one, plan=plan, ground=ground, unit=unit, day=day), _note(one, day))
        for one in found
        if one.on(day) is There.NOW
    ]
    crowds, number = examples.crowds(ground, unit)
    pages = asking.pages(ground, unit) if opened and _is_there(found, "public", day) else []
    return {
        "asked": foresight.people,
        "opened": opened,
        "percent": percent,
        "there": there,
        "gone": [one for one in found if one.on(day) is There.GONE],
        "not_yet": [one for one in found if one.on(day) is There.NOT_YET],
        "never": papers.never(round_),
        "turns": turns.turns(round_, found, days, opened=opened),
        "units_gone": paper.units_gone(round_, day),
        "matching": opened and _is_there(found, "rows", day) and not paper.units_gone(round_, day),
        "listed": _is_there(found, "list", day),
        "crowds": crowds,
        "crowd_number": number,
        "smallest": examples.smallest(ground),
        "pages": pages[:PAGES],
        "page_number": len(pages),
        "page_results": sum(1 for one in pages if one.has_result),
        "unit_name": ground.names[unit] if unit else "",
    }


def _is_there(found: list[Paper], name: str, day: date) -> bool:
    return any(one.name == name and one.on(day) is There.NOW for one in found)


def _note(one: Paper, day: date) -> str:
    if one.earliest and day == one.since:
        return str(_("Den här dagen är den tidigaste möjliga."))
    return ""
