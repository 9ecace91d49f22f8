"""Approving a round: by somebody who had no part in writing it, and all of it or nothing."""

from uuid import UUID

from flask_babel import gettext as _
from sqlmodel import Session

from dialog.core.errors import RefusedError
from dialog.settings import Settings
from dialog.surveys import programmes
from dialog.surveys.models import Round
from dialog.surveys.opening import sealing
from dialog.surveys.rounds import checklist, key_holders, planning, steps, university
from dialog.surveys.rounds.authors import authors
from dialog.surveys.rounds.states import Action


def approve(
    session: Session, *, round_: Round, by: UUID, settings: Settings, reason: str = ""
) -> None:
    """Freeze the questionnaire, the tables, the key holder, k and the retention decision, and make
    the manifest that binds them: others publish its fingerprint before the round opens. Of a
    review round also who the university's people are: their data follow from this approval.
    `reason` says that it was given before, for many rounds.
    """
    steps.check(session, round_=round_, action=Action.APPROVE)
    if by in authors(session, round_=round_):
        raise RefusedError(
            _("Den som har arbetat med omgången eller enkäten kan inte godkänna den. Be en annan.")
        )
    if key_holders.holds_a_key(session, round_=round_, person_id=by):
        raise RefusedError(_("Den som håller en nyckel till omgången kan inte godkänna den."))
    if university.has_part(session, round_=round_, person_id=by):
        raise RefusedError(
            _(
                "Den som hör till lärosätet eller har utsett dess personer kan inte godkänna"
                " omgången."
            )
        )
    checklist.count_people(session, round_=round_)
    lacking = checklist.missing(session, round_=round_, counted=True)
    if lacking:
        raise RefusedError(
            _("Omgången kan inte godkännas. Skicka tillbaka den.") + " " + lacking[0].sentence
        )
    unready = list(key_holders.unready(session, round_=round_))
    if unready:
        raise RefusedError(
            _("Omgången kan inte godkännas förrän alla nycklar är provade.") + " " + unready[0]
        )
    unconfirmed = list(university.unready(session, round_=round_))
    if unconfirmed:
        raise RefusedError(_("Omgången kan inte godkännas.") + " " + unconfirmed[0])
    sealing.prepare(session, round_=round_, settings=settings)
    programmes.freeze(session, round_=round_)
    steps.take(session, round_=round_, action=Action.APPROVE, by=by, reason=reason)


def send_back(session: Session, *, round_: Round, by: UUID, reason: str) -> None:
    """Return the plan to its authors, who are told why."""
    if not reason.strip():
        raise RefusedError(_("Skriv vad som ska ändras, så att den som planerar vet."))
    steps.take(session, round_=round_, action=Action.SEND_BACK, by=by, reason=reason.strip())
    planning.thaw(session, round_=round_)
