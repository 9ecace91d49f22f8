"""Reading decisions of retention, and runs with their lists."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialog.core.diary.numbers import DiaryNumber
from dialog.diary import numbering
from dialog.diary.models import DiaryAuthority, DiaryLine, DiaryMatter
from dialog.people.models import Person
from dialog.retention.models import (
    DisposalConfirmation,
    DisposalItem,
    DisposalRun,
    MatterRetention,
    RetentionDecision,
    RunState,
)

PAGE: Final = 50


@dataclass(frozen=True)
class Pages:
    """Which page of a list is shown: the one that is wanted, or the nearest that there is."""

    total: int  # things on the list
    wanted: int

    @property
    def last(self) -> int:
        return max(1, -(-self.total // PAGE))

    @property
    def page(self) -> int:
        return min(max(1, self.wanted), self.last)

    @property
    def before(self) -> int:
        """How many things stand on the pages before it."""
        return (self.page - 1) * PAGE


@dataclass(frozen=True)
class Listed:
    """A decision as it is listed: whose it is, and how many matters are under it."""

    decision: RetentionDecision
    authority: DiaryAuthority
    matters: int


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


def items_of(session: Session, *, run: DisposalRun, page: int) -> tuple[list[Item], Pages]:
    """A page of them, in the order of the diary."""
    counted = select(sa.func.count()).where(DisposalItem.run_id == run.id)
    pages = Pages(session.exec(counted).one(), page)
    query = (
        sa.select(DisposalItem, DiaryMatter, DiaryAuthority, col(DiaryLine.subject))
        .join(DiaryMatter, col(DiaryMatter.id) == col(DisposalItem.matter_id))
        .join(DiaryAuthority, col(DiaryAuthority.id) == col(DiaryMatter.authority_id))
        .join(DiaryLine, col(DiaryLine.matter_id) == col(DiaryMatter.id))
        .where(col(DisposalItem.run_id) == run.id, col(DiaryLine.document) == 0)
        .order_by(col(DiaryMatter.year), col(DiaryMatter.serial))
        .offset(pages.before)
        .limit(PAGE)
    )
    found = [
        Item(row, numbering.number_of(authority, matter), subject)
        for row, matter, authority, subject in session.execute(query)
    ]
    return found, pages


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
