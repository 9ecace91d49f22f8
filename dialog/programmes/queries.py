"""The rounds of a programme, part by part: what is announced of them, and what is released."""

from dataclasses import dataclass, field
from datetime import date

from sqlmodel import Session, col, select

from dialog.core.review import SubStudy
from dialog.results.models import Release
from dialog.results.releases import all_of_round
from dialog.surveys.models import Round, RoundState
from dialog.surveys.programme_models import Programme
from dialog.surveys.programmes import UNDECIDED


@dataclass(frozen=True)
class Study:
    """A part of the review: its releases, the latest first, and when others may come at the
    earliest. A round that is not approved is nobody's business yet.
    """

    part: SubStudy
    releases: list[Release] = field(default_factory=list)
    coming: list[date] = field(default_factory=list)


def studies(session: Session, *, programme: Programme) -> list[Study]:
    """All three parts, in their order."""
    found = {part: Study(part) for part in SubStudy}
    for round_, chain in _rounds(session, programme):
        assert round_.sub_study is not None  # no approval without
        if chain:
            found[round_.sub_study].releases.append(chain[-1])
        elif round_.released_from is not None and round_.state is not RoundState.UNOPENED:
            found[round_.sub_study].coming.append(round_.released_from)
    return list(found.values())


def by_part(session: Session, *, programme: Programme) -> dict[SubStudy, list[Release]]:
    """The releases of each part as they stand corrected, the round that was released last first."""
    return {study.part: study.releases for study in studies(session, programme=programme)}


def chains(session: Session, *, programme: Programme) -> list[list[Release]]:
    """Of each released round its releases: the first, and those that correct it."""
    return [chain for _round, chain in _rounds(session, programme) if chain]


def _rounds(session: Session, programme: Programme) -> list[tuple[Round, list[Release]]]:
    """Its approved rounds with their releases: the last released first, then those to come."""
    query = select(Round).where(
        Round.programme_id == programme.id, col(Round.state).not_in(UNDECIDED)
    )
    found = [
        (round_, all_of_round(session, round_id=round_.id))
        for round_ in session.exec(query.order_by(col(Round.released_from), col(Round.id)))
    ]
    released = sorted(
        (pair for pair in found if pair[1]), key=lambda pair: pair[1][0].released_at, reverse=True
    )
    return [*released, *(pair for pair in found if not pair[1])]
