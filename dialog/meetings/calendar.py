"""A meeting as an event of a calendar: iCalendar (RFC 5545), sent by mail as RFC 5546 (iTIP) says.

One UID for a meeting all its life; SEQUENCE grows with every change that calendars show, so that an
older mail that comes late changes nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Final

from icalendar import Calendar, Event, Timezone, vCalAddress, vText

from dialog.meetings.models import Meeting, MeetingState
from dialog.storage.clock import STOCKHOLM

MAKER: Final = "-//Dialog//Dialogmöten//SV"
NEUTRAL: Final = "Möte"
REQUEST, CANCEL, PUBLISH = "REQUEST", "CANCEL", "PUBLISH"


@dataclass(frozen=True)
class Place:
    """What an event says of where a meeting is found: `host` makes its UID, `page` its address.
    One that is `private` does not say what it is, for others look into calendars too.
    """

    host: str
    page: str
    private: bool = False


def invitation(
    meeting: Meeting, *, to: str, sender: str, place: Place, withdrawn: bool, at: datetime
) -> tuple[str, bytes]:
    """The method and the calendar for one recipient. A meeting without a time, one that is called
    off, and one that somebody is no longer asked to, are taken out of the calendar.
    """
    gone = withdrawn or meeting.starts_at is None or is_off(meeting)
    event = _event(meeting, place=place, at=at, gone=gone)
    event["organizer"] = _address(sender)
    attendee = _address(to)
    # The answer is given on the page, where the needs are asked for: no mail is to come back.
    attendee.params["RSVP"] = vText("FALSE")
    attendee.params["PARTSTAT"] = vText("NEEDS-ACTION")
    event.add("attendee", attendee, encode=False)
    method = CANCEL if gone else REQUEST
    return method, _calendar([event], method=method)


def feed(meetings: Iterable[tuple[Meeting, Place]], *, name: str, at: datetime) -> bytes:
    """Somebody's meetings, to be subscribed to."""
    events = [
        _event(meeting, place=place, at=at, gone=is_off(meeting))
        for meeting, place in meetings
        if meeting.starts_at is not None
    ]
    return _calendar(events, method=PUBLISH, name=name)


def is_off(meeting: Meeting) -> bool:
    return meeting.state in {MeetingState.CANCELLED, MeetingState.POSTPONED}


def _event(meeting: Meeting, *, place: Place, at: datetime, gone: bool) -> Event:
    event = Event()
    event.add("uid", f"{meeting.id}@{place.host}")
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", at)
    event.add("summary", NEUTRAL if place.private else meeting.title)
    if place.private:
        event.add("class", "PRIVATE")
    event.add("status", "CANCELLED" if gone else "CONFIRMED")
    # A cancelled event needs a time too (RFC 5546, 3.2.5): whatever it had, else when it was told.
    starts, ends = meeting.starts_at or at, meeting.ends_at or at
    event.add("dtstart", starts.astimezone(STOCKHOLM))
    event.add("dtend", ends.astimezone(STOCKHOLM))
    where = ", ".join(filter(None, (meeting.place, meeting.video_link)))
    if where:
        event.add("location", where)
    about = "" if place.private else meeting.about
    event.add("description", "\n\n".join(filter(None, (about, place.page))))
    event.add("url", place.page)
    return event


def _calendar(events: Iterable[Event], *, method: str, name: str = "") -> bytes:
    calendar = Calendar()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    if name:
        calendar.add("x-wr-calname", name)
        calendar.add("refresh-interval;value=duration", "PT1H")
    shown = list(events)
    if shown:
        calendar.add_component(_stockholm())
    for event in shown:
        calendar.add_component(event)
    return bytes(calendar.to_ical())


@cache
def _stockholm() -> Timezone:
    """When the clocks change, which an event's times refer to. To work it out takes longer than all
    the rest of an invitation, and it is the same in each.
    """
    return Timezone.from_tzinfo(STOCKHOLM)


def _address(email: str) -> vCalAddress:
    return vCalAddress(f"mailto:{email}")
