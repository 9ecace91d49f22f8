"""The release of the same survey before this one, if there was any."""

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialog.results.models import Release
from dialog.surveys.models import Round


def release_before(session: Session, *, release: Release) -> Release | None:
    """The latest earlier release of another round of the same survey."""
    survey = sa.select(col(Round.survey_id)).where(col(Round.id) == release.round_id)
    query = (
        select(Release)
        .join(Round, col(Round.id) == col(Release.round_id))
        .where(
            col(Round.survey_id) == survey.scalar_subquery(),
            col(Release.released_at) < release.released_at,
        )
        .order_by(col(Release.released_at).desc(), col(Release.id))
    )
    return session.exec(query.limit(1)).first()
