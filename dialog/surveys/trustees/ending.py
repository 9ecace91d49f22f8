"""The end of a trustee's key: lost, as its holder says, or destroyed when it has done its work."""

from uuid import UUID

from flask_babel import gettext as _
from sqlmodel import Session

from dialog.core.errors import RefusedError
from dialog.storage.clock import now
from dialog.surveys.holders import steps_of
from dialog.surveys.key_models import Trustee
from dialog.surveys.models import Round, RoundState
from dialog.surveys.rounds import steps
from dialog.surveys.rounds.states import ENDED

NEEDED = frozenset(RoundState) - ENDED - {RoundState.OPENED}


def report_lost(session: Session, *, trustee: Trustee, by: UUID) -> None:
    """Say that the key cannot be used: everybody who works with the round sees it at once. Again
    changes nothing. Raises RefusedError when the key has done its work.
    """
    round_ = session.get_one(Round, trustee.round_id)
    steps.hold(session, round_=round_)
    session.refresh(trustee)
    taken = steps_of(session, round_id=round_.id)
    if round_.state not in NEEDED or any(step.place == trustee.place for step in taken):
        raise RefusedError(_("Nyckeln har gjort sitt. Svaren behöver den inte längre."))
    if trustee.lost_at is None:
        trustee.lost_at = now()
        session.add(trustee)
        steps.keep(session, round_=round_, action="key-lost", by=by)


def report_found(session: Session, *, trustee: Trustee, by: UUID) -> None:
    """Take that back: a copy or the sheet turned up. Again changes nothing."""
    round_ = session.get_one(Round, trustee.round_id)
    steps.hold(session, round_=round_)
    session.refresh(trustee)
    if trustee.lost_at is not None:
        trustee.lost_at = None
        session.add(trustee)
        steps.keep(session, round_=round_, action="key-found", by=by)


def confirm_destroyed(session: Session, *, trustee: Trustee, by: UUID) -> None:
    """Keep that `by` has destroyed every copy they had. Again changes nothing. Raises RefusedError
    while the key may still be needed.
    """
    round_ = session.get_one(Round, trustee.round_id)
    steps.hold(session, round_=round_)
    session.refresh(trustee)
    if not may_be_destroyed(round_):
        raise RefusedError(
            _("Svaren är inte öppnade än. Behåll nyckeln tills du blir ombedd att förstöra den.")
        )
    by_deputy = by == trustee.deputy_id
    if (trustee.deputy_destroyed_at if by_deputy else trustee.own_destroyed_at) is not None:
        return
    if by_deputy:
        trustee.deputy_destroyed_at = now()
    else:
        trustee.own_destroyed_at = now()
    session.add(trustee)
    steps.keep(session, round_=round_, action="key-destroyed", by=by)


def may_be_destroyed(round_: Round) -> bool:
    """Whether no ballot can need the key any more: the platform's own is gone, or the round was
    given up before it opened.
    """
    return round_.key_destroyed_at is not None or round_.state is RoundState.CANCELLED
