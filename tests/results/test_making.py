"""A result asked for on a page and made by the worker: seen whole or not at all."""

import hashlib
import os
import re
import signal
import subprocess
import sys
import time
from dataclasses import replace
from datetime import timedelta
from threading import Event

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session, select

from dialog import worker
from dialog.core.errors import IllegalTransitionError, RefusedError
from dialog.core.written import csv_lines
from dialog.desk import Desk
from dialog.people.models import Person
from dialog.results.models import Release, ReleaseGroup
from dialog.results.publishing import making, writing
from dialog.results.publishing.material import gather, protect
from dialog.storage import outbox
from dialog.storage.clock import now
from dialog.surveys.models import Round, RoundState
from dialog.surveys.rounds import publishing
from tests.conftest import sign_in
from tests.results import cast
from tests.surveys.rounds.cast import desk_of


@pytest.fixture
def round_(db: Session) -> Round:
    return cast.opened_round(db, cast.answers())


@pytest.fixture
def desk(app: Flask) -> Desk:
    return desk_of(app)


def asked(db: Session, round_: Round) -> outbox.OutboxRow:
    making.ask(db, round_=round_, by=round_.author_id)
    db.commit()
    row = db.exec(select(outbox.OutboxRow)).one()
    db.rollback()  # a session that has read keeps writers out, on SQLite
    return row


def nothing_is_there(db: Session) -> bool:
    db.rollback()
    found = [
        db.connection().scalar(sa.select(sa.func.count()).select_from(table))
        for table in (Release, ReleaseGroup)
    ]
    db.rollback()
    return not any(found)


def right_digest(db: Session, round_: Round) -> str:
    """That of the file which the same answers must give."""
    made_of = gather(db, round_=round_)
    db.rollback()
    lines = csv_lines(protect(made_of).groups(), made_of.questionnaire)
    return hashlib.sha256(b"".join(lines)).hexdigest()


def test_the_page_asks_and_the_worker_publishes(
    client: FlaskClient, db: Session, round_: Round, desk: Desk
) -> None:
    sign_in(client, db, db.get_one(Person, round_.author_id))
    address = f"/resultat/publicera/{round_.id}"
    db.rollback()
    assert client.post(address).headers["Location"] == address
    assert client.post(address).headers["Location"] == address  # a second click changes nothing
    page = client.get(address).text
    assert "Resultatet ska granskas" in page
    assert "<button" not in page.split("<main")[1]
    assert nothing_is_there(db)
    while worker.Worker(desk).do_one():
        pass
    made = db.exec(select(Release)).one()
    assert client.get(address).headers["Location"] == f"/resultat/{made.id}"
    assert made.audit["values_audited"] is True
    db.refresh(round_)
    assert round_.state is RoundState.RELEASED


