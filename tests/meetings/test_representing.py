"""Who is asked, told and let in by a mandate, and what others see of it: nothing."""

import re
from typing import Any
from uuid import UUID, uuid4

import icalendar
import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session, col

from dialog.core.errors import RefusedError
from dialog.meetings import feeds, planning, registering, telling, unmandated
from dialog.meetings.models import (
    Answer,
    Meeting,
    MeetingInvitation,
    MeetingSeries,
    MeetingState,
)
from dialog.organisation.audiences import Audience
from dialog.people.models import Person, Role
from dialog.people.permissions import Actor, People, may
from dialog.storage import mailing
from dialog.unions import mandating
from dialog.unions.models import Mandate, UnionBody
from tests import makers
from tests.conftest import sign_in
from tests.meetings.representing import CHOSEN, TITLE, Meetings, acting
from tests.unions.cast import days_ago


def events(ics: Any) -> list[Any]:
    return list(icalendar.Calendar.from_ical(ics).walk("VEVENT"))


def test_those_whose_mandate_is_in_force_on_the_day_of_the_meeting_are_asked(
    app: Flask, db: Session
) -> None:
    cast = Meetings(app, db)
    cast.mandate(cast.kalle, union=1, ends_on=days_ago(-10))
    meeting = cast.called(by=cast.negotiator, own=True, days=20)
    assert cast.asked(meeting) == {cast.vera.id: cast.body.id, cast.ture.id: cast.body.id}
    sooner = cast.called(by=cast.negotiator, own=True, days=9)
    assert cast.kalle.id in cast.asked(sooner)


def test_who_is_also_asked_as_an_employee_is_asked_as_one_but_in_the_bodys_own_meeting(
    app: Flask, db: Session
) -> None:
    cast = Meetings(app, db)
    everybody = Audience(units=("A",))
    ordinary = cast.called(by=cast.other, own=False, audience=everybody)
    assert set(cast.asked(ordinary).values()) == {None}
    own = cast.called(by=cast.negotiator, own=True, audience=everybody)
    assert cast.asked(own) == {
        cast.vera.id: cast.body.id, cast.ture.id: cast.body.id, cast.kalle.id: None,
    }  # fmt: skip


def test_mail_goes_to_the_chosen_address_and_the_calendar_does_not_say_what_it_is(
    app: Flask, db: Session
) -> None:
    cast = Meetings(app, db)
    cast.called(by=cast.negotiator, own=True)
    mail = cast.mail()
    assert set(mail) == {CHOSEN, cast.ture.email}
    for message in mail.values():
        assert message["Sensitivity"] == "Private"
        (event,) = events(message.get_body(("calendar",)).get_content())  # type: ignore[union-attr]  # there is one
        assert event["SUMMARY"] == "Möte"
        assert event["CLASS"] == "PRIVATE"
        assert TITLE not in str(event.to_ical())
        assert "helgerna" not in str(event.to_ical())
    assert not re.search("Ljung|Björk|MBL", "".join(str(each) for each in mail.values()))


def test_that_a_chosen_address_takes_no_mail_is_kept_with_the_mandate(
    app: Flask, db: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object) -> None:
        raise mailing.UndeliverableError("550")

    cast = Meetings(app, db)
    monkeypatch.setattr(mailing.FolderMailer, "send", refuse)
    cast.called(by=cast.negotiator, own=True)
    assert db.get_one(Mandate, cast.vera_mandate.id).mail_problem == "550"
    assert db.get_one(Person, cast.vera.id).mail_problem == ""
    assert db.get_one(Person, cast.ture.id).mail_problem == "550"  # who has chosen none


def test_a_seat_that_became_free_is_told_of_at_the_chosen_address(app: Flask, db: Session) -> None:
    cast = Meetings(app, db)
    meeting = cast.called(by=cast.negotiator, own=True)
    with app.test_request_context():
        meeting.capacity = 1
        for person, given in (
            (cast.ture, Answer.YES), (cast.vera, Answer.YES), (cast.ture, Answer.NO),
        ):  # fmt: skip
            registering.answer(db, meeting=meeting, person_id=person.id, given=given)
            db.commit()
    cast.work()
    assert "fått plats" in str(cast.mail()[CHOSEN]["Subject"])


def test_a_bodys_meeting_is_seen_inside_it_and_by_no_secretary(
    app: Flask, client: FlaskClient, db: Session
) -> None:
    cast = Meetings(app, db)
    meeting = cast.called(by=cast.negotiator, own=True)
    page = f"/moten/{meeting.id}"
    for role in Role:
        if role is not Role.NEGOTIATOR:
            sign_in(client, db, makers.person(db, f"Roll {role.value}", role))
            assert client.get(page).status_code == 404, role
            assert TITLE not in client.get("/moten").text
            assert client.get(f"{page}/narvaro").status_code == 404
    for person in (cast.negotiator, cast.secretary):
        sign_in(client, db, person)
        assert TITLE in client.get("/moten").text
        shown = client.get(page).text
        assert "Vera Vald" in shown
        assert "Vårdförbundet Ljung" in shown
        assert "Vera Vald" in client.get(f"{page}/narvaro").text


