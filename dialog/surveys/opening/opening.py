"""Opening a closed round: its ballots checked, shuffled, coarsened and written, all or none.

Three steps, so that a crash at any moment is harmless: `open_round` in one transaction with the
change of state; commit; `finish`, which recounts and only then destroys the key; commit.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlmodel import Session, col

from dialog.core.ballots.batch import Batch
from dialog.core.errors import IllegalTransitionError
from dialog.settings import Settings
from dialog.storage.clock import now
from dialog.surveys import issued_marks, keys, receipts, result_tables
from dialog.surveys.models import (
    Invitation,
    KeyHolder,
    Response,
    Round,
    RoundState,
)
from dialog.surveys.opening import ceremony, exchange, step_files
from dialog.surveys.opening.ballots import Ballots, read_ballots
from dialog.surveys.opening.refusals import WrongBatchError
from dialog.surveys.opening.writing import write
from dialog.surveys.places import tree


@dataclass(frozen=True)
class Opening:
    """What came of it. Not `opened`: nothing was written, and `note` says why, for everybody."""

    opened: bool
    received: int = 0
    responses: int = 0
    invalid: Mapping[str, int] = field(default_factory=dict)
    note: str = ""


def open_round(session: Session, *, round_: Round, settings: Settings) -> Opening:
    """Read the batch of the closed `round_` and write its responses and texts. The caller then
    sets the state (opened or unopened), commits, and calls `finish`.

    Raises NotHandedOverError and WrongBatchError; the round then stays as it is.
    """
    if round_.state is not RoundState.CLOSED:
        raise IllegalTransitionError(_("Bara en stängd omgång kan öppnas."))
    ballots = _received(session, round_, settings)
    ceremony.count(session, round_=round_, ballots=ballots.ballots)
    try:
        key = keys.ballot_key(settings, round_id=round_.id)
    except keys.LostKeyError as lost:
        return Opening(opened=False, received=ballots.ballots, note=lost.sentence)
    whole = result_tables.is_whole(round_.tables)
    places = tree(session, audience=round_.audience, whole=whole)
    found = read_ballots(ballots, key=key, round_=round_, units=places.ids)
    round_.ballots_invalid = dict(found.invalid)
    if len(found) < round_.k:
        note = _("Färre än %(k)s svar gick att läsa. Därför öppnades inga svar.", k=round_.k)
        return Opening(
            opened=False, received=ballots.ballots, invalid=dict(found.invalid), note=note
        )
    round_.units_exceeded = _exceeded(session, round_=round_, found=found, units=places.ids)
    round_.responses_lessened = write(session, round_=round_, found=found, places=places)
    ceremony.end(session, round_=round_, responses=len(found))
    return Opening(
        opened=True,
        received=ballots.ballots,
        responses=len(found),
        invalid=dict(found.invalid),
    )


def finish(session: Session, *, round_: Round, settings: Settings) -> None:
    """After the commit of what `open_round` wrote: recount it, destroy the round's keys, and tell
    the ballot box to erase the ballots. The caller commits. Doing it again changes nothing.
    """
    if round_.key_destroyed_at is not None:
        return
    received, invalid = round_.ballots_received or 0, sum(round_.ballots_invalid.values())
    expected = 0 if round_.state is RoundState.UNOPENED else received - invalid
    stored = session.connection().scalar(
        sa.select(sa.func.count()).where(col(Response.round_id) == round_.id)
    )
    if stored != expected:
        raise WrongBatchError(
            _("Antalet lagrade svar stämmer inte. Nyckeln är kvar, och omgången måste undersökas.")
        )
    keys.destroy(settings, round_id=round_.id)
    issued_marks.forget(settings, round_id=round_.id)
    step_files.forget(settings, round_id=round_.id)
    round_.key_destroyed_at = now()
    session.add(round_)
    exchange.announce(round_, settings)


def _received(session: Session, round_: Round, settings: Settings) -> Batch:
    if round_.key_holder is KeyHolder.TRUSTEES:
        return ceremony.last_batch(session, round_=round_, settings=settings)
    received = ceremony.handed_over(round_, settings)
    receipts.keep(session, round_id=round_.id, batch=received)
    return received


def _exceeded(
    session: Session, *, round_: Round, found: Ballots, units: Mapping[str, UUID]
) -> int | None:
    """In how many units more answered than tokens were issued; None where that cannot be known,
    for somebody came in without a unit.
    """
    query = sa.select(col(Invitation.unit_id), sa.func.count()).where(
        col(Invitation.round_id) == round_.id, col(Invitation.issued)
    )
    rows = session.connection().execute(query.group_by(col(Invitation.unit_id)))
    issued = {row[0]: int(row[1]) for row in rows}
    if not issued or None in issued:
        return None
    answered: Counter[UUID] = Counter()
    for (unit, _level), count in found.places.items():
        answered[units[unit]] += count
    return sum(1 for unit, count in answered.items() if count > issued.get(unit, 0))
