"""Where a matter is negotiated: the meetings of its body, on whose agendas it stands."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final
from uuid import UUID

from flask_babel import gettext as _
from sqlmodel import Session, col, select

from dialog.core.errors import RefusedError
from dialog.core.negotiating.matters import OPEN
from dialog.core.negotiating.rules import Paragraph, Rules
from dialog.meetings import agenda
from dialog.meetings.agenda import Line
from dialog.meetings.models import AgendaItem, ItemKind, ItemState, Meeting, MeetingState
from dialog.meetings.states import AHEAD, OVER, Action
from dialog.meetings.steps import last_time
from dialog.negotiations import queries, words
from dialog.negotiations.informing import Sent
from dialog.negotiations.models import MblItem, MblMatter

PRESSED_LATE: Final = timedelta(hours=12)  # more than a meeting is put off on its day


def coming(session: Session, *, body_id: UUID) -> list[Meeting]:
    """The body's own meetings that are ahead or under way, those without a date last."""
    query = (
        select(Meeting)
        .where(Meeting.body_id == body_id, col(Meeting.state).in_(AHEAD))
        .order_by(col(Meeting.starts_at).is_(None), col(Meeting.starts_at), col(Meeting.id))
    )
    return list(session.exec(query))


def items_of(session: Session, *, matters: Sequence[UUID]) -> list[tuple[MblItem, AgendaItem]]:
    """The items under which matters stand, also those that went on to the next meeting: an item
    that was tabled there is listed anew by the meeting, and says which it was.
    """
    query = (
        select(MblItem, AgendaItem)
        .join(AgendaItem, col(AgendaItem.id) == col(MblItem.item_id))
        .where(col(MblItem.matter_id).in_(list(matters)))
    )
    found = list(session.exec(query)) if matters else []
    waiting = found
    while waiting:
        of = {item.id: link.matter_id for link, item in waiting}
        following = session.exec(select(AgendaItem).where(col(AgendaItem.from_id).in_(list(of))))
        waiting = [
            (MblItem(item_id=item.id, matter_id=of[item.from_id]), item)
            for item in following
            if item.from_id is not None
        ]
        found += waiting
    return found


def matters_of(session: Session, *, items: Sequence[AgendaItem]) -> dict[UUID, UUID]:
    """The matter of each item that has one: its own, or that of the item that went on to it."""
    found: dict[UUID, UUID] = {}
    waiting = {item.id: item for item in items}  # by the item that is asked for
    while waiting:
        links = session.exec(
            select(MblItem).where(col(MblItem.item_id).in_([each.id for each in waiting.values()]))
        )
        by_item = {link.item_id: link.matter_id for link in links}
        found |= {of: by_item[each.id] for of, each in waiting.items() if each.id in by_item}
        waiting = {
            of: session.get_one(AgendaItem, each.from_id)
            for of, each in waiting.items()
            if of not in found and each.from_id is not None
        }
    return found


def meetings_of(session: Session, *, matter: MblMatter) -> list[tuple[Meeting, AgendaItem]]:
    """The meetings where a matter stands on the agenda, in the order of their days."""
    items = [item for _link, item in items_of(session, matters=[matter.id])]
    by_meeting = {item.meeting_id: item for item in items if item.state is not ItemState.WITHDRAWN}
    query = (
        select(Meeting)
        .where(col(Meeting.id).in_(list(by_meeting)))
        .order_by(col(Meeting.starts_at).is_(None), col(Meeting.starts_at), col(Meeting.id))
    )
    return [(each, by_meeting[each.id]) for each in session.exec(query)] if by_meeting else []


def given_at(
    matter: MblMatter, rules: Rules, meetings: Sequence[tuple[Meeting, AgendaItem]]
) -> Meeting | None:
    """The last of the group's meetings at which information was given: under a samverkansavtal
    that is what stood on the agenda when the meeting ended, and was not tabled.
    """
    if matter.paragraph is not Paragraph.INFORMED or not rules.samverkan:
        return None
    held = OVER - {MeetingState.CANCELLED}
    return next(
        (
            meeting
            for meeting, item in reversed(meetings)
            if meeting.state in held and item.state is not ItemState.TABLED
        ),
        None,
    )


def not_given(session: Session, *, meeting: Meeting | None, sent: Sequence[Sent]) -> Sequence[Sent]:
    """What was sent after the meeting that has been had begun, and so not given there; without one
    all of it. That somebody pressed a button days afterwards tells nothing of when.
    """
    if meeting is None:
        return sent
    began, planned = last_time(session, meeting=meeting, action=Action.BEGIN), meeting.starts_at
    if began is None or (planned is not None and abs(began - planned) > PRESSED_LATE):
        began = planned or began
    return [each for each in sent if began is not None and each.sending.at >= began]


def _kind(matter: MblMatter, rules: Rules) -> ItemKind:
    if not rules.samverkan:
        return ItemKind.MBL
    informs = matter.paragraph is Paragraph.INFORMED
    return ItemKind.INFORMATION if informs else ItemKind.DIALOGUE


def put_on(session: Session, *, meeting: Meeting, matters: Sequence[MblMatter], by: UUID) -> int:
    """List matters last on the agenda, in the order given; how many were new there. What stands
    there already is left where it is, so that doing it again is harmless. Raises RefusedError.
    """
    session.refresh(meeting, with_for_update=True)
    if meeting.state not in AHEAD:
        raise RefusedError(_("Mötet är över. Välj ett möte som kommer."))
    there = {
        link.matter_id
        for link, item in items_of(session, matters=[each.id for each in matters])
        if item.meeting_id == meeting.id and item.state is not ItemState.WITHDRAWN
    }
    new = [each for each in matters if each.id not in there and each.state in OPEN]
    if any(each.body_id != meeting.body_id for each in new):
        raise RefusedError(_("Ärendet och mötet hör till olika grupper."))
    for each in queries.standings(session, matters_=new):
        line = Line(words.titled(each.matter, each.rules), _kind(each.matter, each.rules))
        item = agenda.add(session, meeting=meeting, line=line, by=by)
        session.flush()
        session.add(MblItem(item_id=item.id, matter_id=each.matter.id))
    session.flush()
    return len(new)
