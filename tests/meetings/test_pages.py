"""The pages of meetings over HTTP: planned by a secretary, seen and answered by those invited."""

import io
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pikepdf
import pytest
from flask import Flask
from flask.testing import FlaskClient
from icalendar import Calendar
from sqlmodel import Session, col, select

from dialog.meetings.models import Answer, Meeting, MeetingFormat, MeetingInvitation, MeetingState
from tests import makers
from tests.conftest import sign_in
from tests.meetings.cast import Cast

PLAN = {
    "title": "Dialogmöte",
    "day": "2031-03-05",
    "begins": "13:00",
    "ends": "15:00",
    "place": "Aulan",
}


@pytest.fixture
def cast(app: Flask, db: Session) -> Cast:
    return Cast(app, db)


@pytest.fixture
def secretary(client: FlaskClient, db: Session, cast: Cast) -> FlaskClient:
    return sign_in(client, db, cast.secretary)


def read(db: Session, query: Any) -> list[Any]:
    """The rows as they are now; the transaction ends, for an open one locks the application out."""
    found = list(db.exec(query.execution_options(populate_existing=True)))
    db.commit()
    return found


def only(db: Session) -> Meeting:
    (found,) = read(db, select(Meeting))
    assert isinstance(found, Meeting)
    return found


def answer_of(db: Session, meeting: Meeting, number: int, cast: Cast) -> MeetingInvitation:
    person = cast.people[number].id
    query = select(MeetingInvitation).where(MeetingInvitation.meeting_id == meeting.id)
    (found,) = read(db, query.where(MeetingInvitation.person_id == person))
    assert isinstance(found, MeetingInvitation)
    return found


def test_a_meeting_is_planned_invited_to_and_held(
    secretary: FlaskClient, db: Session, cast: Cast
) -> None:
    assert secretary.post("/moten/nytt", data=PLAN).status_code == 302
    meeting = only(db)
    page = f"/moten/{meeting.id}"
    item = {"title": "Läget", "kind": "information", "minutes": "20"}
    secretary.post(f"{page}/dagordning/ny", data=item)
    secretary.post(f"{page}/dagordning/ny", data={"title": "Frågor", "kind": "dialogue"})
    secretary.post(f"{page}/kallade", data={"audience": "unit:A"})
    assert secretary.post(f"{page}/kalla").status_code == 302
    cast.work()
    assert [len(cast.mail_to(person)) for person in cast.people] == [1, 1, 1, 1]
    for step in ("borja", "avsluta", "till-handlingarna"):
        assert secretary.post(f"{page}/{step}").status_code == 302
    assert only(db).state is MeetingState.CLOSED


def test_a_meeting_may_have_no_date(secretary: FlaskClient, db: Session) -> None:
    secretary.post("/moten/nytt", data={"title": "Vid behov"})
    meeting = only(db)
    assert meeting.state is MeetingState.UNDATED
    assert "Dag och tid saknas" in secretary.get(f"/moten/{meeting.id}").text


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"title": ""}, "Skriv vad mötet heter."),
        ({"day": "2031-03-30", "begins": "02:30"}, "klockan ställs fram"),
        ({"day": "2020-03-30"}, "Tiden har passerat"),
        ({"day": ""}, "Skriv vilken dag mötet är"),
        ({"ends": ""}, "Skriv ett klockslag"),
        ({"day": "i morgon"}, "Skriv ett datum"),
        ({"video_link": "mote"}, "Skriv hela länken"),
        ({"capacity": "0"}, "Skriv ett antal från 1."),
    ],
)
def test_a_fault_is_said_and_what_was_typed_is_kept(
    secretary: FlaskClient, db: Session, changed: dict[str, str], said: str
) -> None:
    answer = secretary.post("/moten/nytt", data={**PLAN, **changed})
    assert answer.status_code == 422
    assert said in answer.text
    assert "Aulan" in answer.text
    assert not read(db, select(Meeting))


def test_an_impossible_step_says_what_is_possible(secretary: FlaskClient, cast: Cast) -> None:
    meeting = cast.meeting()
    answer = secretary.post(f"/moten/{meeting.id}/avsluta")
    assert answer.status_code == 422
    assert "mötet är planerat" in answer.text
    assert "börja mötet" in answer.text


