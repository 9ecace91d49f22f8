"""Who looks at a matter: the employer's side, or an organisation."""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from dialog.core.negotiating.matters import State
from dialog.negotiations.models import MblMatter
from dialog.people.permissions import Actor, may
from dialog.unions import queries as unions
from dialog.unions.models import UnionBody


@dataclass(frozen=True)
class Reader:
    """Who looks: for the employer, or for an organisation while they act in the body. Whoever acts
    there is of that organisation alone, also where they could keep the body.
    """

    keeps: bool
    organisation_id: UUID | None

    def sees(self, matter: MblMatter) -> bool:
        """Of those of the body. What is being prepared is the employer's alone."""
        return self.keeps or matter.state is not State.PREPARED


def reader_of(body: UnionBody, actor: Actor) -> Reader:
    """As whom somebody looks who sees the body's matters."""
    acts = actor.acting_in == body.id
    return Reader(keeps=not acts, organisation_id=actor.acting_for if acts else None)


def reader(session: Session, *, matter: MblMatter, actor: Actor) -> Reader | None:
    """None for who does not see the matter."""
    body = session.get_one(UnionBody, matter.body_id)
    if not may(actor, "matter.see", unions.in_body(body)):
        return None
    found = reader_of(body, actor)
    return found if found.sees(matter) else None
