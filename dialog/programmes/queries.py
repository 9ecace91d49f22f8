"""The rounds of a programme, part by part: what is announced of them, and what is released."""

from dataclasses import dataclass, field
from datetime import date

import sqlalchemy as sa
from sqlmodel import Session, col

from dialog.core.review import SubStudy
from dialog.results.models import Release
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
    for round_, release in _pairs(session, programme):
        assert round_.sub_study is not None  # no approval without
        if release is not None:
            found[round_.sub_study].releases.append(release)
        elif round_.released_from is not None and round_.state is not RoundState.UNOPENED:
            found[round_.sub_study].coming.append(round_.released_from)
    return list(found.values())


def by_part(session: Session, *, programme: Programme) -> dict[SubStudy, list[Release]]:
    """The releases of each part, the latest first."""
    return {study.part: study.releases for study in studies(session, programme=programme)}


def released(session: Session, *, programme: Programme) -> list[Release]:
    """All of them, part by part."""
    return [
        each for releases in by_part(session, programme=programme).values() for each in releases
    ]


def _pairs(session: Session, programme: Programme) -> list[tuple[Round, Release | None]]:
    """Its approved rounds, each with its release: the last released first."""
    rows = session.connection().execute(
        sa.select(col(Round.id), col(Release.id))
        .join(Release, col(Release.round_id) == col(Round.id), isouter=True)
        .where(col(Round.programme_id) == programme.id, col(Round.state).not_in(UNDECIDED))
        .order_by(col(Release.released_at).desc(), col(Round.released_from), col(Round.id))
    )
    return [
        (session.get_one(Round, round_id), session.get(Release, release_id) if release_id else None)
        for round_id, release_id in rows
    ]
