"""Free texts: read in the queue by a reviewer, shown as approved, never below verksamhet."""

import re
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session, col, select

from dialog.organisation.models import Unit
from dialog.people.models import Person, Role
from dialog.results.models import Release
from dialog.results.publishing import releases
from dialog.reviewing import placing, queries
from dialog.reviewing.models import ApprovedText, Outcome, TextDecision
from dialog.surveys.models import Round, RoundState, TextAnswer
from tests import makers
from tests.conftest import sign_in
from tests.results import cast

SECRET = "Anna Almgren på Vårdcentralen Ängen, 070-174 06 05, höjer alltid rösten."
# Who wrote on the question: V11 has enough, V12 has not, so F1 has what V12's were.
WRITERS = {"E111": 8, "E112": 6, "E121": 4, "E211": 12}


@pytest.fixture
def units(db: Session) -> dict[str, Unit]:
    return cast.region(db)


@pytest.fixture
def round_(db: Session, units: dict[str, Unit]) -> Round:
    made = cast.opened_round(db, cast.answers(), units=units)
    for code, many in WRITERS.items():
        for number in range(many):
            db.add(
                TextAnswer(
                    round_id=made.id,
                    item="beratta",
                    unit_id=units[code].id,
                    text=SECRET if (code, number) == ("E111", 0) else f"{code} {number}",
                )
            )
    db.commit()
    return made


@pytest.fixture
def release(db: Session, round_: Round) -> Release:
    person = makers.person(db, "Anna Almgren")
    person.in_roster = True
    made = releases.publish(db, round_=round_, by=round_.author_id)
    db.commit()
    return made


@pytest.fixture
def reviewer(db: Session) -> Person:
    return makers.person(db, "Tora Textgren", Role.REVIEWER)


def text_at(db: Session, units: dict[str, Unit], code: str) -> str:
    """The address in the queue of the unit's first text; leaves no transaction open."""
    query = select(TextAnswer).where(TextAnswer.unit_id == units[code].id)
    found = db.exec(query.order_by(col(TextAnswer.text))).first() or pytest.fail(code)
    address = f"/textgranskning/{found.round_id}/{found.id}"
    db.rollback()
    return address


def decide(
    client: FlaskClient, address: str, outcome: Outcome, shown: str = "", **more: str
) -> int:
    known = re.search(r'name="known" type="hidden" value="([^"]*)"', client.get(address).text)
    assert known
    data = {"outcome": outcome.value, "shown": shown, "known": known.group(1), **more}
    return client.post(address, data=data).status_code


def shown_texts(db: Session) -> list[str]:
    found = [one.text for one in db.exec(select(ApprovedText))]
    db.rollback()
    return found


def test_only_reviewers_find_the_queue_and_only_after_release(
    app: Flask, db: Session, round_: Round, units: dict[str, Unit]
) -> None:
    text = text_at(db, units, "E111")
    pages = ("/textgranskning", f"/textgranskning/{round_.id}/granskade", text)
    who = makers.person(db, "Tora Textgren", Role.REVIEWER)
    client = sign_in(app.test_client(), db, who)
    assert client.get(text).status_code == 404
    assert round_.title not in client.get("/textgranskning").text
    round_.state = RoundState.RELEASED
    db.commit()
    assert all(client.get(page).status_code == 200 for page in pages)
    for role in (None, *Role):
        if role is not Role.REVIEWER:
            other = makers.person(db, f"Roll {role or 'Utan'}", *([role] if role else []))
            visitor = sign_in(app.test_client(), db, other)
            assert all(visitor.get(page).status_code == 404 for page in pages), role
    assert app.test_client().get(text).status_code == 302


def test_what_points_out_is_marked_and_masked(
    client: FlaskClient, db: Session, release: Release, units: dict[str, Unit], reviewer: Person
) -> None:
    sign_in(client, db, reviewer)
    page = client.get(text_at(db, units, "E111")).text
    marked = re.findall(r"<mark>([^<]+)<", page)
    assert marked == ["Anna", "Almgren", "Vårdcentralen Ängen", "070-174 06 05"]
    area = re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)
    assert area
    assert area.group(1).strip() == "[…] […] på […], […], höjer alltid rösten."


def test_an_approved_text_is_shown_for_its_verksamhet_and_what_is_above(
    app: Flask, db: Session, release: Release, units: dict[str, Unit], reviewer: Person
) -> None:
    client = sign_in(app.test_client(), db, reviewer)
    assert decide(client, text_at(db, units, "E111"), Outcome.QUOTED, "Höjer rösten.") == 302
    assert decide(client, text_at(db, units, "E121"), Outcome.SUMMARISED, "Om ljud.") == 302
    reader = sign_in(app.test_client(), db, makers.person(db, "Anna Analys", Role.ANALYST))
    shown = {
        unit: (
            "Höjer rösten." in (page := reader.get(f"/resultat/{release.id}/{unit}").text),
            "Om ljud." in page,
        )
        for unit in ("R", "F1", "F2", "V11", "V12", "E111", "E121")
    }
    both = {"R", "F1"}  # see the next test
    assert shown == {unit: (unit in both, unit in both) for unit in shown}


