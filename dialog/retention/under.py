"""Matters under a decision of retention: when each is due, and how much there is of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
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
from dialog.retention import queries
from dialog.retention.models import MatterRetention, RetentionDecision
from dialog.retention.queries import Pages
from dialog.storage.clock import STOCKHOLM, today


@dataclass(frozen=True)
class Under:
    """A matter under a decision, with the day from which it is due to be disposed of."""

    matter: DiaryMatter
    number: DiaryNumber
    due_on: date


def page_of(
    session: Session, *, decision: RetentionDecision, page: int
) -> tuple[list[Under], Pages]:
    """A page of them, the first due first."""
    counted = select(sa.func.count()).where(MatterRetention.decision_id == decision.id)
    pages = Pages(session.exec(counted).one(), page)
    authority = session.get_one(DiaryAuthority, decision.authority_id)
    query = _matters(decision).offset(pages.before).limit(queries.PAGE)
    found = [
        Under(matter, numbering.number_of(authority, matter), due_on)
        for matter, due_on in _read(session, decision, query)
    ]
    return found, pages


def due(session: Session, *, decision: RetentionDecision) -> list[DiaryMatter]:
    """All that are due today, the first due first."""
    found = _read(session, decision, _matters(decision))
    return [matter for matter, due_on in found if due_on <= today()]


def any_due(
    session: Session, *, decision: RetentionDecision, matter_id: UUID | None = None
) -> bool:
    """Whether one of them is due today, or the one that is asked for."""
    query = _matters(decision).limit(1)
    if matter_id is not None:
        query = query.where(col(DiaryMatter.id) == matter_id)
    return any(due_on <= today() for _matter, due_on in _read(session, decision, query))


def latest(session: Session, *, decision: RetentionDecision) -> dict[UUID, int]:
    """The position of the last entry of each matter under it, by the matter's id."""
    last = sa.func.max(col(DiaryEntry.position))
    return _by_matter(session, decision, sa.select(col(DiaryEntry.matter_id), last))


def files(session: Session, *, decision: RetentionDecision) -> dict[UUID, int]:
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


def _matters(decision: RetentionDecision) -> "sa.Select[DiaryMatter, datetime]":
    """With the moment of the last document: the earlier that is, the earlier they are due."""
    last = sa.func.max(col(DiaryLine.registered_at))
    return (
        sa.select(DiaryMatter, last)
        .join(MatterRetention, col(MatterRetention.matter_id) == col(DiaryMatter.id))
        .join(DiaryLine, col(DiaryLine.matter_id) == col(DiaryMatter.id))
        .where(col(MatterRetention.decision_id) == decision.id)
        .group_by(*DiaryMatter.__table__.c)  # type: ignore[attr-defined]  # sqlmodel's types
        .order_by(last, col(DiaryMatter.year), col(DiaryMatter.serial))
    )


def _read(
    session: Session, decision: RetentionDecision, query: "sa.Select[DiaryMatter, datetime]"
) -> Iterator[tuple[DiaryMatter, date]]:
    """Each with the day from which it is due."""
    for matter, last in session.execute(query):
        last_day = last.astimezone(STOCKHOLM).date()
        yield matter, disposed_of_on(last_day, months=decision.months)
