import json
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session, col, select

from dialog.core.ballots import trial
from dialog.core.ballots.encoding import decode, encode
from dialog.core.ballots.sealing import public_bytes
from dialog.people.models import Person
from dialog.storage.engine import make_sessions
from dialog.surveys.key_models import KeyTest, Trustee
from dialog.surveys.models import Round, RoundState, RoundStep
from dialog.surveys.rounds import planning
from tests import makers
from tests.conftest import sign_in
from tests.surveys.rounds.cast import Cast
from tests.surveys.rounds.test_key_holders import chosen, held
from tests.trustees import Held


@pytest.fixture
def cast(db: Session) -> Cast:
    return Cast(db)


@pytest.fixture
def round_(cast: Cast, db: Session) -> Round:
    """A round in review whose trustees have not made their keys."""
    made = chosen(cast)
    planning.submit(db, round_=made, by=cast.analyst.id)
    db.commit()
    return made


def as_(app: Flask, db: Session, who: Person) -> FlaskClient:
    return sign_in(app.test_client(), db, who)


def register(client: FlaskClient, each: Held) -> int:
    public = encode(public_bytes(each.private.public_key()))
    address = f"/nyckel/{each.trustee.round_id}/registrera"
    return client.post(address, json={"public": public}).status_code


def pass_a_test(client: FlaskClient, each: Held) -> int:
    address = f"/nyckel/{each.trustee.round_id}/prov"
    given = client.post(address, json={}).get_json()
    answer = trial.answer(
        decode(given["sealed"]),
        each.private,
        round_id=each.trustee.round_id,
        layer=each.trustee.place,
    )
    return client.post(f"{address}/{given['test']}", json={"answer": answer}).status_code


def state_of(app: Flask, each: Held) -> Trustee:
    with make_sessions(app.extensions["engine"], reading=True)() as session:
        return session.get_one(Trustee, each.trustee.id)


def loose(db: Session, round_: Round) -> list[Held]:
    """The round's trustees and the round, to be read without a transaction."""
    every = held(db, round_)
    db.refresh(round_)
    db.expunge_all()
    db.rollback()
    return every


def test_only_the_trustee_and_the_deputy_have_the_page(
    app: Flask, db: Session, cast: Cast, round_: Round
) -> None:
    first, second = loose(db, round_)
    address = f"/nyckel/{round_.id}"
    for who in (first.person, first.deputy, second.person):
        assert as_(app, db, who).get(address).status_code == 200
    stranger = makers.person(db, "Nyfiken Nilsson")
    for client in [as_(app, db, who) for who in (stranger, cast.analyst, cast.approver)]:
        for path in ("", "/registrera", "/prov", f"/prov/{uuid4()}", "/forlorad"):
            assert client.post(address + path, json={}).status_code in {404, 405}
        for path in (address, f"/oppning/{round_.id}", f"/oppning/{round_.id}/batch"):
            assert client.get(path).status_code == 404
        for path in (f"/oppning/{round_.id}/batch", f"/oppning/{round_.id}/klart"):
            assert client.post(path).status_code == 404
    assert app.test_client().get(address).status_code == 302  # asked to sign in


def test_a_key_is_made_and_both_copies_tested_over_the_pages(
    app: Flask, db: Session, round_: Round
) -> None:
    first = loose(db, round_)[0]
    trustee, deputy = as_(app, db, first.person), as_(app, db, first.deputy)
    assert register(trustee, first) == 201
    assert register(trustee, first) == 200
    assert pass_a_test(trustee, first) == 200
    assert pass_a_test(deputy, first) == 200
    done = state_of(app, first)
    assert done.own_tested_at is not None
    assert done.deputy_tested_at is not None
    page = trustee.get(f"/nyckel/{round_.id}").text
    assert done.check_code in page
    assert "Du är nyckelhållare 1 (skyddsombud)" in page
    assert "Du är ersättare för nyckelhållare 1" in deputy.get(f"/nyckel/{round_.id}").text
    english = trustee.get(f"/nyckel/{round_.id}?lang=en").text
    assert "You are key holder 1" in english


