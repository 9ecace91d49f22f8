"""A round whose keys trustees hold, from closing to the destroyed keys, over the pages, with the
worker's duties between.
"""

import io
from datetime import timedelta
from email import message_from_bytes, policy
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session, select

from dialog.core.ballots import peeling
from dialog.core.ballots.peeling import Record
from dialog.desk import Desk
from dialog.people.models import Person
from dialog.storage.clock import now, today
from dialog.storage.engine import make_sessions
from dialog.storage.outbox import OutboxRow
from dialog.surveys.holders import steps_of
from dialog.surveys.key_models import Trustee
from dialog.surveys.models import Response, Round, RoundState, RoundStep
from dialog.surveys.rounds import opening_duties
from dialog.surveys.trustees import asking
from dialog.worker import Worker
from tests import makers
from tests.conftest import sign_in
from tests.pipeline import Pipeline
from tests.surveys.rounds.cast import desk_of
from tests.trustees import Held, peel


@pytest.fixture
def guarded(app: Flask, box: Flask, db: Session) -> Pipeline:
    """A closed round that the ballot box has handed over; two trustees hold keys."""
    made = Pipeline(app, box, db, trustees=2)
    made.everybody_answers()
    made.close()
    return detached(made)


def detached(made: Pipeline) -> Pipeline:
    """Let the pipeline's rows be read without a transaction: on SQLite that would lock out the
    applications.
    """
    for row in (made.round, made.author):
        made.db.refresh(row)
    for each in made.held:
        for other in (each.trustee, each.person, each.deputy):
            made.db.refresh(other)
    made.db.expunge_all()
    made.db.rollback()
    return made


@pytest.fixture
def desk(app: Flask) -> Desk:
    return desk_of(app)


def work(desk: Desk) -> None:
    """What the worker does by and by."""
    opening_duties.open_due(desk)
    asking.ask_due(desk)
    worker = Worker(desk)
    while worker.do_one():
        pass


def as_(guarded: Pipeline, who: Person) -> FlaskClient:
    return sign_in(guarded.app.test_client(), guarded.db, who)


def read(guarded: Pipeline) -> Session:
    """A session that takes no lock."""
    return make_sessions(guarded.app.extensions["engine"], reading=True)()


def round_of(guarded: Pipeline) -> Round:
    with read(guarded) as session:
        return session.get_one(Round, guarded.round.id)


def places(guarded: Pipeline) -> list[int]:
    with read(guarded) as session:
        return [step.place for step in steps_of(session, round_id=guarded.round.id)]


def actions(guarded: Pipeline) -> list[str]:
    with read(guarded) as session:
        return list(session.exec(select(RoundStep.action)))


def responses(guarded: Pipeline) -> int:
    with read(guarded) as session:
        return len(session.exec(select(Response.id)).all())


def fetch(client: FlaskClient, guarded: Pipeline, who: Held) -> tuple[bytes, Record]:
    """Fetch what waits, and take the layer off."""
    path = guarded.settings.instance / "fetched.batch"
    path.write_bytes(download(client, guarded))
    return peel(path, who)


def download(client: FlaskClient, guarded: Pipeline) -> bytes:
    with client.get(f"/oppning/{guarded.round.id}/batch") as answer:
        assert answer.status_code == 200
        assert answer.headers["Content-Disposition"].startswith("attachment")
        data: bytes = answer.data
    return data


def hand_in(client: FlaskClient, guarded: Pipeline, left: bytes, made: Record) -> Any:
    return client.post(
        f"/oppning/{guarded.round.id}/batch",
        data=left,
        content_type="application/octet-stream",
        headers={"X-Record": peeling.dump(made).decode(), "Accept": "application/json"},
    )


def letters(guarded: Pipeline) -> dict[str, str]:
    """What was mailed since the last look: address -> subject and words."""
    found = {}
    for path in sorted(guarded.settings.mail.glob("*.eml")):
        read = message_from_bytes(path.read_bytes(), policy=policy.default)
        body = read.get_body(("plain",))
        assert body is not None
        found[read["To"].addresses[0].addr_spec] = f"{read['Subject']}\n{body.get_content()}"
        path.unlink()
    return found


