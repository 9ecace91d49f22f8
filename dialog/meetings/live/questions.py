"""Questions to a meeting, put from the invitation on until seven days after it has ended."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from flask_babel import gettext as _
from sqlmodel import Session, col, select

from dialog.core.errors import RefusedError
from dialog.core.identity_numbers import has_identity_number
from dialog.meetings import events, steps
from dialog.meetings.live.receipts import Receipt
from dialog.meetings.live_models import EventKind, MeetingQuestion, QuestionState
from dialog.meetings.models import AgendaItem, Meeting, MeetingState
from dialog.meetings.states import Action
from dialog.people.models import Person
from dialog.storage.clock import now

LONGEST: Final = 2_000
AFTERWARDS: Final = timedelta(days=7)
_BEFORE: Final = frozenset({MeetingState.INVITED, MeetingState.LIVE})
_AFTER: Final = frozenset({MeetingState.ENDED, MeetingState.DOCUMENTED})


@dataclass(frozen=True)
class Asked:
    """A question with the name that it was put with, if any, and of who has it in hand."""

    row: MeetingQuestion
    name: str
    claimer: str


def fault(text: str) -> str:
    """What is wrong with the words of a question or an answer, as a sentence; empty: nothing."""
    if not text.strip():
        return str(_("Skriv din fråga."))
    if len(text) > LONGEST:
        return str(
            _(
                "Frågan är %(number)s tecken. Den får vara högst %(longest)s: korta den, eller"
                " dela den i flera frågor.",
                number=len(text),
                longest=LONGEST,
            )
        )
    if has_identity_number(text):
        return str(_("Det står ett personnummer i texten. Ta bort det: vi sparar inte sådana."))
    return ""


def are_taken(session: Session, *, meeting: Meeting) -> bool:
    """Whether questions can be put to the meeting now."""
    return meeting.state in _BEFORE | _AFTER and not is_past(session, meeting=meeting)


def is_past(session: Session, *, meeting: Meeting) -> bool:
    """Whether seven days have gone since the meeting ended, or should have: one that nobody ends is
    over as well. Without a day it is not.
    """
    ended = steps.last_time(session, meeting=meeting, action=Action.END) or meeting.ends_at
    return ended is not None and ended + AFTERWARDS <= now()


def put(
    session: Session,
    *,
    meeting: Meeting,
    once: str,
    text: str,
    item: AgendaItem | None = None,
    asker: UUID | None = None,
    receipt: Receipt | None = None,
    slip: bool = False,
) -> MeetingQuestion:
    """Put a question. `once` is a secret of the page where it was written: sent again, it is the
    same question, and a newer receipt replaces the older. Raises RefusedError.
    """
    if problem := fault(text):
        raise RefusedError(problem)
    steps.hold(session, meeting=meeting)
    key = UUID(bytes=hashlib.sha256(f"{meeting.id}\0{once}".encode()).digest()[:16])
    row = session.get(MeetingQuestion, key)
    if row is None:
        if not are_taken(session, meeting=meeting):
            raise RefusedError(_("Det går inte att ställa frågor till mötet nu."))
        row = MeetingQuestion(
            id=key,
            meeting_id=meeting.id,
            item_id=item.id if item else None,
            asker_id=asker,
            slip=slip,
            original=text.strip(),
            text=text.strip(),
        )
        session.add(row)
        events.tell(session, meeting_id=meeting.id, kind=EventKind.QUEUE)  # not which
    if receipt is not None and row.asker_id is None:
        row.receipt_number, row.receipt_hash = receipt.number, receipt.hash
        session.add(row)
    session.flush()
    return row


def all_of(session: Session, *, meeting: Meeting) -> list[Asked]:
    """All questions of the meeting, in an order that says nothing about when they were put."""
    asker, claimer = Person.__table__.alias("asker"), Person.__table__.alias("claimer")  # type: ignore[attr-defined]  # SQLModel's tables
    query = (
        select(MeetingQuestion, asker.c.name, claimer.c.name)
        .join(asker, asker.c.id == col(MeetingQuestion.asker_id), isouter=True)
        .join(claimer, claimer.c.id == col(MeetingQuestion.claimed_by), isouter=True)
        .where(MeetingQuestion.meeting_id == meeting.id)
        .order_by(col(MeetingQuestion.id))
    )
    return [Asked(row, name or "", who or "") for row, name, who in session.exec(query)]


def of(session: Session, *, meeting: Meeting, question_id: UUID) -> MeetingQuestion | None:
    row = session.get(MeetingQuestion, question_id)
    return row if row is not None and row.meeting_id == meeting.id else None


def with_number(session: Session, *, meeting: Meeting, number: str) -> Sequence[MeetingQuestion]:
    """Questions whose receipt begins with `number`: one, or very seldom a few."""
    query = select(MeetingQuestion).where(
        MeetingQuestion.meeting_id == meeting.id, MeetingQuestion.receipt_number == number
    )
    return session.exec(query).all()


def shown(asked: Sequence[Asked]) -> list[Asked]:
    """Those that everybody sees."""
    return [each for each in asked if each.row.state is QuestionState.SHOWN]
