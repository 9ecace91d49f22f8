"""Mandates: recorded when an organisation has given notice, changed, ended, removed if wrong.

The employer records what it is told (FML 1 §: the law holds for a representative from the notice);
it neither chooses nor approves who represents a union.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlmodel import Session, col, select

from dialog.core.errors import RefusedError
from dialog.core.mandates import Standing, overlap, standing
from dialog.organisation.models import Unit
from dialog.people.addresses import people_at
from dialog.storage.clock import today
from dialog.unions.models import (
    Acting,
    Mandate,
    MandateAction,
    MandateStep,
    NoticeAddress,
    UnionBody,
)


@dataclass(frozen=True)
class Notice:
    """What an organisation has told the employer; `person` is an e-mail address."""

    person: str
    organisation_id: UUID
    unit_id: UUID
    starts_on: date
    notified_on: date
    ends_on: date | None = None
    deputy: bool = False


def record(session: Session, *, body: UnionBody, notice: Notice, by: UUID) -> Mandate:
    """Keep a mandate in the body. Raises RefusedError: one person has one mandate in a body at a
    time, in a unit that the body negotiates for.
    """
    _hold(session, body_id=body.id)
    person = people_at(session, addresses=[notice.person.strip()])[0]
    unit, within = (session.get_one(Unit, each) for each in (notice.unit_id, body.unit_id))
    if not unit.active or not unit.path.startswith(within.path):
        raise RefusedError(
            _("Enheten hör inte till det som gruppen förhandlar för. Välj en annan.")
        )
    made = Mandate(
        person_id=person,
        organisation_id=notice.organisation_id,
        body_id=body.id,
        unit_id=unit.id,
        deputy=notice.deputy,
        starts_on=notice.starts_on,
        ends_on=notice.ends_on,
        notified_on=notice.notified_on,
    )
    _check_days(session, made)
    session.add(made)
    session.flush()
    _note(session, made, MandateAction.RECORDED, by)
    return made


def change(
    session: Session,
    *,
    mandate: Mandate,
    starts_on: date,
    ends_on: date | None,
    deputy: bool,
    by: UUID,
) -> None:
    """Other days, or a deputy's place. Raises RefusedError."""
    _hold(session, body_id=mandate.body_id)
    ended = ends_on is not None and ends_on != mandate.ends_on
    changed = (starts_on, ends_on, deputy) != (
        mandate.starts_on, mandate.ends_on, mandate.deputy,
    )  # fmt: skip
    if not changed:
        return
    with session.no_autoflush:
        mandate.starts_on, mandate.ends_on, mandate.deputy = starts_on, ends_on, deputy
        _check_days(session, mandate)
    session.add(mandate)
    _note(session, mandate, MandateAction.ENDED if ended else MandateAction.CHANGED, by)


def resign(session: Session, *, mandate: Mandate, last_day: date) -> None:
    """The representative leaves: `last_day` is today or later, and no later than it was."""
    _hold(session, body_id=mandate.body_id)
    where = standing(mandate.starts_on, mandate.ends_on, on=today())
    if where is Standing.ENDED:
        raise RefusedError(_("Uppdraget är redan avslutat."))
    if last_day < today() or (mandate.ends_on is not None and last_day > mandate.ends_on):
        raise RefusedError(
            _("Välj en sista dag från i dag och fram till den dag då uppdraget ändå tar slut.")
        )
    if where is Standing.COMING and last_day < mandate.starts_on:
        raise RefusedError(_("Uppdraget har inte börjat. Be gruppens sekreterare att ta bort det."))
    mandate.ends_on = last_day
    session.add(mandate)
    _note(session, mandate, MandateAction.RESIGNED, mandate.person_id)


def remove(session: Session, *, mandate: Mandate) -> None:
    """Delete a mandate and all that was kept of it: recorded by mistake, or its time is over."""
    for table in (Acting, NoticeAddress, MandateStep):
        session.connection().execute(sa.delete(table).where(col(table.mandate_id) == mandate.id))
    session.delete(mandate)
    session.flush()


def _check_days(session: Session, mandate: Mandate) -> None:
    days = (mandate.starts_on, mandate.ends_on)
    if mandate.ends_on is not None and mandate.ends_on < mandate.starts_on:
        raise RefusedError(_("Sista dagen är före den första. Rätta dagarna."))
    others = session.exec(
        select(Mandate).where(
            Mandate.body_id == mandate.body_id,
            Mandate.person_id == mandate.person_id,
            Mandate.id != mandate.id,
        )
    )
    if any(overlap(days, (other.starts_on, other.ends_on)) for other in others):
        raise RefusedError(
            _("Personen har redan ett uppdrag i gruppen de dagarna. Avsluta det först.")
        )


def _hold(session: Session, *, body_id: UUID) -> None:
    """Mandates of a body are changed one after another: two at once would not see each other."""
    query = select(UnionBody.id).where(UnionBody.id == body_id)
    session.exec(query.with_for_update()).one()


def _note(session: Session, mandate: Mandate, action: MandateAction, by: UUID) -> None:
    session.add(
        MandateStep(
            mandate_id=mandate.id,
            by_id=by,
            action=action,
            starts_on=mandate.starts_on,
            ends_on=mandate.ends_on,
        )
    )
    session.flush()
