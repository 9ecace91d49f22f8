"""Sending a round's mail in batches: over one connection, each message marked once it has left.

A worker that is killed between handing over a message and marking it sends that one message
again when the batch is resumed, so a person can get at most one duplicate for each such crash.
Nothing is sent to nobody: a batch ends only when everyone in it is marked.
"""

import smtplib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialog.desk import Desk, Duty, Finish, PostponedError, TakenOverError
from dialog.people.models import Person
from dialog.storage import mailing, outbox
from dialog.storage.clock import now
from dialog.surveys import keys, secrets
from dialog.surveys.models import Invitation, Round, RoundState
from dialog.surveys.rounds import mails

INVITATION: Final = "mail.invitation"
REMINDER: Final = "mail.reminder"
BATCH = 200
WHILE_PAUSED = timedelta(minutes=10)


class NotAllSentError(Exception):
    """The server put some recipients off until later; the batch is to be tried again."""


@dataclass(frozen=True)
class Recipient:
    invitation_id: UUID
    number: int
    address: str


def plan(
    session: Session, *, round_: Round, kind: str, not_before: datetime, occasion: str = ""
) -> None:
    """Ask for one batch for each BATCH invitations that it concerns. `occasion` (the date of a
    reminder) makes the batches new ones; the same again asks for nothing.
    """
    numbers = session.exec(
        select(Invitation.number)
        .where(*_concerned(round_.id, kind))
        .order_by(col(Invitation.number))
    ).all()
    for first in range(0, len(numbers), BATCH):
        ends = numbers[first], numbers[min(first + BATCH, len(numbers)) - 1]
        outbox.put(
            session,
            kind=kind,
            key=f"{kind}:{round_.id}:{occasion}:{ends[0]}",
            payload={"round": str(round_.id), "first": ends[0], "last": ends[1]},
            not_before=not_before,
        )


def send_batch(desk: Desk, duty: Duty) -> Finish | None:
    """Send what is left of a batch. Raises PostponedError while the round is paused."""
    with desk.reading() as session:
        round_ = session.get_one(Round, UUID(str(duty.payload["round"])))
        recipients = list(_left(session, duty))
    if round_.state is RoundState.PAUSED:
        raise PostponedError(now() + WHILE_PAUSED)
    if round_.state is not RoundState.OPEN:
        return _finish(duty)
    settings = desk.settings
    key = keys.link_key(settings)
    letter = mails.letter(round_, settings=settings, reminder=duty.kind == REMINDER)
    put_off = 0
    with mailing.connect(settings.smtp_url, folder=settings.mail) as mailer:
        for each in recipients:
            if desk.stopping.is_set():
                raise PostponedError(now())
            message = letter.to(
                each.address,
                link=mails.link(
                    settings,
                    round_.id,
                    secrets.link_secret(key, round_id=round_.id, number=each.number),
                ),
                code=secrets.code(key, round_id=round_.id, number=each.number),
            )
            problem = ""
            try:
                mailer.send(message)
            except mailing.UndeliverableError as undeliverable:
                problem = str(undeliverable)
            except smtplib.SMTPRecipientsRefused:
                put_off += 1
                continue
            _mark(desk, duty, each, problem)
    if put_off:
        raise NotAllSentError
    return _finish(duty)


def _concerned(round_id: UUID, kind: str) -> tuple[sa.ColumnElement[bool], ...]:
    mine = (
        col(Invitation.round_id) == round_id,
        col(Invitation.person_id).is_not(None),  # printed codes have nobody to write to
        col(Invitation.mail_problem) == "",
    )
    if kind == REMINDER:
        return (*mine, col(Invitation.issued).is_(False), col(Invitation.reminding).is_(False))
    return (*mine, col(Invitation.sent).is_(False))


def _range(duty: Duty) -> tuple[sa.ColumnElement[bool], ...]:
    payload = duty.payload
    return (
        col(Invitation.round_id) == UUID(str(payload["round"])),
        col(Invitation.number).between(payload["first"], payload["last"]),
    )


def _left(session: Session, duty: Duty) -> Iterator[Recipient]:
    query = (
        select(Invitation.id, Invitation.number, Person.email)
        .join(Person, col(Person.id) == col(Invitation.person_id))
        .where(*_concerned(UUID(str(duty.payload["round"])), duty.kind))
        .where(*_range(duty), col(Person.active))
        .order_by(col(Invitation.number))
    )
    for invitation_id, number, address in session.exec(query):
        yield Recipient(invitation_id, number, address)


def _mark(desk: Desk, duty: Duty, recipient: Recipient, problem: str) -> None:
    """Write down, at once, that this one has left (or never will), and go on only while the batch
    is ours and the round open.
    """
    done = {"reminding": True} if duty.kind == REMINDER else {"sent": True}
    with desk.writing() as session:
        session.connection().execute(
            sa.update(Invitation)
            .where(col(Invitation.id) == recipient.invitation_id)
            .values(**({"mail_problem": problem} if problem else done))
        )
        if problem:
            session.connection().execute(
                sa.update(Person)
                .where(col(Person.email) == recipient.address)
                .values(mail_problem=problem)
            )
        ours = duty.renew(session)
        state = session.exec(
            select(Round.state).where(Round.id == UUID(str(duty.payload["round"])))
        ).one()
        session.commit()
    if not ours:
        raise TakenOverError
    if state is not RoundState.OPEN:
        raise PostponedError(now())  # looked at again, with the state as it is then


def _finish(duty: Duty) -> Finish | None:
    if duty.kind != REMINDER:
        return None

    def forget_who_was_reminded(session: Session) -> None:
        session.connection().execute(
            sa.update(Invitation).where(*_range(duty)).values(reminding=False)
        )

    return forget_who_was_reminded
