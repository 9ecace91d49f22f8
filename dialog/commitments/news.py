"""Telling those who follow: one duty when something has happened, and from it a mail for each."""

from email.message import EmailMessage
from typing import Final
from uuid import UUID

import sqlalchemy as sa
from babel.dates import format_date
from sqlmodel import Session, col

from dialog.commitments import secret_links, subjects
from dialog.commitments.models import Commitment, CommitmentFollower, CommitmentStep, ProgressReport
from dialog.core.commitments import Action
from dialog.desk import Desk, Duty, Finish
from dialog.settings import Settings
from dialog.storage import letters, outbox

HAPPENED: Final = "commitment.news"
KIND: Final = "mail.commitment-news"
# What is worth a mail. That a day was asked for is seen on the page.
TOLD: Final = frozenset(
    {
        Action.ACCEPT,
        Action.PROGRESS,
        Action.REPORT_DONE,
        Action.GRANT_DATE,
        Action.HAND_OVER,
        Action.DROP,
        Action.CONFIRM,
        Action.DISPUTE,
        Action.LAPSE,
    }
)


def announce(session: Session, *, commitment: Commitment, step: CommitmentStep) -> None:
    """Have it told, if everybody can see the commitment. The duty says which step, no more."""
    if commitment.accepted_at is not None and step.action in TOLD:
        outbox.put(
            session, kind=HAPPENED, key=f"{HAPPENED}:{step.id}", payload={"step": str(step.id)}
        )


def spread(desk: Desk, duty: Duty) -> Finish | None:
    """A duty for each follower, put in the transaction that marks this one as done: each once."""
    step_id = UUID(str(duty.payload["step"]))
    with desk.reading() as session:
        step = session.get_one(CommitmentStep, step_id)
        commitment = session.get_one(Commitment, step.commitment_id)
        wanted = subjects.of_commitment(session, commitment=commitment)
        # Somebody who follows both the series and the förvaltning gets one mail.
        query = (
            sa.select(sa.func.min(sa.cast(col(CommitmentFollower.id), sa.String)))
            .where(col(CommitmentFollower.confirmed), col(CommitmentFollower.what).in_(wanted))
            .group_by(col(CommitmentFollower.email))
        )
        followers = [UUID(found) for (found,) in session.connection().execute(query)]

    def put(session: Session) -> None:
        for follower_id in followers:
            outbox.put(
                session,
                kind=KIND,
                key=f"{KIND}:{step_id}:{follower_id}",
                payload={"step": str(step_id), "follower": str(follower_id)},
            )

    return put


def send(desk: Desk, duty: Duty) -> Finish | None:
    """Mail one follower, if they still follow. Killed between sending and marking, it is sent
    twice: harmless. An address that takes no mail follows no more.
    """
    with desk.reading() as session:
        follower = session.get(CommitmentFollower, UUID(str(duty.payload["follower"])))
        if follower is None or not follower.confirmed:
            return None
        step = session.get_one(CommitmentStep, UUID(str(duty.payload["step"])))
        commitment = session.get_one(Commitment, step.commitment_id)
        report = session.get(ProgressReport, step.report_id) if step.report_id else None
        words = report.text if report else step.reason
        message = write(commitment, step, follower, words=words, settings=desk.settings)
    return deliver(desk, message, follower=follower)


def deliver(desk: Desk, message: EmailMessage, *, follower: CommitmentFollower) -> Finish | None:
    """Hand over a mail to a follower; if the address is refused for good, forget it. Where the key
    was lost and made anew, the link in this mail is the one that works from now on.
    """
    secret = secret_links.secret_of(follower, key=secret_links.follow_key(desk.settings.keys))
    hashed, follower_id = secret_links.digest(secret), follower.id
    if desk.send(message):

        def forget(session: Session) -> None:
            gone = session.get(CommitmentFollower, follower_id)
            if gone is not None:
                session.delete(gone)

        return forget
    if hashed == follower.secret_hash:
        return None

    def renew(session: Session) -> None:
        kept = session.get(CommitmentFollower, follower_id)
        if kept is not None:
            kept.secret_hash = hashed
            session.add(kept)

    return renew


def write(
    commitment: Commitment,
    step: CommitmentStep,
    follower: CommitmentFollower,
    *,
    words: str,
    settings: Settings,
) -> EmailMessage:
    """`words` are those of the report, or the reason of the step."""
    leave = secret_links.address(follower, settings=settings)
    written = (
        letters.templates("dialog.commitments", "templates/commitments")
        .get_template("news.txt")
        .render(
            language=follower.language,
            action=step.action,
            title=commitment.title,
            owner=commitment.owner_title,
            words=words,
            due=_day(step, follower.language),
            page=f"{settings.base_url}/ni-sa-vi-gjorde/{commitment.id}",
            leave=leave,
        )
    )
    return to_follower(written, follower, settings=settings)


def to_follower(written: str, follower: CommitmentFollower, *, settings: Settings) -> EmailMessage:
    """The message, with what mail programs need for their own button to leave (RFC 8058)."""
    message = letters.compose(
        written,
        name="",
        email=follower.email,
        sender=settings.mail_from,
        base_url=settings.base_url,
    )
    leave = secret_links.address(follower, settings=settings)
    message["List-Unsubscribe"] = f"<{leave}/avsluta>"
    message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return message


def _day(step: CommitmentStep, language: str) -> str:
    return format_date(step.after_due, "d MMMM y", locale=language) if step.after_due else ""
