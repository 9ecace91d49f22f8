"""Questions under headings, and words that are read before all see them."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session, select

from dialog.meetings import door, steps
from dialog.meetings.live import moderating, questions, recording
from dialog.meetings.live_models import MeetingPoll, MeetingQuestion, MeetingVote, PollKind
from dialog.meetings.models import Meeting
from dialog.meetings.polling import polls
from dialog.meetings.states import Action
from tests.conftest import sign_in
from tests.meetings.cast import Cast
from tests.meetings.live.passes import pass_of


@pytest.fixture
def cast(app: Flask, db: Session) -> Cast:
    return Cast(app, db)


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    meeting = cast.invited()
    steps.take(cast.db, meeting=meeting, action=Action.BEGIN, by=cast.secretary.id)
    door.enter(cast.db, meeting=meeting, person_id=cast.people[0].id)
    cast.db.commit()
    return meeting


@pytest.fixture
def poll(db: Session, meeting: Meeting) -> MeetingPoll:
    made = polls.make(db, meeting=meeting, question="Hur är det?", kind=PollKind.WORDS, options=[])
    polls.open_(db, poll=made)
    db.commit()
    return made


def as_(cast: Cast, number: int | None = None) -> FlaskClient:
    person = cast.secretary if number is None else cast.people[number]
    client = sign_in(cast.app.test_client(), cast.db, person)
    cast.db.commit()
    return client


def write(db: Session, poll: MeetingPoll, *, people: int, words: list[str]) -> None:
    db.add_all(
        MeetingVote(poll_id=poll.id, pass_hash=f"{number:064}", choices=list(words))
        for number in range(people)
    )
    db.commit()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ([], "Skriv minst ett ord."),
        ([" ", "!"], "Skriv minst ett ord."),
        (["a", "b", "c", "d"], "Skriv högst tre ord."),
        (["x" * 31], "Ett ord får vara högst 30 tecken. Korta det."),
        (["19121212-1212"], "Det står ett personnummer"),
        (["19121212", "1212"], "Det står ett personnummer"),
    ],
)
def test_words_that_cannot_be_taken_are_a_sentence(
    cast: Cast, meeting: Meeting, poll: MeetingPoll, words: list[str], sentence: str
) -> None:
    mine = pass_of(cast.app, as_(cast, 0), meeting)
    answer = mine.spend(f"rostningar/{poll.id}/rost", choices=words)
    assert answer.status_code == 409
    assert sentence in answer.get_json()["sentence"]


def test_the_same_word_written_twice_is_kept_once(
    app: Flask, db: Session, cast: Cast, meeting: Meeting, poll: MeetingPoll
) -> None:
    mine = pass_of(app, as_(cast, 0), meeting)
    words = ["  Trött ", "TRÖTT!", "glad", ""]
    assert mine.spend(f"rostningar/{poll.id}/rost", choices=words).status_code == 200
    (vote,) = db.exec(select(MeetingVote)).all()
    db.commit()
    assert [word.casefold() for word in map(str, vote.choices)] == ["trött", "glad"]


def test_words_are_seen_only_when_whoever_leads_has_read_them_and_never_those_hidden(
    db: Session, cast: Cast, meeting: Meeting, poll: MeetingPoll
) -> None:
    write(db, poll, people=polls.K, words=["Glad", "Kalle"])
    lead, reader = as_(cast), as_(cast, 0)
    room, address = f"/moten/{meeting.id}/rum", f"/moten/{meeting.id}/rostningar/{poll.id}"
    assert lead.get(f"{address}/ord").status_code == 404  # while it is open
    lead.post(f"{address}/stang")
    for page in ("", "/skarm"):
        assert "Orden visas när den som leder" in reader.get(room + page).text
        assert "Kalle" not in reader.get(room + page).text
    assert "Kalle (10)" in lead.get(f"{address}/ord").text
    assert reader.get(f"{address}/ord").status_code == 404
    assert lead.post(f"{address}/ord", data={"hidden": ["kalle"]}).status_code == 302
    for page in ("", "/skarm"):
        shown = reader.get(room + page).text
        assert "Kalle" not in shown
        assert "1 ord är dolt" in shown
        assert '<span class="word-3">Glad</span>' in shown
    assert "- Glad: 10\n\n1 ord är dolt" in told(db, meeting)
    lead.post(f"{address}/ord", data={"hidden": ["kalle", "glad"]})  # more can be hidden later
    assert "Glad" not in reader.get(room).text


def told(db: Session, meeting: Meeting) -> str:
    db.expire_all()
    with_words = recording.lines(db, meeting=meeting)[-1].text
    db.commit()
    return with_words


def test_of_fewer_than_k_nobody_sees_a_word(
    db: Session, cast: Cast, meeting: Meeting, poll: MeetingPoll
) -> None:
    write(db, poll, people=polls.K - 1, words=["Ensam"])
    lead = as_(cast)
    address = f"/moten/{meeting.id}/rostningar/{poll.id}"
    lead.post(f"{address}/stang")
    assert lead.get(f"{address}/ord").status_code == 404
    assert lead.post(f"{address}/ord", data={}).status_code == 404
    for page in ("rum", "rum/skarm", "rum/leda"):
        shown = lead.get(f"/moten/{meeting.id}/{page}").text
        assert "Ensam" not in shown
    assert "Färre än 10 röstade" in lead.get(f"/moten/{meeting.id}/rum").text
    assert "Ensam" not in told(db, meeting)


def ask(db: Session, cast: Cast, meeting: Meeting, *texts: str) -> list[MeetingQuestion]:
    made = []
    for text in texts:
        row = questions.put(db, meeting=meeting, once=text, text=text)
        moderating.show(db, question=row, by=cast.secretary.id)
        made.append(row)
    db.commit()
    return made


def post(client: FlaskClient, meeting: Meeting, **data: Any) -> Any:
    return client.post(f"/moten/{meeting.id}/fragor/rubriker", data=data)


def test_questions_stand_under_their_headings_for_all_and_in_the_minutes(
    db: Session, cast: Cast, meeting: Meeting
) -> None:
    late, rota, pay = ask(db, cast, meeting, "Varför så sent?", "Vem gör schemat?", "Och lönen?")
    lead = as_(cast)
    first = post(lead, meeting, questions=[str(rota.id)], under="ny", heading="  Schemat ")
    assert first.status_code == 302
    again = post(lead, meeting, questions=[str(late.id)], under="ny", heading="SCHEMAT")
    assert again.status_code == 302
    for page in ("rum", "rum/skarm", "rum/leda"):
        shown = as_(cast).get(f"/moten/{meeting.id}/{page}").text
        heading, others = shown.index("<h3>Schemat</h3>"), shown.index("<h3>Övriga frågor</h3>")
        within = shown[heading:others]
        assert "Varför så sent?" in within
        assert "Vem gör schemat?" in within
        assert "Och lönen?" in shown[others:]
    db.expire_all()
    lines = recording.lines(db, meeting=meeting)
    db.commit()
    assert [line.heading for line in lines] == ["Fråga: Schemat", "Fråga: Schemat", "Fråga"]
    assert lines[-1].source_id == pay.id
    post(lead, meeting, questions=[str(late.id), str(rota.id)], under="ingen")
    assert "<h3>" not in as_(cast, 0).get(f"/moten/{meeting.id}/rum").text


def test_a_heading_needs_words_and_questions_and_somebody_who_leads(
    db: Session, cast: Cast, meeting: Meeting
) -> None:
    (row,) = ask(db, cast, meeting, "Varför så sent?")
    key = str(row.id)
    lead = as_(cast)
    for data, sentence in (
        ({"under": "ny", "heading": "Schemat"}, "Kryssa för minst en fråga."),
        ({"under": "ny", "heading": " ", "questions": [key]}, "Skriv rubriken."),
        ({"under": "ny", "heading": "x" * 81, "questions": [key]}, "högst 80 tecken"),
        ({"under": "ny", "heading": "19121212-1212", "questions": [key]}, "ett personnummer"),
    ):
        page = post(lead, meeting, **data)
        assert page.status_code == 422
        assert sentence in page.text
    assert post(as_(cast, 0), meeting, questions=[key], under="ingen").status_code == 404
