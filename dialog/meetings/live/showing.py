"""What everybody in a meeting is shown, the same for all: on their phones, and on the wall."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from flask import render_template
from sqlmodel import Session

from dialog.documents import words as document_words
from dialog.documents.queries import Shown as Document
from dialog.meetings import agenda, item_documents, words
from dialog.meetings import page as pages
from dialog.meetings.floor.showing import Floor, floor
from dialog.meetings.groups.working import Work, open_work
from dialog.meetings.live import grouping, guests, questions, supporting
from dialog.meetings.live.questions import Asked
from dialog.meetings.models import AgendaItem, ItemState, Meeting
from dialog.meetings.polling import polls, voting
from dialog.meetings.polling.polls import Shown as Poll
from dialog.storage.clock import STOCKHOLM

VIEWS: Final = {
    "rum": "meetings/live/room_part.html",
    "gast": "meetings/live/room_part.html",  # who has not signed in: without names
    "ledare": "meetings/live/room_part.html",  # who runs it and is not asked to come: no vote
    "skarm": "meetings/live/screen_part.html",
    "grupp": "meetings/groups/group_part.html",
}


@dataclass(frozen=True)
class Room:
    """The meeting as it stands. `ends` is when the time box of the item is over."""

    meeting: Meeting
    item: AgendaItem | None
    following: AgendaItem | None
    ends: datetime | None
    items: list[AgendaItem]
    asked: list[Asked]
    supports: dict[UUID, int]  # of each question
    polls: list[Poll]
    floor: Floor
    documents: list[Document]  # of the item that is on
    groups: Work | None  # that are at work now


def room(session: Session, *, meeting: Meeting) -> Room:
    items = agenda.listed(agenda.items_of(session, meeting=meeting))
    active = [item for item in items if item.state is ItemState.ACTIVE]
    waiting = [item for item in items if item.state is ItemState.LISTED]
    item = active[-1] if active else None
    supports = supporting.counts(session, meeting=meeting)
    asked = questions.shown(questions.all_of(session, meeting=meeting))
    return Room(
        meeting=meeting,
        item=item,
        following=waiting[0] if waiting else None,
        ends=ends_of(item),
        items=items,
        asked=ordered(asked, supports),
        supports=supports,
        polls=polls.shown(session, meeting=meeting),
        floor=floor(session, meeting=meeting),
        documents=item_documents.of_items(session, [item]).get(item.id, []) if item else [],
        groups=open_work(session, meeting=meeting),
    )


def ordered(asked: list[Asked], supports: Mapping[UUID, int]) -> list[Asked]:
    """What has not been answered first, of that what most support."""
    return sorted(
        asked, key=lambda each: (each.row.answered, -supports.get(each.row.id, 0), each.row.id)
    )


def ends_of(item: AgendaItem | None) -> datetime | None:
    if item is None or item.began_at is None or not item.minutes:
        return None
    return (item.began_at + timedelta(minutes=item.minutes)).astimezone(STOCKHOLM)


def html(session: Session, *, meeting: Meeting, view: str) -> str:
    """The part of the page that changes; it holds nothing of whoever looks at it."""
    return render_template(VIEWS[view], **facts(session, meeting=meeting, view=view))


def facts(session: Session, *, meeting: Meeting, view: str) -> dict[str, Any]:
    return {
        "guest": view == "gast",
        "votes": view != "ledare",
        "joining": guests.way_in(pages.settings(), meeting=meeting) if view == "skarm" else None,
        "room": room(session, meeting=meeting),
        "meeting": meeting,
        "words": words,
        "document_words": document_words,
        "k": polls.K,
        "most_words": voting.MOST_WORDS,
        "longest_word": voting.LONGEST_WORD,
        "grouped": grouping.grouped,
    }
