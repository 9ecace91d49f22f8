"""A region in small, somebody who keeps the list, somebody who promises, and those it is for."""

from datetime import timedelta
from email import message_from_bytes, policy
from typing import Any
from uuid import UUID

from sqlmodel import Session

from dialog.commitments import answering, owning, proposing
from dialog.commitments.models import Commitment
from dialog.commitments.proposing import Owner, Recipient
from dialog.core.levels import Level
from dialog.organisation.models import Post, Unit
from dialog.people.models import Person, Role
from dialog.settings import Settings
from dialog.storage.clock import today
from dialog.worker import Worker
from tests import makers

SERIES = "Ledningen möter vården"


class Cast:
    """Fourteen midwives in a ward of a förvaltning, their director, and a secretary."""

    def __init__(self, db: Session, *, people: int = 14) -> None:
        self.db = db
        self.settings: Settings = db.info["settings"]
        region = makers.unit(db, "R", name="Regionen")
        self.forvaltning = makers.unit(db, "F1", region, "Förvaltning Ett")
        self.other = makers.unit(db, "F2", region, "Förvaltning Två")
        self.clinic = makers.unit(db, "V11", self.forvaltning, "Verksamhet Elva")
        self.ward: Unit = makers.unit(db, "E111", self.clinic, "Avdelning 11")
        self.secretary = makers.person(db, "Siv Sekreterare", Role.SECRETARY)
        self.owner = makers.person(db, "Vera Vårdgren", email="vera@example.org")
        self.outsider = makers.person(db, "Uno Utanför")
        self.people = [
            Person(name=f"Medarbetare {number}", email=f"m{number}@example.org")
            for number in range(people)
        ]
        db.add_all(self.people)
        db.flush()
        db.add_all(
            Post(person_id=who.id, unit_id=self.ward.id, level=Level.STAFF) for who in self.people
        )
        db.commit()

    @property
    def key(self) -> bytes:
        return answering.voice_key(self.settings.keys)

    def propose(self, **changed: Any) -> Commitment:
        values: dict[str, Any] = {
            "title": "Fler datorer på avdelningen",
            "question": "Vi står i kö för att skriva journal.",
            "promise": "Varje avdelning får två datorer till.",
            "owner": Owner(self.owner.id, "Vårddirektören"),
            "recipient": Recipient("Barnmorskorna", unit_id=self.clinic.id),
            "said_on": today() - timedelta(days=40),
            "series": SERIES,
            **changed,
        }
        made = proposing.propose(self.db, by=self.secretary.id, **values)
        self.db.commit()
        return made

    def accepted(self, due: int = 30, **changed: Any) -> Commitment:
        """Due in so many days."""
        made = self.propose(**changed)
        day = today() + timedelta(days=due)
        owning.accept(self.db, commitment=made, by=made.owner_id, due=day)
        self.db.commit()
        return made

    def done(self, **changed: Any) -> Commitment:
        made = self.accepted(**changed)
        self.report_done(made)
        return made

    def report_done(self, commitment: Commitment) -> None:
        owning.report(
            self.db,
            commitment=commitment,
            by=commitment.owner_id,
            text="Datorerna är på plats.",
            done=True,
        )
        self.db.commit()

    def answer(
        self, commitment: Commitment, who: UUID, *, yes: bool = True, words: str = ""
    ) -> None:
        answering.answer(
            self.db, commitment=commitment, by=who, confirms=yes, words=words, key=self.key
        )
        self.db.commit()

    def answers(self, commitment: Commitment, *, yes: int, no: int) -> None:
        for place, who in enumerate(self.people[: yes + no]):
            self.answer(commitment, who.id, yes=place < yes)

    def over(self, commitment: Commitment) -> None:
        """The time for answering passes."""
        commitment.answer_until = today() - timedelta(days=1)
        self.db.add(commitment)
        self.db.commit()
        answering.settle_due(makers.desk(self.db))
        self.db.refresh(commitment)
        self.db.commit()

    def work(self) -> None:
        """Let the worker do all that is due."""
        self.db.commit()
        worker = Worker(makers.desk(self.db))
        while worker.do_one():
            pass
        self.db.expire_all()

    def letters(self) -> list[str]:
        """What was sent, headers and text in one."""
        found = []
        for path in sorted(self.settings.mail.glob("*.eml")):
            mail = message_from_bytes(path.read_bytes(), policy=policy.default)
            heads = [f"{name}: {value}" for name, value in mail.items()]
            found.append("\n".join([*heads, "", mail.get_content()]))
        return found

    def forget_letters(self) -> None:
        for path in self.settings.mail.glob("*.eml"):
            path.unlink()
