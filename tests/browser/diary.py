"""A matter in the diary, with a document that was corrected."""

from dataclasses import replace
from typing import Any

from sqlmodel import Session

from dialog.diary import numbering, registering
from dialog.diary.facts import Facts
from dialog.diary.models import DiaryAuthority, Direction
from dialog.people.models import Person
from dialog.storage.clock import now, today


def register_matter(db: Session, *, registrar: Person) -> str:
    """Gives its number, as it stands in an address."""
    board = DiaryAuthority(name="Regionstyrelsen", letters="RS")
    db.add(board)
    said: dict[str, Any] = {"at": now(), "by": registrar.id, "authority": board}
    matter = registering.open_matter(db, subject="Bemanning", public_subject="Bemanning", **said)
    facts = Facts(
        subject="Skrivelse", public_subject="Skrivelse", arrived_on=today(),
        correspondent="Förbundet", direction=Direction.IN,
    )  # fmt: skip
    line = registering.register(db, matter=matter, facts=facts, **said)
    withheld = replace(facts, public_correspondent=None, secrecy="OSL 39 kap. 2 §")
    registering.correct(
        db, line=line, facts=withheld, why="Fel avsändare", seen=line.latest,
        at=now(), by=registrar.id,
    )  # fmt: skip
    return numbering.number_of(board, matter).slug
