"""A whole round whose keys trustees hold, each in a browser of their own: keys are made and tested,
answers are sealed to them, and after closing one lock after another is opened.
"""

import hashlib
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from playwright.sync_api import Page, expect
from sqlmodel import Session, select

from dialog.ballotbox.models import SealedBallot
from dialog.core import questionnaire
from dialog.core.ballots import keyfile
from dialog.core.ballots.sealing import pad, public_bytes, seal
from dialog.people.models import Person
from dialog.storage.clock import now
from dialog.surveys.holders import is_ready, steps_of, trustees_of
from dialog.surveys.key_models import Trustee
from dialog.surveys.models import Access, KeyHolder, Round, RoundState, Survey, TextAnswer
from dialog.surveys.opening import exchange, sealing
from dialog.surveys.rounds import opening_duties
from dialog.worker import Worker
from tests.browser.conftest import Live, assert_accessible
from tests.browser.key_making import Made, Traffic, block, forms_of, make, type_sheet
from tests.pipeline import Pipeline
from tests.surveys.rounds.cast import desk_of
from tests.trustees import FUNCTIONS, pair

PLANTED = "Planterat svar 7c1f"
PLACES = (1, 2)
ENOUGH = 90_000  # milliseconds for a step with 5,000 ballots on a machine busy with other things
NewPage = Callable[..., Page]


class Ceremony(Pipeline):
    """A draft with two trustees and their deputies, none of whom has a key."""

    def __init__(self, live: Live, db: Session) -> None:
        self.live = live
        self.people: dict[int, tuple[Person, Person]] = {}
        super().__init__(live.app, live.box_app, db)
        self.id: UUID = self.round.id
        self.rest()

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
            title="Samtalsklimatet hösten 2026",
            access=access,
            key_holder=KeyHolder.TRUSTEES,
            questionnaire=survey.questionnaire,
            closes_at=now() + timedelta(days=7),
        )
        self.db.add(round_)
        self.db.flush()
        for place in PLACES:
            person, deputy = self.people[place] = pair(self.db, place)
            self.db.add(
                Trustee(
                    round_id=round_.id,
                    place=place,
                    function=FUNCTIONS[place - 1],
                    person_id=person.id,
                    deputy_id=deputy.id,
                )
            )
        self.db.flush()
        return round_

    @property
    def key_address(self) -> str:
        return f"{self.live.base}/nyckel/{self.id}"

    @property
    def opening_address(self) -> str:
        return f"{self.live.base}/oppning/{self.id}"

    def rest(self) -> None:
        """Commit and hold no lock, so that the applications can write; what was read can still be
        looked at.
        """
        self.db.commit()
        for row in (self.round, *(who for two in self.people.values() for who in two)):
            self.db.add(row)
            self.db.refresh(row)
        self.db.expunge_all()
        self.db.rollback()

    def freeze(self) -> None:
        """What approval and opening do: the keys of the trustees go into the manifest."""
        round_ = self.db.get_one(Round, self.id, populate_existing=True)
        sealing.prepare(self.db, round_=round_, settings=self.settings)
        round_.state = RoundState.OPEN
        self.db.add(round_)
        self.db.commit()
        exchange.announce(round_, self.settings)
        self.app.extensions["answering"].forget()
        self.round = round_
        self.rest()

    def post_many(self, number: int) -> None:
        """So many ballots, put straight into the ballot box."""
        told = self.manifest
        plain = pad(b'{"v":1,"unit":"A","level":"staff","answers":{"calm":"3"}}', told.length)
        with Session(self.box.extensions["engine"]) as box:
            for index in range(number):
                ballot = seal(plain, told.holders, round_id=self.id)
                box.add(
                    SealedBallot(
                        round_id=self.id,
                        token_hash=hashlib.sha256(b"%d" % index).digest(),
                        digest=hashlib.sha256(ballot).digest(),
                        ballot=ballot,
                    )
                )
            box.commit()

    def work(self) -> None:
        """What the worker does by and by."""
        self.rest()
        desk = desk_of(self.app)
        opening_duties.open_due(desk)
        worker = Worker(desk)
        while worker.do_one():
            pass


