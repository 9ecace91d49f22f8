"""Voting and supporting with a pass: one each, with nothing kept that tells whose it is."""

import hashlib
from base64 import b64encode
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session, select

from dialog.meetings import door, registering, steps
from dialog.meetings.live import moderating, questions, supporting
from dialog.meetings.live_models import (
    MeetingPass,
    MeetingPoll,
    MeetingQuestion,
    MeetingSupport,
    MeetingVote,
    PollKind,
    PollState,
)
from dialog.meetings.models import Answer, Meeting, MeetingInvitation
from dialog.meetings.polling import polls
from dialog.meetings.states import Action
from tests import makers
from tests.conftest import sign_in
from tests.meetings.cast import Cast
from tests.meetings.live.passes import Pass, pass_of


@pytest.fixture
def cast(app: Flask, db: Session) -> Cast:
    return Cast(app, db, people=12)


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    meeting = cast.invited()
    steps.take(cast.db, meeting=meeting, action=Action.BEGIN, by=cast.secretary.id)
    for person in cast.people:
        door.enter(cast.db, meeting=meeting, person_id=person.id)
    cast.db.commit()
    return meeting


@pytest.fixture
def poll(db: Session, meeting: Meeting) -> MeetingPoll:
    options = ["Ja", "Nej", "Vet inte"]
    made = polls.make(
        db, meeting=meeting, question="Går vi hem?", kind=PollKind.SINGLE, options=options
    )
    polls.open_(db, poll=made)
    db.commit()
    return made


def as_(cast: Cast, number: int) -> FlaskClient:
    client = sign_in(cast.app.test_client(), cast.db, cast.people[number])
    cast.db.commit()
    return client


def rows(db: Session, table: Any) -> list[Any]:
    found = list(db.exec(select(table).execution_options(populate_existing=True)))
    db.commit()
    return found


def test_each_has_one_vote_that_can_be_changed_until_the_poll_closes(
    app: Flask, db: Session, cast: Cast, meeting: Meeting, poll: MeetingPoll
) -> None:
    mine = pass_of(app, as_(cast, 0), meeting)
    address = f"rostningar/{poll.id}/rost"
    for choice in (0, 0, 1):
        assert mine.spend(address, choices=[choice]).status_code == 200
    (row,) = rows(db, MeetingVote)
    assert row.choices == [1]
    assert row.pass_hash == hashlib.sha256(mine.pass_ + poll.id.bytes).hexdigest()
    for wrong in ([], [0, 1], [3], [-1]):
        assert mine.spend(address, choices=wrong).status_code == 409
    assert mine.spend(address, choices="0").status_code == 400
    polls.close(db, poll=poll)
    db.commit()
    assert mine.spend(address, choices=[0]).status_code == 409
    assert polls.numbers(db, meeting=meeting) == {poll.id: 1}
    db.commit()


def test_polls_close_when_the_meeting_ends_and_none_is_opened_after_it(
    app: Flask, db: Session, cast: Cast, meeting: Meeting, poll: MeetingPoll
) -> None:
    ready = polls.make(db, meeting=meeting, question="Nu?", kind=PollKind.SCALE, options=[])
    db.commit()
    mine = pass_of(app, as_(cast, 0), meeting)
    assert mine.spend(f"rostningar/{poll.id}/rost", choices=[0]).status_code == 200
    lead = sign_in(app.test_client(), db, cast.secretary)
    db.commit()
    page, opening = f"/moten/{meeting.id}/rum/leda", f"rostningar/{ready.id}/oppna"
    assert opening in lead.get(page).text
    lead.post(f"/moten/{meeting.id}/avsluta")
    assert mine.spend(f"rostningar/{poll.id}/rost", choices=[1]).status_code == 409
    assert rows(db, MeetingVote) == []
    assert opening not in lead.get(page).text
    refused = lead.post(f"/moten/{meeting.id}/{opening}", follow_redirects=True)
    assert "kan öppnas när mötet är kallat eller pågår" in refused.text
    states = {row.id: row.state for row in rows(db, MeetingPoll)}
    assert states == {poll.id: PollState.CLOSED, ready.id: PollState.READY}


