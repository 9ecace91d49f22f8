"""Who is asked to come: employees by unit and level, and who represents unions, by body."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from dialog.meetings.models import Meeting
from dialog.organisation import audiences
from dialog.organisation.audiences import Audience
from dialog.storage.clock import STOCKHOLM, today
from dialog.unions import queries as unions
from dialog.unions.models import UnionBody
from dialog.web.i18n import all_of


@dataclass(frozen=True)
class Asked:
    """What `Meeting.audience` holds. Where bodies are chosen and neither units nor levels, no
    employee is asked besides those who represent in them.
    """

    staff: Audience = field(default_factory=Audience)
    bodies: tuple[UUID, ...] = ()

    @property
    def only_bodies(self) -> bool:
        return bool(self.bodies) and self.staff.everybody

    def as_json(self) -> dict[str, Any]:
        return {
            **self.staff.as_json(),
            "bodies": [str(body) for body in self.bodies],
            "chosen": True,
        }


def of(meeting: Meeting) -> Asked | None:
    """Who was chosen; None: nobody yet."""
    if not meeting.audience.get("chosen"):
        return None
    bodies = tuple(UUID(each) for each in meeting.audience.get("bodies", ()))
    return Asked(audiences.from_json(meeting.audience), bodies)


def people(session: Session, *, meeting: Meeting, asked: Asked) -> dict[UUID, UUID | None]:
    """Everybody who is asked, each with the body in which they represent a union on the meeting's
    day. Who is among the employees is asked as one: then nothing tells that they represent. In a
    body's own meeting it is the other way round.
    """
    day = meeting.starts_at.astimezone(STOCKHOLM).date() if meeting.starts_at else today()
    representing: dict[UUID, UUID | None] = {
        person: body
        for body, person in unions.representatives(session, bodies=asked.bodies, on=day)
    }
    if asked.only_bodies:
        return representing
    staff: dict[UUID, UUID | None] = dict.fromkeys(
        person for person, _u, _l in audiences.people_in(session, audience=asked.staff)
    )
    return staff | representing if meeting.body_id else representing | staff


def describe(session: Session, *, asked: Asked) -> str:
    """In words: "Alla i Närhälsan och RS MBL". Bodies are no secret; who is in them is."""
    words = [] if asked.only_bodies else [audiences.describe(session, audience=asked.staff)]
    return all_of([*words, *names(session, bodies=asked.bodies)])


def names(session: Session, *, bodies: Collection[UUID]) -> list[str]:
    query = select(UnionBody.name).where(col(UnionBody.id).in_(list(bodies)))
    return list(session.exec(query.order_by(col(UnionBody.name))))