def test_what_is_wrong_is_answered_with_a_sentence_and_changes_nothing(
    app: Flask, db: Session, round_: Round
) -> None:
    first = loose(db, round_)[0]
    trustee, deputy = as_(app, db, first.person), as_(app, db, first.deputy)
    address = f"/nyckel/{round_.id}"
    json_ = {"Accept": "application/json"}
    point = encode(b"\x04" * 65)
    wrong: list[Any] = [{}, {"public": "*"}, {"public": point}, {"public": None}, []]
    for body in wrong:
        answer = trustee.post(f"{address}/registrera", json=body)
        assert answer.status_code == 422
        assert "ingen öppen nyckel" in answer.get_json()["error"]
    early = trustee.post(f"{address}/prov", json={}, headers=json_)
    assert (early.status_code, "ingen nyckel att prova" in early.get_json()["error"]) == (409, True)
    assert register(deputy, first) == 409
    assert register(trustee, first) == 201
    given = trustee.post(f"{address}/prov", json={}).get_json()
    for test, answer_ in (
        (given["test"], "00" * 32),
        (str(uuid4()), "00" * 32),
        (given["test"], 7),
    ):
        answer = trustee.post(f"{address}/prov/{test}", json={"answer": answer_})
        assert answer.status_code == 422
        assert "stämmer inte med provet" in answer.get_json()["error"]
    assert state_of(app, first).own_tested_at is None


def test_the_server_keeps_of_a_test_only_the_hash_of_what_is_in_it(
    app: Flask, db: Session, round_: Round
) -> None:
    first = loose(db, round_)[0]
    trustee = as_(app, db, first.person)
    register(trustee, first)
    given = trustee.post(f"/nyckel/{round_.id}/prov", json={}).get_json()
    kept = db.exec(select(KeyTest)).one()
    answer = trial.answer(
        decode(given["sealed"]), first.private, round_id=round_.id, layer=first.trustee.place
    )
    assert kept.answer == answer
    assert json.dumps(given).find(answer) == -1


def test_after_approval_the_key_is_frozen_and_can_still_be_tested(
    app: Flask, db: Session, cast: Cast, round_: Round
) -> None:
    every = loose(db, round_)
    for each in every:
        register(as_(app, db, each.person), each)
        pass_a_test(as_(app, db, each.person), each)
        assert pass_a_test(as_(app, db, each.deputy), each) == 200
    approver = as_(app, db, cast.approver)
    assert approver.post(f"/omgangar/{round_.id}/godkann").status_code == 302
    another = replace(every[0], private=ec.generate_private_key(ec.SECP256R1()))
    client = as_(app, db, another.person)
    assert register(client, another) == 409
    assert register(client, every[0]) == 200
    assert pass_a_test(client, every[0]) == 200


def test_a_lost_key_is_said_and_taken_back(app: Flask, db: Session, cast: Cast) -> None:
    round_ = chosen(cast)
    first = loose(db, round_)[0]
    register(as_(app, db, first.person), first)
    db.get_one(Round, round_.id).state = RoundState.OPEN
    db.commit()
    client = as_(app, db, first.deputy)
    assert client.post(f"/nyckel/{round_.id}/forlorad").status_code == 302
    assert state_of(app, first).lost_at is not None
    assert "anmäld som förlorad" in client.get(f"/nyckel/{round_.id}").text
    staff = as_(app, db, cast.analyst).get(f"/omgangar/{round_.id}").text
    assert "En nyckel är förlorad" in staff
    assert client.post(f"/nyckel/{round_.id}/forlorad", data={"hittad": "1"}).status_code == 302
    assert state_of(app, first).lost_at is None
    actions = db.exec(select(RoundStep.action).where(col(RoundStep.action).startswith("key-")))
    assert sorted(actions) == ["key-found", "key-lost", "key-made"]


def test_the_guide_is_for_everybody_in_both_languages(app: Flask) -> None:
    client = app.test_client()
    assert "Så gör en nyckelhållare" in client.get("/nyckelhallare").text
    assert "What a key holder does" in client.get("/nyckelhallare?lang=en").text
