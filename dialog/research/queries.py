"""Reads of applications and exports: lists, and what was made of them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialog.people.models import Person
from dialog.research.models import (
    ApplicationStep,
    DataApplication,
    DataExport,
    DataFetch,
    DataPackage,
    DataReader,
    RoundData,
    State,
)
from dialog.research.states import Action
from dialog.surveys.models import Round

PAGE: Final = 30


@dataclass(frozen=True)
class ApplicationPage:
    applications: Sequence[DataApplication]
    page: int  # 1-based
    last: int


@dataclass(frozen=True)
class Made:
    """An export with its round, and whether its package is still there."""

    export: DataExport
    round: Round
    kept: bool


@dataclass(frozen=True)
class Fetched:
    at: object
    name: str
    export_id: UUID
    sha256: str


def page_of_applications(
    session: Session,
    *,
    states: Collection[State],
    page: int,
    of: UUID | None = None,
) -> ApplicationPage:
    """With `of`, those that the person made or is named in (a draft only for who made it);
    otherwise every one that was registered.
    """
    query = select(DataApplication).where(col(DataApplication.state).in_(states))
    if of is None:
        query = query.where(DataApplication.number != "", DataApplication.state != State.DRAFT)
    else:
        query = query.where(_is_of(of))
    number = session.exec(select(sa.func.count()).select_from(query.subquery())).one()
    last = max(1, -(-number // PAGE))
    page = min(max(page, 1), last)
    order = (
        col(DataApplication.arrived_at).desc().nulls_first(),
        col(DataApplication.title),
        col(DataApplication.id),
    )
    found = session.exec(query.order_by(*order).offset((page - 1) * PAGE).limit(PAGE))
    return ApplicationPage(found.all(), page, last)


def _is_of(person_id: UUID) -> sa.ColumnElement[bool]:
    named = (
        sa.select(col(DataReader.application_id))
        .join(Person, col(Person.email) == col(DataReader.email))
        .where(col(Person.id) == person_id)
    )
    return sa.or_(
        col(DataApplication.author_id) == person_id,
        sa.and_(
            col(DataApplication.id).in_(named),
            col(DataApplication.number) != "",
            col(DataApplication.state) != State.DRAFT,
        ),
    )


def made_for(session: Session, *, application: DataApplication) -> list[Made]:
    """The packages of an application, by the round's title."""
    query = (
        select(DataExport, Round, col(DataPackage.export_id).is_not(None))
        .join(Round, col(Round.id) == col(DataExport.round_id))
        .join(DataPackage, col(DataPackage.export_id) == col(DataExport.id), isouter=True)
        .where(DataExport.application_id == application.id)
        .order_by(col(Round.title), col(Round.id))
    )
    return [Made(export, round_, bool(kept)) for export, round_, kept in session.exec(query)]


def fetches_of(session: Session, *, application: DataApplication) -> list[Fetched]:
    """Each time a package was fetched, the last first."""
    query = (
        select(DataFetch.at, Person.name, DataFetch.export_id, DataFetch.sha256)
        .join(DataExport, col(DataExport.id) == col(DataFetch.export_id))
        .join(Person, col(Person.id) == col(DataFetch.person_id))
        .where(DataExport.application_id == application.id)
        .order_by(col(DataFetch.at).desc())
    )
    return [Fetched(*row) for row in session.exec(query)]


def exports_of(
    session: Session, *, round_id: UUID
) -> list[tuple[DataExport, DataApplication, int]]:
    """Everything ever released of a round, the first first, with how often it was fetched."""
    times = (
        sa.select(col(DataFetch.export_id), sa.func.count().label("times"))
        .group_by(col(DataFetch.export_id))
        .subquery()
    )
    query = (
        select(DataExport, DataApplication, sa.func.coalesce(times.c.times, 0))
        .join(DataApplication, col(DataApplication.id) == col(DataExport.application_id))
        .join(times, times.c.export_id == col(DataExport.id), isouter=True)
        .where(DataExport.round_id == round_id)
        .order_by(col(DataExport.made_at), col(DataExport.id))
    )
    return [(export, application, int(n)) for export, application, n in session.exec(query)]


def rounds_with_data(session: Session) -> list[tuple[Round, int]]:
    """Rounds that researchers can or could have data of, with how many exports were made."""
    counted = (
        sa.select(col(DataExport.round_id), sa.func.count().label("number"))
        .group_by(col(DataExport.round_id))
        .subquery()
    )
    query = (
        select(Round, sa.func.coalesce(counted.c.number, 0))
        .join(RoundData, col(RoundData.round_id) == col(Round.id))
        .join(counted, counted.c.round_id == col(Round.id), isouter=True)
        .order_by(col(Round.closes_at).desc(), col(Round.title), col(Round.id))
    )
    return [(round_, int(number)) for round_, number in session.exec(query)]


def of_interest(
    session: Session, *, person_id: UUID, decides: bool, limit: int
) -> list[DataApplication]:
    """One's own applications and, for who decides, those that wait for this person: not made by
    them, not naming them, not approved by them since it was last handed in. One statement.
    """
    named = (
        sa.select(col(DataReader.application_id))
        .join(Person, col(Person.email) == col(DataReader.email))
        .where(col(Person.id) == person_id)
    )
    step = sa.orm.aliased(ApplicationStep)
    handed_in = (
        sa.select(sa.func.max(col(ApplicationStep.at)))
        .where(
            col(ApplicationStep.application_id) == col(DataApplication.id),
            col(ApplicationStep.action) == Action.SUBMIT.value,
        )
        .scalar_subquery()
    )
    approved = sa.exists().where(
        col(step.application_id) == col(DataApplication.id),
        col(step.person_id) == person_id,
        col(step.action) == Action.APPROVE.value,
        col(step.at) >= handed_in,
    )
    waits = sa.and_(
        col(DataApplication.state) == State.SUBMITTED,
        col(DataApplication.id).not_in(named),
        sa.not_(approved),
    )
    mine = col(DataApplication.author_id) == person_id
    query = select(DataApplication).where(sa.or_(mine, waits) if decides else mine)
    order = (col(DataApplication.arrived_at).desc().nulls_first(), col(DataApplication.id))
    return list(session.exec(query.order_by(*order).limit(limit)))
