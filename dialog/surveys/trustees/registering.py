"""Registering a trustee's key: its public half, which the round's ballots are sealed to."""

from uuid import UUID

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlmodel import Session, col

from dialog.core.ballots.sealing import public_key
from dialog.core.errors import RefusedError, WrongInputError
from dialog.storage.clock import now
from dialog.surveys.holders import trustees_of
from dialog.surveys.key_models import KeyTest, Trustee
from dialog.surveys.models import Round, RoundState
from dialog.surveys.rounds import steps

UNFROZEN = (RoundState.DRAFT, RoundState.REVIEW)


def register(session: Session, *, trustee: Trustee, public: bytes, by: UUID) -> bool:
    """Keep the key of `trustee`, in place of one that was there before. True if it is new. A new
    one has to be tested anew, both copies.

    Raises WrongInputError for what is no key, RefusedError when it cannot be changed any more.
    """
    round_ = session.get_one(Round, trustee.round_id)
    steps.hold(session, round_=round_)
    session.refresh(trustee)
    if by != trustee.person_id:
        raise RefusedError(_("Det är nyckelhållaren som gör nyckeln. Du får en kopia av den."))
    _check_point(public)
    if trustee.public_key == public:
        return False
    if round_.state not in UNFROZEN:
        raise RefusedError(
            _("Omgången är godkänd, så nyckeln kan inte bytas. Den som är registrerad gäller.")
        )
    _check_others(session, trustee, public)
    session.connection().execute(sa.delete(KeyTest).where(col(KeyTest.trustee_id) == trustee.id))
    trustee.public_key, trustee.registered_at = public, now()
    trustee.own_tested_at = trustee.deputy_tested_at = trustee.lost_at = None
    session.add(trustee)
    steps.keep(session, round_=round_, action="key-made", by=by)
    return True


def _check_point(public: bytes) -> None:
    try:
        public_key(public)
    except ValueError:
        raise WrongInputError(_("Det här är ingen öppen nyckel. Gör om nyckeln.")) from None


def _check_others(session: Session, trustee: Trustee, public: bytes) -> None:
    others = trustees_of(session, round_id=trustee.round_id)
    if any(each.public_key == public for each in others):
        raise WrongInputError(_("En annan nyckelhållare har redan den nyckeln. Gör en egen."))