def test_nobody_is_invited_before_it_is_chosen_who(secretary: FlaskClient, cast: Cast) -> None:
    meeting = cast.meeting()
    answer = secretary.post(f"/moten/{meeting.id}/kalla")
    assert answer.status_code == 422
    assert "Välj först vilka som ska kallas" in answer.text


def test_a_meeting_is_there_for_those_invited_and_for_nobody_else(
    client: FlaskClient, db: Session, cast: Cast
) -> None:
    meeting = cast.invited()
    others = makers.person(db, "Någon Annan")
    sign_in(client, db, others)
    for path in ("", "/dagordning", "/svar", "/narvaro", "/plan", "/kalender.ics"):
        assert client.get(f"/moten/{meeting.id}{path}").status_code == 404
    sign_in(client, db, cast.people[0])
    assert client.get(f"/moten/{meeting.id}").status_code == 200
    for path in ("/narvaro", "/plan", "/kallade", "/kalla", "/stall-in"):
        assert client.get(f"/moten/{meeting.id}{path}").status_code == 404


def test_the_names_of_those_who_come_are_seen_by_those_who_run_the_meeting_only(
    client: FlaskClient, db: Session, cast: Cast
) -> None:
    meeting = cast.invited()
    sign_in(client, db, cast.people[0])
    assert "Person 1" not in client.get(f"/moten/{meeting.id}").text
    sign_in(client, db, cast.secretary)
    assert "Person 1" in client.get(f"/moten/{meeting.id}/narvaro").text


def test_a_full_room_has_a_waiting_list_that_moves_up_by_itself(
    client: FlaskClient, db: Session, cast: Cast
) -> None:
    meeting = cast.invited(capacity=1)
    page = f"/moten/{meeting.id}/svar"
    sign_in(client, db, cast.people[0])
    client.post(page, data={"given": "yes", "needs": "loop"})
    sign_in(client, db, cast.people[1])
    said = client.post(page, data={"given": "yes"}, follow_redirects=True).text
    assert "Rummet är fullt" in said
    assert answer_of(db, meeting, 1, cast).waiting
    sign_in(client, db, cast.people[0])
    client.post(page, data={"given": "remote"})
    assert not answer_of(db, meeting, 1, cast).waiting
    cast.work()
    assert "Du har fått plats" in str(cast.mail_to(cast.people[1])[-1]["Subject"])


def test_answering_twice_changes_the_answer_and_nobodys_place(
    client: FlaskClient, db: Session, cast: Cast
) -> None:
    meeting = cast.invited(capacity=1)
    page = f"/moten/{meeting.id}/svar"
    for number in (0, 1, 0):
        sign_in(client, db, cast.people[number])
        client.post(page, data={"given": "yes"})
    assert not answer_of(db, meeting, 0, cast).waiting
    assert answer_of(db, meeting, 1, cast).waiting


def test_no_answer_is_taken_to_a_cancelled_meeting(
    client: FlaskClient, db: Session, cast: Cast
) -> None:
    meeting = cast.invited()
    sign_in(client, db, cast.secretary)
    client.post(f"/moten/{meeting.id}/stall-in", data={"reason": "Ingen lokal"})
    sign_in(client, db, cast.people[0])
    answer = client.post(f"/moten/{meeting.id}/svar", data={"given": "yes"})
    assert answer.status_code == 422
    assert answer_of(db, meeting, 0, cast).answer is Answer.NONE


def test_what_is_proposed_is_listed_by_those_who_run_the_meeting(
    client: FlaskClient, db: Session, cast: Cast
) -> None:
    meeting = cast.invited()
    page = f"/moten/{meeting.id}/dagordning"
    sign_in(client, db, cast.people[0])
    client.post(f"{page}/ny", data={"title": "Schemat", "kind": "dialogue"})
    assert "Föreslagna punkter" in client.get(page).text
    item = item_address(client, page, "ta-tillbaka")
    assert client.post(item.replace("ta-tillbaka", "satt-upp")).status_code == 404
    sign_in(client, db, cast.secretary)
    client.post(item_address(client, page, "satt-upp"))
    assert "Föreslagna punkter" not in client.get(page).text


