"""Polls: made ready, opened, voted in with a pass, and closed; then the result is seen.

Closing counts the votes and disposes of them: afterwards there is nothing but a tally.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlmodel import Session, col, select

from dialog.core.disclosure.policy import Policy
from dialog.core.errors import RefusedError
from dialog.core.meetings.word_clouds import Cloud, cloud
from dialog.meetings import events, relaying, steps
from dialog.meetings.live_models import EventKind, MeetingPoll, MeetingVote, PollKind, PollState
from dialog.meetings.models import Meeting, MeetingState

K: Final = Policy().k
GONE: Final = ""  # in the place of a hidden word that is disposed of
OWN: Final = {PollKind.SCALE: ("1", "2", "3", "4", "5"), PollKind.WORDS: ()}  # options
MOST_OPTIONS: Final = 8
OPEN_WHILE: Final = frozenset({MeetingState.INVITED, MeetingState.LIVE})  # polls are opened


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
    if meeting.state not in OPEN_WHILE | {MeetingState.SCHEDULED}:
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
    """Let everybody vote. What was closed stays closed: its result has been seen. Raises
    RefusedError.
    """
    if _hold(session, poll, PollState.READY).state not in OPEN_WHILE:
        raise RefusedError(_("En omröstning kan öppnas när mötet är kallat eller pågår."))
    poll.state = PollState.OPEN
    tell(session, poll)


def close(session: Session, *, poll: MeetingPoll) -> None:
    """Nobody votes any more, and no vote is kept; of fewer than k not even what they were for. All
    see the result; words only when somebody has read them.
    """
    _hold(session, poll, PollState.OPEN)
    mine = col(MeetingVote.poll_id) == poll.id
    votes = session.exec(select(MeetingVote.choices).where(mine)).all()
    poll.voted = len(votes)
    if len(votes) >= K:
        poll.tally = _tally(poll, votes)
    words = poll.kind is PollKind.WORDS and poll.tally
    poll.state = PollState.SORTING if words else PollState.CLOSED
    session.connection().execute(sa.delete(MeetingVote).where(mine))
    tell(session, poll)
    relaying.ask(session, meeting_id=poll.meeting_id)


def close_all(session: Session, *, meeting: Meeting) -> None:
    """Close what is open, where the meeting is over or put off."""
    for poll in all_of(session, meeting=meeting):
        if poll.state is PollState.OPEN:
            close(session, poll=poll)


def _tally(poll: MeetingPoll, votes: Sequence[Sequence[int | str]]) -> list[int | str]:
    chosen = [choice for choices in votes for choice in choices]
    if poll.kind is PollKind.WORDS:
        return sorted(chosen, key=str)
    return [chosen.count(place) for place in range(len(poll.options))]


def of(session: Session, *, meeting: Meeting, poll_id: UUID) -> MeetingPoll | None:
    poll = session.get(MeetingPoll, poll_id)
    return poll if poll is not None and poll.meeting_id == meeting.id else None


def all_of(session: Session, *, meeting: Meeting) -> Sequence[MeetingPoll]:
    query = select(MeetingPoll).where(MeetingPoll.meeting_id == meeting.id)
    return session.exec(query.order_by(col(MeetingPoll.position), col(MeetingPoll.id))).all()


def numbers(session: Session, *, meeting: Meeting) -> dict[UUID, int]:
    """How many have voted in each poll, for those who run the meeting; none: not in there."""
    counted = {poll.id: poll.voted for poll in all_of(session, meeting=meeting) if poll.voted}
    query = (
        sa.select(col(MeetingVote.poll_id), sa.func.count())
        .join(MeetingPoll, col(MeetingPoll.id) == col(MeetingVote.poll_id))
        .where(col(MeetingPoll.meeting_id) == meeting.id)
        .group_by(col(MeetingVote.poll_id))
    )
    found = session.connection().execute(query)
    return counted | {UUID(str(key)): number for key, number in found}


def shown(session: Session, *, meeting: Meeting) -> list[Shown]:
    """The polls that all see: open ones without a number, closed ones with their result."""
    return [
        _result(poll) if poll.state is PollState.CLOSED else Shown(poll)
        for poll in all_of(session, meeting=meeting)
        if poll.state is not PollState.READY
    ]


def _result(poll: MeetingPoll) -> Shown:
    if not poll.voted or not (poll.tally or poll.hidden):
        return Shown(poll)
    if poll.kind is PollKind.WORDS:
        return Shown(poll, poll.voted, cloud=words_of(poll, hidden=poll.hidden))
    return Shown(
        poll,
        poll.voted,
        [
            Line(option, int(number), round(100 * int(number) / poll.voted))
            for option, number in zip(poll.options, poll.tally, strict=True)
        ],
    )


def words_of(poll: MeetingPoll, *, hidden: Sequence[str] = ()) -> Cloud:
    """The words of a poll that is closed; each stands in its tally as often as it was written."""
    found = cloud([[str(word)] for word in poll.tally], hidden=hidden)
    return replace(found, hidden=found.hidden + poll.hidden.count(GONE))


def _hold(session: Session, poll: MeetingPoll, state: PollState) -> Meeting:
    """Keep votes and others that lead away until this is done; refuse if somebody was first."""
    meeting = session.get_one(Meeting, poll.meeting_id)
    steps.hold(session, meeting=meeting)
    session.refresh(poll, with_for_update=True)
    if poll.state is not state:
        raise RefusedError(_("Omröstningen har redan öppnats eller stängts."))
    return meeting


def tell(session: Session, poll: MeetingPoll) -> None:
    """Keep a change of the poll, and tell those who follow the meeting."""
    session.add(poll)
    session.flush()
    events.tell(session, meeting_id=poll.meeting_id, kind=EventKind.POLL, about=poll.id)
