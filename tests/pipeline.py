"""A round on its way from invitations to responses, without a browser: both applications are
driven by their test clients, the cryptography is real.
"""

import secrets as random
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

from flask import Flask
from sqlmodel import Session, col, select
from werkzeug.test import TestResponse

from dialog.ballotbox.handing_over import hand_over_due
from dialog.core import questionnaire
from dialog.core.ballots import manifest, respondent
from dialog.core.ballots.respondent import Prepared
from dialog.core.levels import Level
from dialog.core.questionnaire import Kind, Option, Question, Questionnaire, Section, Text
from dialog.organisation.models import Unit
from dialog.settings import Settings
from dialog.storage.clock import now
from dialog.surveys import keys, secrets
from dialog.surveys.holders import steps_of
from dialog.surveys.models import Access, Invitation, Response, Round, RoundState, Survey
from dialog.surveys.opening import exchange, opening, sealing
from dialog.surveys.opening.opening import Opening
from dialog.surveys.rounds.planning import TABLES
from tests import makers
from tests.trustees import Held, appoint, open_layers


def form(options: int = 5) -> Questionnaire:
    """One question with as many answers as are told, and a free text."""
    calm = Question(
        name="calm",
        kind=Kind.SINGLE,
        text=Text(sv="Är det lugnt?"),
        options=tuple(
            Option(name=str(value), text=Text(sv=f"Svar {value}"), value=value)
            for value in range(1, options + 1)
        ),
        required=True,
        declined=True,
    )
    note = Question(name="note", kind=Kind.LONG, text=Text(sv="Berätta"), max_length=200)
    section = Section(name="first", title=Text(sv="Del 1"), questions=(calm, note))
    return Questionnaire(title=Text(sv="Samtalsklimat"), sections=(section,))


FORM = form()


@dataclass(frozen=True)
class Invited:
    """Somebody who may answer, with what the mail said."""

    number: int
    link: str
    code: str
    unit: str
    level: str


class Pipeline:
    """An open round; `settings` has no grace after closing, so that ballots are due at once."""

    def __init__(
        self,
        app: Flask,
        box: Flask,
        db: Session,
        *,
        people: int = 12,
        form: Questionnaire = FORM,
        trustees: int = 0,
    ) -> None:
        self.form, self.trustees = form, trustees
        self.held: list[Held] = []
        self.app, self.box, self.db = app, box, db
        self.settings: Settings = app.extensions["settings"]
        object.__setattr__(self.settings, "posting_grace", 0)
        region = makers.unit(db, "R", name="Regionen")
        self.units = [makers.unit(db, code, region) for code in ("A", "B", "C")]
        self.author = makers.analyst(db)
        self.round = self.make_round(Access.INVITED)
        self.invited = [self.invite(self.units[i % 3]) for i in range(people)]
        db.commit()
        self.staff, self.post_client = app.test_client(), box.test_client()

    def make_round(self, access: Access) -> Round:
        survey = Survey(
            author_id=self.author.id,
            title="Klimat",
            questionnaire=questionnaire.dump(self.form).decode(),
        )
        self.db.add(survey)
        self.db.flush()
        round_ = Round(
            survey_id=survey.id,
            author_id=self.author.id,
            title="Hösten",
            state=RoundState.OPEN,
            access=access,
            tables=dict(TABLES),
            questionnaire=survey.questionnaire,
            closes_at=now() + timedelta(days=7),
        )
        self.db.add(round_)
        self.db.flush()
        if self.trustees:
            self.held = appoint(self.db, round_, number=self.trustees)
        sealing.prepare(self.db, round_=round_, settings=self.settings)
        self.db.commit()
        exchange.announce(round_, self.settings)
        return round_

    def invite(self, unit: Unit, *, person_id: UUID | None = None) -> Invited:
        number = secrets.random_number()
        level = Level.STAFF.value
        self.db.add(
            Invitation(
                round_id=self.round.id,
                person_id=person_id,
                number=number,
                unit_id=unit.id,
                level=level,
            )
        )
        key = keys.link_key(self.settings)
        link = secrets.link_secret(key, round_id=self.round.id, number=number)
        code = secrets.code(key, round_id=self.round.id, number=number)
        return Invited(number, link, code, unit.code, level)

    @cached_property
    def manifest(self) -> manifest.Manifest:
        return manifest.load(self.round.manifest)

    def seal(self, calm: str = "3", note: str = "", *, unit: str = "A", level: str = "staff",
             answers: dict[str, Any] | None = None) -> Prepared:  # fmt: skip
        given = {"calm": calm, **({"note": note} if note else {})}
        return respondent.prepare(
            self.manifest, unit=unit, level=level, answers=answers if answers is not None else given
        )

    def ask(self, what: str, body: dict[str, Any], **headers: str) -> TestResponse:
        """POST to the staff application as its own page does."""
        return self.staff.post(
            f"/enkat/{self.round.id}/{what}",
            json=body,
            headers={"Origin": "http://localhost", **headers},
        )

    def issue(self, made: Prepared, secret: str) -> TestResponse:
        return self.ask("issue", respondent.issue_request(made, secret=secret))

    def post(self, body: dict[str, str]) -> TestResponse:
        return self.post_client.post(f"/rounds/{self.round.id}/ballots", json=body)

    def token(self, made: Prepared, secret: str) -> dict[str, str]:
        """The body for the ballot box."""
        answer = self.issue(made, secret)
        assert answer.status_code == 200, answer.json
        assert answer.json is not None
        return respondent.post_request(self.manifest, made, answer.json["signature"])

    def answer(self, who: Invited, calm: str = "3", note: str = "", **more: Any) -> Prepared:
        """The whole way of one respondent."""
        made = self.seal(calm, note, **{"unit": who.unit, "level": who.level, **more})
        posted = self.post(self.token(made, who.link))
        assert posted.status_code == 201, posted.json
        return made

    def everybody_answers(self) -> None:
        for index, who in enumerate(self.invited):
            self.answer(who, str(1 + index % 5), f"Ord från någon, {random.token_hex(4)}")

    def change(self, state: RoundState) -> None:
        """Set the round's state and tell both sides at once."""
        self.round.state = state
        self.db.add(self.round)
        self.db.commit()
        exchange.announce(self.round, self.settings)
        self.app.extensions["answering"].forget()

    def hand_over(self) -> list[UUID]:
        announcements = self.box.extensions["announcements"]
        return hand_over_due(
            self.box.extensions["engine"],
            side=announcements.side,
            announcements=announcements,
            now=now(),
        )

    def close(self) -> None:
        self.change(RoundState.CLOSED)
        self.hand_over()

    def open(self) -> Opening:
        """Open, commit, and finish, as the worker does; trustees take their layers off before."""
        self.db.refresh(self.round)
        if self.held and not steps_of(self.db, round_id=self.round.id):
            open_layers(self.db, self.settings, self.round, self.held)
        result = opening.open_round(self.db, round_=self.round, settings=self.settings)
        self.round.state = RoundState.OPENED if result.opened else RoundState.UNOPENED
        self.db.commit()
        opening.finish(self.db, round_=self.round, settings=self.settings)
        self.db.commit()
        return result

    def responses(self) -> list[Response]:
        query = select(Response).where(col(Response.round_id) == self.round.id)
        return list(self.db.exec(query))
