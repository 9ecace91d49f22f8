"""The demo's diary: one board with a few matters, registered by the functions that people call."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from sqlmodel import select

from dialog.diary import registering
from dialog.diary.facts import Facts
from dialog.diary.models import DiaryAuthority, Direction
from dialog.simulate.rounds import Stage
from dialog.storage.clock import now, today

BOARD: Final = "Regionstyrelsen"
LETTERS: Final = "RS"


@dataclass(frozen=True)
class Sheet:
    """A document; `days` ago it came in, was sent or drawn up."""

    direction: Direction
    correspondent: str
    subject: str
    days: int


MATTERS: Final = {
    "Bemanning under natten på förlossningen": (
        Sheet(Direction.IN, "Vårdförbundet Exempel", "Skrivelse om bemanningen under natten", 24),
        Sheet(Direction.DRAWN_UP, "", "Underlag om bemanning, vecka 40 till 45", 12),
        Sheet(Direction.OUT, "Vårdförbundet Exempel", "Svar på skrivelse om bemanning", 3),
    ),
    "Avbrutet införande av journalsystem": (
        Sheet(Direction.IN, "Läkarföreningen Exempel", "Begäran om redogörelse för beslutet", 20),
        Sheet(Direction.OUT, "Läkarföreningen Exempel", "Redogörelse för beslutet", 8),
    ),
    "Granskning av samtalsklimatet": (
        Sheet(Direction.OUT, "Exempeluniversitetet", "Uppdrag om oberoende granskning", 30),
        Sheet(Direction.IN, "Anonym", "Synpunkter på granskningens frågor", 5),
    ),
}


def register_all(stage: Stage, *, by: UUID) -> None:
    """Once: a diary that is there is left as it is."""
    with stage.session() as session:
        if session.exec(select(DiaryAuthority)).first() is not None:
            return
        board = DiaryAuthority(name=BOARD, letters=LETTERS)
        session.add(board)
        session.flush()
        for subject, sheets in MATTERS.items():
            matter = registering.open_matter(
                session, authority=board, subject=subject, public_subject=subject, at=now(), by=by
            )
            for sheet in sheets:
                facts = Facts(
                    subject=sheet.subject,
                    public_subject=sheet.subject,
                    correspondent=sheet.correspondent,
                    public_correspondent=sheet.correspondent,
                    direction=sheet.direction,
                    arrived_on=today() - timedelta(days=sheet.days),
                )
                registering.register(
                    session, authority=board, matter=matter, facts=facts, at=now(), by=by
                )
        session.commit()
