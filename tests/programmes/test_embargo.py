"""Before the day of a review nothing that was answered is shown, whoever asks and wherever."""

import re
from collections.abc import Iterator
from itertools import product
from typing import Any
from uuid import uuid4

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session, select

from dialog.core.errors import RefusedError
from dialog.people.models import Person, Role
from dialog.research.models import DataExport
from dialog.results import commands, release_files
from dialog.results.models import Release
from dialog.results.publishing import releases
from dialog.storage import outbox
from dialog.surveys.rounds import publishing, steps
from dialog.surveys.rounds.plan_views import PARTS
from dialog.surveys.rounds.step_views import STEPS
from tests import makers
from tests.conftest import sign_in
from tests.research.cast import answers, prepared

N = len(answers())  # the number of answers: it is to be found nowhere
FIGURE = re.compile(rf"(?<![\w.#-]){N}(?![\w.-])")
READ = re.compile(r"^text/|json|svg")  # an invented package holds nobody's: see test_synthetic
RESULTS = re.compile(r"/diagram/|Visa som tabell|Svarens fördelning")


class Stage:
    """A review's round, opened and under embargo, whose data the university has already had."""

    def __init__(self, db: Session) -> None:
        self.db = db
        self.cast, self.of = prepared(db)
        self.round = self.cast.round
        self.application = self.cast.submitted()
        self.cast.work()
        self.export = db.exec(select(DataExport)).one()
        # Roles only add: whoever has them all sees what anybody sees who is not of the university.
        self.people: list[Person | None] = [
            None,
            makers.person(db, "Prov Ingen"),
            makers.person(db, "Prov Alla", *Role),
        ]
        db.commit()

    def addresses(self, app: Flask) -> Iterator[str]:
        """Every address there is, with everything that can be known or guessed put in."""
        release = self.db.exec(select(Release.id)).first()
        self.db.commit()
        values: dict[str, list[Any]] = {
            "round_id": [self.round.id],
            "programme_id": [self.of.programme.id],
            "survey_id": [self.round.survey_id],
            "application_id": [self.application.id],
            "export_id": [self.export.id],
            "release_id": [release or self.round.id],
            "slug": [*(part.slug for part in PARTS.values()), *STEPS],
            "unit": ["R", "F1"],
            "kind": ["skalor", "fraga-1"],
            "name": [*release_files.FILES, "age"],
        }
        for rule in app.url_map.iter_rules():
            if rule.endpoint == "static" or "GET" not in (rule.methods or ()):
                continue
            named = sorted(rule.arguments)
            for chosen in product(*(values.get(name, [uuid4()]) for name in named)):
                try:
                    with app.test_request_context():
                        yield app.url_for(rule.endpoint, **dict(zip(named, chosen, strict=True)))
                except ValueError:
                    continue  # no identifier fits there


def shown(stage: Stage, app: Flask, client: FlaskClient) -> list[str]:
    """Every place where something of the answers is to be seen, with who saw it."""
    found = []
    for person in stage.people:
        if person is None:
            client.delete_cookie("dialog")
        else:
            sign_in(client, stage.db, person)
        for address in stage.addresses(app):
            with client.get(address) as answer:
                if answer.status_code != 200 or not READ.search(answer.mimetype or ""):
                    continue
                text = answer.get_data(as_text=True)
                if FIGURE.search(text) or RESULTS.search(text):
                    found.append(f"{address} as {person.name if person else 'nobody'}")
    return found


def publish(stage: Stage, client: FlaskClient) -> None:
    """Try to publish, as a page does, as the worker does, and as nobody should."""
    sign_in(client, stage.db, stage.cast.analyst)
    client.post(f"/resultat/publicera/{stage.round.id}")
    duty = {"round_id": str(stage.round.id), "by": str(stage.cast.analyst.id)}
    outbox.put(stage.db, kind=publishing.KIND, key=publishing.key(stage.round.id), payload=duty)
    stage.db.commit()
    stage.cast.work()


def test_before_the_day_nobody_sees_anything_under_any_address(
    app: Flask, client: FlaskClient, db: Session
) -> None:
    stage = Stage(db)
    publish(stage, client)
    assert db.exec(select(Release)).all() == []
    db.commit()
    assert shown(stage, app, client) == []
    assert not (app.extensions["settings"].files / "releases").exists()


def test_whoever_looks_finds_the_result_when_the_rule_is_taken_away(
    app: Flask, client: FlaskClient, db: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = Stage(db)
    monkeypatch.setattr(steps, "under_embargo", lambda *_day, **_today: False)
    publish(stage, client)
    stage.people = [None]
    found = shown(stage, app, client)
    release = db.exec(select(Release)).one()
    assert f"/resultat/{release.id} as nobody" in found
    assert f"/forskning/uttag/{stage.round.id} as nobody" in found


def test_commands_publish_nothing_before_the_day(
    app: Flask, db: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = Stage(db)
    settings = app.extensions["settings"]
    monkeypatch.setenv("DIALOG_INSTANCE", str(settings.instance))
    monkeypatch.setenv("DIALOG_DATABASE_URL", settings.database_url)
    run = CliRunner().invoke(
        commands.release, ["publish", str(stage.round.id), "--by", stage.cast.analyst.email]
    )
    assert isinstance(run.exception, RefusedError)
    assert str(stage.round.released_from) in run.exception.sentence
    listed = CliRunner().invoke(commands.release, ["list"])
    assert (listed.exit_code, listed.output) == (0, "")
    db.commit()
    with pytest.raises(RefusedError, match="oberoende granskning"):
        releases.publish(db, round_=stage.round, by=stage.cast.analyst.id)
    db.rollback()


def test_the_page_of_publishing_says_which_day_and_no_figure(
    client: FlaskClient, db: Session
) -> None:
    stage = Stage(db)
    sign_in(client, db, stage.cast.analyst)
    for listed in ("/", "/resultat"):
        assert "ranska och publicera" not in client.get(listed).text
    assert "Inget resultat publiceras före" in client.get("/").text
    page = client.get(f"/resultat/publicera/{stage.round.id}")
    assert str(stage.round.released_from) in page.text
    assert "Publicera resultatet</button>" not in page.text
    asked = client.post(f"/resultat/publicera/{stage.round.id}")
    assert asked.status_code == 409
    assert "oberoende granskning" in asked.text
