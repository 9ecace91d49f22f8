"""The release of the same survey before this one, if there was any."""

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialog.results.models import Release
from dialog.surveys.models import Round


def release_before(session: Session, *, release: Release) -> Release | None:
    """That of the round of the same survey whose result was first published before this round's;
    as it was when this one was published, for what a page says never changes.
    """
    survey = sa.select(col(Round.survey_id)).where(col(Round.id) == release.round_id)
    same_survey = sa.select(col(Round.id)).where(col(Round.survey_id) == survey.scalar_subquery())
    query = select(Release.id, Release.round_id).where(  # not the large columns of all of them
        col(Release.round_id).in_(same_survey), col(Release.released_at) <= release.released_at
    )
    found = session.exec(query.order_by(col(Release.released_at), col(Release.id))).all()
    rounds = list(dict.fromkeys(round_id for _id, round_id in found))
    place = rounds.index(release.round_id)
    if not place:
        return None
    last = next(one for one, round_id in reversed(found) if round_id == rounds[place - 1])
    return session.get_one(Release, last)
