"""Mail about a meeting with its calendar event, sent in batches; each is marked once it has left.

A worker that is killed between handing over a message and marking it sends that one again: a
calendar takes the same UID and sequence twice without a change.
"""

import smtplib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from babel.dates import format_date, format_time
from sqlmodel import Session, col, select

from dialog.desk import Desk, Duty, Finish, PostponedError, TakenOverError
from dialog.meetings import calendar, telling
from dialog.meetings.models import Answer, Meeting, MeetingInvitation, MeetingState, MeetingStep
from dialog.people.models import Person
from dialog.settings import Settings
from dialog.storage import letters, mailing
from dialog.storage.clock import STOCKHOLM, now

NEVER_TOLD: Final = -1


class NotAllSentError(Exception):
    """The server put some recipients off until later; the batch is to be tried again."""


@dataclass(frozen=True)
class Recipient:
    person_id: UUID
    name: str
    email: str
    language: str
    told: int
    withdrawn: bool


def send(desk: Desk, duty: Duty) -> Finish | None:
    """Send what is left of a batch, of the meeting as it is now."""
    with desk.reading() as session:
        meeting = session.get_one(Meeting, UUID(str(duty.payload["meeting"])))
        recipients = _recipients(session, duty, telling.behind(meeting))
        reason = _reason(session, meeting)
    settings = desk.settings

    def written(to: Recipient) -> EmailMessage:
        return write(meeting, to=to, reason=reason, settings=settings)

    def done(to: Recipient) -> dict[str, Any]:
        return {"told": NEVER_TOLD if to.withdrawn else meeting.sequence}

    _send_each(desk, duty, recipients, written=written, done=done)
    return None


def send_reminders(desk: Desk, duty: Duty) -> Finish | None:
    """Remind those of a batch who have not said no, of the meeting as it is now."""
    with desk.reading() as session:
        meeting = session.get_one(Meeting, UUID(str(duty.payload["meeting"])))
        recipients = _recipients(session, duty, telling.unreminded(meeting))
    if meeting.state is not MeetingState.INVITED or meeting.starts_at is None:
        return None
    settings = desk.settings

    def written(to: Recipient) -> EmailMessage:
        return _composed(_words(meeting, to.language, "reminder", settings=settings), to, settings)

    def done(_to: Recipient) -> dict[str, Any]:
        return {"reminded_of": meeting.starts_at}

    _send_each(desk, duty, recipients, written=written, done=done)
    return None


def _send_each(
    desk: Desk,
    duty: Duty,
    recipients: Sequence[Recipient],
    *,
    written: Callable[[Recipient], EmailMessage],
    done: Callable[[Recipient], Mapping[str, Any]],
) -> None:
    """Send over one connection, and mark each by what is `done` for them once it has left."""
    put_off, settings = 0, desk.settings
    with mailing.connect(settings.smtp_url, folder=settings.mail) as mailer:
        for each in recipients:
            if desk.stopping.is_set():
                raise PostponedError(now())
            problem = ""
            try:
                mailer.send(written(each))
            except mailing.UndeliverableError as undeliverable:
                problem = str(undeliverable)
            except smtplib.SMTPRecipientsRefused:
                put_off += 1
                continue
            _mark(desk, duty, each, problem, done(each))
    if put_off:
        raise NotAllSentError


def send_seat(desk: Desk, duty: Duty) -> Finish | None:
    """Tell somebody that the room has a seat for them, if it still has."""
    with desk.reading() as session:
        meeting = session.get_one(Meeting, UUID(str(duty.payload["meeting"])))
        who = session.get_one(Person, UUID(str(duty.payload["person"])))
        row = session.get(MeetingInvitation, (meeting.id, who.id))
    if row is None or row.withdrawn or row.waiting or row.answer is not Answer.YES:
        return None
    settings = desk.settings
    words = _words(meeting, who.language, "seat", settings=settings)
    to = Recipient(who.id, who.name, who.email, who.language, row.told, row.withdrawn)
    message = _composed(words, to, settings)
    try:
        with mailing.connect(settings.smtp_url, folder=settings.mail) as mailer:
            mailer.send(message)
    except mailing.UndeliverableError as undeliverable:
        problem = str(undeliverable)
        return lambda session: _note(session, to, problem)
    return None


