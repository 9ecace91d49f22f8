"""Guests: joined by a code without signing in, who see what all may, ask, and vote with a slip."""

import re
from collections.abc import Sequence
from datetime import timedelta
from io import BytesIO
from typing import Any

import pikepdf
import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session, select

from dialog.meetings import steps
from dialog.meetings.floor import speaking
from dialog.meetings.live import codes, guests, slips
from dialog.meetings.live_models import MeetingQuestion, MeetingSlip, MeetingVote, PollKind
from dialog.meetings.models import Meeting
from dialog.meetings.polling import polls
from dialog.meetings.states import Action
from dialog.storage.clock import now
from dialog.web import slips as paper
from dialog.web.slips import Slip, SlipWords
from dialog.web.slips import pdf as typeset
from tests.conftest import sign_in
from tests.meetings.cast import Cast
from tests.meetings.live.passes import pass_of
from tests.meetings.live.test_questions import ask, code_in, moderate


@pytest.fixture
def cast(app: Flask, db: Session) -> Cast:
    return Cast(app, db)


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    return cast.invited(guests=True, video_link="https://video.example.org/hemlig")


def code_of(cast: Cast, meeting: Meeting) -> str:
    return codes.shown(guests.code(cast.settings.keys, meeting_id=meeting.id))


def guest(cast: Cast, meeting: Meeting) -> FlaskClient:
    """A browser that has joined."""
    client = cast.app.test_client()
    joined = client.post(f"/m/{code_of(cast, meeting)}")
    assert joined.location == f"/moten/{meeting.id}/rum"
    return client


def lead(cast: Cast) -> FlaskClient:
    client = sign_in(cast.app.test_client(), cast.db, cast.secretary)
    cast.db.commit()
    return client


def rows(db: Session, table: Any) -> list[Any]:
    found = list(db.exec(select(table).execution_options(populate_existing=True)))
    db.commit()
    return found


def test_a_code_that_is_typed_in_any_way_leads_to_the_room(cast: Cast, meeting: Meeting) -> None:
    code = code_of(cast, meeting)
    assert re.fullmatch(r"[BCDFGHJKLMNPRSTVXZ]{4}-[BCDFGHJKLMNPRSTVXZ]{4}", code)
    client = cast.app.test_client()
    for typed in (code, code.lower(), code.replace("-", " "), f" {code.replace('-', '')} "):
        found = client.post("/m", data={"code": typed})
        assert found.location == f"/m/{code}"
    for wrong in ("", "BCDF", "ABCD-EFGH", "BBBB-BBBB"):
        assert client.post("/m", data={"code": wrong}).status_code == 422
    assert client.get(f"/moten/{meeting.id}/rum").status_code == 302  # not joined: sign in
    assert meeting.title in client.get(f"/m/{code}").text
    assert client.get("/m/BBBB-BBBB").status_code == 404
    assert "Ställ en fråga" in guest(cast, meeting).get(f"/moten/{meeting.id}/rum").text


def test_what_a_guests_browser_holds_is_the_same_for_all_and_goes_to_that_meeting_alone(
    cast: Cast, meeting: Meeting
) -> None:
    told = [
        cast.app.test_client().post(f"/m/{code_of(cast, meeting)}").headers.getlist("Set-Cookie")
        for _guest in range(2)
    ]
    (cookie,), (again,) = told
    assert cookie.split(";")[0] == again.split(";")[0]
    assert f"Path=/moten/{meeting.id};" in f"{cookie};"
    assert "HttpOnly" in cookie
    other = cast.invited(guests=True, title="Ett annat")
    client = cast.app.test_client()
    client.set_cookie("gast", cookie.split(";")[0].split("=")[1], path=f"/moten/{other.id}")
    assert client.get(f"/moten/{other.id}/rum").status_code == 302
    client.set_cookie("gast", "å" * 64, path=f"/moten/{other.id}")
    assert client.get(f"/moten/{other.id}/rum").status_code == 302


def test_a_meeting_takes_no_guests_unless_it_is_planned_so(cast: Cast) -> None:
    closed = cast.invited()
    code = code_of(cast, closed)
    client = cast.app.test_client()
    assert client.get(f"/m/{code}").status_code == 404
    token = guests.token(cast.settings.keys, meeting=closed)
    client.set_cookie("gast", token, path=f"/moten/{closed.id}")
    assert client.get(f"/moten/{closed.id}/rum").status_code == 302
    page = lead(cast)
    assert "inte planerat för gäster" in page.get(f"/moten/{closed.id}/gaster").text
    assert page.get(f"/moten/{closed.id}/gaster/anslag").status_code == 404
    made = page.post(f"/moten/{closed.id}/gaster/lappar", data={"count": "3"})
    assert made.status_code == 422
    assert rows(cast.db, MeetingSlip) == []