def test_the_whole_opening_over_the_pages_to_the_destroyed_keys(
    guarded: Pipeline, desk: Desk
) -> None:
    inner, outer = guarded.held
    waiting = as_(guarded, outer.person)
    address = f"/oppning/{guarded.round.id}"
    assert "Det finns inget att öppna än" in waiting.get(address).text
    work(desk)
    told = letters(guarded)
    assert set(told) == {outer.person.email}
    assert "Din tur att öppna svaren i ”Hösten”" in told[outer.person.email]
    assert address in told[outer.person.email]
    assert 'id="trustee-opening"' in waiting.get(address).text
    assert "Först" not in waiting.get(address).text
    next_one = as_(guarded, inner.person)
    assert "Just nu är det Nyckelhållare 2 (forskare) som ska öppna" in next_one.get(address).text
    assert next_one.get(f"{address}/batch").status_code == 409

    left, made = fetch(waiting, guarded, outer)
    assert hand_in(waiting, guarded, left, made).status_code == 201
    assert hand_in(waiting, guarded, left, made).status_code == 200
    assert places(guarded) == [3, 2]
    assert "Du har gjort ditt" in waiting.get(address).text
    work(desk)
    assert set(letters(guarded)) == {inner.person.email}
    assert round_of(guarded).state is RoundState.CLOSED

    deputy = as_(guarded, inner.deputy)
    left, made = fetch(deputy, guarded, inner)
    files = {
        "batch": (io.BytesIO(left), "out.batch"),
        "record": (io.BytesIO(peeling.dump(made) + b"\n"), "out.batch.json"),
    }
    answer = deputy.post(f"{address}/batch", data=files)
    assert answer.status_code == 302
    work(desk)
    assert round_of(guarded).state is RoundState.OPENED
    assert responses(guarded) == 12
    page = as_(guarded, guarded.author).get(f"/omgangar/{guarded.round.id}").text
    assert "Ersättaren för nyckelhållare 1 (skyddsombud) öppnade sitt lås." in page
    assert actions(guarded).count("key-opened") == 2


def test_all_are_asked_to_destroy_their_keys_and_the_rounds_page_shows_who_has(
    guarded: Pipeline, desk: Desk
) -> None:
    work(desk)
    for each in reversed(guarded.held):
        client = as_(guarded, each.person)
        assert client.post(f"/oppning/{guarded.round.id}/klart").status_code == 409
        hand_in(client, guarded, *fetch(client, guarded, each))
    letters(guarded)
    work(desk)
    address = f"/oppning/{guarded.round.id}"
    told = letters(guarded)
    assert set(told) == {who.email for each in guarded.held for who in (each.person, each.deputy)}
    assert all("Förstör nu din" in words for words in told.values())

    staff = as_(guarded, guarded.author)
    page = staff.get(f"/omgangar/{guarded.round.id}").text
    assert "Ombedd att förstöra nyckeln sedan" in page
    assert "Plattformens nyckel raderades" in page
    for each in guarded.held:
        for who in (each.person, each.deputy):
            client = as_(guarded, who)
            assert "Förstör nyckeln" in client.get(f"/nyckel/{guarded.round.id}").text
            assert client.post(f"{address}/klart").status_code == 302
            assert client.post(f"{address}/klart").status_code == 302
            assert "Du bekräftade" in client.get(f"/nyckel/{guarded.round.id}").text
    page = staff.get(f"/omgangar/{guarded.round.id}").text
    assert "Ombedd att förstöra" not in page
    assert page.count("Nyckeln förstörd, bekräftat") == 2
    assert actions(guarded).count("key-destroyed") == 4
    work(desk)
    assert letters(guarded) == {}