def test_the_place_leaves_nobody_in_a_remainder(
    db: Session, release: Release, units: dict[str, Unit]
) -> None:
    """V12's 4 writers would be F1's less V11's: so V11's are shown for F1 with them."""
    places = {}
    for code in WRITERS:
        number = UUID(text_at(db, units, code).rsplit("/", 1)[1])
        places[code] = placing.place_of(db, text=db.get_one(TextAnswer, number))
    assert places == {"E111": "/R/F1/", "E112": "/R/F1/", "E121": "/R/F1/", "E211": "/R/F2/V21/"}


def test_where_too_few_wrote_nothing_can_be_shown(
    client: FlaskClient, db: Session, release: Release, units: dict[str, Unit], reviewer: Person
) -> None:
    one = text_at(db, units, "E111")
    number = UUID(one.rsplit("/", 1)[1])
    db.execute(sa.delete(TextAnswer).where(col(TextAnswer.id) != number))
    db.commit()
    sign_in(client, db, reviewer)
    assert decide(client, one, Outcome.QUOTED, "Ensam.") == 422
    assert decide(client, one, Outcome.WITHHELD) == 302
    assert shown_texts(db) == []


def test_what_still_points_out_is_refused_and_nothing_is_lost(
    client: FlaskClient, db: Session, release: Release, units: dict[str, Unit], reviewer: Person
) -> None:
    text = text_at(db, units, "E111")
    sign_in(client, db, reviewer)
    answer = client.post(
        text, data={"outcome": "quoted", "shown": "Ring 070-174 06 05", "known": ""}
    )
    assert answer.status_code == 422
    assert "telefonnummer" in answer.text
    assert "Ring 070-174 06 05</textarea>" in answer.text
    assert decide(client, text, Outcome.QUOTED, "Anna höjer rösten") == 422
    assert decide(client, text, Outcome.QUOTED, "   ") == 422
    assert decide(client, text, Outcome.SUMMARISED, "Anna höjer rösten", sure="y") == 302


def test_a_decision_can_be_changed_and_two_reviewers_do_not_undo_each_other(
    client: FlaskClient, db: Session, release: Release, units: dict[str, Unit], reviewer: Person
) -> None:
    text = text_at(db, units, "E211")
    sign_in(client, db, reviewer)
    assert decide(client, text, Outcome.QUOTED, "Ett.") == 302
    stale = client.post(text, data={"outcome": "quoted", "shown": "Två.", "known": ""})
    assert "Någon annan har just granskat" in stale.text
    assert decide(client, text, Outcome.QUOTED, "Tre.") == 302
    assert shown_texts(db) == ["Tre."]
    assert decide(client, text, Outcome.WITHHELD) == 302
    assert shown_texts(db) == []
    assert db.exec(select(TextDecision.outcome)).all() == [Outcome.WITHHELD]


def test_the_original_is_nowhere_but_in_the_queue(
    app: Flask, db: Session, release: Release, units: dict[str, Unit], reviewer: Person
) -> None:
    client = sign_in(app.test_client(), db, reviewer)
    text = text_at(db, units, "E111")
    decide(client, text, Outcome.QUOTED, "Höjer rösten.")
    for path in ("", "/R", "/F1", "/V11", "/E111"):
        assert "alltid rösten" not in client.get(f"/resultat/{release.id}{path}").text
    assert "alltid rösten" not in client.get(f"/textgranskning/{release.round_id}/granskade").text
    assert "alltid rösten" in client.get(text).text


def test_disposal_takes_the_original_and_the_decision_but_not_what_was_approved(
    client: FlaskClient, db: Session, release: Release, units: dict[str, Unit], reviewer: Person
) -> None:
    sign_in(client, db, reviewer)
    text = text_at(db, units, "E211")
    decide(client, text, Outcome.QUOTED, "Kvar.")
    db.execute(sa.delete(TextAnswer).where(col(TextAnswer.round_id) == release.round_id))
    db.commit()
    db.expire_all()
    assert db.exec(select(TextDecision)).all() == []
    db.rollback()
    assert client.get(text).status_code == 404
    assert "Kvar." in client.get(f"/resultat/{release.id}/F2").text
    assert queries.queues(db) == []


def test_the_queue_leads_through_every_text_once(
    client: FlaskClient, db: Session, release: Release, reviewer: Person
) -> None:
    sign_in(client, db, reviewer)
    start = f"/textgranskning/{release.round_id}"
    assert f"{sum(WRITERS.values())} svar väntar." in client.get("/").text
    db.rollback()
    seen: set[str] = set()
    for _ in range(sum(WRITERS.values())):
        led = client.get(start).location
        assert led not in seen
        seen.add(led)
        assert decide(client, led, Outcome.WITHHELD) == 302
    assert client.get(start).location == f"{start}/granskade"
    assert "Inget väntar. Svaren kommer hit" in client.get("/").text
    assert "Alla svar är granskade." in client.get(f"{start}/granskade").text
