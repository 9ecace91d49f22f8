"""Reminders on the day before a meeting, to those who have not said no; each once."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from sqlmodel import Session

from dialog.meetings import planning, registering, telling
from dialog.meetings.models import Answer, Meeting
from tests import makers
from tests.meetings.cast import Cast

STARTS = datetime(2031, 3, 5, 12, tzinfo=UTC)
EVE = datetime(2031, 3, 4, 9, tzinfo=UTC)


@pytest.fixture
def cast(app: Flask, db: Session) -> Cast:
    return Cast(app, db)


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    made = cast.invited(starts_at=STARTS, ends_at=STARTS + timedelta(hours=2))
    for number, answer in enumerate((Answer.YES, Answer.NO, Answer.REMOTE)):
        person = cast.people[number].id
        registering.answer(cast.db, meeting=made, person_id=person, given=answer)
    cast.db.commit()
    return made


def remind(cast: Cast, moment: datetime) -> None:
    with time_machine.travel(moment, tick=False):
        telling.remind_due(makers.desk(cast.db, cast.settings))
        cast.work()


def reminded(cast: Cast) -> list[int]:
    """How many reminders each of the people has got."""
    return [
        sum("I morgon" in str(each["Subject"]) for each in cast.mail_to(person))
        for person in cast.people
    ]


def test_all_but_those_who_said_no_are_reminded_once(cast: Cast, meeting: Meeting) -> None:
    remind(cast, EVE)
    remind(cast, EVE + timedelta(minutes=5))
    assert reminded(cast) == [1, 0, 1, 1]


@pytest.mark.parametrize(
    "moment", [EVE - timedelta(days=1), EVE.replace(hour=5), STARTS - timedelta(hours=1)]
)
def test_nobody_is_reminded_at_another_time(cast: Cast, meeting: Meeting, moment: datetime) -> None:
    remind(cast, moment)
    assert reminded(cast) == [0, 0, 0, 0]


def test_of_a_meeting_that_was_moved_people_are_reminded_again(
    cast: Cast, meeting: Meeting
) -> None:
    remind(cast, EVE)
    later = STARTS + timedelta(days=7)
    plan = cast.plan(starts_at=later, ends_at=later + timedelta(hours=2))
    planning.change(cast.db, meeting=meeting, by=cast.secretary.id, plan=plan)
    cast.db.commit()
    remind(cast, EVE + timedelta(days=7))
    assert reminded(cast) == [2, 0, 2, 2]


def test_of_a_cancelled_meeting_nobody_is_reminded(cast: Cast, meeting: Meeting) -> None:
    planning.cancel(cast.db, meeting=meeting, by=cast.secretary.id, reason="Ingen lokal")
    cast.db.commit()
    remind(cast, EVE)
    assert reminded(cast) == [0, 0, 0, 0]