def test_an_open_poll_closes_when_the_meeting_is_postponed_or_called_off(
    app: Flask, db: Session, cast: Cast
) -> None:
    lead, voter = sign_in(app.test_client(), db, cast.secretary), as_(cast, 0)
    for slug in ("skjut-upp", "stall-in"):
        meeting = cast.invited()
        asked = polls.make(db, meeting=meeting, question="Nu?", kind=PollKind.SCALE, options=[])
        polls.open_(db, poll=asked)
        door.enter(db, meeting=meeting, person_id=cast.people[0].id)
        db.commit()
        mine = pass_of(app, voter, meeting)
        assert mine.spend(f"rostningar/{asked.id}/rost", choices=[0]).status_code == 200
        lead.post(f"/moten/{meeting.id}/{slug}", data={"reason": "Storm."})
        refused = mine.spend(f"rostningar/{asked.id}/rost", choices=[1])
        assert refused.get_json()["sentence"] == "Omröstningen är inte öppen."
        assert rows(db, MeetingVote) == []
        kept = next(row for row in rows(db, MeetingPoll) if row.id == asked.id)
        assert (kept.state, kept.voted) == (PollState.CLOSED, 1)
        assert "Omröstningen är stängd." in voter.get(f"/moten/{meeting.id}/rum").text


def test_who_leads_and_is_not_asked_to_come_sees_an_open_poll_without_a_way_to_vote(
    app: Flask, db: Session, cast: Cast, meeting: Meeting, poll: MeetingPoll
) -> None:
    lead, button = sign_in(app.test_client(), db, cast.secretary), "Skicka min röst"
    db.commit()
    shown = lead.get(f"/moten/{meeting.id}/rum").text
    stream = lead.get(f"/moten/{meeting.id}/handelser?vy=ledare").text
    for page in (shown, stream, lead.get(f"/moten/{meeting.id}/rum/skarm").text):
        assert poll.question in page
        assert "De som är kallade röstar i mötesrummet." in page
        assert button not in page
    assert 'data-view="ledare"' in shown
    assert button in as_(cast, 0).get(f"/moten/{meeting.id}/rum").text


def test_a_closed_poll_is_numbers_and_of_fewer_than_k_only_how_many(
    app: Flask, db: Session, cast: Cast, meeting: Meeting, poll: MeetingPoll
) -> None:
    few = polls.make(db, meeting=meeting, question="Nu?", kind=PollKind.SEVERAL, options=["A", "B"])
    said = polls.make(db, meeting=meeting, question="Hur?", kind=PollKind.WORDS, options=[])
    for each in (few, said):
        polls.open_(db, poll=each)
    db.commit()
    for number in range(polls.K):
        mine = pass_of(app, as_(cast, number), meeting)
        assert mine.spend(f"rostningar/{poll.id}/rost", choices=[number % 3]).status_code == 200
        words = ["bra", "sent"] if number % 2 else ["bra"]
        assert mine.spend(f"rostningar/{said.id}/rost", choices=words).status_code == 200
        if number < 3:
            mine.spend(f"rostningar/{few.id}/rost", choices=[0, 1])
    for each in (poll, few, said):
        polls.close(db, poll=each)
    db.commit()
    assert rows(db, MeetingVote) == []
    kept = {row.id: (row.voted, row.tally) for row in rows(db, MeetingPoll)}
    assert kept == {
        poll.id: (10, [4, 3, 3]),
        few.id: (3, []),
        said.id: (10, ["bra"] * 10 + ["sent"] * 5),
    }


def test_who_has_not_checked_in_gets_no_pass_and_gets_it_by_checking_in_from_afar(
    app: Flask, db: Session, cast: Cast, meeting: Meeting
) -> None:
    late = cast.people[0]
    registering.check_in(db, meeting=meeting, person_id=late.id, came=False)
    db.commit()
    client, address = as_(cast, 0), f"/moten/{meeting.id}/pass"
    refused = client.post(address, json={"blinded": b64encode(bytes(range(256))).decode()})
    assert refused.status_code == 409
    assert "Checka in först" in refused.get_json()["sentence"]
    assert "Jag är här, på distans" in client.get(f"/moten/{meeting.id}/rum").text
    assert client.post(f"/moten/{meeting.id}/har").status_code == 302
    assert "Jag är här, på distans" not in client.get(f"/moten/{meeting.id}/rum").text
    pass_of(app, client, meeting)
    row = db.get_one(MeetingInvitation, (meeting.id, late.id), populate_existing=True)
    assert row.answer is Answer.REMOTE
    leads = sign_in(app.test_client(), db, cast.secretary)
    db.commit()
    assert leads.post(address, json={"blinded": "AAAA"}).status_code == 409  # was not asked to come


