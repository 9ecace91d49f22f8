"""Polls: made ready, opened, voted in with a pass, and closed; then the result is seen."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlmodel import Session, col, select

from dialog.core.disclosure.policy import Policy
from dialog.core.errors import RefusedError
from dialog.meetings import events, steps
from dialog.meetings.live import passes
from dialog.meetings.live_models import EventKind, MeetingPoll, MeetingVote, PollKind, PollState
from dialog.meetings.models import Meeting, MeetingState

K: Final = Policy().k
SCALE: Final = ("1", "2", "3", "4", "5")
MOST_OPTIONS: Final = 8
_WHILE: Final = frozenset({MeetingState.INVITED, MeetingState.LIVE})


@dataclass(frozen=True)
class Line:
    option: str
    number: int
    share: int  # per cent of those who voted


@dataclass(frozen=True)
class Shown:
    """A poll as all see it. `lines` is empty until it is closed, and if fewer than k voted."""

    row: MeetingPoll
    voted: int | None  # None: open, or too few to say
    lines: list[Line]


def make(
    session: Session, *, meeting: Meeting, question: str, kind: PollKind, options: Sequence[str]
) -> MeetingPoll:
    """A poll that is ready to be opened. A scale has its own options. Raises RefusedError."""
    steps.hold(session, meeting=meeting)
    if meeting.state not in _WHILE | {MeetingState.SCHEDULED}:
        raise RefusedError(_("Mötet är över. Det går inte att göra någon omröstning."))
    chosen = list(SCALE) if kind is PollKind.SCALE else list(dict.fromkeys(options))
    if not 1 < len(chosen) <= MOST_OPTIONS:
        raise RefusedError(_("Skriv två till åtta svarsalternativ, ett på varje rad."))
    poll = MeetingPoll(
        meeting_id=meeting.id, kind=kind, question=question, options=chosen,
        position=len(all_of(session, meeting=meeting)) + 1,
    )  # fmt: skip
    session.add(poll)
    _tell(session, poll)
    return poll


def open_(session: Session, *, poll: MeetingPoll) -> None:
    """Let everybody vote. What was closed stays closed: its result has been seen."""
    _take(session, poll, PollState.READY, PollState.OPEN)


def close(session: Session, *, poll: MeetingPoll) -> None:
    _take(session, poll, PollState.OPEN, PollState.CLOSED)


def vote(
    session: Session,
    *,
    meeting: Meeting,
    poll_id: UUID,
    choices: Sequence[int],
    pass_: bytes,
    signature: bytes,
) -> None:
    """Vote, or vote otherwise while the poll is open; the same again changes nothing."""
    poll = of(session, meeting=meeting, poll_id=poll_id)
    if poll is None:
        raise RefusedError(_("Omröstningen finns inte."))
    mark = passes.mark(session, meeting=meeting, thing_id=poll.id, pass_=pass_, signature=signature)
    given = sorted(set(choices))
    wrong = not given or not set(given) <= set(range(len(poll.options)))
    if wrong or (len(given) > 1 and poll.kind is not PollKind.SEVERAL):
        raise RefusedError(_("Välj ett svar."))
    # Shared with other votes, and closed to those who would close the poll meanwhile.
    session.refresh(poll, with_for_update={"read": True})
    if poll.state is not PollState.OPEN:
        raise RefusedError(_("Omröstningen är inte öppen."))
    row = session.get(MeetingVote, (poll.id, mark))
    if row is None:
        row = MeetingVote(poll_id=poll.id, pass_hash=mark, choices=given)
    row.choices = given
    session.add(row)
    session.flush()


def of(session: Session, *, meeting: Meeting, poll_id: UUID) -> MeetingPoll | None:
    poll = session.get(MeetingPoll, poll_id)
    return poll if poll is not None and poll.meeting_id == meeting.id else None


def all_of(session: Session, *, meeting: Meeting) -> Sequence[MeetingPoll]:
    query = select(MeetingPoll).where(MeetingPoll.meeting_id == meeting.id)
    return session.exec(query.order_by(col(MeetingPoll.position), col(MeetingPoll.id))).all()


def numbers(session: Session, *, meeting: Meeting) -> dict[UUID, int]:
    """How many have voted in each poll, for those who run the meeting; none: not in there."""
    query = (
        sa.select(col(MeetingVote.poll_id), sa.func.count())
        .join(MeetingPoll, col(MeetingPoll.id) == col(MeetingVote.poll_id))
        .where(col(MeetingPoll.meeting_id) == meeting.id)
        .group_by(col(MeetingVote.poll_id))
    )
    return {UUID(str(key)): number for key, number in session.connection().execute(query)}


def shown(session: Session, *, meeting: Meeting) -> list[Shown]:
    """The polls that all see: open ones without a number, closed ones with their result."""
    return [
        _result(session, poll) if poll.state is PollState.CLOSED else Shown(poll, None, [])
        for poll in all_of(session, meeting=meeting)
        if poll.state is not PollState.READY
    ]


def _result(session: Session, poll: MeetingPoll) -> Shown:
    votes = session.exec(select(MeetingVote.choices).where(MeetingVote.poll_id == poll.id)).all()
    if len(votes) < K:
        return Shown(poll, None, [])
    chosen = Counter(choice for choices in votes for choice in choices)
    return Shown(
        poll,
        len(votes),
        [
            Line(option, chosen[place], round(100 * chosen[place] / len(votes)))
            for place, option in enumerate(poll.options)
        ],
    )


def _take(session: Session, poll: MeetingPoll, before: PollState, after: PollState) -> None:
    steps.hold(session, meeting=session.get_one(Meeting, poll.meeting_id))
    session.refresh(poll, with_for_update=True)
    if poll.state is not before:
        raise RefusedError(_("Omröstningen har redan öppnats eller stängts."))
    poll.state = after
    session.add(poll)
    _tell(session, poll)


def _tell(session: Session, poll: MeetingPoll) -> None:
    session.flush()
    events.tell(session, meeting_id=poll.meeting_id, kind=EventKind.POLL, about=poll.id)
