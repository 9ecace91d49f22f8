"""Trying a copy of a key: it is shown to open a test ballot before anything depends on it."""

from datetime import timedelta
from typing import Final
from uuid import UUID

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlmodel import Session, col, select

from dialog.core.ballots import trial
from dialog.core.errors import RefusedError, WrongInputError
from dialog.storage.clock import now
from dialog.surveys.key_models import KeyTest, Trustee
from dialog.surveys.models import Round, RoundState
from dialog.surveys.rounds import steps

VALID_FOR: Final = timedelta(days=7)  # a test may be carried to another computer and back
BEFORE_OPENING: Final = (
    RoundState.DRAFT,
    RoundState.REVIEW,
    RoundState.APPROVED,
    RoundState.OPEN,
    RoundState.PAUSED,
    RoundState.CLOSED,
)


def give(session: Session, *, trustee: Trustee, by: UUID) -> tuple[KeyTest, bytes]:
    """A new test for the copy that `by` has, and what is to be opened. Raises RefusedError."""
    if not trustee.public_key:
        raise RefusedError(_("Det finns ingen nyckel att prova än. Nyckelhållaren gör den först."))
    if session.get_one(Round, trustee.round_id).state not in BEFORE_OPENING:
        raise RefusedError(_("Nyckeln behövs inte längre, så det finns inget att prova."))
    session.connection().execute(
        sa.delete(KeyTest).where(
            col(KeyTest.trustee_id) == trustee.id, col(KeyTest.made_at) < now() - VALID_FOR
        )
    )
    sealed, answer = trial.make(trustee.public_key, round_id=trustee.round_id, layer=trustee.place)
    test = KeyTest(trustee_id=trustee.id, by_deputy=by == trustee.deputy_id, answer=answer)
    session.add(test)
    session.flush()
    return test, sealed


def answer(
    session: Session, *, trustee: Trustee, by: UUID, given: str, test_id: UUID | None = None
) -> None:
    """Take the answer to a test (without `test_id`: to any of this copy's): the copy of `by` works.
    Again changes nothing. Raises WrongInputError.
    """
    round_ = session.get_one(Round, trustee.round_id)
    steps.hold(session, round_=round_)
    session.refresh(trustee)
    by_deputy = by == trustee.deputy_id
    query = select(KeyTest).where(
        KeyTest.trustee_id == trustee.id,
        KeyTest.by_deputy == by_deputy,
        KeyTest.answer == given.strip().lower(),
    )
    if test_id is not None:
        query = query.where(KeyTest.id == test_id)
    if session.exec(query).first() is None:
        raise WrongInputError(
            _("Svaret stämmer inte med provet. Hämta ett nytt prov och öppna det med nyckeln.")
        )
    before = trustee.deputy_tested_at if by_deputy else trustee.own_tested_at
    if before is not None:
        return
    if by_deputy:
        trustee.deputy_tested_at = now()
    else:
        trustee.own_tested_at = now()
    session.add(trustee)
    steps.keep(session, round_=round_, action="key-tested", by=by)
