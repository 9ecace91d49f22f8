"""What is ahead of somebody on their front page: meetings, answers, and what is missing."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session

from dialog.meetings import planning, registering
from dialog.meetings.ahead import Missing, ahead_of
from dialog.meetings.models import Answer
from dialog.meetings.planning import Plan
from dialog.people.permissions import Actor
from dialog.storage.clock import now
from tests.conftest import sign_in
from tests.meetings.cast import Cast


@pytest.fixture
def cast(app: Flask, db: Session) -> Cast:
    return Cast(app, db)


def test_a_secretary_sees_what_is_missing_and_whoever_is_invited_does_not(cast: Cast) -> None:
    cast.invited()
    planning.create(cast.db, by=cast.secretary.id, plan=Plan("Vid behov"))
    cast.db.commit()
    invited, undated = ahead_of(cast.db, actor=Actor(cast.secretary.id), limit=5)
    assert invited.missing == (Missing.AGENDA,)
    assert undated.missing == (Missing.DATE, Missing.AGENDA, Missing.PEOPLE)
    (mine,) = ahead_of(cast.db, actor=Actor(cast.people[0].id), limit=5)
    assert (mine.answer, mine.missing) == (Answer.NONE, ())


def test_the_next_meeting_comes_first_and_a_cancelled_one_not_at_all(cast: Cast) -> None:
    later = cast.invited(title="Senare", starts_at=now() + timedelta(days=30),
                         ends_at=now() + timedelta(days=31))  # fmt: skip
    cast.invited(title="Snart")
    off = cast.invited(title="Inställt")
    planning.cancel(cast.db, meeting=off, by=cast.secretary.id, reason="Ingen lokal")
    cast.db.commit()
    found = ahead_of(cast.db, actor=Actor(cast.people[0].id), limit=5)
    assert [each.meeting.title for each in found] == ["Snart", later.title]


def test_the_front_page_asks_for_an_answer_until_there_is_one(
    client: FlaskClient, db: Session, cast: Cast
) -> None:
    meeting = cast.invited()
    sign_in(client, db, cast.people[0])
    assert "Svara om du kommer" in client.get("/").text
    registering.answer(db, meeting=meeting, person_id=cast.people[0].id, given=Answer.REMOTE)
    db.commit()
    page = client.get("/").text
    assert "Svara om du kommer" not in page
    assert "Ditt svar: är med på distans." in page