def write(meeting: Meeting, *, to: Recipient, reason: str, settings: Settings) -> EmailMessage:
    """The letter to one who is asked to come: an invitation, news of it, or that it is off."""
    words = _words(meeting, to.language, _letter(meeting, to), settings=settings, reason=reason)
    message = _composed(words, to, settings)
    method, event = calendar.invitation(
        meeting,
        to=to.email,
        sender=message["From"].addresses[0].addr_spec,
        place=calendar.Place(letters.domain(settings.base_url), page(meeting, settings)),
        withdrawn=to.withdrawn,
        at=now(),
    )
    message.add_alternative(
        event, maintype="text", subtype="calendar", params={"method": method, "charset": "UTF-8"}
    )
    return message


def _composed(words: str, to: Recipient, settings: Settings) -> EmailMessage:
    return letters.compose(
        words, name=to.name, email=to.email, sender=settings.mail_from, base_url=settings.base_url
    )


def page(meeting: Meeting, settings: Settings) -> str:
    """The address of the meeting's page."""
    return f"{settings.base_url}/moten/{meeting.id}"


def _words(
    meeting: Meeting, language: str, letter: str, *, settings: Settings, reason: str = ""
) -> str:
    template = letters.templates("dialog.meetings", "templates/meetings").get_template("mail.txt")
    return template.render(
        language=language,
        letter=letter,
        meeting=meeting,
        when=when(meeting, language),
        reason=reason,
        page=page(meeting, settings),
    )


def when(meeting: Meeting, language: str) -> str:
    """The day and the hours in Sweden, in words; empty without a date."""
    if meeting.starts_at is None or meeting.ends_at is None:
        return ""
    starts, ends = (each.astimezone(STOCKHOLM) for each in (meeting.starts_at, meeting.ends_at))
    day = format_date(starts, "EEEE d MMMM y", locale=language)
    last = "" if ends.date() == starts.date() else format_date(ends, "d MMMM ", locale=language)
    clock = "HH.mm" if language == "sv" else "HH:mm"
    begins, finishes = (format_time(each, clock, locale=language) for each in (starts, ends))
    return f"{day}, {'kl. ' if language == 'sv' else ''}{begins}–{last}{finishes}"


def _letter(meeting: Meeting, to: Recipient) -> str:
    if to.withdrawn:
        return "withdrawn"
    if meeting.state is MeetingState.CANCELLED:
        return "cancelled"
    if meeting.state is MeetingState.POSTPONED:
        return "postponed"
    return "invited" if to.told == NEVER_TOLD else "changed"


def _recipients(
    session: Session, duty: Duty, concerned: tuple[sa.ColumnElement[bool], ...]
) -> list[Recipient]:
    first, last = (UUID(str(duty.payload[end])) for end in ("first", "last"))
    query = (
        select(MeetingInvitation, Person)
        .join(Person, col(Person.id) == col(MeetingInvitation.person_id))
        .where(*concerned, col(Person.active))
        .where(col(MeetingInvitation.person_id).between(first, last))
        .order_by(col(MeetingInvitation.person_id))
    )
    return [
        Recipient(who.id, who.name, who.email, who.language, row.told, row.withdrawn)
        for row, who in session.exec(query)
    ]


def _reason(session: Session, meeting: Meeting) -> str:
    query = (
        select(MeetingStep.reason)
        .where(MeetingStep.meeting_id == meeting.id)
        .order_by(col(MeetingStep.at).desc())
    )
    return session.exec(query).first() or ""


def _mark(desk: Desk, duty: Duty, who: Recipient, problem: str, done: Mapping[str, Any]) -> None:
    """Write down, at once, that this one has left, and go on only while the batch is ours."""
    with desk.writing() as session:
        session.connection().execute(
            sa.update(MeetingInvitation)
            .where(
                col(MeetingInvitation.meeting_id) == UUID(str(duty.payload["meeting"])),
                col(MeetingInvitation.person_id) == who.person_id,
            )
            .values(**done)
        )
        if problem:
            _note(session, who, problem)
        ours = duty.renew(session)
        session.commit()
    if not ours:
        raise TakenOverError


def _note(session: Session, who: Recipient, problem: str) -> None:
    """Show to those who send mail that it does not reach somebody."""
    session.connection().execute(
        sa.update(Person).where(col(Person.id) == who.person_id).values(mail_problem=problem)
    )
