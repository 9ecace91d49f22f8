"""A released round with ages and professions, researchers, approvers, and the steps between."""

import random
from datetime import timedelta
from email import message_from_bytes, policy
from typing import Any

from flask import Flask
from sqlmodel import Session, col, select

from dialog import worker
from dialog.core.questionnaire import (
    Kind,
    MatrixRow,
    Option,
    Question,
    Questionnaire,
    Section,
    Text,
)
from dialog.desk import Desk
from dialog.people.models import Role
from dialog.research import applying, deciding, preparing
from dialog.research.models import DataApplication, DataExport, Ethics, RoundData
from dialog.storage.clock import today
from dialog.surveys.models import Response, Round, RoundState
from tests import makers
from tests import university as universities
from tests.results import cast as results_cast
from tests.university import University

STEPS = tuple(
    Option(name=f"a{n}", text=Text(sv=f"Steg {n}", en=f"Step {n}"), value=n) for n in range(1, 6)
)
PROFESSIONS = ("nurse", "doctor", "assistant", "secretary")
FORM = Questionnaire(
    title=Text(sv="Samtalsklimat", en="Climate of conversation"),
    languages=("sv", "en"),
    sections=(
        Section(
            name="you",
            title=Text(sv="Om dig", en="About you"),
            questions=(
                Question(
                    name="age",
                    kind=Kind.NUMBER,
                    text=Text(sv="Ålder", en="Age"),
                    low=18,
                    high=75,
                    whole=True,
                    declined=True,
                ),
                Question(
                    name="profession",
                    kind=Kind.SINGLE,
                    text=Text(sv="Yrke", en="Profession"),
                    options=tuple(
                        Option(name=name, text=Text(sv=name, en=name)) for name in PROFESSIONS
                    ),
                ),
            ),
        ),
        Section(
            name="climate",
            title=Text(sv="Klimatet", en="The climate"),
            questions=(
                Question(
                    name="how",
                    kind=Kind.MATRIX,
                    text=Text(sv="Hur väl stämmer det?", en="How well does it fit?"),
                    options=STEPS,
                    rows=(
                        MatrixRow(name="voice", text=Text(sv="Jag säger vad jag tycker", en="I")),
                        MatrixRow(name="heard", text=Text(sv="Jag blir hörd", en="I am heard")),
                    ),
                    unknown=True,
                ),
                Question(
                    name="afraid",
                    kind=Kind.SINGLE,
                    text=Text(sv="Har du varit rädd?", en="Have you been afraid?"),
                    options=tuple(
                        Option(name=name, text=Text(sv=name, en=name)) for name in ("yes", "no")
                    ),
                    sensitive=True,
                ),
                Question(
                    name="channels",
                    kind=Kind.MULTIPLE,
                    text=Text(sv="Var talar ni?", en="Where do you talk?"),
                    options=(
                        Option(name="apt", text=Text(sv="På APT", en="At meetings")),
                        Option(name="fika", text=Text(sv="Vid fikat", en="Over coffee")),
                    ),
                ),
                Question(name="since", kind=Kind.DATE, text=Text(sv="Sedan när?", en="Since?")),
                Question(name="hours", kind=Kind.NUMBER, text=Text(sv="Timmar", en="Hours")),
                Question(name="more", kind=Kind.LONG, text=Text(sv="Mer?", en="More?")),
            ),
        ),
    ),
)  # fmt: skip
PLANTED = "PLANTERAD FRITEXT"
ALL = ("unit", "level", "age", "profession", "voice", "heard", "afraid")


def answers(seed: int = 7) -> list[results_cast.Answered]:
    chance = random.Random(seed)

    def one(mood: float) -> dict[str, Any]:
        return {
            "age": min(70, max(20, round(chance.gauss(45, 11)))),
            "profession": chance.choices(PROFESSIONS, (6, 2, 3, 1))[0],
            "voice": f"a{max(1, min(5, round(chance.gauss(3 + mood, 1))))}",
            "heard": chance.choice(["a1", "a2", "a3", "a4", "a5", "_unknown"]),
            "afraid": chance.choice(["yes", "no"]),
            "channels": chance.choice([["apt"], ["fika"], ["apt", "fika"], []]),
            "since": "2020-01-02",
            "hours": 37.5,
            "more": PLANTED,
        }

    rows: list[results_cast.Answered] = []
    for unit, size in results_cast.SIZES.items():
        mood = chance.uniform(-1, 1)
        rows += [(unit, "staff", one(mood)) for _ in range(size)]
    rows += [("V11", "manager-1", one(0.5)) for _ in range(11)]
    return rows


