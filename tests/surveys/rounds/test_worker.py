"""The worker over a round: mail, bounces, deadlines, and what happens when it is killed."""

import asyncio
import socket
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
import time_machine
from aiosmtpd.controller import Controller
from flask import Flask
from sqlmodel import Session, col, select

from dialog import worker
from dialog.desk import Desk
from dialog.people.models import Person
from dialog.settings import Settings
from dialog.storage import heartbeat, mailing, outbox
from dialog.storage.clock import STOCKHOLM, now
from dialog.storage.outbox import OutboxRow
from dialog.surveys.models import Invitation, Round, RoundState
from dialog.surveys.rounds import sending, steps
from dialog.surveys.rounds.inviting import HEAD_START
from tests.surveys.rounds.cast import Cast, desk_of


def work(desk: Desk, *, later: timedelta = HEAD_START * 2) -> None:
    with time_machine.travel(now() + later):
        worker.run(desk, once=True)


def received(settings: Settings) -> list[str]:
    """Addresses that a .eml file was written for."""
    return [
        str(message_from_bytes(path.read_bytes(), policy=policy.default)["To"])
        for path in settings.mail.glob("*.eml")
    ]


def test_everybody_invited_gets_one_mail(app: Flask, db: Session, settings: Settings) -> None:
    cast = Cast(db)
    cast.opened_to_all(settings)
    work(desk_of(app))
    work(desk_of(app))
    assert sorted(received(settings)) == sorted(who.email for who in cast.people)
    sent = db.exec(select(Invitation.sent)).all()
    assert all(sent)
    waiting = db.exec(select(OutboxRow).where(col(OutboxRow.done_at).is_(None))).all()
    assert waiting == []


class Killed(BaseException):
    """Like SIGKILL: nothing after it is done."""


