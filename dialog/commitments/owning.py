"""What the owner of a commitment does: accepts it, tells how it goes, asks for another day."""

from datetime import date
from uuid import UUID

from flask_babel import gettext as _
from sqlmodel import Session

from dialog.commitments import letters
from dialog.commitments.models import Commitment, ProgressReport, PromisedTo
from dialog.commitments.steps import check, clean, take
from dialog.core.commitments import ANSWERING, Action, Verdict
from dialog.core.errors import RefusedError
from dialog.storage.clock import now, today


def accept(session: Session, *, commitment: Commitment, by: UUID, due: date | None) -> None:
    """Answer for it, until `due`. From now on everybody can see it."""
    check(session, commitment=commitment, action=Action.ACCEPT)
    if due is None:
        raise RefusedError(_("Skriv vilken dag det ska vara gjort."))
    if due < commitment.said_on:
        raise RefusedError(_("Dagen ligger före den dag då det lovades. Skriv en senare dag."))
    before, commitment.due = commitment.due, due
    commitment.accepted_at = commitment.accepted_at or now()
    dates = (before if before != due else None, due)
    take(session, commitment=commitment, action=Action.ACCEPT, by=by, dates=dates)


def report(
    session: Session, *, commitment: Commitment, by: UUID, text: str, done: bool
) -> ProgressReport:
    """Tell how it goes, or that it is done: then those it was promised to are asked."""
    action = Action.REPORT_DONE if done else Action.PROGRESS
    check(session, commitment=commitment, action=action)
    words = clean(text)
    if not words:
        raise RefusedError(_("Skriv vad som har gjorts."))
    made = ProgressReport(commitment_id=commitment.id, person_id=by, text=words, done=done)
    session.add(made)
    session.flush()
    commitment.verdict, commitment.confirms, commitment.disputes = Verdict.NONE, None, None
    if done:
        commitment.answer_until = today() + ANSWERING
        commitment.asked_due = None
    take(session, commitment=commitment, action=action, by=by, report_id=made.id)
    if done and commitment.promised_to is PromisedTo.PERSON:
        letters.ask(
            session,
            commitment=commitment,
            letter=letters.Letter.ANSWER,
            to=commitment.to_person_id,
            again=str(made.id),
        )
    return made


def ask_for_date(
    session: Session, *, commitment: Commitment, by: UUID, due: date | None, reason: str
) -> None:
    """Ask for another day; somebody else decides. The day stands until then."""
    check(session, commitment=commitment, action=Action.ASK_FOR_DATE)
    if due is None or due < today():
        raise RefusedError(_("Skriv en dag som inte har varit."))
    if due == commitment.due:
        raise RefusedError(_("Det är den dag som redan gäller. Skriv en annan."))
    dates, commitment.asked_due = (commitment.due, due), due
    step = take(
        session,
        commitment=commitment,
        action=Action.ASK_FOR_DATE,
        by=by,
        reason=reason,
        dates=dates,
    )
    letters.ask(
        session,
        commitment=commitment,
        letter=letters.Letter.DATE_ASKED,
        to=commitment.recorder_id,
        again=str(step.id),
    )


def drop(session: Session, *, commitment: Commitment, by: UUID, reason: str) -> None:
    """Say that it will not be done, and why; also a no to what was proposed."""
    take(session, commitment=commitment, action=Action.DROP, by=by, reason=reason)
    commitment.asked_due = None
    if by != commitment.owner_id:
        return
    letters.ask(
        session,
        commitment=commitment,
        letter=letters.Letter.DROPPED,
        to=commitment.recorder_id,
    )