class Cast:
    """Everybody that an application needs, and a round that can be applied for."""

    def __init__(self, db: Session, *, seed: int = 7, prepared: bool = True) -> None:
        self.db = db
        db.expire_on_commit = False  # to look at a name begins no transaction that locks others out
        self.researcher = makers.person(db, "Frida Forsmark", Role.RESEARCHER)
        self.colleague = makers.person(db, "Kalle Kollberg")
        self.first = makers.person(db, "Granne Ett", Role.APPROVER)
        self.second = makers.person(db, "Granne Två", Role.APPROVER)
        self.registrar = makers.person(db, "Rut Register", Role.REGISTRAR)
        self.analyst = makers.analyst(db)
        self.units = results_cast.region(db)
        self.round = results_cast.opened_round(
            db,
            answers(seed),
            form=FORM,
            units=self.units,
            author=self.analyst,
            state=RoundState.RELEASED,
        )
        if prepared:
            self.prepare()

    @property
    def desk(self) -> Desk:
        return makers.desk(self.db)

    def prepare(self, round_: Round | None = None, **changed: Any) -> RoundData:
        """Ask for the master and let the worker make it."""
        round_ = round_ or self.round
        preparing.ask(
            self.db,
            round_=round_,
            by=self.analyst.id,
            **{"quasi": ["age", "profession"], "k": 10, **changed},
        )
        self.db.commit()
        self.work()
        made = self.db.get_one(RoundData, round_.id)
        self.db.commit()
        return made

    def work(self) -> None:
        self.db.commit()
        worker.run(self.desk, once=True)
        for each in self.db:
            if isinstance(each, DataApplication | RoundData):
                self.db.expire(each)

    def letters(self) -> list[str]:
        """Every mail that was sent so far: to whom, about what, and its words."""
        folder = self.db.info["settings"].mail
        found = []
        for path in sorted(folder.glob("*.eml")):
            mail = message_from_bytes(path.read_bytes(), policy=policy.default)
            body = mail.get_body()
            assert body is not None
            found.append(f"{mail['To']}\n{mail['Subject']}\n{body.get_content()}")
        return found

    def draft(
        self, *, names: tuple[str, ...] = ALL, round_: Round | None = None
    ) -> DataApplication:
        """An application that lacks nothing."""
        round_ = round_ or self.round
        made = applying.create(
            self.db, author_id=self.researcher.id, title="Tystnad och röst", rounds=[round_.id]
        )
        applying.change(
            self.db,
            application=made,
            principal="Exempelstads universitet",
            signatory="Petra Prefekt",
            signatory_function="prefekt",
            signed_on=today() - timedelta(days=3),
            purpose="Att förstå när människor säger ifrån.",
            ethics=Ethics.APPROVAL,
            ethics_number="2026-01234-01",
            ethics_on=today() - timedelta(days=300),
            use_until=today() + timedelta(days=365),
            accepted=True,
        )
        applying.choose_variables(self.db, application=made, round_id=round_.id, names=list(names))
        applying.name_readers(
            self.db,
            application=made,
            people={
                self.researcher.email: self.researcher.name,
                self.colleague.email: self.colleague.name,
            },
        )
        self.db.commit()
        return made

    def submitted(self, **changed: Any) -> DataApplication:
        made = self.draft(**changed)
        applying.submit(self.db, application=made, by=self.researcher.id)
        self.db.commit()
        return made

    def approved(self, **changed: Any) -> DataApplication:
        made = self.submitted(**changed)
        for who in (self.first, self.second):
            deciding.approve(self.db, application=made, by=who.id)
        self.db.commit()
        return made

    def generated(self, **changed: Any) -> DataApplication:
        made = self.approved(**changed)
        self.work()
        made = self.db.get_one(DataApplication, made.id)
        self.db.commit()
        return made

    def export(self, application: DataApplication) -> DataExport:
        query = select(DataExport).where(DataExport.application_id == application.id)
        return self.db.exec(query.order_by(col(DataExport.made_at))).one()


def opened(db: Session) -> tuple[Cast, University]:
    """A review's round, opened and under embargo; the applicant is of the university."""
    cast = Cast(db, prepared=False)
    of = universities.found(db)
    cast.round.state = RoundState.OPENED
    universities.belongs(db, cast.round, of)
    cast.researcher = of.researcher
    return cast, of


def prepared(db: Session) -> tuple[Cast, University]:
    cast, of = opened(db)
    analyst, cast.analyst = cast.analyst, of.author
    cast.prepare()
    cast.analyst = analyst
    return cast, of


def forget_rows(db: Session, round_: Round) -> None:
    """As a disposal does."""
    for row in db.exec(select(Response).where(Response.round_id == round_.id)):
        db.delete(row)
    db.commit()


def desk_of(app: Flask) -> Desk:
    return Desk(app.extensions["engine"], app.extensions["settings"])