def test_who_represents_sees_it_while_they_do_and_is_led_there_from_the_mail(
    app: Flask, client: FlaskClient, db: Session
) -> None:
    cast = Meetings(app, db)
    meeting = cast.called(by=cast.negotiator, own=True)
    page = f"/moten/{meeting.id}"
    sign_in(client, db, cast.vera)
    for address in ("/", "/moten", "/moten?visa=tidigare"):
        assert TITLE not in client.get(address).text
    assert client.get(f"{page}/svar").location == f"/mina-uppdrag?next={page}/svar"
    assert client.post(f"{page}/svar", data={"given": "yes"}).status_code == 404
    acting(client, cast)
    for address in ("/", "/moten", page):
        assert TITLE in client.get(address).text
    shown = client.get(page).text
    assert "Ture Trogen" in shown  # who comes is seen inside
    assert "Läkarfacket Björk" in shown
    assert client.post(f"{page}/svar", data={"given": "yes"}).status_code == 302
    assert client.get(f"{page}/narvaro").status_code == 404  # running it is another matter
    sign_in(client, db, cast.kalle)
    assert client.get(page).status_code == 404


def test_the_room_too_leads_to_choosing_the_mandate(
    app: Flask, client: FlaskClient, db: Session
) -> None:
    cast = Meetings(app, db)
    room = f"/moten/{cast.called(by=cast.negotiator, own=True).id}/rum"
    sign_in(client, db, cast.vera)
    assert client.get(room).location == f"/mina-uppdrag?next={room}"
    sign_in(client, db, cast.kalle)
    assert client.get(room).status_code == 404


def test_minutes_are_attested_for_a_union_only_while_one_acts(app: Flask, db: Session) -> None:
    cast = Meetings(app, db)
    vera, body = cast.vera.id, cast.body.id
    db.commit()
    people = People(attesting=frozenset({vera}), representing=frozenset({(vera, body)}))
    for action in ("minutes.read", "minutes.attest"):
        assert not may(Actor(vera), action, people)
        assert not may(Actor(vera, acting_in=uuid4()), action, people)
        assert may(Actor(vera, acting_in=body), action, people)
        assert may(Actor(vera), action, People(attesting=frozenset({vera})))
        lapsed = People(attesting=frozenset({vera}), lapsed=frozenset({vera}), of_body=body)
        assert not may(Actor(vera), action, lapsed)


def test_who_acts_for_a_union_runs_no_meeting_of_the_body_for_the_employer() -> None:
    person, body = uuid4(), uuid4()
    people = People(running=frozenset({person}), of_body=body)
    for role in ([], [Role.NEGOTIATOR]):
        for action in ("meeting.run", "minutes.write", "minutes.read"):
            assert may(Actor(person, frozenset(role)), action, people)
            assert may(Actor(person, frozenset(role), acting_in=uuid4()), action, people)
            assert not may(Actor(person, frozenset(role), acting_in=body), action, people)


def test_who_wrote_a_bodys_meeting_and_is_its_secretary_no_more_does_not_see_it(
    app: Flask, client: FlaskClient, db: Session
) -> None:
    cast = Meetings(app, db)
    meeting = cast.called(by=cast.secretary, own=True)
    body = db.get_one(UnionBody, cast.body.id)
    body.secretary_id = cast.kalle.id
    db.commit()
    sign_in(client, db, cast.secretary)
    assert client.get(f"/moten/{meeting.id}").status_code == 404
    assert TITLE not in client.get("/moten").text
    sign_in(client, db, cast.kalle)
    assert client.get(f"/moten/{meeting.id}/narvaro").status_code == 200


def test_the_series_of_a_meeting_with_unions_is_not_filled_in_where_a_promise_is_made(
    app: Flask, client: FlaskClient, db: Session
) -> None:
    cast = Meetings(app, db)
    made = MeetingSeries(title="MBL om nedläggningen", author_id=cast.negotiator.id)
    db.add(made)
    db.commit()
    for own, told in ((True, False), (False, True)):
        meeting = cast.called(by=cast.negotiator, own=own)
        meeting.series_id = made.id
        db.add(meeting)
        db.commit()
        sign_in(client, db, cast.negotiator if own else cast.other)
        page = client.get(f"/moten/{meeting.id}/atagande")
        assert page.status_code == 200
        assert (made.title in page.text) is told


def test_when_a_mandate_is_removed_nothing_of_it_is_left_in_meetings(
    app: Flask, db: Session
) -> None:
    cast = Meetings(app, db)
    coming = cast.called(by=cast.other, own=False)
    over = cast.called(by=cast.negotiator, own=True)
    unsent = cast.called(by=cast.negotiator, own=True)
    of_vera = col(MeetingInvitation.person_id) == cast.vera.id
    db.connection().execute(
        sa.update(MeetingInvitation)
        .where(of_vera, col(MeetingInvitation.meeting_id) == unsent.id)
        .values(told=-1)
    )
    over.state = MeetingState.CLOSED
    mandating.remove(db, mandate=db.get_one(Mandate, cast.vera_mandate.id))
    db.commit()
    db.expunge_all()

    def left() -> list[UUID]:
        unmandated.forget_due(makers.desk(db, cast.settings))
        found = list(db.scalars(sa.select(col(MeetingInvitation.meeting_id)).where(of_vera)))
        db.commit()
        return found

    assert left() == left() == [coming.id]  # until they have been told
    assert cast.vera.id not in cast.asked(coming)
    db.expunge_all()
    cast.work()
    assert "inte längre kallad" in str(cast.mail()[cast.vera.email]["Subject"])
    assert left() == left() == []
    assert all(cast.ture.id in cast.asked(meeting) for meeting in (coming, over, unsent))


