"""Questions to a meeting: put with and without a name, moderated by several, answered, not lost."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session, select

from dialog.meetings import steps
from dialog.meetings.live_models import MeetingQuestion, QuestionState
from dialog.meetings.models import Meeting, MeetingPost, Post
from dialog.meetings.states import Action
from dialog.people.models import Person, SignIn
from dialog.storage import mailing
from dialog.storage.clock import now
from tests import makers
from tests.conftest import sign_in
from tests.meetings.cast import Cast


@pytest.fixture
def cast(app: Flask, db: Session) -> Cast:
    return Cast(app, db)


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    return cast.invited()


def as_(app: Flask, db: Session, person: Person) -> FlaskClient:
    return sign_in(app.test_client(), db, person)


def ask(client: FlaskClient, meeting: Meeting, text: str, name: str = "utan", **more: str) -> Any:
    data = {"text": text, "name": name, "item": "", "once": text, **more}
    return client.post(f"/moten/{meeting.id}/fragor/ny", data=data)


def rows(db: Session) -> list[MeetingQuestion]:
    query = select(MeetingQuestion).execution_options(populate_existing=True)
    found = list(db.exec(query))
    db.commit()
    return found


def code_in(page: Any) -> str:
    found = re.search(r"\d{4} \d{4} \d{4} \d{4}", page.text)
    assert found
    return found[0]


def moderate(client: FlaskClient, row: MeetingQuestion, what: str) -> Any:
    address = f"/moten/{row.meeting_id}/fragor/{row.id}/{what}"
    return client.post(address, follow_redirects=True)


def test_a_question_without_a_name_is_answered_to_whoever_has_its_code(
    app: Flask, db: Session, cast: Cast, meeting: Meeting
) -> None:
    asker, lead = as_(app, db, cast.people[0]), as_(app, db, cast.secretary)
    code = code_in(ask(asker, meeting, "Varför är det så varmt?"))
    (row,) = rows(db)
    assert row.asker_id is None
    assert code.replace(" ", "")[6:] not in row.receipt_hash
    assert row.receipt_hash.startswith("$argon2id$")
    room = f"/moten/{meeting.id}/rum"
    assert "varmt" not in asker.get(room).text
    moderate(lead, row, "visa")
    assert "varmt" in as_(app, db, cast.people[1]).get(room).text
    reply = {"do": "reply", "answer": "Fläkten är trasig."}
    assert lead.post(f"/moten/{meeting.id}/fragor/{row.id}", data=reply).status_code == 302
    found = asker.post(f"/moten/{meeting.id}/fragor/kvitto", data={"code": code.replace(" ", "-")})
    assert "Fläkten är trasig." in found.text
    wrong = asker.post(f"/moten/{meeting.id}/fragor/kvitto", data={"code": code[:-1] + "x"})
    assert wrong.status_code == 422


def test_a_code_with_one_wrong_digit_shows_nothing(
    app: Flask, db: Session, cast: Cast, meeting: Meeting
) -> None:
    asker = as_(app, db, cast.people[0])
    code = code_in(ask(asker, meeting, "Hemlig fråga?"))
    wrong = code[:-1] + str((int(code[-1]) + 1) % 10)
    page = asker.post(f"/moten/{meeting.id}/fragor/kvitto", data={"code": wrong})
    assert page.status_code == 422
    assert "Hemlig" not in page.text


def test_who_asks_by_name_gets_the_answer_by_mail_also_of_a_question_it_was_merged_into(
    app: Flask, db: Session, cast: Cast, meeting: Meeting
) -> None:
    lead = as_(app, db, cast.secretary)
    for number in (0, 1):
        asker = as_(app, db, cast.people[number])
        assert ask(asker, meeting, f"Fråga {number}", name="med").status_code == 302
    by_text = {row.text: row for row in rows(db)}
    first, second = by_text["Fråga 0"], by_text["Fråga 1"]
    page = f"/moten/{meeting.id}/fragor"
    lead.post(f"{page}/{second.id}", data={"do": "merge", "into": str(first.id)})
    lead.post(f"{page}/{first.id}", data={"do": "reply", "answer": "Ja, i maj."})
    cast.work()
    for number in (0, 1):
        letter = cast.mail_to(cast.people[number])[-1].get_content()
        assert "Ja, i maj." in letter
        assert f"Fråga {number}" in letter
    assert not any("maj" in str(each) for each in cast.mail_to(cast.people[2]))


def test_that_the_address_of_who_asked_takes_no_answer_is_noted(
    app: Flask, db: Session, cast: Cast, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object) -> None:
        raise mailing.UndeliverableError("550")

    person = cast.people[0]
    ask(as_(app, db, person), meeting, "Fråga", name="med")
    page = f"/moten/{meeting.id}/fragor/{rows(db)[0].id}"
    as_(app, db, cast.secretary).post(page, data={"do": "reply", "answer": "Ja, i maj."})
    monkeypatch.setattr(mailing.FolderMailer, "send", refuse)
    cast.work()
    db.refresh(person)
    assert person.mail_problem == "550"


def test_what_was_merged_into_a_question_goes_along_when_that_is_merged_into_another(
    app: Flask, db: Session, cast: Cast, meeting: Meeting
) -> None:
    lead = as_(app, db, cast.secretary)
    for number in range(3):
        ask(as_(app, db, cast.people[number]), meeting, f"Fråga {number}", name="med")
    first, second, third = sorted(rows(db), key=lambda row: row.text)
    page = f"/moten/{meeting.id}/fragor"
    for question, into in ((third, second), (second, first)):
        lead.post(f"{page}/{question.id}", data={"do": "merge", "into": str(into.id)})
    assert {row.into_id for row in rows(db)} == {None, first.id}
    lead.post(f"{page}/{first.id}", data={"do": "reply", "answer": "Ja, i maj."})
    cast.work()
    assert "Ja, i maj." in cast.mail_to(cast.people[2])[-1].get_content()


def test_one_moderator_has_a_question_and_the_other_is_told_who(
    app: Flask, db: Session, cast: Cast, meeting: Meeting
) -> None:
    other = makers.person(db, "Frans Facilitator")
    db.add(MeetingPost(meeting_id=meeting.id, person_id=other.id, post=Post.FACILITATOR))
    db.commit()
    ask(as_(app, db, cast.people[0]), meeting, "Vems är frågan?")
    one, two = as_(app, db, cast.secretary), as_(app, db, other)
    (row,) = rows(db)
    moderate(one, row, "ta-hand-om")
    assert "Sara Sekreterare har hand om" in two.get(f"/moten/{meeting.id}/rum/leda").text
    assert "Sara Sekreterare har hand om frågan" in moderate(two, row, "visa").text
    assert rows(db)[0].state is QuestionState.WAITING
    with time_machine.travel(now() + timedelta(minutes=11)):
        moderate(two, row, "visa")
    assert rows(db)[0].state is QuestionState.SHOWN


def test_masked_words_are_gone_for_all_but_those_who_run_the_meeting(
    app: Flask, db: Session, cast: Cast, meeting: Meeting
) -> None:
    asker, lead = as_(app, db, cast.people[0]), as_(app, db, cast.secretary)
    ask(asker, meeting, "Varför gjorde Kalle så?")
    (row,) = rows(db)
    address = f"/moten/{meeting.id}/fragor/{row.id}"
    lead.post(address, data={"do": "mask", "text": "Varför gjorde […] så?"})
    for page in ("rum", "rum/skarm", "handelser?vy=rum"):
        shown = asker.get(f"/moten/{meeting.id}/{page}").text
        assert "Kalle" not in shown
        assert "[…]" in shown
    assert "Kalle" in lead.get(address).text
    assert asker.get(address).status_code == 404
    assert asker.post(f"{address}/visa").status_code == 404


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("x" * 10_000, "Frågan är 10000 tecken. Den får vara högst 2000"),
        ("Jag heter 19121212-1212", "Det står ett personnummer i texten"),
        ("  ", "Skriv din fråga"),
    ],
)
def test_what_cannot_be_taken_is_a_sentence_and_the_text_is_kept(
    cast: Cast, meeting: Meeting, text: str, sentence: str
) -> None:
    db = cast.db
    page = ask(as_(cast.app, db, cast.people[0]), meeting, text)
    assert page.status_code == 422
    assert sentence in page.text
    assert text in page.text
    assert rows(db) == []


def test_a_question_sent_twice_is_one_and_the_newer_receipt_holds(
    app: Flask, db: Session, cast: Cast, meeting: Meeting
) -> None:
    asker = as_(app, db, cast.people[0])
    first, second = (code_in(ask(asker, meeting, "Igen?")) for _time in range(2))
    assert len(rows(db)) == 1
    address = f"/moten/{meeting.id}/fragor/kvitto"
    assert asker.post(address, data={"code": first}).status_code == 422
    assert "Igen?" in asker.post(address, data={"code": second}).text


def test_questions_are_taken_until_seven_days_after_the_meeting(
    app: Flask, db: Session, cast: Cast, meeting: Meeting
) -> None:
    for action in (Action.BEGIN, Action.END):
        steps.take(db, meeting=meeting, action=action, by=cast.secretary.id)
    db.commit()
    for days, number in ((6.9, 1), (7.1, 1)):
        with time_machine.travel(now() + timedelta(days=days)):
            asker = as_(app, db, cast.people[0])
            ask(asker, meeting, f"Efter {days} dagar", name="med")
            assert len(rows(db)) == number


def test_who_is_not_invited_finds_no_room(app: Flask, db: Session, meeting: Meeting) -> None:
    stranger = as_(app, db, makers.person(db, "Nils Nyfiken"))
    for page in ("rum", "rum/skarm", "rum/leda", "handelser", "fragor/ny", "fragor/kvitto"):
        assert stranger.get(f"/moten/{meeting.id}/{page}").status_code == 404


def test_a_nameless_question_leaves_no_person_and_no_time_in_its_row(
    app: Flask, db: Session, cast: Cast, meeting: Meeting
) -> None:
    ask(as_(app, db, cast.people[0]), meeting, "Vem är jag?")
    (row,) = rows(db)
    held = {name: value for name, value in row.model_dump().items() if value not in (None, "")}
    assert row.supported == 0
    assert set(held) == {
        "id", "meeting_id", "slip", "state", "original", "text", "answered",
        "receipt_hash", "receipt_number", "supported",
    }  # fmt: skip


def test_putting_a_question_notes_nowhere_that_somebody_was_there(
    app: Flask, db: Session, cast: Cast, meeting: Meeting, capsys: pytest.CaptureFixture[str]
) -> None:
    client = as_(app, db, cast.people[0])
    db.commit()

    def seen() -> object:
        found = db.exec(select(SignIn.seen_at)).one()
        db.commit()
        return found

    started = seen()
    with time_machine.travel(now() + timedelta(minutes=6)):
        capsys.readouterr()
        client.get(f"/moten/{meeting.id}/fragor/ny")
        code = code_in(ask(client, meeting, "När?"))
        client.post(f"/moten/{meeting.id}/fragor/kvitto", data={"code": code})
        assert seen() == started
        assert "fragor" not in capsys.readouterr().err
        client.get(f"/moten/{meeting.id}/rum")
        assert seen() != started