def test_what_cannot_be_the_step_is_refused_over_both_ways_and_nothing_is_lost(
    guarded: Pipeline, desk: Desk
) -> None:
    work(desk)
    inner, outer = guarded.held
    client, other = as_(guarded, outer.person), as_(guarded, inner.person)
    left, made = fetch(client, guarded, outer)
    came = download(client, guarded)
    for data in (left[:-1], came, b"", left + bytes(100_000)):
        answer = hand_in(client, guarded, data, made)
        assert answer.status_code == 409
        assert "Inget är ändrat" in answer.get_json()["error"]
    answer = hand_in(other, guarded, left, made)
    assert answer.status_code == 409
    assert "Först öppnar" in answer.get_json()["error"]
    address = f"/oppning/{guarded.round.id}/batch"
    for files in (
        {},
        {"batch": (io.BytesIO(left), "out.batch")},
        {"batch": (io.BytesIO(left), "b"), "record": (io.BytesIO(b"{}"), "b.json")},
        {
            "batch": (io.BytesIO(left[:-1]), "b"),
            "record": (io.BytesIO(peeling.dump(made)), "b.json"),
        },
    ):
        answer = client.post(address, data=files, content_type="multipart/form-data")
        assert answer.status_code == 422
        assert "Det gick inte" in answer.text
        assert 'id="trustee-opening"' in answer.text  # and it can be tried again at once
    assert places(guarded) == [3]
    assert not list(guarded.settings.ceremony.glob("*"))
    assert hand_in(client, guarded, left, made).status_code == 201


def test_a_batch_larger_than_other_requests_may_be_is_taken_here_only(
    guarded: Pipeline, desk: Desk
) -> None:
    work(desk)
    guarded.app.config["MAX_CONTENT_LENGTH"] = 1000
    _inner, outer = guarded.held
    client = as_(guarded, outer.person)
    left, made = fetch(client, guarded, outer)
    assert len(left) > 1000
    assert hand_in(client, guarded, left, made).status_code == 201
    too_much = client.post(f"/nyckel/{guarded.round.id}/registrera", json={"public": "A" * 2000})
    assert too_much.status_code == 413


def test_handing_in_needs_the_token_of_the_page(guarded: Pipeline, desk: Desk) -> None:
    work(desk)
    _inner, outer = guarded.held
    client = as_(guarded, outer.person)
    left, made = fetch(client, guarded, outer)
    guarded.app.config["WTF_CSRF_ENABLED"] = True
    assert hand_in(client, guarded, left, made).status_code == 400
    page = client.get(f"/oppning/{guarded.round.id}").text
    token = page.split('data-csrf="')[1].split('"')[0]
    answer = client.post(
        f"/oppning/{guarded.round.id}/batch",
        data=left,
        content_type="application/octet-stream",
        headers={
            "X-Record": peeling.dump(made).decode(),
            "Accept": "application/json",
            "X-CSRFToken": token,
        },
    )
    assert answer.status_code == 201


def test_too_few_answers_are_not_put_to_the_trustees(
    app: Flask, box: Flask, db: Session, desk: Desk
) -> None:
    guarded = Pipeline(app, box, db, trustees=2)
    for who in guarded.invited[:9]:
        guarded.answer(who)
    guarded.close()
    detached(guarded)
    work(desk)
    assert round_of(guarded).state is RoundState.UNOPENED
    assert "Färre än 10 svar kom in" in round_of(guarded).ending_note
    assert not list((guarded.settings.keys / "rounds").glob("*.pem"))
    assert all("Förstör nu din" in words for words in letters(guarded).values())


def test_the_trustee_is_reminded_and_the_deputy_asked_after_three_days(
    guarded: Pipeline, desk: Desk
) -> None:
    work(desk)
    work(desk)
    _inner, outer = guarded.held
    assert set(letters(guarded)) == {outer.person.email}
    with time_machine.travel(now() + timedelta(days=3, minutes=1), tick=True):
        work(desk)
        work(desk)
        told = letters(guarded)
    assert set(told) == {outer.person.email, outer.deputy.email}
    assert "Prata med varandra först" in told[outer.deputy.email]
    assert "raderas olästa efter" in told[outer.person.email]


def test_mails_hold_nothing_secret_and_the_outbox_only_identifiers(
    guarded: Pipeline, desk: Desk
) -> None:
    work(desk)
    (words,) = letters(guarded).values()
    assert "lösenfras" in words  # said only that it is never asked for, and is needed
    with read(guarded) as session:
        rows = [row for row in session.exec(select(OutboxRow)) if row.kind == asking.KIND]
    assert [set(row.payload) for row in rows] == [{"round", "person", "task"}]


