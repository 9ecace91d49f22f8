"""The rounds of a programme, part by part: what is announced of them, and what is released."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from dialog.core.review import SubStudy
from dialog.results.models import Release
from dialog.results.publishing.releases import in_order
from dialog.surveys.models import Round
from dialog.surveys.programme_models import Programme
from dialog.surveys.programmes import UNDECIDED
from dialog.surveys.rounds.states import ENDED


@dataclass(frozen=True)
class Study:
    """A part of the review: of each released round its first release and those that correct it,
    the round that was released last first; and when others may come at the earliest. A round that
    is not approved is nobody's business yet.
    """

    part: SubStudy
    chains: list[list[Release]] = field(default_factory=list)
    coming: list[date] = field(default_factory=list)

    @property
    def releases(self) -> list[Release]:
        """As they stand corrected."""
        return [chain[-1] for chain in self.chains]


def studies(session: Session, *, programme: Programme) -> list[Study]:
    """All three parts, in their order."""
    found = {part: Study(part) for part in SubStudy}
    for round_, chain in _rounds(session, programme):
        assert round_.sub_study is not None  # no approval without
        if chain:
            found[round_.sub_study].chains.append(chain)
        elif round_.released_from is not None and round_.state not in ENDED:
            found[round_.sub_study].coming.append(round_.released_from)
    return list(found.values())


def chains(studies: Iterable[Study]) -> list[list[Release]]:
    """Of each released round its releases: the first, and those that correct it."""
    return [chain for study in studies for chain in study.chains]


def named(chains: Iterable[Iterable[Release]]) -> list[tuple[UUID, str]]:
    """(id, digest of the file) of releases that are read already."""
    return [(each.id, each.digest) for chain in chains for each in chain]


def names(session: Session, *, programme: Programme) -> list[tuple[UUID, str]]:
    """(id, digest of the file) of all that is released, for who needs no more of it."""
    query = select(Release.id, Release.digest).where(
        col(Release.round_id).in_(_of(programme).with_only_columns(col(Round.id)))
    )
    return list(session.exec(query))


def _of(programme: Programme) -> Any:
    return select(Round).where(
        Round.programme_id == programme.id, col(Round.state).not_in(UNDECIDED)
    )


def _rounds(session: Session, programme: Programme) -> list[tuple[Round, list[Release]]]:
    """Its approved rounds with their releases: the last released first, then those to come."""
    order = (col(Round.released_from), col(Round.id))
    rounds: Sequence[Round] = session.exec(_of(programme).order_by(*order)).all()
    of: dict[UUID, list[Release]] = {round_.id: [] for round_ in rounds}
    for release in session.exec(select(Release).where(col(Release.round_id).in_(of))):
        of[release.round_id].append(release)
    found = [(round_, in_order(of[round_.id])) for round_ in rounds]
    released = sorted(
        (pair for pair in found if pair[1]), key=lambda pair: pair[1][0].released_at, reverse=True
    )
    return [*released, *(pair for pair in found if not pair[1])]
