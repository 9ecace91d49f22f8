"""The demo has meetings that people were asked after, with a gap among them."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from threading import Event

import pytest
from flask import Flask
from sqlmodel import Session, select

from dialog import demo_afterwards
from dialog.ballotbox.handing_over import hand_over_due
from dialog.demo_meetings import SERIES
from dialog.desk import Desk
from dialog.followups import following, queries
from dialog.followups.comparing import compare
from dialog.meetings.models import MeetingSeries
from dialog.people.models import Role
from dialog.settings import Settings
from dialog.simulate import rounds
from dialog.storage.clock import now
from dialog.surveys.rounds import opening_duties
from dialog.worker import Worker
from tests import makers

PEOPLE = 200


@pytest.fixture
def working(app: Flask, served: Flask) -> Iterator[None]:
    """What the workers of both sides do, until the test ends."""
    desk, known = Desk(app.extensions["engine"], app.extensions["settings"]), served.extensions
    over = Event()

    def work() -> None:
        while not over.wait(0.05):
            told = known["announcements"]
            hand_over_due(known["engine"], side=told.side, announcements=told, now=now())
            opening_duties.open_due(desk)
            following.follow_due(desk)
            Worker(desk).do_one()

    thread = threading.Thread(target=work)
    thread.start()
    yield
    over.set()
    thread.join()


@pytest.mark.usefixtures("working")
def test_the_demos_meetings_are_held_once_answered_opened_and_compared(
    app: Flask, db: Session, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    enough, few = demo_afterwards.HELD[0], demo_afterwards.HELD[2]
    held = (replace(enough, answers=12), replace(few, answers=2))
    monkeypatch.setattr(demo_afterwards, "HELD", held)
    stage = rounds.stage(settings)
    rounds.populate(stage, people=PEOPLE, seed=7)
    secretary = makers.person(db, "Siv Sekreterare", Role.SECRETARY)
    approver = makers.approver(db)
    series = MeetingSeries(title=SERIES, author_id=secretary.id)
    db.add(series)
    db.commit()
    for _start in range(2):
        demo_afterwards.ask_after(
            stage,
            series=SERIES,
            secretary=secretary.id,
            approver=approver.id,
            say=lambda _: None,
            ended=lambda: False,
        )
    stage.engine.dispose()
    found = db.exec(select(MeetingSeries.id).where(MeetingSeries.title == SERIES)).one()
    with app.test_request_context():
        told = compare(db, meetings=queries.meetings_of_series(db, series_id=found)).told
        db.commit()
    assert [each.n for each in told] == [12, None]
    assert "Färre än 10" in told[1].standing
