"""Reading what is kept how long: decisions, what is due under one, runs with their lists."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialog.core.diary.numbers import DiaryNumber
from dialog.core.retention import disposed_of_on
from dialog.diary import numbering
from dialog.diary.files import ABOUT
from dialog.diary.models import DiaryAuthority, DiaryEntry, DiaryLine, DiaryMatter
from dialog.documents.models import Document
from dialog.people.models import Person
from dialog.retention.models import (
    DisposalConfirmation,
    DisposalItem,
    DisposalRun,
    MatterRetention,
    RetentionDecision,
    RunState,
)
from dialog.storage.clock import STOCKHOLM


@dataclass(frozen=True)
class Listed:
    """A decision as it is listed: whose it is, and how many matters are under it."""

    decision: RetentionDecision
    authority: DiaryAuthority
    matters: int


@dataclass(frozen=True)
class Under:
    """A matter under a decision, with the day from which it is due to be disposed of."""

    matter: DiaryMatter
    number: DiaryNumber
    due_on: date


@dataclass(frozen=True)
class Item:
    """A matter on the list of a run; `subject` is empty once that is gone."""

    row: DisposalItem
    number: DiaryNumber
    subject: str


def decisions(session: Session) -> list[Listed]:
    """Those in force first, the latest first."""
    counted = (
        sa.select(sa.func.count())
        .where(col(MatterRetention.decision_id) == col(RetentionDecision.id))
        .scalar_subquery()
    )
    query = (
        select(RetentionDecision, DiaryAuthority, counted)
        .join(DiaryAuthority, col(DiaryAuthority.id) == col(RetentionDecision.authority_id))
        .order_by(col(RetentionDecision.ended_at).is_not(None))
        .order_by(col(RetentionDecision.created_at).desc())
    )
    return [Listed(*row) for row in session.exec(query)]


def matters_under(
    session: Session, *, decision: RetentionDecision, matter_id: UUID | None = None
) -> list[Under]:
    """All of them, or one, the first due first."""
    last = sa.func.max(col(DiaryLine.registered_at))
    query = (
        sa.select(DiaryMatter, last)
        .join(MatterRetention, col(MatterRetention.matter_id) == col(DiaryMatter.id))
        .join(DiaryLine, col(DiaryLine.matter_id) == col(DiaryMatter.id))
        .where(col(MatterRetention.decision_id) == decision.id)
        .group_by(*DiaryMatter.__table__.c)  # type: ignore[attr-defined]  # sqlmodel's types
    )
    if matter_id is not None:
        query = query.where(col(DiaryMatter.id) == matter_id)
    authority = session.get_one(DiaryAuthority, decision.authority_id)
    found = [
        Under(
            matter,
            numbering.number_of(authority, matter),
            disposed_of_on(latest.astimezone(STOCKHOLM).date(), months=decision.months),
        )
        for matter, latest in session.execute(query)
    ]
    return sorted(found, key=lambda each: (each.due_on, each.number.year, each.number.serial))


def latest_under(session: Session, *, decision: RetentionDecision) -> dict[UUID, int]:
    """The position of the last entry of each matter under it, by the matter's id."""
    last = sa.func.max(col(DiaryEntry.position))
    return _by_matter(session, decision, sa.select(col(DiaryEntry.matter_id), last))


def files_under(session: Session, *, decision: RetentionDecision) -> dict[UUID, int]:
    """How many files the documents of each matter under it have, where there are any."""
    shown = (
        (col(Document.about) == ABOUT)
        & (col(Document.about_id) == DiaryLine.id)
        & col(Document.removed_at).is_(None)
    )
    counted = sa.select(col(DiaryLine.matter_id), sa.func.count()).join(Document, shown)
    return _by_matter(session, decision, counted)


def _by_matter(
    session: Session, decision: RetentionDecision, query: "sa.Select[Any, int]"
) -> dict[UUID, int]:
    """A number of each matter under a decision, however many those are."""
    of = query.selected_columns[0]
    query = query.join(MatterRetention, col(MatterRetention.matter_id) == of)
    query = query.where(col(MatterRetention.decision_id) == decision.id).group_by(of)
    return dict(session.connection().execute(query).all())


def runs_of(session: Session, *, decision: RetentionDecision) -> list[DisposalRun]:
    """The latest first."""
    query = select(DisposalRun).where(DisposalRun.decision_id == decision.id)
    return list(session.exec(query.order_by(col(DisposalRun.listed_at).desc())))


def open_run(session: Session, *, decision: RetentionDecision) -> DisposalRun | None:
    """The one that is not ended, if there is one."""
    query = select(DisposalRun).where(
        DisposalRun.decision_id == decision.id,
        col(DisposalRun.state).in_([RunState.LISTED, RunState.CONFIRMED]),
    )
    return session.exec(query).first()


def items_of(session: Session, *, run: DisposalRun) -> list[Item]:
    """In the order of the diary."""
    query = (
        sa.select(DisposalItem, DiaryMatter, DiaryAuthority, col(DiaryLine.subject))
        .join(DiaryMatter, col(DiaryMatter.id) == col(DisposalItem.matter_id))
        .join(DiaryAuthority, col(DiaryAuthority.id) == col(DiaryMatter.authority_id))
        .join(DiaryLine, col(DiaryLine.matter_id) == col(DiaryMatter.id))
        .where(col(DisposalItem.run_id) == run.id, col(DiaryLine.document) == 0)
        .order_by(col(DiaryMatter.year), col(DiaryMatter.serial))
    )
    return [
        Item(row, numbering.number_of(authority, matter), subject)
        for row, matter, authority, subject in session.execute(query)
    ]


def confirmed_by(session: Session, *, run_id: UUID) -> list[tuple[DisposalConfirmation, str]]:
    """Who has said yes, by name, the first first."""
    query = (
        select(DisposalConfirmation, Person.name)
        .join(Person, col(Person.id) == col(DisposalConfirmation.person_id))
        .where(DisposalConfirmation.run_id == run_id)
        .order_by(col(DisposalConfirmation.at))
    )
    return [(row, name) for row, name in session.exec(query)]


def traces(session: Session, *, person_id: UUID) -> int:
    """How often somebody stands beside a decision, a matter under one, or a run."""
    columns = (
        col(RetentionDecision.author_id),
        col(MatterRetention.author_id),
        col(DisposalRun.author_id),
        col(DisposalRun.withdrawn_by),
        col(DisposalConfirmation.person_id),
    )
    ways = [sa.select(sa.func.count()).where(column == person_id) for column in columns]
    return sum(int(session.connection().scalar(way) or 0) for way in ways)
