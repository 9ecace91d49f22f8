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
from dialog.core.meetings.word_clouds import Cloud, cloud
from dialog.meetings import events, steps
from dialog.meetings.live_models import EventKind, MeetingPoll, MeetingVote, PollKind, PollState
from dialog.meetings.models import Meeting, MeetingState

K: Final = Policy().k
OWN: Final = {PollKind.SCALE: ("1", "2", "3", "4", "5"), PollKind.WORDS: ()}  # options
MOST_OPTIONS: Final = 8
_WHILE: Final = frozenset({MeetingState.INVITED, MeetingState.LIVE})


@dataclass(frozen=True)
class Line:
    option: str
    number: int
    share: int  # per cent of those who voted


@dataclass(frozen=True)
class Shown:
    """A poll as all see it: nothing of its result until it is closed, nor if fewer than k voted."""

    row: MeetingPoll
    voted: int | None = None  # None: open, or too few to say
    lines: Sequence[Line] = ()
    cloud: Cloud | None = None


def make(
    session: Session, *, meeting: Meeting, question: str, kind: PollKind, options: Sequence[str]
) -> MeetingPoll:
    """A poll that is ready to be opened. A scale has its own options, words have none. Raises
    RefusedError.
    """
    steps.hold(session, meeting=meeting)
    if meeting.state not in _WHILE | {MeetingState.SCHEDULED}:
        raise RefusedError(_("Mötet är över. Det går inte att göra någon omröstning."))
    chosen = list(OWN.get(kind, dict.fromkeys(options)))
    if kind not in OWN and not 1 < len(chosen) <= MOST_OPTIONS:
        raise RefusedError(_("Skriv två till åtta svarsalternativ, ett på varje rad."))
    poll = MeetingPoll(
        meeting_id=meeting.id, kind=kind, question=question, options=chosen,
        position=len(all_of(session, meeting=meeting)) + 1,
    )  # fmt: skip
    tell(session, poll)
    return poll


def open_(session: Session, *, poll: MeetingPoll) -> None:
    """Let everybody vote. What was closed stays closed: its result has been seen."""
    _hold(session, poll, PollState.READY)
    poll.state = PollState.OPEN
    tell(session, poll)


def close(session: Session, *, poll: MeetingPoll) -> None:
    """Nobody votes any more. All see the result; words only when somebody has read them."""
    _hold(session, poll, PollState.OPEN)
    words = poll.kind is PollKind.WORDS and len(votes(session, poll=poll)) >= K
    poll.state = PollState.SORTING if words else PollState.CLOSED
    tell(session, poll)


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


def votes(session: Session, *, poll: MeetingPoll) -> Sequence[list[int | str]]:
    query = select(MeetingVote.choices).where(MeetingVote.poll_id == poll.id)
    return [list(choices) for choices in session.exec(query)]


def shown(session: Session, *, meeting: Meeting) -> list[Shown]:
    """The polls that all see: open ones without a number, closed ones with their result."""
    return [
        _result(session, poll) if poll.state is PollState.CLOSED else Shown(poll)
        for poll in all_of(session, meeting=meeting)
        if poll.state is not PollState.READY
    ]


def _result(session: Session, poll: MeetingPoll) -> Shown:
    given = votes(session, poll=poll)
    if len(given) < K:
        return Shown(poll)
    if poll.kind is PollKind.WORDS:
        return Shown(poll, len(given), cloud=words_of(given, hidden=poll.hidden))
    chosen = Counter(choice for choices in given for choice in choices)
    return Shown(
        poll,
        len(given),
        [
            Line(option, chosen[place], round(100 * chosen[place] / len(given)))
            for place, option in enumerate(poll.options)
        ],
    )


def words_of(given: Sequence[list[int | str]], *, hidden: Sequence[str] = ()) -> Cloud:
    return cloud([[str(word) for word in words] for words in given], hidden=hidden)


def _hold(session: Session, poll: MeetingPoll, state: PollState) -> None:
    """Keep votes and others that lead away until this is done; refuse if somebody was first."""
    steps.hold(session, meeting=session.get_one(Meeting, poll.meeting_id))
    session.refresh(poll, with_for_update=True)
    if poll.state is not state:
        raise RefusedError(_("Omröstningen har redan öppnats eller stängts."))


def tell(session: Session, poll: MeetingPoll) -> None:
    """Keep a change of the poll, and tell those who follow the meeting."""
    session.add(poll)
    session.flush()
    events.tell(session, meeting_id=poll.meeting_id, kind=EventKind.POLL, about=poll.id)
