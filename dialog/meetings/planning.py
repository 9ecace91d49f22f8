"""Planning a meeting: made, given a day, changed, copied, put off and called off."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from uuid import UUID

from flask_babel import gettext as _
from sqlmodel import Session, select

from dialog.core.errors import RefusedError
from dialog.meetings import agenda, registering, steps, telling
from dialog.meetings.audience import Asked
from dialog.meetings.models import Meeting, MeetingFormat, MeetingPost, MeetingState, Post
from dialog.meetings.states import COMING, Action
from dialog.organisation import audiences
from dialog.organisation.audiences import Audience
from dialog.people.addresses import people_at

TOLD: Final = ("starts_at", "ends_at", "place", "video_link", "title", "about")


@dataclass(frozen=True)
class Plan:
    """What is planned of a meeting. Without `starts_at` it has no date yet."""

    title: str
    about: str = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    place: str = ""
    video_link: str = ""
    capacity: int | None = None
    series_id: UUID | None = None
    guests: bool = False
    asks_after: bool = False


def create(
    session: Session,
    *,
    by: UUID,
    plan: Plan,
    format_: MeetingFormat | None = None,
    body_id: UUID | None = None,
) -> Meeting:
    """A new meeting, with the agenda of its form; whoever makes it is its secretary. That it is of
    a union body is said here and never changed: who comes to it is seen inside the body alone.
    """
    _check_closed(body_id, plan)
    meeting = Meeting(
        **vars(plan),
        author_id=by,
        body_id=body_id,
        format_id=format_.id if format_ else None,
        state=MeetingState.SCHEDULED if plan.starts_at else MeetingState.UNDATED,
    )
    session.add(meeting)
    session.flush()
    session.add(MeetingPost(meeting_id=meeting.id, person_id=by, post=Post.SECRETARY))
    if format_ is not None:
        agenda.begin_from(session, meeting=meeting, lines=format_.agenda)
    steps.keep(session, meeting=meeting, action=steps.CREATE, by=by)
    return meeting


def change(session: Session, *, meeting: Meeting, by: UUID, plan: Plan) -> bool:
    """Change what is planned. A day given to a meeting without one schedules it. Those who were
    invited are told of what their calendars show; True if so.
    """
    steps.hold(session, meeting=meeting)
    if meeting.state not in COMING:
        raise RefusedError(_("Mötet har börjat eller är över. Dess plan kan inte ändras."))
    if meeting.starts_at and not plan.starts_at:
        raise RefusedError(
            _("Mötet har ett datum. Skjut upp mötet om det inte ska vara då: de kallade får veta.")
        )
    _check_closed(meeting.body_id, plan)
    before = {name: getattr(meeting, name) for name in TOLD}
    for name, value in vars(plan).items():
        setattr(meeting, name, value)
    session.add(meeting)
    if plan.starts_at and meeting.state in {MeetingState.UNDATED, MeetingState.POSTPONED}:
        steps.take(session, meeting=meeting, action=Action.SCHEDULE, by=by)
    changed = before != {name: getattr(meeting, name) for name in TOLD}
    if changed:
        steps.keep(session, meeting=meeting, action=steps.CHANGE, by=by)
    told = changed and telling.anybody_told(session, meeting=meeting)
    if told:
        telling.news(session, meeting=meeting)
    for person in registering.settle(session, meeting=meeting):
        telling.seat(session, meeting=meeting, person_id=person)
    return told and meeting.state is MeetingState.INVITED


def choose_audience(
    session: Session, *, meeting: Meeting, audience: Audience, bodies: Collection[UUID] = ()
) -> None:
    """Who is asked to come, from the next time the invitation is sent. Raises RefusedError where a
    body's own meeting would be everybody's.
    """
    checked = audiences.checked(session, audience=audience)
    if meeting.body_id and not bodies and checked.everybody:
        raise RefusedError(_("Välj gruppen, eller några enheter eller nivåer."))
    steps.hold(session, meeting=meeting)
    meeting.audience = Asked(checked, tuple(sorted(bodies))).as_json()
    session.add(meeting)


def choose_posts(
    session: Session, *, meeting: Meeting, posts: Mapping[Post, Sequence[str]]
) -> None:
    """Who chairs, writes and leads, by e-mail addresses. Raises RefusedError where an address is
    nobody's, or nobody would be left to run the meeting.
    """
    chosen = {
        (person, post)
        for post, addresses in posts.items()
        for person in people_at(session, addresses=addresses)
    }
    if not chosen:
        raise RefusedError(_("Någon måste hålla i mötet. Skriv åtminstone en adress."))
    steps.hold(session, meeting=meeting)
    for row in session.exec(select(MeetingPost).where(MeetingPost.meeting_id == meeting.id)):
        if (row.person_id, row.post) in chosen:
            chosen.remove((row.person_id, row.post))
        else:
            session.delete(row)
    for person, post in chosen:
        session.add(MeetingPost(meeting_id=meeting.id, person_id=person, post=post))
    session.flush()


def postpone(session: Session, *, meeting: Meeting, by: UUID, reason: str) -> None:
    """To a day that is not known yet. Those who were invited are told."""
    steps.take(session, meeting=meeting, action=Action.POSTPONE, by=by, reason=_wanted(reason))
    meeting.starts_at = meeting.ends_at = None
    if telling.anybody_told(session, meeting=meeting):
        telling.news(session, meeting=meeting)
    session.add(meeting)


def cancel(session: Session, *, meeting: Meeting, by: UUID, reason: str) -> None:
    """Those who were invited are told, and it goes out of their calendars."""
    steps.take(session, meeting=meeting, action=Action.CANCEL, by=by, reason=_wanted(reason))
    if telling.anybody_told(session, meeting=meeting):
        telling.news(session, meeting=meeting)


def copy(session: Session, *, meeting: Meeting, by: UUID) -> Meeting:
    """A new meeting without a date, with the same place, people and agenda."""
    plan = Plan(**{name: getattr(meeting, name) for name in Plan.__dataclass_fields__})
    made = create(
        session,
        by=by,
        plan=replace(plan, starts_at=None, ends_at=None),
        body_id=meeting.body_id,
    )
    made.format_id, made.audience = meeting.format_id, dict(meeting.audience)
    for post in session.exec(select(MeetingPost).where(MeetingPost.meeting_id == meeting.id)):
        if (post.person_id, post.post) != (by, Post.SECRETARY):
            session.add(MeetingPost(meeting_id=made.id, person_id=post.person_id, post=post.post))
    agenda.begin_from(session, meeting=made, lines=agenda.lines_of(session, meeting=meeting))
    session.add(made)
    session.flush()
    return made


def _check_closed(body_id: UUID | None, plan: Plan) -> None:
    """Whatever would carry who comes to a body's meeting out of it."""
    if body_id is not None and plan.guests:
        raise RefusedError(_("Ett möte med facket kan inte ha gäster som inte loggar in."))
    if body_id is not None and plan.asks_after:
        raise RefusedError(_("Efter ett möte med facket ställs inga frågor i en enkät."))


def _wanted(reason: str) -> str:
    if not reason.strip():
        raise RefusedError(_("Skriv varför. Det står i meddelandet till dem som är kallade."))
    return reason.strip()