def test_items_are_moved_and_stay_at_the_ends(secretary: FlaskClient, cast: Cast) -> None:
    meeting = cast.meeting()
    page = f"/moten/{meeting.id}/dagordning"
    for title in ("Alfa", "Beta", "Gamma"):
        secretary.post(f"{page}/ny", data={"title": title, "kind": "other"})
    first = item_address(secretary, page, "ned")
    secretary.post(first)
    assert titles(secretary, page) == ["Beta", "Alfa", "Gamma"]
    for _again in range(3):
        secretary.post(first)
    assert titles(secretary, page) == ["Beta", "Gamma", "Alfa"]


def test_what_is_not_reached_goes_on_to_the_next_meeting_of_the_series(
    secretary: FlaskClient, db: Session, cast: Cast
) -> None:
    secretary.post("/moten/serier/ny", data={"title": "Ledningen möter Närhälsan"})
    series = re.search(r"/moten/serier/([0-9a-f-]{36})", secretary.get("/moten/serier").text)
    assert series is not None
    for title in ("Ett", "Två"):
        secretary.post("/moten/nytt", data={**PLAN, "title": title, "series": series[1]})
    first, second = read(db, select(Meeting).order_by(col(Meeting.title)))
    secretary.post(f"/moten/{first.id}/dagordning/ny", data={"title": "Hann inte", "kind": "other"})
    secretary.post(f"/moten/{first.id}/borja")
    secretary.post(f"/moten/{first.id}/avsluta")
    assert titles(secretary, f"/moten/{second.id}/dagordning") == ["Hann inte"]


def test_an_agenda_is_kept_as_a_form_in_versions_and_used_again(
    secretary: FlaskClient, db: Session, cast: Cast
) -> None:
    meeting = cast.meeting()
    page = f"/moten/{meeting.id}"
    for title in ("Alfa", "Beta"):
        secretary.post(f"{page}/dagordning/ny", data={"title": title, "kind": "other"})
        secretary.post(f"{page}/form", data={"title": "Öppen dialog"})
    kept = read(db, select(MeetingFormat).order_by(col(MeetingFormat.version)))
    assert [len(each.agenda) for each in kept] == [1, 2]
    assert len({each.family for each in kept}) == 1
    secretary.post(f"/moten/nytt?form={kept[0].id}", data={**PLAN, "title": "Nytt"})
    (made,) = read(db, select(Meeting).where(Meeting.title == "Nytt"))
    assert titles(secretary, f"/moten/{made.id}/dagordning") == ["Alfa"]


def test_a_copy_has_everything_but_the_day(secretary: FlaskClient, db: Session, cast: Cast) -> None:
    meeting = cast.invited()
    secretary.post(f"/moten/{meeting.id}/dagordning/ny", data={"title": "Alfa", "kind": "other"})
    answer = secretary.post(f"/moten/{meeting.id}/kopiera")
    copied = str(answer.location).split("/")[2]
    assert titles(secretary, f"/moten/{copied}/dagordning") == ["Alfa"]
    (made,) = read(db, select(Meeting).where(Meeting.id != meeting.id))
    assert (made.starts_at, made.place, made.audience) == (None, "Aulan", meeting.audience)


def test_ones_own_calendar_is_fetched_by_a_secret_address_that_can_be_ended(
    app: Flask, client: FlaskClient, db: Session, cast: Cast
) -> None:
    meeting = cast.invited()
    sign_in(client, db, cast.people[0])
    page = client.post("/moten/kalender", data={"vad": "ny"}).text
    address = re.search(r"/moten/kalender/[\w-]+\.ics", page)
    assert address is not None
    assert address[0] not in client.get("/moten/kalender").text
    stranger = app.test_client()
    fetched = stranger.get(address[0])
    (event,) = Calendar.from_ical(fetched.data).walk("VEVENT")
    assert str(event["uid"]).startswith(str(meeting.id))
    assert "attendee" not in event
    client.post("/moten/kalender", data={"vad": "avsluta"})
    assert stranger.get(address[0]).status_code == 404