def test_a_guest_sees_neither_documents_nor_who_is_on_the_speakers_list(
    cast: Cast, meeting: Meeting
) -> None:
    db = cast.db
    steps.take(db, meeting=meeting, action=Action.BEGIN, by=cast.secretary.id)
    speaking.settle(db, meeting=meeting, rules=speaking.Rules(open=True))
    who = cast.people[0]
    speaking.ask(db, meeting=meeting, person_id=who.id)
    db.commit()
    member = sign_in(cast.app.test_client(), db, who)
    db.commit()
    assert who.name in member.get(f"/moten/{meeting.id}/rum").text
    client = guest(cast, meeting)
    for page in ("rum", "handelser"):
        shown = client.get(f"/moten/{meeting.id}/{page}").text
        assert who.name not in shown
        assert "Talarlista" not in shown


def test_a_guest_sees_no_name_no_page_of_the_meeting_and_nothing_of_those_who_lead(
    cast: Cast, meeting: Meeting
) -> None:
    asker = sign_in(cast.app.test_client(), cast.db, cast.people[0])
    cast.db.commit()
    ask(asker, meeting, "Vem bestämmer?", name="med")
    (row,) = rows(cast.db, MeetingQuestion)
    moderate(lead(cast), row, "visa")
    assert cast.people[0].name in asker.get(f"/moten/{meeting.id}/rum").text
    client = guest(cast, meeting)
    for page in ("rum", "handelser?vy=rum", "handelser?vy=skarm", "fragor/ny"):
        shown = client.get(f"/moten/{meeting.id}/{page}")
        assert shown.status_code == 200
        for hidden in (*(each.name for each in cast.people), cast.secretary.name, "hemlig"):
            assert hidden not in shown.text, page
    assert "Vem bestämmer?" in client.get(f"/moten/{meeting.id}/handelser?vy=skarm").text
    for page in ("", "/rum/leda", "/rum/skarm", "/dagordning", "/narvaro", "/gaster", "/plan"):
        assert client.get(f"/moten/{meeting.id}{page}").status_code == 302  # to sign in
    assert client.post(f"/moten/{meeting.id}/har").status_code == 401
    assert client.post(f"/moten/{meeting.id}/gaster/stang").status_code == 401


def test_a_guests_question_has_no_name_even_if_the_form_says_so_and_a_receipt_gives_the_answer(
    cast: Cast, meeting: Meeting
) -> None:
    client = guest(cast, meeting)
    code = code_in(ask(client, meeting, "Varför så tyst?", name="med"))
    (row,) = rows(cast.db, MeetingQuestion)
    assert row.asker_id is None
    assert not row.slip
    page = lead(cast)
    moderate(page, row, "visa")
    reply = {"do": "reply", "answer": "Ljudet är lagat."}
    page.post(f"/moten/{meeting.id}/fragor/{row.id}", data=reply)
    for action in (Action.BEGIN, Action.END):
        steps.take(cast.db, meeting=meeting, action=action, by=cast.secretary.id)
    cast.db.commit()
    later = now() + timedelta(days=8)
    with time_machine.travel(later):  # the room is closed, and the answer can still be read
        assert client.get(f"/moten/{meeting.id}/rum").status_code == 302
        assert ask(client, meeting, "Sent").status_code == 401
        found = client.post(f"/moten/{meeting.id}/fragor/kvitto", data={"code": code})
        assert "Ljudet är lagat." in found.text
        anew = cast.app.test_client().post(f"/m/{code_of(cast, meeting)}")
        assert anew.location == f"/moten/{meeting.id}/fragor/kvitto"
    assert len(rows(cast.db, MeetingQuestion)) == 1


def test_whoever_leads_lets_no_more_in_and_those_inside_stay(cast: Cast, meeting: Meeting) -> None:
    inside, page = guest(cast, meeting), lead(cast)
    code = code_of(cast, meeting)
    assert code in page.get(f"/moten/{meeting.id}/rum/skarm").text
    assert code in page.get(f"/moten/{meeting.id}/gaster/anslag").text
    page.post(f"/moten/{meeting.id}/gaster/stang")
    assert cast.app.test_client().post(f"/m/{code}").status_code == 404
    assert code not in page.get(f"/moten/{meeting.id}/rum/skarm").text
    assert inside.get(f"/moten/{meeting.id}/rum").status_code == 200
    page.post(f"/moten/{meeting.id}/gaster/slapp-in")
    assert guest(cast, meeting).get(f"/moten/{meeting.id}/rum").status_code == 200


