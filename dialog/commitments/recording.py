"""What those do who keep the list: decide on another day, hand over, close."""

from uuid import UUID

from flask_babel import gettext as _
from sqlmodel import Session

from dialog.commitments import letters
from dialog.commitments.models import Commitment
from dialog.commitments.proposing import Owner, give_to
from dialog.commitments.steps import check, take
from dialog.core.commitments import Action, State
from dialog.core.errors import RefusedError


def decide_on_date(
    session: Session, *, commitment: Commitment, by: UUID, granted: bool, reason: str = ""
) -> None:
    """Let another day be the day, or not; never by whoever asks."""
    action = Action.GRANT_DATE if granted else Action.REFUSE_DATE
    check(session, commitment=commitment, action=action)
    asked = commitment.asked_due
    if asked is None:
        raise RefusedError(_("Ingen ny dag är begärd."))
    if by == commitment.owner_id:
        raise RefusedError(
            _("Du ansvarar själv för åtagandet. Någon annan avgör om dagen flyttas.")
        )
    dates = (commitment.due, asked if granted else commitment.due)
    commitment.due, commitment.asked_due = dates[1], None
    step = take(session, commitment=commitment, action=action, by=by, reason=reason, dates=dates)
    letters.ask(
        session,
        commitment=commitment,
        letter=letters.Letter.DATE_DECIDED,
        to=commitment.owner_id,
        again=str(step.id),
    )


def hand_over(
    session: Session, *, commitment: Commitment, by: UUID, owner: Owner, reason: str
) -> None:
    """Ask somebody else to answer for it; they accept it anew, with a day."""
    check(session, commitment=commitment, action=Action.HAND_OVER)
    if owner.person_id == commitment.owner_id:
        raise RefusedError(_("Den personen ansvarar redan. Välj någon annan."))
    give_to(session, commitment=commitment, owner=owner)
    commitment.asked_due = None
    step = take(session, commitment=commitment, action=Action.HAND_OVER, by=by, reason=reason)
    letters.ask(
        session,
        commitment=commitment,
        letter=letters.Letter.PROPOSED,
        to=owner.person_id,
        again=str(step.id),
    )


def close(session: Session, *, commitment: Commitment, by: UUID, reason: str = "") -> None:
    """End it. What is disputed is closed only with a reason."""
    check(session, commitment=commitment, action=Action.CLOSE)
    if commitment.state is State.DISPUTED and not reason.strip():
        raise RefusedError(
            _("De det lovades säger att det inte är gjort. Skriv varför det avslutas ändå.")
        )
    take(session, commitment=commitment, action=Action.CLOSE, by=by, reason=reason)