@pytest.fixture
def ceremony(live: Live) -> Ceremony:
    return Ceremony(live, live.session())


@dataclass
class Stage:
    """The round, and the browsers that are opened for it."""

    ceremony: Ceremony
    new_page: NewPage
    folder: Path
    keys: dict[int, Made] = field(default_factory=dict)
    traffic: list[Traffic] = field(default_factory=list)

    def visit(self, who: Person, address: str, width: int) -> Page:
        """The address as `who` sees it, in a browser of their own."""
        page = self.new_page(width)
        self.traffic.append(Traffic(page))
        page.goto(self.ceremony.live.base)
        self.ceremony.live.sign_in(page, who)
        page.goto(address)
        assert_fits(page, width)
        return page

    def make_key(self, place: int, width: int) -> None:
        """The trustee makes a key and tests it; so does the deputy with a copy."""
        person, deputy = self.ceremony.people[place]
        folder = self.folder / str(place)
        folder.mkdir()
        page = self.visit(person, self.ceremony.key_address, width)
        made = self.keys[place] = make(page, self.ceremony, folder)
        try_copy(page, made)
        page = self.visit(deputy, self.ceremony.key_address, width)
        try_copy(page, made)
        page.locator("[data-block=tested] [data-reload]").click()
        expect(block(page, "home")).to_contain_text("Din kopia fungerar")
        assert_fits(page, width)

    def take_key(self, place: int) -> Made:
        """A key that was made elsewhere, registered and tested."""
        private = ec.generate_private_key(ec.SECP256R1())
        file = self.folder / keyfile.name(self.ceremony.id, place=place)
        phrase = "åtta röda cyklar i regn"
        file.write_bytes(
            keyfile.lock(private, round_id=self.ceremony.id, layer=place, passphrase=phrase)
        )
        with self.ceremony.live.session() as db:
            trustee = trustees_of(db, round_id=self.ceremony.id)[place - 1]
            trustee.public_key = public_bytes(private.public_key())
            db.add(trustee)
            db.commit()
        return Made(file, phrase, [], "")

    def open_outer(self) -> None:
        """The outermost opens with the key file; the other one's turn has not come before."""
        inner = self.visit(self.ceremony.people[1][0], self.ceremony.opening_address, 360)
        expect(inner.locator("main")).to_contain_text("Nyckelhållare 2")
        assert inner.locator("#opening-form").count() == 0
        outer = self.visit(self.ceremony.people[2][0], self.ceremony.opening_address, 1440)
        outer.set_input_files("#opening-file", self.keys[2].file)
        outer.fill("#opening-passphrase", self.keys[2].phrase)
        outer.click("#opening-form [type=submit]")
        expect(block(outer, "handed-in")).to_contain_text("12 svar kom in och 12 lämnades vidare")
        outer.locator("[data-block=handed-in] [data-reload]").click()
        expect(outer.locator("main")).to_contain_text("Nyckelhållare 1")
        assert_fits(outer, 1440)

    def open_inner(self) -> None:
        """The other trustee is ill, and the deputy has lost the file: the sheet opens as well."""
        deputy = self.visit(self.ceremony.people[1][1], self.ceremony.opening_address, 360)
        type_sheet(deputy, self.keys[1].lines, name="opening")
        deputy.click("#opening-form [type=submit]")
        last = block(deputy, "handed-in")
        expect(last).to_contain_text("Nu öppnar plattformen det sista låset")

    def destroy(self) -> None:
        """Everybody who had a copy confirms that it is gone."""
        people = [who for two in self.ceremony.people.values() for who in two]
        for who, width in zip(people, (360, 1440, 360, 1440), strict=True):
            page = self.visit(who, self.ceremony.key_address, width)
            page.get_by_role("button", name=re.compile("förstörd")).click()
            expect(page.locator("main")).to_contain_text("Mer behövs inte")
            assert_fits(page, width)


