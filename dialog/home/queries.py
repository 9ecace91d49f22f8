"""What the front pages ask of the features below: each a few statements, however much there is."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialog.core.questionnaire import load
from dialog.organisation.models import Post, Unit
from dialog.results.models import Release, ReleaseGroup
from dialog.results.queries import is_current, is_for_everybody
from dialog.surveys.models import Access, Invitation, Round, RoundState
from dialog.surveys.rendering import minutes
from dialog.surveys.rounds.states import RUNNING

SHOWN: Final = 20
LATEST: Final = 5
UNDER_WAY: Final = (  # in the order in which they ask for something to be done
    RoundState.OPENED,
    RoundState.PAUSED,
    RoundState.APPROVED,
    RoundState.REVIEW,
    RoundState.DRAFT,
    RoundState.OPEN,
    RoundState.CLOSED,
    RoundState.UNOPENED,
)


@dataclass(frozen=True)
class Waiting:
    """A round that somebody can answer now. `minutes` is about how long it takes."""

    id: UUID
    title: str
    sender: str
    closes_at: datetime | None
    minutes: int
    answered: bool = False


@dataclass(frozen=True)
class Published:
    """A release; `unit` is the name of the reader's förvaltning in it, empty if it has none."""

    id: UUID
    title: str
    released_at: datetime
    unit: str = ""


@dataclass(frozen=True)
class UnderWay:
    """A round that somebody is working on."""

    id: UUID
    title: str
    state: RoundState
    author_id: UUID
    opens_on: date | None
    closes_at: datetime | None
    released_from: date | None  # of a review: nothing is published before


def waiting_for(session: Session, *, person_id: UUID) -> list[Waiting]:
    """Open rounds that the person is invited to, those not answered first, then by deadline."""
    rows = session.connection().execute(
        sa.select(*_SHOWN_COLUMNS, col(Invitation.issued))
        .join(Invitation, col(Invitation.round_id) == col(Round.id))
        .where(col(Invitation.person_id) == person_id, col(Round.state) == RoundState.OPEN)
        .limit(SHOWN)
    )
    found = [_waiting(*row[:5], answered=row[5]) for row in rows]
    return sorted(found, key=lambda each: (each.answered, each.closes_at is None, each.closes_at))


def open_to_all(session: Session) -> list[Waiting]:
    """Open rounds with one link for everybody, by deadline."""
    rows = session.connection().execute(
        sa.select(*_SHOWN_COLUMNS)
        .where(col(Round.state) == RoundState.OPEN, col(Round.access) == Access.LINK)
        .order_by(col(Round.closes_at))
        .limit(SHOWN)
    )
    return [_waiting(*row) for row in rows]


_SHOWN_COLUMNS: Final = (
    col(Round.id),
    col(Round.title),
    col(Round.sender),
    col(Round.closes_at),
    col(Round.questionnaire),
)


def _waiting(
    round_id: UUID,
    title: str,
    sender: str,
    closes_at: datetime | None,
    questionnaire: str,
    *,
    answered: bool = False,
) -> Waiting:
    return Waiting(round_id, title, sender, closes_at, minutes(load(questionnaire)), answered)


def published(session: Session, *, units: Collection[str] = ()) -> list[Published]:
    """The latest releases; with `units` (codes), those that tell of one of them come first."""
    mine = (
        sa.select(
            col(ReleaseGroup.release_id), sa.func.min(col(ReleaseGroup.unit_name)).label("name")
        )
        .where(col(ReleaseGroup.unit).in_(units), col(ReleaseGroup.level) == "")
        .group_by(col(ReleaseGroup.release_id))
        .subquery()
    )
    rows = session.connection().execute(
        sa.select(col(Release.id), col(Release.title), col(Release.released_at), mine.c.name)
        .join(mine, mine.c.release_id == col(Release.id), isouter=True)
        .where(is_current(), is_for_everybody())
        .order_by(mine.c.name.is_(None), col(Release.released_at).desc())
        .limit(LATEST)
    )
    return [Published(id_, title, at, name or "") for id_, title, at, name in rows]


def forvaltningar_of(session: Session, *, person_id: UUID) -> list[str]:
    """Codes of the förvaltningar (depth 1) that the person's posts lie in."""
    paths = session.exec(
        select(Unit.path)
        .join(Post, col(Post.unit_id) == col(Unit.id))
        .where(Post.person_id == person_id)
    )
    codes = (path.strip("/").split("/") for path in paths)
    return sorted({line[1] for line in codes if len(line) > 1})


# What people take further; a round of a standing plan goes on by itself, and shows while it runs.
_BY_HAND: Final = col(Round.standing_plan).is_(None)


def rounds_under_way(session: Session) -> list[UnderWay]:
    """Rounds that are not done with, those that ask for something first."""
    order = sa.case({state: place for place, state in enumerate(UNDER_WAY)}, value=col(Round.state))
    rows = session.connection().execute(
        sa.select(
            col(Round.id),
            col(Round.title),
            col(Round.state),
            col(Round.author_id),
            col(Round.opens_on),
            col(Round.closes_at),
            col(Round.released_from),
        )
        .where(col(Round.state).in_(UNDER_WAY), sa.or_(_BY_HAND, col(Round.state).in_(RUNNING)))
        .order_by(order, col(Round.closes_at), col(Round.title))
        .limit(SHOWN)
    )
    return [UnderWay(*row) for row in rows]
