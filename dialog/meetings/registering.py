"""Whether those who are asked to come do: their answers, needs, and places in a full room."""

from collections.abc import Collection
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlmodel import Session, col, select

from dialog.core.errors import RefusedError
from dialog.core.meetings.seats import seated
from dialog.meetings import steps, telling
from dialog.meetings.models import Answer, Meeting, MeetingInvitation, MeetingState
from dialog.storage.clock import now

NEEDS: Final[dict[str, Any]] = {
    "loop": _l("Hörslinga"),
    "interpreter": _l("Tolk"),
    "wheelchair": _l("Plats för rullstol"),
    "text": _l("Skrivtolkning"),
}
OPEN: Final = frozenset({MeetingState.INVITED, MeetingState.LIVE})


def answer(
    session: Session,
    *,
    meeting: Meeting,
    person_id: UUID,
    given: Answer,
    needs: Collection[str] = (),
    needs_words: str = "",
) -> MeetingInvitation:
    """Register an answer, or another one instead. Who wants a seat in a full room waits for one;
    who leaves a seat gives it to whoever has waited the longest. Raises RefusedError.
    """
    steps.hold(session, meeting=meeting)
    if meeting.state not in OPEN:
        raise RefusedError(_("Det går inte att anmäla sig till mötet nu."))
    row = session.get(MeetingInvitation, (meeting.id, person_id))
    if row is None or row.withdrawn:
        raise RefusedError(_("Du är inte kallad till mötet."))
    if row.answer is not given:
        row.answer, row.answered_at = given, now()
        row.waiting = given is Answer.YES  # until a seat is found for them
    row.needs = [need for need in NEEDS if need in needs] if given is not Answer.NO else []
    row.needs_words = needs_words.strip() if given is not Answer.NO else ""
    session.add(row)
    session.flush()
    for person in settle(session, meeting=meeting):
        if person != person_id:
            telling.seat(session, meeting=meeting, person_id=person)
    return row


def settle(session: Session, *, meeting: Meeting) -> list[UUID]:
    """Give the free seats to those who wait, the first first; who moved up."""
    rows = {
        row.person_id: row
        for row in session.exec(
            select(MeetingInvitation)
            .where(
                MeetingInvitation.meeting_id == meeting.id,
                MeetingInvitation.answer == Answer.YES,
                col(MeetingInvitation.withdrawn).is_(False),
            )
            .order_by(col(MeetingInvitation.answered_at), col(MeetingInvitation.person_id))
        )
    }
    wanting = [(person, not row.waiting) for person, row in rows.items()]
    have, _waiting = seated(wanting, capacity=meeting.capacity)
    moved = [person for person in have if rows[person].waiting]
    for person in moved:
        rows[person].waiting = False
        session.add(rows[person])
    session.flush()
    return moved


def check_in(session: Session, *, meeting: Meeting, person_id: UUID, came: bool = True) -> None:
    """Note that somebody has come, or that it was a mistake."""
    row = session.get(MeetingInvitation, (meeting.id, person_id))
    if row is None:
        raise RefusedError(_("Personen är inte kallad till mötet."))
    row.came_at = (row.came_at or now()) if came else None
    session.add(row)


def numbers(session: Session, *, meeting: Meeting) -> dict[str, int]:
    """How many were asked, answered what, wait, and came. For those who run the meeting."""
    row = MeetingInvitation
    counted = {
        "asked": sa.true(),
        "yes": sa.and_(col(row.answer) == Answer.YES, col(row.waiting).is_(False)),
        "waiting": col(row.waiting),
        "remote": col(row.answer) == Answer.REMOTE,
        "no": col(row.answer) == Answer.NO,
        "came": col(row.came_at).is_not(None),
    }
    query = sa.select(
        *(sa.func.count(sa.case((what, 1))).label(name) for name, what in counted.items())
    ).where(col(row.meeting_id) == meeting.id, col(row.withdrawn).is_(False))
    return dict(session.connection().execute(query).mappings().one())