def assert_fits(page: Page, width: int) -> None:
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def try_copy(page: Page, made: Made) -> None:
    page.locator("[data-to-test]:visible").click()
    page.set_input_files("#test-file", made.file)
    page.fill("#test-passphrase", made.phrase)
    page.click("#test-form [type=submit]")
    block(page, "tested")


@pytest.fixture
def stage(ceremony: Ceremony, new_page: NewPage, tmp_path_factory: pytest.TempPathFactory) -> Stage:
    return Stage(ceremony, new_page, tmp_path_factory.mktemp("devices"))


def test_a_round_is_opened_lock_by_lock_by_people_with_browsers(
    ceremony: Ceremony, stage: Stage
) -> None:
    stage.make_key(1, 360)
    stage.make_key(2, 1440)
    with ceremony.live.session() as db:
        trustees = trustees_of(db, round_id=ceremony.id)
        assert all(is_ready(each) for each in trustees)
        registered = {each.place: each.public_key for each in trustees}
    assert registered == {
        place: public_bytes(made.private.public_key()) for place, made in stage.keys.items()
    }

    ceremony.freeze()
    for index, who in enumerate(ceremony.invited):
        ceremony.answer(who, str(1 + index % 5), f"{PLANTED} {index}")
    ceremony.close()
    ceremony.work()
    stage.open_outer()
    stage.open_inner()
    ceremony.work()

    with ceremony.live.session() as db:
        assert db.get_one(Round, ceremony.id).state is RoundState.OPENED
        steps = steps_of(db, round_id=ceremony.id)
        assert [(step.place, step.by_deputy, step.ballots_out) for step in steps] == [
            (3, False, 12),
            (2, False, 12),
            (1, True, 12),
            (0, False, 12),
        ]
        texts = db.exec(select(TextAnswer.text).where(TextAnswer.round_id == ceremony.id)).all()
        assert set(texts) == {f"{PLANTED} {index}" for index in range(12)}

    stage.destroy()
    with ceremony.live.session() as db:
        for each in trustees_of(db, round_id=ceremony.id):
            assert each.own_destroyed_at
            assert each.deputy_destroyed_at
    assert sum(one.startswith(b"POST") for seen in stage.traffic for one in seen.sent) >= 10
    for made in stage.keys.values():
        lines = [line.replace(" ", "").encode() for line in made.lines[:3]]
        secrets = (keyfile.scalar(made.private), made.phrase.encode(), *lines)
        for seen in stage.traffic:
            seen.assert_without(*secrets, PLANTED.encode())
        forms = {form for secret in secrets for form in forms_of(secret)}
        kept = [path for path in ceremony.live.instance.rglob("*") if path.is_file()]
        assert len(kept) > 5
        assert not [path for path in kept for form in forms if form in path.read_bytes()]


def test_five_thousand_ballots_go_through_the_server_in_two_browsers(
    ceremony: Ceremony, stage: Stage
) -> None:
    for place in PLACES:
        stage.keys[place] = stage.take_key(place)
    ceremony.freeze()
    ceremony.post_many(5_000)
    ceremony.close()
    ceremony.work()
    began = time.monotonic()
    for place in reversed(PLACES):
        page = stage.visit(ceremony.people[place][0], ceremony.opening_address, 1440)
        page.set_input_files("#opening-file", stage.keys[place].file)
        page.fill("#opening-passphrase", stage.keys[place].phrase)
        page.click("#opening-form [type=submit]")
        expect(page.locator("[data-block=handed-in]")).to_contain_text("5000", timeout=ENOUGH)
    print(f"5,000 ballots, two locks, with the server: {time.monotonic() - began:.1f} s")
    with ceremony.live.session() as db:
        steps = steps_of(db, round_id=ceremony.id)
        assert [(step.place, step.ballots_out, step.blanks) for step in steps] == [
            (3, 5_000, 0),
            (2, 5_000, 0),
            (1, 5_000, 0),
        ]
