"""What minutes are told of a meeting: who writes them, what they begin with, when they may go."""

from dataclasses import replace
from typing import Final
from uuid import UUID

from flask import url_for
from flask_babel import force_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlmodel import Session

from dialog.commitments import queries as commitments
from dialog.commitments.models import Commitment
from dialog.meetings import agenda, letters, promising, queries, recipients, registering, steps
from dialog.meetings.groups import noting
from dialog.meetings.groups.models import MeetingGroupWork
from dialog.meetings.item_states import ITEM_WORDS
from dialog.meetings.live import recording
from dialog.meetings.models import AgendaItem, ItemState, Meeting, MeetingState
from dialog.meetings.states import Action
from dialog.minutes import queries as texts
from dialog.minutes import steps as minutes_steps
from dialog.minutes import writing
from dialog.minutes.places import Line, Place
from dialog.minutes.states import Action as Writing
from dialog.minutes.writing import HEADING
from dialog.people.models import Person
from dialog.people.permissions import People
from dialog.storage.clock import today
from dialog.unions import queries as unions
from dialog.unions.notices import Reached
from dialog.web.i18n import day

ABOUT: Final = "meeting"
FEWEST: Final = 5  # who came is told as a number from here up
HELD: Final = frozenset({MeetingState.ENDED, MeetingState.DOCUMENTED, MeetingState.CLOSED})
BEGUN: Final = HELD | {MeetingState.LIVE}
TOLD: Final = frozenset({ItemState.HANDLED, ItemState.TABLED})


def _people(session: Session, meeting_id: UUID) -> People:
    meeting = session.get_one(Meeting, meeting_id)
    people = queries.people_of(session, meeting=meeting)
    if meeting.body_id is None:
        return people
    return replace(people, lapsed=unions.lapsed(session, body_id=meeting.body_id, on=today()))


def reach(session: Session, meeting_id: UUID, person: Person) -> Reached:
    """Where somebody is told of the minutes: who came for a union, at the address they chose."""
    meeting = session.get_one(Meeting, meeting_id)
    to = recipients.recipient(session, meeting=meeting, person_id=person.id)
    return Reached(to.email, to.private, to.mandate_id) if to else Reached(person.email)


def lines(session: Session, meeting_id: UUID) -> list[Line]:
    """Attendance in numbers, the agenda with what became of each item and what groups wrote of it,
    the questions and polls that all saw, and what was promised. What is written down is in Swedish,
    whoever asks for it.
    """
    meeting = session.get_one(Meeting, meeting_id)
    items = agenda.listed(agenda.items_of(session, meeting=meeting))
    worked = noting.finished(session, meeting=meeting)
    promised = commitments.of_source(session, kind=promising.KIND, source_id=meeting_id)
    with force_locale("sv"):
        when = "\n".join(filter(None, (letters.when(meeting, "sv"), meeting.place)))
        return [
            Line(_("Tid, plats och närvaro"), when, meeting_id, _attendance(session, meeting)),
            *(_item(session, item, worked.pop(item.id, [])) for item in items),
            *(_worked(session, work) for works in worked.values() for work in works),
            *recording.lines(session, meeting=meeting),
            *(_promise(each.commitment) for each in promised),
        ]


def take_in(session: Session, *, work: MeetingGroupWork, by: UUID) -> None:
    """Put what groups have written below what stands in their item's section, if minutes with one
    have been begun; else `lines` brings it in. Whoever is writing there is shown both texts.
    """
    minutes = texts.minutes_of(session, about=ABOUT, about_id=work.meeting_id)
    with force_locale("sv"):
        noted = noting.text_of(session, work=work)
    if minutes is None or work.item_id is None or not noted:
        return
    minutes_steps.check(session, minutes=minutes, action=Writing.WRITE)
    for section in texts.sections_of(session, minutes=minutes):
        if section.source_id == work.item_id:
            session.refresh(section, with_for_update=True)
            writing.put_below(session, minutes=minutes, section=section, text=noted, by=by)


def _item(session: Session, item: AgendaItem, works: list[MeetingGroupWork]) -> Line:
    noted = "\n\n".join(noting.text_of(session, work=work) for work in works).strip()
    return Line(item.title, noted, item.id, _outcome(item))


def _worked(session: Session, work: MeetingGroupWork) -> Line:
    return Line(_("I grupper"), noting.text_of(session, work=work), work.id)


def _outcome(item: AgendaItem) -> str:
    words = str(ITEM_WORDS[item.state]) if item.state in TOLD else ""
    return words[:1].upper() + words[1:]


def _promise(commitment: Commitment) -> Line:
    """Who answers for it is told as everybody reads it: a function, no name."""
    who = _("Ansvarar: %(who)s.", who=commitment.owner_title)
    due = _("Till %(day)s.", day=day(commitment.due)) if commitment.due else ""
    heading = _("Åtagande: %(title)s", title=commitment.title)
    return Line(heading[:HEADING], commitment.promise, commitment.id, f"{who} {due}".strip())


def _attendance(session: Session, meeting: Meeting) -> str:
    """How many were asked, and how many came: a few are not told as a number."""
    numbers = registering.numbers(session, meeting=meeting)
    told = [_("Kallade: %(number)s.", number=numbers["asked"])] if numbers["asked"] else []
    if numbers["came"] >= FEWEST:
        told.append(_("Kom enligt listan: %(number)s.", number=numbers["came"]))
    elif numbers["came"]:
        told.append(_("Kom enligt listan: färre än %(number)s.", number=FEWEST))
    return " ".join(told)


def _hindrance(session: Session, meeting_id: UUID) -> str:
    if session.get_one(Meeting, meeting_id).state in HELD:
        return ""
    return str(_("Mötet pågår. Avsluta det först; skriva kan du göra ändå."))


def _locked(session: Session, meeting_id: UUID) -> None:
    """A meeting whose minutes are locked is documented, if it was not already laid to rest."""
    meeting = session.get_one(Meeting, meeting_id)
    steps.hold(session, meeting=meeting)
    if meeting.state is MeetingState.ENDED:
        steps.take(session, meeting=meeting, action=Action.DOCUMENT, by=None)


PLACE: Final = Place(
    name=_l("Möten"),
    list_url=lambda: url_for("meetings.meetings"),
    url=lambda meeting_id: url_for("meetings.meeting", meeting_id=meeting_id),
    people=_people,
    lines=lines,
    hindrance=_hindrance,
    locked=_locked,
)
