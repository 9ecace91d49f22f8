"""A meeting's agenda: items listed and proposed, put in order, handled and tabled."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlmodel import Session, col, select

from dialog.core.errors import RefusedError
from dialog.meetings import events, item_documents, relaying, steps
from dialog.meetings.item_states import WHILE_LIVE, ItemAction, after
from dialog.meetings.live_models import EventKind
from dialog.meetings.models import AgendaItem, ItemKind, ItemState, Meeting, MeetingState
from dialog.meetings.states import LAID_TO_REST, OVER, STATE_WORDS
from dialog.storage.clock import now

ON_AGENDA = frozenset({ItemState.LISTED, ItemState.ACTIVE, ItemState.HANDLED, ItemState.TABLED})


@dataclass(frozen=True)
class Line:
    """What is written of an item; `minutes` is its time box, 0 for none."""

    title: str
    kind: ItemKind = ItemKind.INFORMATION
    about: str = ""
    minutes: int = 0
    responsible: str = ""


def items_of(session: Session, *, meeting: Meeting) -> list[AgendaItem]:
    """All items of the meeting in their order, also those proposed and withdrawn."""
    query = (
        select(AgendaItem)
        .where(AgendaItem.meeting_id == meeting.id)
        .order_by(col(AgendaItem.position), col(AgendaItem.id))
    )
    return list(session.exec(query))


def listed(items: Sequence[AgendaItem]) -> list[AgendaItem]:
    return [item for item in items if item.state in ON_AGENDA]


def item_of(session: Session, *, meeting: Meeting, item_id: UUID) -> AgendaItem | None:
    item = session.get(AgendaItem, item_id)
    return item if item is not None and item.meeting_id == meeting.id else None


def add(
    session: Session, *, meeting: Meeting, line: Line, by: UUID | None, proposed: bool = False
) -> AgendaItem:
    """Put an item last; `proposed` by somebody who does not decide on the agenda."""
    if meeting.state in OVER:
        raise RefusedError(_("Mötet är över. Lägg punkten på nästa möte."))
    item = AgendaItem(
        **vars(line),
        meeting_id=meeting.id,
        position=_last(session, meeting) + 1,
        proposer_id=by,
        state=ItemState.PROPOSED if proposed else ItemState.LISTED,
    )
    session.add(item)
    _tell(session, item)
    return item


def change(session: Session, *, item: AgendaItem, line: Line) -> None:
    """Raises RefusedError when nothing more changes in the meeting."""
    _hold(session, session.get_one(Meeting, item.meeting_id))
    for name, value in vars(line).items():
        setattr(item, name, value)
    session.add(item)
    _tell(session, item)


def take(session: Session, *, item: AgendaItem, action: ItemAction) -> None:
    """Raises RefusedError for a step that the item, or its meeting, cannot take now."""
    meeting = session.get_one(Meeting, item.meeting_id)
    _hold(session, meeting)
    if action in WHILE_LIVE and meeting.state is not MeetingState.LIVE:
        raise RefusedError(_("Det går bara medan mötet pågår."))
    session.refresh(item, with_for_update=True)
    item.state = after(item.state, action)
    if item.state is ItemState.ACTIVE:
        item.began_at = now()
    session.add(item)
    _tell(session, item)
    if item.state is not ItemState.ACTIVE:
        relaying.ask(session, meeting_id=item.meeting_id)


def move(session: Session, *, meeting: Meeting, item: AgendaItem, by: int) -> None:
    """Move an item up (-1) or down (1) among those on the agenda; at the end it stays."""
    order, at = _without(session, meeting, item)
    _put(session, order, item, at=max(0, at + by))


def place(session: Session, *, meeting: Meeting, item: AgendaItem, before: UUID | None) -> None:
    """Put an item before another of those on the agenda; last, if that one is not among them."""
    order, _at = _without(session, meeting, item)
    at = next((at for at, each in enumerate(order) if each.id == before), len(order))
    _put(session, order, item, at=at)


def _without(session: Session, meeting: Meeting, item: AgendaItem) -> tuple[list[AgendaItem], int]:
    """The others on the agenda, which is held from now on, and where the item stood."""
    _hold(session, meeting)
    order = listed(items_of(session, meeting=meeting))
    if item not in order:
        raise RefusedError(_("Punkten står inte på dagordningen."))
    at = order.index(item)
    return [each for each in order if each is not item], at


def _put(session: Session, order: list[AgendaItem], item: AgendaItem, *, at: int) -> None:
    order.insert(at, item)
    for position, each in enumerate(order, start=1):
        each.position = position
        session.add(each)
    _tell(session, item)


def begin_from(session: Session, *, meeting: Meeting, lines: Sequence[Mapping[str, Any]]) -> None:
    """List what a form, or another meeting's agenda, begins with."""
    for line in lines:
        add(session, meeting=meeting, line=from_json(line), by=None)


def lines_of(session: Session, *, meeting: Meeting) -> list[dict[str, Any]]:
    """The agenda as a form keeps it."""
    return [
        as_json(Line(item.title, item.kind, item.about, item.minutes, item.responsible))
        for item in listed(items_of(session, meeting=meeting))
    ]


def as_json(line: Line) -> dict[str, Any]:
    return {**vars(line), "kind": line.kind.value}


def from_json(value: Mapping[str, Any]) -> Line:
    return Line(**{**value, "kind": ItemKind(value["kind"])})


def carry_over(session: Session, *, meeting: Meeting, to: Meeting) -> int:
    """List again in `to` what was tabled in `meeting`, once, with its documents; how many items."""
    known = set(
        session.exec(select(AgendaItem.from_id).where(AgendaItem.meeting_id == to.id)).all()
    )
    tabled = [
        item
        for item in items_of(session, meeting=meeting)
        if item.state is ItemState.TABLED and item.id not in known
    ]
    for item in tabled:
        line = Line(item.title, item.kind, item.about, item.minutes, item.responsible)
        made = add(session, meeting=to, line=line, by=item.proposer_id)
        made.from_id = item.id
        session.add(made)
        item_documents.take_along(session, item=item, to=made)
    return len(tabled)


def _hold(session: Session, meeting: Meeting) -> None:
    """Keep others from the agenda until this is done; refuse if it does not change any more."""
    steps.hold(session, meeting=meeting)
    if meeting.state in LAID_TO_REST:
        state = STATE_WORDS[meeting.state]
        raise RefusedError(_("Mötet är %(state)s. Dagordningen kan inte ändras.", state=state))


def _tell(session: Session, item: AgendaItem) -> None:
    events.tell(session, meeting_id=item.meeting_id, kind=EventKind.AGENDA, about=item.id)


def _last(session: Session, meeting: Meeting) -> int:
    query = sa.select(sa.func.max(col(AgendaItem.position))).where(
        col(AgendaItem.meeting_id) == meeting.id
    )
    return int(session.connection().scalar(query) or 0)