def test_nobody_gets_a_second_pass_and_a_forged_one_is_none(
    app: Flask, db: Session, cast: Cast, meeting: Meeting, poll: MeetingPoll
) -> None:
    client = as_(cast, 0)
    mine = pass_of(app, client, meeting)
    other = b64encode(bytes(range(256))).decode()
    assert client.post(f"/moten/{meeting.id}/pass", json={"blinded": other}).status_code == 409
    forged = Pass(app, meeting.id, bytes(64), mine.signature)
    short = Pass(app, meeting.id, mine.pass_[:-1], mine.signature)
    for each in (forged, short, Pass(app, meeting.id, mine.pass_, b"")):
        assert each.spend(f"rostningar/{poll.id}/rost", choices=[0]).status_code == 409
    assert rows(db, MeetingVote) == []
    stranger = sign_in(app.test_client(), db, makers.person(db, "Nils Nyfiken"))
    db.commit()
    assert stranger.post(f"/moten/{meeting.id}/pass", json={}).status_code == 404


def test_a_result_is_hidden_until_closed_and_of_fewer_than_k_for_good(
    app: Flask, db: Session, cast: Cast, meeting: Meeting, poll: MeetingPoll
) -> None:
    second = polls.make(
        db, meeting=meeting, question="Hur gick det?", kind=PollKind.SCALE, options=[]
    )
    polls.open_(db, poll=second)
    db.commit()
    for number in range(polls.K):
        mine = pass_of(app, as_(cast, number), meeting)
        assert mine.spend(f"rostningar/{poll.id}/rost", choices=[number % 2]).status_code == 200
        if number:
            mine.spend(f"rostningar/{second.id}/rost", choices=[4])
    reader, page = as_(cast, 11), f"/moten/{meeting.id}/rum"
    assert "poll-result" not in reader.get(page).text
    for each in (poll, second):
        polls.close(db, poll=each)
    db.commit()
    shown = reader.get(page).text
    assert shown.count("poll-result") == 1
    assert "10 har röstat" in shown
    assert "50 %" in shown
    assert "Färre än 10 röstade" in shown


def test_only_those_who_lead_are_told_how_many_have_voted_while_a_poll_is_open(
    app: Flask, db: Session, cast: Cast, meeting: Meeting, poll: MeetingPoll
) -> None:
    before = rows(db, Meeting)[0].events
    pass_of(app, as_(cast, 0), meeting).spend(f"rostningar/{poll.id}/rost", choices=[0])
    lead = sign_in(app.test_client(), db, cast.secretary)
    db.commit()
    address = f"/moten/{meeting.id}/rum/leda/nu"
    assert lead.get(address).get_json() == {str(poll.id): "1 har röstat."}
    assert as_(cast, 1).get(address).status_code == 404
    assert rows(db, Meeting)[0].events == before


def test_a_question_is_supported_once_by_each_and_the_most_supported_comes_first(
    app: Flask, db: Session, cast: Cast, meeting: Meeting
) -> None:
    put = []
    for text in ("Första frågan", "Andra frågan"):
        row = questions.put(db, meeting=meeting, once=text, text=text)
        moderating.show(db, question=row, by=cast.secretary.id)
        put.append(row)
    db.commit()
    last = max(put, key=lambda row: row.id)
    for number in (0, 1):
        mine = pass_of(app, as_(cast, number), meeting)
        for _again in range(2):
            assert mine.spend(f"fragor/{last.id}/stod").status_code == 200
    assert supporting.counts(db, meeting=meeting) == {last.id: 2}
    page = as_(cast, 2).get(f"/moten/{meeting.id}/rum").text
    other = next(row for row in put if row is not last)
    assert page.index(last.text) < page.index(other.text)
    assert "2 stöder frågan" in page


def test_what_is_kept_of_a_vote_cannot_be_joined_with_a_person_or_another_thing(
    app: Flask, db: Session, cast: Cast, meeting: Meeting, poll: MeetingPoll
) -> None:
    row = questions.put(db, meeting=meeting, once="x", text="Varför?")
    moderating.show(db, question=row, by=cast.secretary.id)
    db.commit()
    mine = pass_of(app, as_(cast, 0), meeting)
    mine.spend(f"rostningar/{poll.id}/rost", choices=[0])
    mine.spend(f"fragor/{row.id}/stod")
    (vote,), (support,) = rows(db, MeetingVote), rows(db, MeetingSupport)
    (issued,) = rows(db, MeetingPass)
    assert set(vote.model_dump()) == {"poll_id", "pass_hash", "choices"}
    assert set(support.model_dump()) == {"question_id", "pass_hash"}
    assert len({vote.pass_hash, support.pass_hash, issued.blinded_hash}) == 3
    assert rows(db, MeetingQuestion)[0].asker_id is None
