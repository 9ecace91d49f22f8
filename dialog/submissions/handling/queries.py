"""Reads of letters for the authority: what waits for whom, senders, replies and questions."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialog.core.submissions import HANDLED, State
from dialog.diary import queries as diary
from dialog.diary.models import DiaryAuthority
from dialog.people.models import Person
from dialog.storage.clock import STOCKHOLM, today
from dialog.submissions.handling import words
from dialog.submissions.handling_models import (
    ReplyState,
    ReplyWriter,
    SubmissionQuestion,
    SubmissionReply,
)
from dialog.submissions.models import Kind, Submission, SubmissionSignatory
from dialog.unions.models import UnionOrganisation

AT_ONCE = 200


@dataclass(frozen=True)
class Waiting:
    """A letter in a list. `days` since it came in; `late` if the promised day has been."""

    submission: Submission
    authority: str
    senders: str
    number: str
    handler: str
    days: int
    late: bool


def to_register(session: Session) -> list[Waiting]:
    """Received, the oldest first."""
    return _listed(session, [Submission.state == State.RECEIVED], col(Submission.submitted_at))


def to_assign(session: Session) -> list[Waiting]:
    return _listed(session, [Submission.state == State.REGISTERED], col(Submission.submitted_at))


def in_hand(session: Session, *, handler_id: UUID | None = None) -> list[Waiting]:
    """With a handler (all, or one's own), the first promised first; so what is late comes first."""
    where: list[sa.ColumnElement[bool]] = [col(Submission.state).in_([*HANDLED, State.REPLIED])]
    if handler_id is not None:
        where.append(col(Submission.handler_id) == handler_id)
    return _listed(session, where, col(Submission.promised_on))


def to_approve(session: Session, *, person_id: UUID) -> list[Waiting]:
    """Whose reply waits for somebody else than its writers, of whom one is not."""
    return _listed(session, [_waits_for(person_id)], col(Submission.promised_on))


@dataclass(frozen=True)
class Counts:
    """How many letters wait for somebody, by what they wait for."""

    to_register: int
    to_assign: int
    to_approve: int
    mine: int
    late: int  # of mine


def counts(session: Session, *, person_id: UUID, registers: bool) -> Counts:
    """For a registrar or a handler, in one statement."""
    mine = sa.and_(
        col(Submission.handler_id) == person_id,
        col(Submission.state).in_([*HANDLED, State.REPLIED]),
    )
    late = sa.and_(mine, col(Submission.state).in_(HANDLED), col(Submission.promised_on) < today())
    own = sa.true() if registers else sa.false()
    parts = (
        sa.and_(own, col(Submission.state) == State.RECEIVED),
        sa.and_(own, col(Submission.state) == State.REGISTERED),
        _waits_for(person_id),
        mine,
        late,
    )
    query = sa.select(*(sa.func.coalesce(sa.func.sum(sa.case((part, 1), else_=0)), 0)
                        for part in parts)).where(col(Submission.state) != State.DRAFT)  # fmt: skip
    return Counts(*(int(each) for each in session.connection().execute(query).one()))


def _waits_for(person_id: UUID) -> sa.ColumnElement[bool]:
    """Whether a reply waits for an approval that somebody can give."""
    wrote = sa.exists().where(
        col(ReplyWriter.reply_id) == col(SubmissionReply.id),
        col(ReplyWriter.person_id) == person_id,
    )
    proposed = sa.exists().where(
        col(SubmissionReply.submission_id) == col(Submission.id),
        col(SubmissionReply.state) == ReplyState.PROPOSED,
        ~wrote,
    )
    return sa.and_(col(Submission.state) == State.PREPARING, proposed)


def _listed(session: Session, where: Sequence[sa.ColumnElement[bool] | bool], order: Any
            ) -> list[Waiting]:  # fmt: skip
    query = select(Submission, DiaryAuthority.name, Person.name).join(
        DiaryAuthority, col(DiaryAuthority.id) == col(Submission.authority_id)
    )
    query = query.join(Person, col(Person.id) == col(Submission.handler_id), isouter=True)
    query = query.where(*where).order_by(order, col(Submission.id)).limit(AT_ONCE)
    rows = list(session.exec(query))
    senders = senders_of(session, submissions=[each for each, *_names in rows])
    numbers = diary.numbers_of_lines(
        session, line_ids=[each.line_id for each, *_names in rows if each.line_id]
    )
    return [
        Waiting(
            each, authority, senders[each.id],
            str(numbers[each.line_id]) if each.line_id else "", handler or "",
            _days(each), late(each),
        )
        for each, authority, handler in rows
    ]  # fmt: skip


def came_on(submission: Submission) -> date:
    """The day in Sweden when the authority got it."""
    if submission.arrived_on is not None:
        return submission.arrived_on
    assert submission.submitted_at is not None  # what the authority sees has come in
    return submission.submitted_at.astimezone(STOCKHOLM).date()


def _days(submission: Submission) -> int:
    return (today() - came_on(submission)).days


def late(submission: Submission) -> bool:
    """Whether the promised day has been, and who handles it is not done."""
    due = submission.promised_on
    return due is not None and due < today() and submission.state in HANDLED


def senders_of(session: Session, *, submissions: Collection[Submission]) -> dict[UUID, str]:
    """Who sends each, as it stands in the diary: organisations by name, never their people."""
    query = (
        select(SubmissionSignatory.submission_id, UnionOrganisation.name)
        .join(
            UnionOrganisation,
            col(UnionOrganisation.id) == col(SubmissionSignatory.organisation_id),
        )
        .where(col(SubmissionSignatory.submission_id).in_([each.id for each in submissions]))
        .order_by(col(UnionOrganisation.name))
    )
    signed: dict[UUID, list[str]] = {}
    for submission_id, name in session.exec(query):
        signed.setdefault(submission_id, []).append(name)
    return {each.id: _sender(session, each, signed.get(each.id, [])) for each in submissions}


def _sender(session: Session, submission: Submission, organisations: list[str]) -> str:
    if submission.kind is Kind.UNION:
        return ", ".join(organisations)
    if submission.author_id is not None:  # staff who write by name
        return session.get_one(Person, submission.author_id).name
    return words.ANONYMOUS if submission.kind is Kind.ANONYMOUS else submission.sender


def reply_of(session: Session, *, submission: Submission) -> SubmissionReply | None:
    query = select(SubmissionReply).where(SubmissionReply.submission_id == submission.id)
    return session.exec(query).first()


def sent_reply(session: Session, *, submission: Submission) -> SubmissionReply | None:
    """What those who signed see of it, if theirs is answered in this letter
    (`following.answered_in`).
    """
    found = reply_of(session, submission=submission)
    return found if found is not None and found.state is ReplyState.SENT else None


def questions_of(session: Session, *, submission: Submission) -> list[SubmissionQuestion]:
    """What was asked, the first first."""
    query = select(SubmissionQuestion).where(SubmissionQuestion.submission_id == submission.id)
    return list(session.exec(query.order_by(col(SubmissionQuestion.asked_at))))


def is_writer(session: Session, *, reply: SubmissionReply, person_id: UUID) -> bool:
    return session.get(ReplyWriter, (reply.id, person_id)) is not None
