"""How commitments stand, in numbers: all of them, by series and by förvaltning."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialog.commitments.models import Commitment
from dialog.commitments.queries import PUBLIC, Wanted, standing_of
from dialog.core.commitments import Standing
from dialog.organisation.models import Unit
from dialog.organisation.ordering import by_name
from dialog.storage.clock import today


@dataclass
class Group:
    """A series or a förvaltning: its address' value, its name, and how its commitments stand."""

    value: str
    name: str
    counts: dict[Standing, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True)
class Overview:
    """How everything stands that the filter leaves, and the series and förvaltningar there are."""

    counts: Mapping[Standing, int]
    series: Sequence[Group]
    forvaltningar: Sequence[Group]


def overview(session: Session, *, wanted: Wanted) -> Overview:
    """Numbers of all that is public, in one statement: of the groups all of theirs, of the whole
    those of the group that is wanted.
    """
    column = standing_of(today()).label("standing")
    rows = session.connection().execute(
        sa.select(col(Commitment.series), col(Unit.code), col(Unit.name), column, sa.func.count())
        .join(Unit, col(Unit.id) == col(Commitment.forvaltning_id), isouter=True)
        .where(PUBLIC)
        .group_by(col(Commitment.series), col(Unit.code), col(Unit.name), column)
    )
    counts: dict[Standing, int] = {}
    series: dict[str, Group] = {}
    units: dict[str, Group] = {}
    for title, code, name, stands, number in rows:
        how = Standing(stands)
        if title:
            _add(series.setdefault(title, Group(title, title)).counts, how, number)
        if code:
            _add(units.setdefault(code, Group(code, name)).counts, how, number)
        if wanted.series in {"", title} and wanted.forvaltning in {"", code}:
            _add(counts, how, number)
    return Overview(counts, _by_name(series.values()), _by_name(units.values()))


def _add(counts: dict[Standing, int], how: Standing, number: int) -> None:
    counts[how] = counts.get(how, 0) + number


def _by_name(groups: Iterable[Group]) -> list[Group]:
    return sorted(groups, key=lambda group: (by_name(group.name), group.value))


def all_series(session: Session) -> list[str]:
    """The titles of series that there are, those of proposals too: for writing the same again."""
    found = session.exec(select(Commitment.series).where(Commitment.series != "").distinct())
    return sorted(found, key=by_name)
