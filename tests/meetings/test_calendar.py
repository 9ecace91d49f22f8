"""Events in the mail, as another's parser reads them: one UID, a growing sequence, right hours."""

from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from dateutil import tz  # type: ignore[import-untyped]  # no types of its own
from flask import Flask
from icalendar import Calendar
from sqlmodel import Session

from dialog.meetings import planning, telling
from dialog.meetings.models import MeetingState
from dialog.organisation.audiences import Audience
from tests.meetings.cast import Cast


@pytest.fixture
def cast(app: Flask, db: Session) -> Cast:
    return Cast(app, db)


def event(message: Any) -> tuple[str, Any]:
    """The method of a mail's calendar, and its event."""
    part = next(part for part in message.walk() if part.get_content_type() == "text/calendar")
    calendar = Calendar.from_ical(part.get_payload(decode=True))
    assert part.get_param("method") == calendar["method"]
    return str(calendar["method"]), calendar.walk("VEVENT")[0]


def events(cast: Cast) -> list[tuple[str, int]]:
    """(method, sequence) of each mail to the first of the people."""
    found = [event(message) for message in cast.mail_to(cast.people[0])]
    return [(method, int(each["sequence"])) for method, each in found]


def test_everybody_invited_gets_the_meeting_for_their_calendar(cast: Cast) -> None:
    meeting = cast.invited()
    for person in cast.people:
        (message,) = cast.mail_to(person)
        method, found = event(message)
        assert method == "REQUEST"
        assert str(found["uid"]).startswith(str(meeting.id))
        assert found["dtstart"].dt.astimezone(UTC) == meeting.starts_at
        assert f"mailto:{person.email}" == str(found["attendee"])


def test_a_change_is_the_same_event_with_the_next_sequence(cast: Cast) -> None:
    meeting = cast.invited()
    plan = cast.plan(place="Stora salen")
    planning.change(cast.db, meeting=meeting, by=cast.secretary.id, plan=plan)
    cast.db.commit()
    cast.work()
    assert events(cast) == [("REQUEST", 0), ("REQUEST", 1)]
    first, second = (event(message)[1] for message in cast.mail_to(cast.people[0]))
    assert first["uid"] == second["uid"]
    assert str(second["location"]) == "Stora salen"


def test_a_change_that_no_calendar_shows_sends_nothing(cast: Cast) -> None:
    meeting = cast.invited()
    plan = cast.plan(starts_at=meeting.starts_at, ends_at=meeting.ends_at, capacity=50)
    planning.change(cast.db, meeting=meeting, by=cast.secretary.id, plan=plan)
    cast.db.commit()
    cast.work()
    assert events(cast) == [("REQUEST", 0)]


def test_a_postponed_meeting_goes_out_of_the_calendar_and_comes_back(cast: Cast) -> None:
    meeting = cast.invited()
    planning.postpone(cast.db, meeting=meeting, by=cast.secretary.id, reason="Sjukdom")
    cast.db.commit()
    cast.work()
    later = cast.plan(
        starts_at=datetime(2031, 5, 5, 8, tzinfo=UTC), ends_at=datetime(2031, 5, 5, 9, tzinfo=UTC)
    )
    planning.change(cast.db, meeting=meeting, by=cast.secretary.id, plan=later)
    telling.invite(cast.db, meeting=meeting, by=cast.secretary.id)
    cast.db.commit()
    cast.work()
    sent = events(cast)
    assert [method for method, _sequence in sent] == ["REQUEST", "CANCEL", "REQUEST"]
    assert [sequence for _method, sequence in sent] == sorted({each for _m, each in sent})
    assert "Sjukdom" in cast.mail_to(cast.people[0])[1].get_body(("plain",)).get_content()  # type: ignore[union-attr]  # there is one


def test_a_cancelled_meeting_is_cancelled_once(cast: Cast) -> None:
    meeting = cast.invited()
    planning.cancel(cast.db, meeting=meeting, by=cast.secretary.id, reason="Ingen lokal")
    cast.db.commit()
    cast.work()
    cast.work()
    assert events(cast) == [("REQUEST", 0), ("CANCEL", 1)]
    assert meeting.state is MeetingState.CANCELLED


def test_who_is_no_longer_in_the_audience_is_told_and_told_once(cast: Cast) -> None:
    meeting = cast.invited()
    planning.choose_audience(cast.db, meeting=meeting, audience=Audience(units=("R",)))
    gone = cast.people[0]
    gone.active = False
    cast.db.add(gone)
    cast.db.commit()
    telling.invite(cast.db, meeting=meeting, by=cast.secretary.id)
    gone.active = True
    cast.db.add(gone)
    cast.db.commit()
    cast.work()
    planning.change(
        cast.db, meeting=meeting, by=cast.secretary.id, plan=cast.plan(place="Annanstans")
    )
    cast.db.commit()
    cast.work()
    assert [method for method, _n in events(cast)] == ["REQUEST", "CANCEL"]


def test_inviting_again_without_a_change_sends_nothing(cast: Cast) -> None:
    meeting = cast.invited()
    telling.invite(cast.db, meeting=meeting, by=cast.secretary.id)
    cast.db.commit()
    cast.work()
    assert events(cast) == [("REQUEST", 0)]


@pytest.mark.parametrize(
    "day", [datetime(2031, 3, 30, 0, tzinfo=UTC), datetime(2031, 10, 26, 0, tzinfo=UTC)]
)
def test_hours_are_right_across_the_change_of_the_clocks(cast: Cast, day: datetime) -> None:
    """Read by dateutil, from the time zone that is written in the file itself."""
    starts, ends = day, day + timedelta(hours=5)
    meeting = cast.invited(starts_at=starts, ends_at=ends)
    (message,) = cast.mail_to(cast.people[0])
    part = next(part for part in message.walk() if part.get_content_type() == "text/calendar")
    text = part.get_payload(decode=True).decode()  # type: ignore[union-attr]  # bytes
    zone = tz.tzical(StringIO(text.replace("\r\n ", ""))).get("Europe/Stockholm")
    found = Calendar.from_ical(text).walk("VEVENT")[0]
    read = [found.decoded(name).replace(tzinfo=zone) for name in ("dtstart", "dtend")]
    moments = [each.astimezone(UTC) for each in read]
    assert moments == [meeting.starts_at, meeting.ends_at] == [starts, ends]


def test_a_long_swedish_title_is_read_back_whole(cast: Cast) -> None:
    title = "Ledningen möter Regionhälsan, SÄS och Närhälsan; om öppenhet\\tystnad – del två " * 2
    cast.invited(title=title.strip())
    _method, found = event(cast.mail_to(cast.people[0])[0])
    assert str(found["summary"]) == title.strip()