def test_who_has_come_is_ticked_off_at_the_door(
    secretary: FlaskClient, db: Session, cast: Cast
) -> None:
    meeting = cast.invited()
    page = f"/moten/{meeting.id}/narvaro"
    someone = {"person": str(cast.people[2].id)}
    secretary.post(page, data={**someone, "kom": "ja"})
    assert answer_of(db, meeting, 2, cast).came_at is not None
    assert "1 av 4 har kommit" in secretary.get(page).text
    secretary.post(page, data={**someone, "kom": "nej"})
    assert answer_of(db, meeting, 2, cast).came_at is None


def item_address(client: Any, page: str, what: str) -> str:
    found = re.search(rf'action="([^"]+/{what})"', client.get(page).text)
    assert found is not None
    return found[1]


def titles(client: Any, page: str) -> list[str]:
    text = client.get(page).text.split("Föreslagna punkter")[0]
    return re.findall(r"<strong>(\w[^<]*)</strong>", text)


def test_whoever_gets_a_post_runs_the_meeting(client: FlaskClient, db: Session, cast: Cast) -> None:
    meeting = cast.invited()
    page = f"/moten/{meeting.id}/haller-i"
    sign_in(client, db, cast.secretary)
    given = {"chair": "p1@example.org", "secretary": cast.secretary.email}
    assert client.post(page, data=given).status_code == 302
    sign_in(client, db, cast.people[1])
    assert client.get(f"/moten/{meeting.id}/plan").status_code == 200
    assert "Person 1, ordförande" in client.get(f"/moten/{meeting.id}").text


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"chair": "ingen@example.org"}, "Ingen här har adressen"),
        ({"secretary": ""}, "Någon måste hålla i mötet"),
    ],
)
def test_a_meeting_is_never_left_to_nobody(
    secretary: FlaskClient, cast: Cast, given: dict[str, str], said: str
) -> None:
    meeting = cast.meeting()
    answer = secretary.post(f"/moten/{meeting.id}/haller-i", data=given)
    assert answer.status_code == 422
    assert said in answer.text
    assert secretary.get(f"/moten/{meeting.id}/plan").status_code == 200


def test_whoever_scans_the_code_at_the_door_is_checked_in_by_a_button(
    app: Flask, client: FlaskClient, db: Session, cast: Cast
) -> None:
    meeting = cast.invited()
    sign_in(client, db, cast.secretary)
    notice = client.get(f"/moten/{meeting.id}/anslag").text
    address = re.search(rf"/moten/{meeting.id}/incheckning/\w+", notice)
    assert address is not None
    sign_in(client, db, cast.people[0])
    assert client.get(f"/moten/{meeting.id}/anslag").status_code == 404
    assert client.get(f"/moten/{meeting.id}/incheckning/{'a' * 16}").status_code == 404
    assert client.get(address[0]).status_code == 200
    assert answer_of(db, meeting, 0, cast).came_at is None
    assert client.post(address[0]).status_code == 302
    assert answer_of(db, meeting, 0, cast).came_at is not None


def test_nobody_is_checked_in_to_a_meeting_that_is_over(
    client: FlaskClient, db: Session, cast: Cast
) -> None:
    meeting = cast.invited()
    sign_in(client, db, cast.secretary)
    notice = client.get(f"/moten/{meeting.id}/anslag").text
    address = re.search(rf"/moten/{meeting.id}/incheckning/\w+", notice)
    assert address is not None
    for step in ("borja", "avsluta"):
        client.post(f"/moten/{meeting.id}/{step}")
    sign_in(client, db, cast.people[0])
    assert client.post(address[0]).status_code == 422


def test_the_agenda_is_printed_as_a_tagged_pdf_with_the_clock_of_each_item(
    secretary: FlaskClient, cast: Cast
) -> None:
    starts = datetime(2031, 3, 5, 12, tzinfo=UTC)
    meeting = cast.meeting(starts_at=starts, ends_at=starts + timedelta(hours=2))
    page = f"/moten/{meeting.id}/dagordning"
    for title, minutes in (("Alfa", "20"), ("Beta", "")):
        secretary.post(f"{page}/ny", data={"title": title, "kind": "other", "minutes": minutes})
    assert "13.20" in secretary.get(page).text
    made = secretary.get(f"{page}.pdf")
    assert made.data == secretary.get(f"{page}.pdf").data
    with pikepdf.open(io.BytesIO(made.data)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang).startswith("sv")
