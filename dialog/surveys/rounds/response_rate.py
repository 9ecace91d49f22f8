"""The response rate that may be seen: counted once a day, and only where enough have answered."""

from collections.abc import Mapping
from typing import Final

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialog.desk import Desk
from dialog.organisation.models import Unit
from dialog.storage.clock import today
from dialog.surveys import result_groups
from dialog.surveys.models import Access, Invitation, LinkIssue, Round, RoundState
from dialog.surveys.rounds import steps
from dialog.surveys.rounds.states import RUNNING

LAST_COUNT: Final = "count"
COUNTED: Final = RUNNING | {RoundState.CLOSED}
PLACE_OF_FORVALTNING: Final = 1  # in the path of codes from the root


def update(session: Session, *, round_: Round) -> None:
    """Count and keep what may be shown today. When the round is closed this is the last count."""
    by_stack: dict[str, tuple[int, int]] = {}
    if round_.access is Access.LINK:
        by_link = sa.select(sa.func.count()).where(col(LinkIssue.round_id) == round_.id)
        issued = session.connection().scalar(by_link) or 0
        by_unit: dict[str, tuple[int, int]] = {}
    else:
        by_unit = _by_forvaltning(session, round_=round_, printed=False)
        by_stack = _by_forvaltning(session, round_=round_, printed=True)
        issued = _answered(by_unit)
    round_.rate_shown = issued if issued >= round_.k else None
    round_.rate_by_unit = _kept(by_unit, k=round_.k)
    # Printed codes are counted apart, those of withdrawn stacks among them: to leave out only
    # what was not used would tell how many of one stack were.
    used = _answered(by_stack)
    round_.codes_shown = used if used >= round_.k else None
    round_.codes_by_unit = _kept(by_stack, k=round_.k)
    round_.rate_shown_on = today()
    session.add(round_)


def _answered(counts: Mapping[str, tuple[int, int]]) -> int:
    return sum(answered for answered, _invited in counts.values())


def _kept(counts: Mapping[str, tuple[int, int]], *, k: int) -> dict[str, list[int]]:
    return {code: list(pair) for code, pair in showable(counts, k=k).items()}


def showable(counts: Mapping[str, tuple[int, int]], *, k: int) -> dict[str, tuple[int, int]]:
    """Those of code -> (answered, invited) that can stand beside their sum: each with at least k
    answered, and those left out together with at least k, so that no subtraction tells of fewer.
    """
    shown = {code: pair for code, pair in counts.items() if pair[0] >= k}
    hidden = [pair[0] for code, pair in counts.items() if code not in shown]
    by_size = sorted(shown, key=lambda code: (shown[code][0], code))
    while hidden and sum(hidden) < k and by_size:
        hidden.append(shown.pop(by_size.pop(0))[0])
    return shown


def update_due(desk: Desk) -> None:
    """Count the open rounds that have not been counted today, and closed ones a last time."""
    with desk.reading() as session:
        found = session.exec(select(Round).where(col(Round.state).in_(COUNTED))).all()
        due = [round_.id for round_ in found if _is_due(session, round_)]
    for round_id in due:
        with desk.writing() as session:
            round_ = session.get_one(Round, round_id)
            steps.hold(session, round_=round_)
            if _is_due(session, round_):
                update(session, round_=round_)
                if round_.state is RoundState.CLOSED:
                    steps.keep(session, round_=round_, action=LAST_COUNT, by=None)
            session.commit()


def _is_due(session: Session, round_: Round) -> bool:
    if round_.state in RUNNING:
        return round_.rate_shown_on != today()
    return round_.state is RoundState.CLOSED and not steps.has_happened(
        session, round_=round_, action=LAST_COUNT
    )


def _by_forvaltning(
    session: Session, *, round_: Round, printed: bool
) -> dict[str, tuple[int, int]]:
    """(answered, all) by code of the förvaltning, or of the result group that it is in, of printed
    codes or of people invited; "" are codes without a unit.
    """
    together = {unit: group.code for group in result_groups.of(round_) for unit in group.units}
    stack = col(Invitation.stack_id)
    answered = sa.func.sum(sa.case((col(Invitation.issued), 1), else_=0))
    query = (
        sa.select(col(Unit.path), answered, sa.func.count())
        .select_from(Invitation)
        .join(Unit, col(Invitation.unit_id) == col(Unit.id), isouter=True)
        .where(col(Invitation.round_id) == round_.id)
        .where(stack.is_not(None) if printed else stack.is_(None))
        .group_by(col(Unit.path))
    )
    totals: dict[str, tuple[int, int]] = {}
    for path, issued, invited in session.connection().execute(query):
        codes = (path or "").strip("/").split("/")
        code = codes[min(PLACE_OF_FORVALTNING, len(codes) - 1)]
        code = together.get(code, code)
        before = totals.get(code, (0, 0))
        totals[code] = (before[0] + int(issued), before[1] + int(invited))
    return totals
