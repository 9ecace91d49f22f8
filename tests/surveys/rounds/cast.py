"""A region in small, a plan that can be approved, and steps through a round's life, for tests."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from flask import Flask
from sqlmodel import Session

from dialog.core.questionnaire import Kind, Option, Question, Questionnaire, Section, Text, dump
from dialog.desk import Desk
from dialog.organisation.models import Unit
from dialog.people.models import Person
from dialog.settings import Settings
from dialog.storage.clock import now, today
from dialog.surveys.models import Access, Round, Survey
from dialog.surveys.rounds import approving, inviting, planning
from tests import makers

FORM = Questionnaire(
    title=Text(sv="Samtalsklimat", en="Climate of conversation"),
    languages=("sv", "en"),
    sections=(
        Section(
            name="part",
            title=Text(sv="Lugn", en="Calm"),
            questions=(
                Question(
                    name="calm",
                    kind=Kind.SINGLE,
                    text=Text(sv="Är det lugnt?", en="Is it calm?"),
                    options=(
                        Option(name="1", text=Text(sv="Nej", en="No")),
                        Option(name="2", text=Text(sv="Ja", en="Yes")),
                    ),
                ),
            ),
        ),
    ),
)


class Cast:
    """Fifteen employees in two förvaltningar, an analyst and an approver."""

    def __init__(self, db: Session, *, people: int = 15, units: Sequence[Unit] = ()) -> None:
        self.db = db
        self.settings: Settings = db.info["settings"]
        self.analyst = makers.analyst(db)
        self.approver = makers.approver(db)
        self.units = list(units) or _units(db)
        self.people: list[Person] = []
        for index in range(people):
            who = makers.person(db, f"Medarbetare {index}")
            makers.post(db, who, self.units[index % 3 == 0])
            self.people.append(who)
        self.survey = Survey(
            author_id=self.analyst.id, title="Samtalsklimat", questionnaire=dump(FORM).decode()
        )
        db.add(self.survey)
        db.commit()

    def plan(self, **changed: Any) -> Round:
        """A draft without faults."""
        access = changed.pop("access", Access.INVITED)
        round_ = planning.create(
            self.db,
            survey=self.survey,
            author_id=self.analyst.id,
            title="Samtalsklimat hösten",
            access=access,
        )
        day = today()
        values: dict[str, Any] = {
            "sender": "Regiondirektören",
            "message": "Vi vill veta hur det är att säga ifrån.",
            "closes_at": now() + timedelta(days=14),
            "reminders": [(day + timedelta(days=7)).isoformat()],
            "keep_list_until": day + timedelta(days=60),
            "keep_unit_until": day + timedelta(days=100),
            "keep_texts_until": day + timedelta(days=200),
            "keep_rows_until": day + timedelta(days=300),
            "secrecy_note": planning.NO_SECRECY,
            "assessment_number": "KB 2026-3",
            **changed,
        }
        planning.change(self.db, round_=round_, by=self.analyst.id, **values)
        self.db.commit()
        return round_

    def approved(self, **changed: Any) -> Round:
        round_ = self.plan(**changed)
        self.approve(round_)
        return round_

    def approve(self, round_: Round) -> None:
        planning.submit(self.db, round_=round_, by=self.analyst.id)
        approving.approve(self.db, round_=round_, by=self.approver.id, settings=self.settings)
        self.db.commit()

    def opened_to_all(self, settings: Settings, **changed: Any) -> Round:
        """An open round."""
        round_ = self.approved(**changed)
        inviting.start(self.db, round_=round_, by=self.analyst.id, settings=settings)
        self.db.commit()
        return round_


def _units(db: Session) -> list[Unit]:
    root = makers.unit(db, "R", name="Regionen")
    return [makers.unit(db, code, root) for code in ("F1", "F2")]


def desk_of(app: Flask) -> Desk:
    return Desk(app.extensions["engine"], app.extensions["settings"])
