"""Reads of letters to an authority: one with those who sign it, and an organisation's own."""

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialog.core.submissions import Signing, State, signing
from dialog.diary.models import DiaryAuthority
from dialog.people.permissions import Signed
from dialog.submissions.handling_models import ReplyWriter, SubmissionQuestion, SubmissionReply
from dialog.submissions.intake.models import LetterBatch
from dialog.submissions.models import Submission, SubmissionSignatory, SubmissionStep
from dialog.unions.models import UnionOrganisation

PAGE: Final = 30


@dataclass(frozen=True)
class Signer:
    """An organisation beside the one that writes, with how it stands to what is written now."""

    organisation: UnionOrganisation
    row: SubmissionSignatory
    standing: Signing


@dataclass(frozen=True)
class Listed:
    """A letter as it is listed, with the name of its board."""

    submission: Submission
    board: str


@dataclass(frozen=True)
class Page:
    letters: list[Listed]
    page: int
    last: int


def signers_of(session: Session, *, submission: Submission) -> list[Signer]:
    """The organisations that are asked to sign, by name; of a letter that was submitted all that
    signed, the writer among them.
    """
    query = (
        select(UnionOrganisation, SubmissionSignatory)
        .join(
            SubmissionSignatory,
            col(SubmissionSignatory.organisation_id) == col(UnionOrganisation.id),
        )
        .where(SubmissionSignatory.submission_id == submission.id)
        .order_by(col(UnionOrganisation.name))
    )
    return [
        Signer(organisation, row, _standing(row, submission))
        for organisation, row in session.exec(query)
    ]


def _standing(row: SubmissionSignatory, submission: Submission) -> Signing:
    return signing(
        confirmed=row.confirmed_revision,
        declined=row.declined_at is not None,
        revision=submission.revision,
    )


def signed(session: Session, *, submission: Submission) -> Signed:
    """What is to be known of a letter to say who may see it for a union."""
    query = select(SubmissionSignatory.organisation_id).where(
        SubmissionSignatory.submission_id == submission.id
    )
    signers = set(session.exec(query))
    if submission.organisation_id is not None:
        signers.add(submission.organisation_id)
    return Signed(frozenset(signers))


def drafts(session: Session, *, organisation_id: UUID) -> list[Listed]:
    """What the organisation is writing, the last changed first."""
    return _listed(
        session,
        col(Submission.organisation_id) == organisation_id,
        col(Submission.state) == State.DRAFT,
        order=col(Submission.changed_at).desc(),
    )


def asked(session: Session, *, organisation_id: UUID) -> list[tuple[Listed, Signing]]:
    """Others' drafts that the organisation is asked to sign, those that wait for it first."""
    found = _listed(
        session,
        _signed_by(organisation_id),
        col(Submission.organisation_id) != organisation_id,
        col(Submission.state) == State.DRAFT,
        order=col(Submission.changed_at).desc(),
    )
    query = select(SubmissionSignatory).where(
        SubmissionSignatory.organisation_id == organisation_id,
        col(SubmissionSignatory.submission_id).in_([each.submission.id for each in found]),
    )
    rows = {row.submission_id: row for row in session.exec(query)}
    done = {Signing.CONFIRMED, Signing.DECLINED}
    pairs = [(each, _standing(rows[each.submission.id], each.submission)) for each in found]
    return sorted(pairs, key=lambda pair: pair[1] in done)


def waiting(session: Session, *, organisation_id: UUID) -> list[Listed]:
    """What waits for the organisation: others' drafts to answer about, then its own letters of
    which more is asked.
    """
    unanswered = {Signing.WAITING, Signing.OUTDATED}
    drafts = asked(session, organisation_id=organisation_id)
    return [each for each, standing in drafts if standing in unanswered] + _listed(
        session,
        _signed_by(organisation_id),
        col(Submission.state) == State.SUPPLEMENT,
        order=col(Submission.submitted_at),
    )


def submitted(session: Session, *, organisation_id: UUID, page: int = 1) -> Page:
    """What the organisation has signed and the authority has, the last received first."""
    where = (_signed_by(organisation_id), col(Submission.state) != State.DRAFT)
    total = session.exec(select(sa.func.count(col(Submission.id))).where(*where)).one()
    last = max(1, -(-total // PAGE))
    page = min(max(1, page), last)
    found = _listed(
        session, *where, order=col(Submission.submitted_at).desc(), at=(page - 1) * PAGE, most=PAGE
    )
    return Page(found, page, last)


def traces(session: Session, *, person_id: UUID) -> int:
    """How many letters somebody has written by name or handles, steps they have taken, and batches
    of theirs that wait to be cut up.
    """
    ways = (
        sa.select(sa.func.count()).where(
            sa.or_(col(Submission.author_id) == person_id, col(Submission.handler_id) == person_id)
        ),
        *(
            sa.select(sa.func.count()).where(col(column) == person_id)
            for column in (
                SubmissionStep.person_id,
                SubmissionReply.approved_by,
                ReplyWriter.person_id,
                SubmissionQuestion.asked_by,
                LetterBatch.person_id,
            )
        ),
    )
    return sum(int(session.connection().scalar(way) or 0) for way in ways)


def _signed_by(organisation_id: UUID) -> sa.ColumnElement[bool]:
    return (
        sa.exists()
        .where(col(SubmissionSignatory.submission_id) == col(Submission.id))
        .where(col(SubmissionSignatory.organisation_id) == organisation_id)
    )


def _listed(
    session: Session,
    *where: sa.ColumnElement[bool],
    order: Any,
    at: int = 0,
    most: int = 200,
) -> list[Listed]:
    query = (
        select(Submission, DiaryAuthority.name)
        .join(DiaryAuthority, col(DiaryAuthority.id) == col(Submission.authority_id))
        .where(*where)
        .order_by(order, col(Submission.id))
        .offset(at)
        .limit(most)
    )
    return [Listed(submission, board) for submission, board in session.exec(query)]
