"""The parties of a matter, as the one who looks stands to them."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from flask_babel import gettext as _
from sqlmodel import Session, col, select

from dialog.core.negotiating.matters import TAKEN_BY, Action, Side
from dialog.negotiations.models import MblParty
from dialog.unions.models import UnionOrganisation


@dataclass(frozen=True)
class Party:
    """One with its name; `organisation` None is the employer."""

    row: MblParty
    organisation: UnionOrganisation | None

    @property
    def name(self) -> str:
        return self.organisation.name if self.organisation else str(_("Arbetsgivaren"))


def parties_of(session: Session, *, matter_id: UUID) -> list[Party]:
    """The employer first, then the organisations by name."""
    query = (
        select(MblParty, UnionOrganisation)
        .join(
            UnionOrganisation,
            col(UnionOrganisation.id) == col(MblParty.organisation_id),
            isouter=True,
        )
        .where(MblParty.matter_id == matter_id)
        .order_by(col(MblParty.organisation_id).is_not(None), col(UnionOrganisation.name))
    )
    return [Party(row, organisation) for row, organisation in session.exec(query)]


def mine(parties: Sequence[Party], *, organisation_id: UUID | None) -> Party | None:
    """The party of an organisation, or (None) of the employer; None where it is no party."""
    return next((each for each in parties if each.row.organisation_id == organisation_id), None)


def may_take(party: Party | None, action: Action) -> bool:
    """Whether a step is that party's to take."""
    if party is None:
        return False
    side = TAKEN_BY[action]
    employer = party.organisation is None
    return {
        Side.EMPLOYER: employer,
        Side.UNION: not employer,
        Side.EITHER: True,
        Side.ASKER: party.row.asked,
    }[side]
