"""What everybody in a meeting is shown, the same for all: on their phones, and on the wall."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from flask import render_template
from sqlmodel import Session

from dialog.meetings import agenda, words
from dialog.meetings.live import questions
from dialog.meetings.live.questions import Asked
from dialog.meetings.models import AgendaItem, ItemState, Meeting
from dialog.storage.clock import STOCKHOLM

VIEWS: Final = {"rum": "meetings/live/room_part.html", "skarm": "meetings/live/screen_part.html"}


@dataclass(frozen=True)
class Room:
    """The meeting as it stands. `ends` is when the time box of the item is over."""

    meeting: Meeting
    item: AgendaItem | None
    following: AgendaItem | None
    ends: datetime | None
    items: list[AgendaItem]
    asked: list[Asked]


def room(session: Session, *, meeting: Meeting) -> Room:
    items = agenda.listed(agenda.items_of(session, meeting=meeting))
    active = [item for item in items if item.state is ItemState.ACTIVE]
    waiting = [item for item in items if item.state is ItemState.LISTED]
    item = active[-1] if active else None
    return Room(
        meeting=meeting,
        item=item,
        following=waiting[0] if waiting else None,
        ends=ends_of(item),
        items=items,
        asked=ordered(questions.shown(questions.all_of(session, meeting=meeting))),
    )


def ordered(asked: list[Asked]) -> list[Asked]:
    """What has not been answered first."""
    return sorted(asked, key=lambda each: each.row.answered)


def ends_of(item: AgendaItem | None) -> datetime | None:
    if item is None or item.began_at is None or not item.minutes:
        return None
    return (item.began_at + timedelta(minutes=item.minutes)).astimezone(STOCKHOLM)


def html(session: Session, *, meeting: Meeting, view: str) -> str:
    """The part of the page that changes; it holds nothing of whoever looks at it."""
    return render_template(VIEWS[view], **facts(session, meeting=meeting))


def facts(session: Session, *, meeting: Meeting) -> dict[str, Any]:
    return {"room": room(session, meeting=meeting), "meeting": meeting, "words": words}