def test_at_another_meeting_nobody_is_shown_who_came_for_a_union(
    app: Flask, client: FlaskClient, db: Session
) -> None:
    cast = Meetings(app, db)
    meeting = cast.called(by=cast.other, own=False)
    page = f"/moten/{meeting.id}"
    sign_in(client, db, cast.other)
    shown = client.get(page).text
    assert "Kallas: RS MBL." in shown
    assert "2 är kallade" in shown
    list_ = client.get(f"{page}/narvaro").text
    assert "2 till är kallade" in list_
    assert "Ingen är kallad ännu" not in list_
    for name in ("Vera Vald", "Ture Trogen", "Ljung", "Björk"):
        assert name not in shown + list_
    came = {"person": str(cast.vera.id), "kom": "ja"}
    assert client.post(f"{page}/narvaro", data=came).status_code == 404
    acting(client, cast)
    assert "Kommer du?" in client.get(page).text
    assert "Ture Trogen" not in client.get(page).text


def test_the_secret_calendar_and_the_file_of_one_meeting_say_nothing_of_it(
    app: Flask, client: FlaskClient, db: Session
) -> None:
    cast = Meetings(app, db)
    meetings = [
        cast.called(by=cast.negotiator, own=True), cast.called(by=cast.other, own=False),
    ]  # fmt: skip
    secret = feeds.make(db, person_id=cast.vera.id)
    db.commit()
    found = events(client.get(f"/moten/kalender/{secret}.ics").data)
    assert [(each["SUMMARY"], each["CLASS"]) for each in found] == [("Möte", "PRIVATE")] * 2
    acting(client, cast)
    for meeting in meetings:
        (event,) = events(client.get(f"/moten/{meeting.id}/kalender.ics").data)
        assert event["SUMMARY"] == "Möte"


def test_a_bodys_meeting_is_called_by_those_who_keep_it_and_is_never_everybodys(
    app: Flask, client: FlaskClient, db: Session
) -> None:
    cast = Meetings(app, db)
    sign_in(client, db, cast.other)
    assert "Möte med facket" not in client.get("/moten/nytt").text
    stolen = {"title": "Smyg", "series": "", "body": str(cast.body.id)}
    assert client.post("/moten/nytt", data=stolen).status_code == 422
    sign_in(client, db, cast.negotiator)
    asked = client.get(f"/moten/nytt?grupp={cast.body.id}").text
    assert f'<option selected value="{cast.body.id}">' in asked
    guests = {"guests": "y"}
    for wrong, sentence in (
        (guests, "kan inte ha gäster"), ({"asks_after": "y"}, "inga frågor i en enkät"),
    ):  # fmt: skip
        assert sentence in client.post("/moten/nytt", data=stolen | wrong).text
    answer = client.post("/moten/nytt", data=stolen | {"title": "RS MBL i maj"})
    page = answer.location
    assert "Möte med facket i RS MBL." in client.get(page).text
    assert re.search(r'<input[^>]*checked[^>]*name="bodies"', client.get(f"{page}/kallade").text)
    assert client.post(f"{page}/kallade", data={"none": "1"}).status_code == 422
    body = {"bodies": str(cast.body.id)}
    assert client.post(f"{page}/kallade", data=body).status_code == 302
    other = {"title": "Annat", "series": ""}
    assert client.post(f"{page}/plan", data=other | guests).status_code == 422
    assert client.post(f"{page}/plan", data=other).status_code == 302
    assert "Möte med facket i RS MBL." in client.get(page).text
    meeting = db.get_one(Meeting, UUID(page.rpartition("/")[2]))
    copied = planning.copy(db, meeting=meeting, by=cast.negotiator.id)
    assert copied.body_id == cast.body.id
    with app.test_request_context(), pytest.raises(RefusedError, match="Välj gruppen"):
        planning.choose_audience(db, meeting=copied, audience=Audience())


def test_who_has_lost_the_mandate_is_told_where_they_were_told_before(
    app: Flask, db: Session
) -> None:
    cast = Meetings(app, db)
    meeting = cast.called(by=cast.negotiator, own=True)
    mandate = db.get_one(Mandate, cast.vera_mandate.id)
    mandate.ends_on = days_ago(1)
    with app.test_request_context():
        telling.invite(db, meeting=meeting, by=cast.negotiator.id)
    cast.work()
    assert "inte längre kallad" in str(cast.mail()[CHOSEN]["Subject"])
    assert cast.vera.id not in cast.asked(meeting)
