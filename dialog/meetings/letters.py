"""Mail about a meeting with its calendar event, sent in batches; each is marked once it has left.

A worker that is killed between handing over a message and marking it sends that one again: a
calendar takes the same UID and sequence twice without a change.
"""

import smtplib
from collections.abc import Callable, Mapping, Sequence
from email.message import EmailMessage
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from babel.dates import format_date, format_time
from sqlmodel import Session, col, select

from dialog.desk import Desk, Duty, Finish, PostponedError, TakenOverError
from dialog.meetings import calendar, telling
from dialog.meetings.models import Answer, Meeting, MeetingInvitation, MeetingState, MeetingStep
from dialog.meetings.recipients import NEVER_TOLD, Recipient, note, recipients_of
from dialog.settings import Settings
from dialog.storage import letters, mailing
from dialog.storage.clock import STOCKHOLM, now
from dialog.unions.notices import noting


class NotAllSentError(Exception):
    """The server put some recipients off until later; the batch is to be tried again."""


def send(desk: Desk, duty: Duty) -> Finish | None:
    """Send what is left of a batch, of the meeting as it is now."""
    with desk.reading() as session:
        meeting = session.get_one(Meeting, UUID(str(duty.payload["meeting"])))
        recipients = _batch(session, duty, meeting, telling.behind(meeting))
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
        recipients = _batch(session, duty, meeting, telling.unreminded(meeting))
    if meeting.state is not MeetingState.INVITED or meeting.starts_at is None:
        return None
    settings = desk.settings

    def written(to: Recipient) -> EmailMessage:
        return composed(_words(meeting, to.language, "reminder", settings=settings), to, settings)

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
        has_seat = (
            col(MeetingInvitation.person_id) == UUID(str(duty.payload["person"])),
            col(MeetingInvitation.withdrawn).is_(False),
            col(MeetingInvitation.waiting).is_(False),
            col(MeetingInvitation.answer) == Answer.YES,
        )
        to = next(iter(recipients_of(session, meeting=meeting, where=has_seat)), None)
    if to is None:
        return None
    settings = desk.settings
    words = _words(meeting, to.language, "seat", settings=settings)
    message = composed(words, to, settings)
    return noting(to.person_id, to.mandate_id, desk.send(message))


def write(meeting: Meeting, *, to: Recipient, reason: str, settings: Settings) -> EmailMessage:
    """The letter to one who is asked to come: an invitation, news of it, or that it is off."""
    words = _words(meeting, to.language, _letter(meeting, to), settings=settings, reason=reason)
    message = composed(words, to, settings)
    method, event = calendar.invitation(
        meeting,
        to=to.email,
        sender=message["From"].addresses[0].addr_spec,
        place=place(meeting, settings, private=to.private),
        withdrawn=to.withdrawn,
        at=now(),
    )
    message.add_alternative(
        event, maintype="text", subtype="calendar", params={"method": method, "charset": "UTF-8"}
    )
    return message


def composed(words: str, to: Recipient, settings: Settings) -> EmailMessage:
    message = letters.compose(
        words, name=to.name, email=to.email, sender=settings.mail_from, base_url=settings.base_url
    )
    return mailing.mark_private(message) if to.private else message


def place(meeting: Meeting, settings: Settings, *, private: bool) -> calendar.Place:
    return calendar.Place(letters.domain(settings.base_url), page(meeting, settings), private)


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


def _batch(
    session: Session, duty: Duty, meeting: Meeting, concerned: tuple[sa.ColumnElement[bool], ...]
) -> list[Recipient]:
    first, last = (UUID(str(duty.payload[end])) for end in ("first", "last"))
    within = col(MeetingInvitation.person_id).between(first, last)
    return recipients_of(session, meeting=meeting, where=(*concerned, within))


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
            note(session, to=who, problem=problem)
        ours = duty.renew(session)
        session.commit()
    if not ours:
        raise TakenOverError