def test_killed_between_sending_and_marking_sends_one_duplicate_at_most(
    app: Flask, db: Session, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast = Cast(db)
    cast.opened_to_all(settings)
    real, calls = sending._mark, iter(range(100))

    def dies_at_the_fifth(*args: Any) -> None:
        if next(calls) == 4:
            raise Killed
        real(*args)

    monkeypatch.setattr(sending, "_mark", dies_at_the_fifth)
    with pytest.raises(Killed):
        work(desk_of(app))
    work(desk_of(app), later=timedelta(minutes=11))  # the lease has run out
    counts = Counter(received(settings))
    assert set(counts) == {who.email for who in cast.people}
    assert sorted(counts.values()) == [1] * 14 + [2]


def test_a_batch_taken_over_by_another_worker_is_left_alone(
    app: Flask, db: Session, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    Cast(db).opened_to_all(settings)
    real = sending._mark

    def loses_the_lease(desk: Desk, *args: Any) -> None:
        with desk.writing() as session:
            for row in session.exec(select(OutboxRow).where(OutboxRow.kind == sending.INVITATION)):
                row.leased_until = now() + timedelta(minutes=9)
                session.add(row)
            session.commit()
        real(desk, *args)

    monkeypatch.setattr(sending, "_mark", loses_the_lease)
    work(desk_of(app))
    assert len(received(settings)) == 1


def test_pausing_stops_the_mail_and_resuming_goes_on(
    app: Flask, db: Session, settings: Settings
) -> None:
    cast = Cast(db)
    round_ = cast.opened_to_all(settings)
    steps.pause(db, round_=round_, by=cast.analyst.id)
    db.commit()
    work(desk_of(app))
    assert received(settings) == []
    steps.resume(db, round_=round_, by=cast.analyst.id)
    db.commit()
    work(desk_of(app), later=sending.WHILE_PAUSED * 2)
    assert len(received(settings)) == 15


def test_a_closed_round_sends_nothing_more(app: Flask, db: Session, settings: Settings) -> None:
    cast = Cast(db)
    round_ = cast.opened_to_all(settings)
    steps.close(db, round_=round_, by=cast.analyst.id)
    db.commit()
    work(desk_of(app))
    assert received(settings) == []


def test_reminders_go_to_those_who_have_not_answered_and_leave_no_trace(
    app: Flask, db: Session, settings: Settings
) -> None:
    cast = Cast(db)
    cast.opened_to_all(settings)
    work(desk_of(app))
    for path in settings.mail.glob("*.eml"):
        path.unlink()
    answered = db.exec(select(Invitation).order_by(col(Invitation.number)).limit(5)).all()
    for invitation in answered:
        invitation.issued = True
        db.add(invitation)
    away = {db.get_one(Person, row.person_id).email for row in answered}
    db.commit()
    eight = (now().astimezone(STOCKHOLM) + timedelta(days=7)).replace(hour=9)
    work(desk_of(app), later=eight - now())
    work(desk_of(app), later=eight - now() + timedelta(hours=1))
    assert sorted(received(settings)) == sorted({who.email for who in cast.people} - away)
    marked = db.exec(select(Invitation.reminding)).all()
    assert not any(marked)


class Server:
    """Takes mail, but not for some."""

    def __init__(self) -> None:
        self.taken: list[str] = []
        self.connections: set[Any] = set()
        self.replies: dict[str, str] = {}

    async def handle_RCPT(  # noqa: N802
        self, _server: Any, session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        await asyncio.sleep(0)
        self.connections.add(session.peer)
        if address in self.replies:
            return self.replies[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        await asyncio.sleep(0)
        self.taken += envelope.rcpt_tos
        return "250 OK"


@pytest.fixture
def server() -> Iterator[tuple[Server, str]]:
    handler = Server()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    yield handler, f"smtp://127.0.0.1:{port}"
    controller.stop()


def with_server(app: Flask, url: str) -> Desk:
    desk = desk_of(app)
    return replace(desk, settings=replace(desk.settings, smtp_url=url))


def test_a_batch_goes_over_one_connection(
    app: Flask, db: Session, settings: Settings, server: tuple[Server, str]
) -> None:
    cast = Cast(db)
    cast.opened_to_all(settings)
    work(with_server(app, server[1]))
    assert sorted(server[0].taken) == sorted(who.email for who in cast.people)
    assert len(server[0].connections) == 1


def test_a_refused_address_is_noted_and_not_tried_again(
    app: Flask, db: Session, settings: Settings, server: tuple[Server, str]
) -> None:
    cast = Cast(db)
    cast.opened_to_all(settings)
    refused = cast.people[3].email
    server[0].replies[refused] = "550 5.1.1 no such user"
    work(with_server(app, server[1]))
    work(with_server(app, server[1]), later=timedelta(hours=2))
    assert len(server[0].taken) == 14
    problem = db.exec(select(Invitation).where(col(Invitation.mail_problem) != "")).one()
    assert (problem.person_id, problem.mail_problem) == (cast.people[3].id, "550")
    db.expire_all()
    assert db.get_one(Person, cast.people[3].id).mail_problem == "550"


def test_an_address_put_off_for_now_is_tried_again_without_repeating_the_others(
    app: Flask, db: Session, settings: Settings, server: tuple[Server, str]
) -> None:
    cast = Cast(db)
    cast.opened_to_all(settings)
    server[0].replies[cast.people[0].email] = "450 4.2.0 try later"
    work(with_server(app, server[1]))
    assert len(server[0].taken) == 14
    server[0].replies.clear()
    work(with_server(app, server[1]), later=timedelta(hours=2))
    assert sorted(server[0].taken) == sorted(who.email for who in cast.people)


def test_a_server_that_is_away_is_tried_again(app: Flask, db: Session, settings: Settings) -> None:
    Cast(db).opened_to_all(settings)
    work(with_server(app, "smtp://127.0.0.1:1"))
    row = db.exec(select(OutboxRow).where(OutboxRow.kind == sending.INVITATION)).one()
    assert (row.done_at, row.attempts, row.problem) == (None, 1, "ConnectionRefusedError")
    db.rollback()
    work(desk_of(app), later=timedelta(hours=1))
    assert len(received(settings)) == 15


REPORT = """\
From: MAILER-DAEMON@example.org
To: dialog@example.org
Subject: Undelivered Mail
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="x"

--x
Content-Type: text/plain

Sorry.

--x
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.org

Original-Recipient: rfc822;{address}
Final-Recipient: rfc822;elsewhere@example.org
Action: {action}
Status: 5.1.1

--x--
"""


def deliver(settings: Settings, text: str, name: str = "one.eml") -> Path:
    folder = settings.mail / "bounces"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(text)
    return path


def test_a_bounce_is_put_beside_whom_it_concerns(
    app: Flask, db: Session, settings: Settings
) -> None:
    cast = Cast(db)
    cast.opened_to_all(settings)
    who = cast.people[7]
    path = deliver(settings, REPORT.format(address=who.email.upper(), action="failed"))
    work(desk_of(app))
    db.expire_all()
    bounced = db.exec(select(Invitation).where(col(Invitation.mail_problem) != "")).one()
    assert (bounced.person_id, bounced.mail_problem) == (who.id, "5.1.1")
    assert db.get_one(Person, who.id).mail_problem == "5.1.1"
    assert not path.exists()


def test_a_delay_is_no_bounce_and_other_mail_is_put_aside(
    app: Flask, db: Session, settings: Settings
) -> None:
    cast = Cast(db)
    cast.opened_to_all(settings)
    deliver(settings, REPORT.format(address=cast.people[7].email, action="delayed"))
    deliver(settings, "Subject: Hej\n\nJag kan inte svara.\n", name="two.eml")
    work(desk_of(app))
    assert db.exec(select(Invitation).where(col(Invitation.mail_problem) != "")).all() == []
    assert [path.name for path in (settings.mail / "bounces").rglob("*.eml")] == ["two.eml"]
    assert (settings.mail / "bounces" / "other" / "two.eml").exists()


def test_the_deadline_closes_a_round_and_the_ballot_box_is_told(
    app: Flask, db: Session, settings: Settings
) -> None:
    round_ = Cast(db).opened_to_all(settings)
    state = settings.exchange / f"{round_.id}.state.json"
    work(desk_of(app))
    assert '"state":"open"' in state.read_text()
    work(desk_of(app), later=timedelta(days=14, minutes=1))
    db.expire_all()
    assert db.get_one(Round, round_.id).state is RoundState.CLOSED
    assert '"state":"closed"' in state.read_text()


def test_a_state_file_that_was_lost_after_closing_is_written_again_as_closed(
    app: Flask, db: Session, settings: Settings
) -> None:
    cast = Cast(db)
    round_ = cast.opened_to_all(settings)
    work(desk_of(app))
    state = settings.exchange / f"{round_.id}.state.json"
    steps.close(db, round_=round_, by=cast.analyst.id)
    for row in db.exec(select(OutboxRow)):  # killed before the duty could be done, and it is lost
        db.delete(row)
    db.commit()
    assert '"state":"open"' in state.read_text()
    work(desk_of(app))
    assert '"state":"closed"' in state.read_text()


def test_what_goes_wrong_in_one_duty_leaves_the_others_alone(
    app: Flask, db: Session, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    Cast(db).opened_to_all(settings)

    def broken(_desk: Desk) -> None:
        raise RuntimeError("an address that must not be logged")

    monkeypatch.setattr(worker, "DATED", {broken: 1.0, **worker.DATED})
    work(desk_of(app))
    assert len(received(settings)) == 15


def test_what_goes_wrong_when_a_duty_is_written_down_is_a_failed_try(
    app: Flask, db: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing of it is kept, the worker lives, and after so many tries a person sees it."""

    def finish(session: Session) -> None:
        heartbeat.beat(session, name="finish")
        session.flush()
        raise RuntimeError

    monkeypatch.setattr(worker, "HANDLERS", {"round.announce": lambda _desk, _duty: finish})
    outbox.put(db, kind="round.announce", key="one")
    db.commit()
    row = db.exec(select(OutboxRow)).one()
    for tries in range(1, outbox.GIVE_UP_AFTER + 1):
        db.rollback()
        with time_machine.travel(now() + timedelta(hours=2 * tries)):
            assert worker.Worker(desk_of(app)).do_one()
        db.refresh(row)
        assert (row.attempts, row.problem, row.done_at) == (tries, "RuntimeError", None)
    assert row.failed
    assert heartbeat.last(db, name="finish") is None


def test_two_workers_at_once_send_each_mail_once(
    app: Flask, db: Session, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "BATCH", 2)
    cast = Cast(db)
    cast.opened_to_all(settings)
    with time_machine.travel(now() + HEAD_START * 2):
        both = [
            threading.Thread(target=worker.run, args=(desk_of(app),), kwargs={"once": True})
            for _ in range(2)
        ]
        for each in both:
            each.start()
        for each in both:
            each.join()
    assert sorted(received(settings)) == sorted(who.email for who in cast.people)


def test_a_worker_that_is_told_to_stop_begins_no_new_message(
    app: Flask, db: Session, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    Cast(db).opened_to_all(settings)
    desk = desk_of(app)
    real = mailing.FolderMailer.send

    def stops_after_it(self: mailing.FolderMailer, message: Any) -> None:
        real(self, message)
        desk.stopping.set()

    monkeypatch.setattr(mailing.FolderMailer, "send", stops_after_it)
    work(desk)
    assert len(received(settings)) == 1
    assert db.exec(select(Invitation).where(col(Invitation.sent))).one()
    db.rollback()
    monkeypatch.setattr(mailing.FolderMailer, "send", real)
    work(desk_of(app))
    assert len(received(settings)) == 15


def test_the_worker_leaves_a_sign_of_life(app: Flask, db: Session) -> None:
    assert heartbeat.last(db, name=worker.NAME) is None
    db.rollback()
    work(desk_of(app), later=timedelta())
    seen = heartbeat.last(db, name=worker.NAME)
    assert seen is not None
    assert now() - seen < timedelta(minutes=1)