def test_wrong_codes_are_counted_by_how_they_begin(
    cast: Cast, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dialog.meetings.live.joining_views.WRONG_CODES", "2 per 15 minutes")
    client, code = cast.app.test_client(), code_of(cast, meeting)
    wrong = code[:-4] + ("BBBB" if code[-4:] != "BBBB" else "CCCC")
    tried = [client.post("/m", data={"code": wrong}).status_code for _time in range(3)]
    assert tried == [422, 422, 429]
    assert client.get(f"/m/{code}").status_code == 429
    other = "BBBB" if code[:4] != "BBBB" else "CCCC"
    assert client.post("/m", data={"code": f"{other}-BBBB"}).status_code == 422


def test_right_codes_are_not_counted_as_wrong_while_nobody_is_let_in(
    cast: Cast, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dialog.meetings.live.joining_views.WRONG_CODES", "2 per 15 minutes")
    client, code, page = cast.app.test_client(), code_of(cast, meeting), lead(cast)
    page.post(f"/moten/{meeting.id}/gaster/stang")
    tried = [client.post("/m", data={"code": code}).status_code for _time in range(4)]
    assert tried == [422] * 4
    page.post(f"/moten/{meeting.id}/gaster/slapp-in")
    assert client.post("/m", data={"code": code}).status_code == 303


def slip_codes(cast: Cast, meeting: Meeting, count: int) -> list[str]:
    made = slips.make(cast.db, cast.settings.keys, meeting=meeting, count=count)
    cast.db.commit()
    return made


def test_a_slip_gives_one_pass_and_without_one_a_guest_has_none(
    cast: Cast, meeting: Meeting
) -> None:
    db, app = cast.db, cast.app
    steps.take(db, meeting=meeting, action=Action.BEGIN, by=cast.secretary.id)
    poll = polls.make(db, meeting=meeting, question="Nu?", kind=PollKind.SCALE, options=[])
    polls.open_(db, poll=poll)
    first, second = slip_codes(cast, meeting, 2)
    client, address = guest(cast, meeting), f"/moten/{meeting.id}/pass"
    for wrong in ("", "BBBB-BBBB-BBBB", "x"):
        body = {"blinded": "AAAA", "slip": wrong}
        assert client.post(address, json=body).status_code == 409
    mine = pass_of(app, client, meeting, slip=codes.shown(first).lower())
    assert mine.spend(f"rostningar/{poll.id}/rost", choices=[4]).status_code == 200
    again = guest(cast, meeting).post(address, json={"blinded": "AAAA", "slip": first})
    assert "redan använd" in again.get_json()["sentence"]
    theirs = pass_of(app, guest(cast, meeting), meeting, slip=second)
    assert theirs.spend(f"rostningar/{poll.id}/rost", choices=[0]).status_code == 200
    assert len(rows(db, MeetingVote)) == 2


def test_slips_are_kept_as_hashes_and_those_that_nobody_used_can_be_withdrawn(
    cast: Cast, meeting: Meeting
) -> None:
    first, second = slip_codes(cast, meeting, 2)
    kept = rows(cast.db, MeetingSlip)
    assert not any(code in str(row.model_dump()) for row in kept for code in (first, second))
    pass_of(cast.app, guest(cast, meeting), meeting, slip=first)
    lead(cast).post(f"/moten/{meeting.id}/gaster/dra-tillbaka")
    assert len(rows(cast.db, MeetingSlip)) == 1
    body = {"blinded": "AAAA", "slip": second}
    refused = guest(cast, meeting).post(f"/moten/{meeting.id}/pass", json=body)
    assert refused.status_code == 409


def test_the_file_of_slips_is_tagged_and_each_code_in_it_is_good(
    cast: Cast, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed: list[Slip] = []

    def pdf(sheet: Sequence[Slip], words: Sequence[SlipWords]) -> bytes:
        printed.extend(sheet)
        return typeset(sheet, words)

    monkeypatch.setattr(paper, "pdf", pdf)
    client = lead(cast)
    for wrong in ("0", "501", "x", ""):
        made = client.post(f"/moten/{meeting.id}/gaster/lappar", data={"count": wrong})
        assert made.status_code == 422
    made = client.post(f"/moten/{meeting.id}/gaster/lappar", data={"count": "12"})
    assert made.mimetype == "application/pdf"
    assert made.headers["Cache-Control"] == "no-store"
    with pikepdf.open(BytesIO(made.data)) as read:
        assert bool(read.Root.MarkInfo.Marked)
    assert len(rows(cast.db, MeetingSlip)) == len({each.code for each in printed}) == 12
    for each in printed:
        assert each.link.endswith(f"/m/{code_of(cast, meeting)}#{each.code}")
        kept = slips.of(cast.db, cast.settings.keys, meeting=meeting, given=each.code)
        assert kept.blinded_hash == ""
    cast.db.commit()