def test_pages_say_how_far_it_is_and_nothing_is_seen_before_the_end(
    client: FlaskClient, db: Session, round_: Round, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked(db, round_)
    sign_in(client, db, db.get_one(Person, round_.author_id))
    told: list[tuple[int, int]] = []
    said: set[str] = set()
    round_id = round_.id
    db.rollback()

    def look(self: worker.Worker) -> None:
        assert nothing_is_there(db)
        found = publishing.progress(db, round_id=round_id)
        db.rollback()
        assert found is not None
        told.append((found.done, found.of))
        if found.done in {0, 3}:
            for address in (f"/omgangar/{round_id}", f"/resultat/publicera/{round_id}"):
                said.update(re.findall(r"granskas: fråga \d+ av \d+", client.get(address).text))
            assert client.get(f"/resultat/omgang/{round_id}").status_code == 404

    monkeypatch.setattr(worker.Worker, "_meanwhile", look)
    assert worker.Worker(desk).do_one()
    of = told[0][1]
    assert told == [(done, of) for done in range(of + 1)]
    assert said == {f"granskas: fråga {at} av {of}" for at in (1, 4)}
    assert publishing.progress(db, round_id=round_.id) is None


def test_mail_does_not_wait_for_a_long_audit(
    db: Session, round_: Round, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked(db, round_)
    done: list[bool] = []
    monkeypatch.setitem(
        worker.HANDLERS,
        "round.announce",
        lambda _desk, _duty: done.append(nothing_is_there(db)),
    )
    outbox.put(db, kind="round.announce", key="other", not_before=now())
    db.commit()
    assert worker.Worker(desk).do_one()
    assert done == [True]
    assert not nothing_is_there(db)


class Killed(BaseException):
    """Like SIGKILL: nothing after it is done."""


def test_cut_off_anywhere_it_leaves_nothing_and_gives_the_same_bytes_the_next_time(
    db: Session, round_: Round, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = right_digest(db, round_)
    asked(db, round_)
    for at in (0, 7):
        calls = iter(range(100))

        def dies(_self: worker.Worker, calls: object = calls, at: int = at) -> None:
            if next(calls) == at:  # type: ignore[call-overload]
                raise Killed

        with monkeypatch.context() as patched:
            patched.setattr(worker.Worker, "_meanwhile", dies)
            with pytest.raises(Killed):
                worker.Worker(desk).do_one()
        assert nothing_is_there(db)
        assert not worker.Worker(desk).do_one()  # its lease has not run out
        db.execute(sa.update(outbox.OutboxRow).values(leased_until=now() - timedelta(seconds=1)))
        db.commit()
    real = writing.write_groups

    def dies_writing(*arguments: object) -> str:
        real(*arguments)  # type: ignore[arg-type]
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(writing, "write_groups", dies_writing)
        with pytest.raises(Killed):
            worker.Worker(desk).do_one()
    assert nothing_is_there(db)
    with time_machine.travel(now() + outbox.LEASE * 2):
        assert worker.Worker(desk).do_one()
    assert db.exec(select(Release)).one().digest == right


def test_told_to_stop_it_leaves_off_and_begins_anew(db: Session, round_: Round, desk: Desk) -> None:
    asked(db, round_)
    stopped = replace(desk, stopping=Event())
    stopped.stopping.set()
    assert worker.Worker(stopped).do_one()
    assert nothing_is_there(db)
    row = db.exec(select(outbox.OutboxRow)).one()
    assert (row.attempts, row.leased_until, row.failed) == (0, None, False)
    db.rollback()
    assert worker.Worker(desk).do_one()
    assert not nothing_is_there(db)


def test_a_worker_whose_duty_was_taken_over_writes_nothing(
    db: Session, round_: Round, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = asked(db, round_)

    def takes(_self: worker.Worker) -> None:
        db.rollback()
        db.execute(sa.update(outbox.OutboxRow).values(leased_until=now() + timedelta(hours=1)))
        db.commit()

    monkeypatch.setattr(worker.Worker, "_meanwhile", takes)
    assert worker.Worker(desk).do_one()
    assert nothing_is_there(db)
    db.refresh(row)
    assert row.done_at is None


def test_what_has_got_stuck_is_said_and_can_be_asked_for_again(
    client: FlaskClient, db: Session, round_: Round, desk: Desk
) -> None:
    row = asked(db, round_)
    row.failed, row.attempts = True, outbox.GIVE_UP_AFTER
    db.add(row)
    db.commit()
    sign_in(client, db, db.get_one(Person, round_.author_id))
    round_id = round_.id
    address = f"/resultat/publicera/{round_id}"
    db.rollback()
    assert "Granskningen gick fel" in client.get(address).text
    assert "Granska och publicera" in client.get(f"/omgangar/{round_id}").text
    client.post(address)
    assert "Resultatet ska granskas" in client.get(address).text
    db.rollback()
    assert worker.Worker(desk).do_one()
    assert not nothing_is_there(db)


def test_what_cannot_be_published_is_refused_when_it_is_asked_for(db: Session) -> None:
    few = cast.opened_round(db, cast.answers()[:9])
    with pytest.raises(RefusedError, match="Färre än 10"):
        making.ask(db, round_=few, by=few.author_id)
    few.state = RoundState.CLOSED
    with pytest.raises(IllegalTransitionError):
        making.ask(db, round_=few, by=few.author_id)
    assert db.exec(select(outbox.OutboxRow)).all() == []


def test_kill_minus_nine_and_a_new_worker_give_the_same_release(
    db: Session, round_: Round, desk: Desk, tmp_path: object
) -> None:
    right = right_digest(db, round_)
    row = asked(db, round_)
    round_id = round_.id
    db.rollback()
    url = desk.engine.url.render_as_string(hide_password=False)
    environment = {
        **os.environ,
        "DIALOG_DATABASE_URL": url,
        "DIALOG_INSTANCE": str(tmp_path),
    }
    process = subprocess.Popen([sys.executable, "-m", "dialog", "worker"], env=environment)
    try:
        deadline = time.monotonic() + 120
        while process.poll() is None and time.monotonic() < deadline:
            found = publishing.progress(db, round_id=round_id)
            db.rollback()
            if found is None or found.done >= 2:
                break
            time.sleep(0.02)
    finally:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    assert nothing_is_there(db)
    db.refresh(row)
    row.leased_until = now() - timedelta(seconds=1)
    db.add(row)
    db.commit()
    assert worker.Worker(desk).do_one()
    assert db.exec(select(Release)).one().digest == right
