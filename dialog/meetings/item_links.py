"""Where a room above has more of an item of a body's agenda: the address of its page."""

from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

from flask import Flask, current_app
from sqlmodel import Session

from dialog.meetings.models import AgendaItem, Meeting

Links = Callable[[Session, Meeting, Sequence[AgendaItem]], Mapping[UUID, str]]


def use_item_links(app: Flask, links: Links) -> None:
    """`links` gives the addresses by item, of those that whoever looks may see."""
    app.extensions["item_links"] = links


def of_items(
    session: Session, *, meeting: Meeting, items: Sequence[AgendaItem]
) -> Mapping[UUID, str]:
    if meeting.body_id is None:
        return {}
    links: Links = current_app.extensions["item_links"]
    return links(session, meeting, items)
