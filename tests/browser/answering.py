"""A real open round for browser tests: a small region, a questionnaire, invitations."""

import json
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from playwright.sync_api import Locator, Page
from sqlmodel import Session, select

from dialog.ballotbox.models import SealedBallot
from dialog.core import questionnaire
from dialog.core.ballots import sealing as sealing_rules
from dialog.core.levels import Level
from dialog.core.questionnaire import Questionnaire
from dialog.organisation.models import Unit
from dialog.people.models import Person
from dialog.storage.clock import now
from dialog.surveys import keys, secrets
from dialog.surveys.models import Access, Invitation, Round, RoundState, Survey
from dialog.surveys.opening import exchange, sealing
from tests import makers
from tests.browser.conftest import Live
from tests.forms import EVERYTHING


@dataclass
class OpenRound:
    """A round that is open, and how people get in."""

    live: Live
    round: Round
    units: list[Unit]
    links: list[str] = field(default_factory=list)  # whole addresses with the secret
    codes: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"{self.live.base}/enkat/{self.round.id}"

    def change(self, state: RoundState, **values: Any) -> None:
        """Set the round's state, and tell both applications at once."""
        with self.live.session() as db:
            row = db.get_one(Round, self.round.id)
            row.state = state
            for name, value in values.items():
                setattr(row, name, value)
            db.add(row)
            db.commit()
            exchange.announce(row, self.live.app.extensions["settings"])
            self.round = row
        self.live.app.extensions["answering"].forget()

    def ballots(self) -> list[dict[str, Any]]:
        """What has been posted to the ballot box, opened with the round's key."""
        settings = self.live.app.extensions["settings"]
        key = keys.ballot_key(settings, round_id=self.round.id)
        with Session(self.live.box_app.extensions["engine"]) as db:
            sealed = db.exec(select(SealedBallot.ballot)).all()
        opened = [
            sealing_rules.unseal(ballot, key, round_id=self.round.id, layer=0) for ballot in sealed
        ]
        assert {len(one) for one in opened} <= {self.round.length}
        return [json.loads(one) for one in opened]

    def invite(self, level: Level = Level.STAFF, person: Person | None = None) -> str:
        """One more invitation to the first unit; gives its link."""
        key = keys.link_key(self.live.app.extensions["settings"])
        number = secrets.random_number()
        with self.live.session() as db:
            db.add(
                Invitation(
                    round_id=self.round.id,
                    number=number,
                    unit_id=self.units[2].id,
                    level=level.value,
                    person_id=person.id if person else None,
                )
            )
            db.commit()
        secret = secrets.link_secret(key, round_id=self.round.id, number=number)
        self.links.append(f"{self.address}#{secret}")
        self.codes.append(secrets.code(key, round_id=self.round.id, number=number))
        return self.links[-1]


def open_round(
    live: Live, form: Questionnaire = EVERYTHING, *, access: Access = Access.INVITED
) -> OpenRound:
    """A region of four units and an open round with `form`."""
    settings = live.app.extensions["settings"]
    with live.session() as db:
        region = makers.unit(db, "R", name="Regionen")
        care = makers.unit(db, "N", region, name="Närhälsan")
        units = [
            region,
            care,
            makers.unit(db, "N1", care, name="Vårdcentralen Norr"),
            makers.unit(db, "N2", care, name="Vårdcentralen Söder"),
        ]
        survey = Survey(
            author_id=makers.analyst(db).id,
            title="Klimat",
            questionnaire=questionnaire.dump(form).decode(),
        )
        db.add(survey)
        db.flush()
        today = date(2026, 10, 23)
        round_ = Round(
            survey_id=survey.id,
            author_id=survey.author_id,
            title="Hösten",
            sender="Koncernkontoret",
            state=RoundState.OPEN,
            access=access,
            questionnaire=survey.questionnaire,
            closes_at=now() + timedelta(days=7),
            keep_list_until=today + timedelta(days=90),
            keep_rows_until=today + timedelta(days=720),
        )
        db.add(round_)
        db.flush()
        sealing.prepare(db, round_=round_, settings=settings)
        db.commit()
        exchange.announce(round_, settings)
    opened = OpenRound(live, round_, units)
    opened.invite()
    return opened


def begin(page: Page, link: str) -> None:
    """Open the link and go to the first part."""
    page.goto(link)
    page.locator("#begin").click()


def to_review(page: Page) -> None:
    """From the first part to the last screen, with as few answers as the form allows."""
    while not page.locator("#review").is_visible():
        if page.locator("#q-silent").is_visible():
            page.locator("label[for=q-silent-2]").click()
        page.locator("#next").click()


def block(page: Page, name: str) -> Locator:
    """The block of the panel that is shown when sending has come so far."""
    return page.locator(f"[data-block={name}]")
