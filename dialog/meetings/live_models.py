"""Tables of the live room: what has happened, by number, questions, polls, and passes."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from dialog.storage.privileges import may
from dialog.storage.rows import Row, choice, primary_key, reference


def _unordered(*rights: str) -> dict[str, Any]:
    """On SQLite rows lie in the order of their keys, not in the order in which they came."""
    return {**may(*rights), "sqlite_with_rowid": False}


class EventKind(StrEnum):
    MEETING = "meeting"  # it began, or ended
    AGENDA = "agenda"  # an item began, was handled, moved
    QUESTION = "question"  # one is shown, answered, merged
    QUEUE = "queue"  # one was put, claimed, held: only moderators see a difference
    SUPPORT = "support"
    POLL = "poll"
    FLOOR = "floor"  # the speakers' list
    GROUPS = "groups"  # the meeting goes into groups, or comes back


class QuestionState(StrEnum):
    WAITING = "waiting"  # for a moderator
    HELD = "held"  # read, and not shown for the time being
    SHOWN = "shown"
    MERGED = "merged"  # into another that asks the same


class PollKind(StrEnum):
    SINGLE = "single"
    SEVERAL = "several"
    SCALE = "scale"
    WORDS = "words"  # of one's own, one to three


class PollState(StrEnum):
    READY = "ready"
    OPEN = "open"
    SORTING = "sorting"  # nobody votes any more; the words are read before all see them
    CLOSED = "closed"


class MeetingEvent(Row, table=True):
    """Something that happened in a meeting. No person and no time: only the order."""

    __tablename__ = "meeting_event"
    __table_args__ = may("SELECT", "INSERT")

    meeting_id: UUID = reference("meeting.id", primary=True, index=False)
    number: int = Field(primary_key=True)  # 1, 2, 3 … in each meeting, without gaps
    kind: EventKind = choice(EventKind, name="kind")
    payload: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)  # keys of things


class MeetingQuestion(Row, table=True):
    """A question to the meeting. Without a name it holds no person, no address and no time."""

    __tablename__ = "meeting_question"
    __table_args__ = may("SELECT", "INSERT", "UPDATE")

    id: UUID = primary_key()
    meeting_id: UUID = reference("meeting.id")
    item_id: UUID | None = Field(default=None, foreign_key="agenda_item.id")  # it is about
    asker_id: UUID | None = Field(default=None, foreign_key="person.id", index=True)
    slip: bool = False  # typed by somebody who runs the meeting: a note, or said in a microphone
    state: QuestionState = choice(QuestionState, name="state", default=QuestionState.WAITING)
    original: str = Field(sa_type=sa.Text)  # for those who run the meeting
    text: str = Field(sa_type=sa.Text)  # as it is shown, words masked
    theme: str = Field(default="", max_length=80)  # the heading that it is shown under
    into_id: UUID | None = Field(default=None, foreign_key="meeting_question.id")  # merged
    claimed_by: UUID | None = Field(default=None, foreign_key="person.id", index=True)
    claimed_until: datetime | None = None
    answered: bool = False  # in the room or in writing
    answer: str = Field(default="", sa_type=sa.Text)
    receipt_hash: str = Field(default="", max_length=200)  # Argon2id of the last ten digits
    receipt_number: str = Field(default="", max_length=6, index=True)  # the first six
    supported: int = 0  # by so many whose marks are disposed of


class MeetingSupport(Row, table=True):
    """Somebody supports a question: which, and a hash that only their pass gives."""

    __tablename__ = "meeting_support"
    __table_args__ = _unordered("SELECT", "INSERT", "DELETE", "MAINTAIN")

    question_id: UUID = reference("meeting_question.id", primary=True, index=False)
    pass_hash: str = Field(primary_key=True, max_length=64)  # SHA-256(pass ‖ question)


class MeetingPoll(Row, table=True):
    __tablename__ = "meeting_poll"
    __table_args__ = may("SELECT", "INSERT", "UPDATE", "MAINTAIN")

    id: UUID = primary_key()
    meeting_id: UUID = reference("meeting.id")
    position: int
    kind: PollKind = choice(PollKind, name="kind")
    state: PollState = choice(PollState, name="state", default=PollState.READY)
    question: str = Field(max_length=300)
    options: list[str] = Field(default_factory=list, sa_type=sa.JSON)
    hidden: list[str] = Field(
        default_factory=list, sa_type=sa.JSON
    )  # words, by their keys; or GONE
    voted: int | None = None  # once it is closed, and its votes are gone
    # What they were, from k up: how many each option has; or all words, in the order of letters.
    tally: list[int | str] = Field(default_factory=list, sa_type=sa.JSON)


class MeetingVote(Row, table=True):
    """A vote: which poll, what, and a hash that only the voter's pass gives."""

    __tablename__ = "meeting_vote"
    __table_args__ = _unordered("SELECT", "INSERT", "UPDATE (choices)", "DELETE", "MAINTAIN")

    poll_id: UUID = reference("meeting_poll.id", primary=True, index=False)
    pass_hash: str = Field(primary_key=True, max_length=64)  # SHA-256(pass ‖ poll)
    choices: list[int | str] = Field(sa_type=sa.JSON)  # places in the poll's options, or words


class MeetingKey(Row, table=True):
    """The key that signs a meeting's passes; it says who may vote and not how anybody did."""

    __tablename__ = "meeting_key"
    __table_args__ = may("SELECT", "INSERT", "DELETE", "MAINTAIN")

    meeting_id: UUID = reference("meeting.id", primary=True, index=False)
    private_key: bytes  # PKCS #8, DER
    public_key: bytes  # SubjectPublicKeyInfo, DER


class MeetingPass(Row, table=True):
    """Somebody has got their one pass: what was signed was blinded by their browser."""

    __tablename__ = "meeting_pass"
    __table_args__ = _unordered("SELECT", "INSERT", "DELETE", "MAINTAIN")

    meeting_id: UUID = reference("meeting.id", primary=True, index=False)
    person_id: UUID = reference("person.id", primary=True)
    blinded_hash: str = Field(max_length=64)  # SHA-256: the same may be signed again


class MeetingSlip(Row, table=True):
    """A slip of paper that is good for one pass. Nobody knows who was given which."""

    __tablename__ = "meeting_slip"
    __table_args__ = _unordered("SELECT", "INSERT", "UPDATE (blinded_hash)", "DELETE", "MAINTAIN")

    meeting_id: UUID = reference("meeting.id", primary=True, index=False)
    code_hash: str = Field(primary_key=True, max_length=64)  # HMAC-SHA-256 with the server's key
    blinded_hash: str = Field(default="", max_length=64)  # as of a pass; empty: not used
