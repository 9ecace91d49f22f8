"""The speakers' list: asked for, taken back, given in turn, and gone afterwards."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session, select

from dialog.core.errors import RefusedError
from dialog.meetings import registering, steps
from dialog.meetings.floor import showing, speaking
from dialog.meetings.floor.models import MeetingFloor, MeetingSpeech
from dialog.meetings.floor.speaking import Rules
from dialog.meetings.models import Answer, Meeting, MeetingState
from dialog.meetings.states import Action
from dialog.storage.clock import now
from tests import makers
from tests.conftest import sign_in
from tests.meetings.cast import Cast


@pytest.fixture
def cast(app: Flask, db: Session) -> Cast:
    return Cast(app, db)


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    meeting = cast.invited()
    steps.take(cast.db, meeting=meeting, action=Action.BEGIN, by=cast.secretary.id)
    speaking.settle(cast.db, meeting=meeting, rules=Rules(open=True, speech_minutes=2))
    cast.db.commit()
    return meeting


def as_(cast: Cast, number: int | None = None) -> FlaskClient:
    person = cast.secretary if number is None else cast.people[number]
    client = sign_in(cast.app.test_client(), cast.db, person)
    cast.db.commit()
    return client


def press(client: FlaskClient, meeting: Meeting, what: str, **data: str) -> Any:
    return client.post(f"/moten/{meeting.id}/talarlista/{what}", data=data, follow_redirects=True)


def waiting(db: Session, meeting: Meeting) -> list[str]:
    db.expire_all()
    names = [entry.name for entry in showing.floor(db, meeting=meeting).queue]
    db.commit()
    return names


def give(cast: Cast, meeting: Meeting, name: str) -> Any:
    cast.db.expire_all()
    queue = showing.floor(cast.db, meeting=meeting).queue
    cast.db.commit()
    row = next(entry.row for entry in queue if entry.name == name)
    return press(as_(cast), meeting, f"{row.id}/ge-ordet")


def test_all_see_who_waits_by_name_and_asking_twice_is_asking_once(
    db: Session, cast: Cast, meeting: Meeting
) -> None:
    for number in (1, 0, 1):
        press(as_(cast, number), meeting, "begar")
    assert waiting(db, meeting) == ["Person 1", "Person 0"]
    for page in ("rum", "rum/skarm", "handelser?vy=rum"):
        shown = as_(cast, 2).get(f"/moten/{meeting.id}/{page}").text
        assert shown.index("Person 1") < shown.index("Person 0")
    stranger = sign_in(cast.app.test_client(), db, makers.person(db, "Nils Nyfiken"))
    db.commit()
    assert press(stranger, meeting, "begar").status_code == 404


def test_who_takes_it_back_leaves_no_row(db: Session, cast: Cast, meeting: Meeting) -> None:
    mine = as_(cast, 0)
    press(mine, meeting, "begar")
    page = press(mine, meeting, "ta-tillbaka")
    assert page.status_code == 200
    assert db.exec(select(MeetingSpeech)).all() == []
    db.commit()
    assert press(mine, meeting, "ta-tillbaka").status_code == 200  # again is harmless


def test_those_who_have_not_spoken_go_first_and_a_reply_before_them(
    db: Session, cast: Cast, meeting: Meeting
) -> None:
    press(as_(cast, 0), meeting, "begar")
    give(cast, meeting, "Person 0")
    press(as_(cast), meeting, "klar")
    for number in (0, 1, 2):
        press(as_(cast, number), meeting, "begar")
    assert waiting(db, meeting) == ["Person 1", "Person 2", "Person 0"]
    assert "Replik kan du begära" in press(as_(cast, 3), meeting, "replik").text
    give(cast, meeting, "Person 1")
    assert "Replik kan du begära" in press(as_(cast, 1), meeting, "replik").text
    press(as_(cast, 3), meeting, "replik")
    assert waiting(db, meeting) == ["Person 3", "Person 2", "Person 0"]
    rules = {"open": "y", "speech_minutes": "2", "reply_minutes": "1"}  # the others are not first
    as_(cast).post(f"/moten/{meeting.id}/talarlista", data=rules)
    assert waiting(db, meeting) == ["Person 3", "Person 0", "Person 2"]


def test_one_has_the_floor_at_a_time_and_time_is_counted_for_each_side(
    db: Session, cast: Cast, meeting: Meeting
) -> None:
    for person, given in ((1, Answer.REMOTE), (0, Answer.YES)):
        registering.answer(db, meeting=meeting, person_id=cast.people[person].id, given=given)
    db.commit()
    for number in (0, 1, None):
        press(as_(cast, number), meeting, "begar")
    start = now()
    for seconds, name in ((0, "Person 0"), (60, "Person 1"), (100, "Sara Sekreterare")):
        with time_machine.travel(start + timedelta(seconds=seconds), tick=False):
            give(cast, meeting, name)
    with time_machine.travel(start + timedelta(seconds=130), tick=False):
        page = press(as_(cast), meeting, "klar").text
    shares = re.findall(r'number">(\d+)</td><td class="number">([^<]+)<', page)
    assert shares == [
        ("1", "0 min 30 s"), ("2", "1 min 40 s"), ("2", "1 min 30 s"), ("1", "0 min 40 s"),
    ]  # fmt: skip
    assert "Talartid" not in as_(cast, 0).get(f"/moten/{meeting.id}/rum").text


def test_whoever_leads_adds_somebody_in_the_room_and_only_they_give_the_floor(
    db: Session, cast: Cast, meeting: Meeting
) -> None:
    press(as_(cast), meeting, "i-rummet", label="  Mikrofon   2 ")
    assert waiting(db, meeting) == ["Mikrofon 2"]
    for label, sentence in (
        ("", "Skriv vem"),
        ("x" * 61, "60 tecken"),
        ("19121212-1212", "person"),
    ):
        assert sentence in press(as_(cast), meeting, "i-rummet", label=label).text
    (key,) = db.exec(select(MeetingSpeech.id)).all()
    db.commit()
    for what in ("i-rummet", "klar", f"{key}/ge-ordet", f"{key}/ta-bort"):
        assert press(as_(cast, 0), meeting, what, label="Jag").status_code == 404
    assert as_(cast, 0).get(f"/moten/{meeting.id}/talarlista").status_code == 404
    press(as_(cast), meeting, f"{key}/ta-bort")
    assert waiting(db, meeting) == []
    late = press(as_(cast), meeting, f"{key}/ge-ordet")  # of two who lead
    assert "Den personen står inte på tur längre." in late.text


def test_the_buttons_are_on_the_page_before_the_meeting_begins(db: Session, cast: Cast) -> None:
    waiting = cast.invited()
    assert waiting.state is MeetingState.INVITED
    page = as_(cast, 0).get(f"/moten/{waiting.id}/rum").text
    own = re.search(r'<div id="ordet"[^>]*>', page)
    assert own
    assert " hidden" in own[0]
    assert "floor.js" in page
    lead = as_(cast).get(f"/moten/{waiting.id}/rum/leda").text
    assert "agenda.js" in lead
    assert "Någon i rummet" not in lead
    steps.take(db, meeting=waiting, action=Action.BEGIN, by=None)
    db.commit()
    changing = as_(cast).get(f"/moten/{waiting.id}/rum/leda").text.split('id="talarlista"')[1]
    part = changing.split("data-live-part")[1]
    for word in ("Någon i rummet", "talarlistan</a>"):
        assert word in part


def test_a_closed_list_and_a_meeting_that_does_not_go_on_take_nobody(
    db: Session, cast: Cast, meeting: Meeting
) -> None:
    speaking.settle(db, meeting=meeting, rules=Rules(open=False))
    db.commit()
    assert "Talarlistan är stängd" in press(as_(cast, 0), meeting, "begar").text
    assert waiting(db, meeting) == []
    steps.take(db, meeting=meeting, action=Action.END, by=None)
    db.commit()
    with pytest.raises(RefusedError):
        speaking.ask(db, meeting=meeting, person_id=cast.people[0].id)
    db.rollback()


@pytest.mark.parametrize("action", [Action.DOCUMENT, Action.CLOSE])
def test_nothing_of_the_list_is_left_when_the_meeting_is_documented_or_closed(
    db: Session, cast: Cast, meeting: Meeting, action: Action
) -> None:
    press(as_(cast, 0), meeting, "begar")
    give(cast, meeting, "Person 0")
    press(as_(cast, 1), meeting, "begar")
    db.expire_all()
    steps.take(db, meeting=meeting, action=Action.END, by=None)
    assert len(db.exec(select(MeetingSpeech)).all()) == 2
    steps.take(db, meeting=meeting, action=action, by=None)
    db.commit()
    for table in (MeetingSpeech, MeetingFloor):
        assert db.exec(select(table)).all() == []
    db.commit()
