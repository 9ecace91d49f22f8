"""Reads of letters to an authority."""

from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from dialog.submissions.models import Submission, SubmissionStep


def traces(session: Session, *, person_id: UUID) -> int:
    """How many letters somebody has written by name or handles, and steps they have taken."""
    ways = (
        sa.select(sa.func.count()).where(
            sa.or_(col(Submission.author_id) == person_id, col(Submission.handler_id) == person_id)
        ),
        sa.select(sa.func.count()).where(col(SubmissionStep.person_id) == person_id),
    )
    return sum(int(session.connection().scalar(way) or 0) for way in ways)