def test_a_round_with_a_lost_key_is_ended_by_the_approver_and_says_why(
    guarded: Pipeline, desk: Desk
) -> None:
    work(desk)
    _inner, outer = guarded.held
    approver = as_(guarded, makers.approver(guarded.db))
    analyst = as_(guarded, guarded.author)
    address = f"/omgangar/{guarded.round.id}/avsluta-ooppnad"
    given = {"reason": "USB-minnet och bladet brann upp.", "name": guarded.round.title}
    answer = approver.post(address, data=given)
    assert answer.status_code == 422
    assert "bara när en nyckelhållare har meddelat" in answer.text
    assert round_of(guarded).state is RoundState.CLOSED
    as_(guarded, outer.person).post(f"/nyckel/{guarded.round.id}/forlorad")
    assert analyst.post(address, data=given).status_code == 404
    assert approver.post(address, data={**given, "name": "fel"}).status_code == 422
    assert approver.post(address, data=given).status_code == 302
    work(desk)
    assert round_of(guarded).state is RoundState.UNOPENED
    assert round_of(guarded).ending_note == given["reason"]
    assert round_of(guarded).key_destroyed_at is not None
    assert responses(guarded) == 0
    assert not list((guarded.settings.keys / "rounds").glob("*.pem"))
    guarded.hand_over()
    assert not (guarded.settings.exchange / f"{guarded.round.id}.batch").exists()


def test_a_lost_key_that_turns_up_opens_and_is_not_lost_any_more(
    guarded: Pipeline, desk: Desk
) -> None:
    work(desk)
    _inner, outer = guarded.held
    client = as_(guarded, outer.person)
    client.post(f"/nyckel/{guarded.round.id}/forlorad")
    assert "anmäld som förlorad" in client.get(f"/oppning/{guarded.round.id}").text
    left, made = fetch(client, guarded, outer)
    assert hand_in(client, guarded, left, made).status_code == 201
    with read(guarded) as session:
        assert session.get_one(Trustee, outer.trustee.id).lost_at is None


def test_what_nobody_opened_is_disposed_of_on_its_day_on_both_sides(
    guarded: Pipeline, desk: Desk
) -> None:
    work(desk)
    with desk.writing() as session:
        session.get_one(Round, guarded.round.id).keep_unopened_until = today() + timedelta(days=30)
        session.commit()
    opening_duties.end_overdue(desk)
    assert round_of(guarded).state is RoundState.CLOSED
    with time_machine.travel(now() + timedelta(days=31), tick=True):
        opening_duties.end_overdue(desk)
        opening_duties.end_overdue(desk)
        assert round_of(guarded).state is RoundState.UNOPENED
        assert "utan att ha lästs" in round_of(guarded).ending_note
        guarded.hand_over()
    assert not (guarded.settings.exchange / f"{guarded.round.id}.batch").exists()
    assert not list((guarded.settings.keys / "rounds").glob("*.pem"))


def test_two_workers_begin_and_open_once(guarded: Pipeline, desk: Desk) -> None:
    other = Desk(desk.engine, desk.settings)
    for each in (desk, other):
        opening_duties.open_due(each)
    assert places(guarded) == [3]
    for held in reversed(guarded.held):
        client = as_(guarded, held.person)
        left, made = fetch(client, guarded, held)
        hand_in(client, guarded, left, made)
        for each in (desk, other):
            opening_duties.open_due(each)
    assert places(guarded) == [3, 2, 1, 0]
    assert responses(guarded) == 12


def test_the_front_page_says_what_waits_for_trustees_and_deputies(
    guarded: Pipeline, desk: Desk
) -> None:
    inner, outer = guarded.held
    assert "Du har en nyckel till svaren" in as_(guarded, outer.person).get("/").text
    work(desk)
    assert "Det är din tur att öppna ditt lås" in as_(guarded, outer.person).get("/").text
    assert "du kan göra det som ersättare" in as_(guarded, outer.deputy).get("/").text
    assert "Inget väntar på dig nu" in as_(guarded, inner.person).get("/").text
    address = f"/oppning/{guarded.round.id}"
    assert "Kom överens om vem av er som öppnar" in as_(guarded, outer.deputy).get(address).text
    assert "Kom överens" not in as_(guarded, outer.person).get(address).text
    assert "Nycklar" not in as_(guarded, guarded.author).get("/").text
