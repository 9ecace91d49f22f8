"""Handing in an opened batch: the step is written down, and then it is somebody else's turn."""

from uuid import UUID

from sqlmodel import Session

from dialog.core.ballots.peeling import Record
from dialog.settings import Settings
from dialog.surveys.key_models import Trustee
from dialog.surveys.models import Round
from dialog.surveys.opening import ceremony
from dialog.surveys.opening.step_files import Received
from dialog.surveys.rounds import steps


def take(
    session: Session,
    *,
    trustee_id: UUID,
    by: UUID,
    received: Received,
    record: Record,
    settings: Settings,
) -> bool:
    """Take what was checked as the step of a trustee. True if it is new; the same batch handed in
    twice at once counts once. The caller commits. Raises RefusedError if it is not the turn of
    that trustee any more.
    """
    trustee = session.get_one(Trustee, trustee_id)
    round_ = session.get_one(Round, trustee.round_id)
    steps.hold(session, round_=round_)
    if ceremony.is_known(session, trustee=trustee, sha256=received.sha256):
        return False
    ceremony.hand_in(
        session,
        round_=round_,
        trustee=trustee,
        by=by,
        received=received,
        record=record,
        settings=settings,
    )
    if trustee.lost_at is not None:  # it was found
        trustee.lost_at = None
        session.add(trustee)
    steps.keep(session, round_=round_, action="key-opened", by=by)
    return True
