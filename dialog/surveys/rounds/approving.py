"""Approving a round: by somebody who had no part in writing it, and all of it or nothing."""

from uuid import UUID

from flask_babel import gettext as _
from sqlmodel import Session

from dialog.core.errors import RefusedError
from dialog.surveys.models import Round, Survey
from dialog.surveys.rounds import checklist, planning, steps
from dialog.surveys.rounds.states import Action


def authors(session: Session, *, round_: Round) -> frozenset[UUID]:
    """Everybody who had a part in what is to be approved: the round's author, the survey's, who
    worked on the plan, and who submitted it.
    """
    survey = session.get(Survey, round_.survey_id)
    assert survey is not None  # a foreign key
    helpers = steps.people_who(session, round_=round_, actions=(planning.PLAN, Action.SUBMIT))
    return frozenset({round_.author_id, survey.author_id} | helpers)


def approve(session: Session, *, round_: Round, by: UUID) -> None:
    """Freeze the questionnaire, the tables, the key holder, k and the retention decision."""
    steps.check(session, round_=round_, action=Action.APPROVE)
    if by in authors(session, round_=round_):
        raise RefusedError(
            _("Den som har arbetat med omgången eller enkäten kan inte godkänna den. Be en annan.")
        )
    checklist.count_people(session, round_=round_)
    lacking = checklist.missing(session, round_=round_)
    if lacking:
        raise RefusedError(
            _("Omgången kan inte godkännas. Skicka tillbaka den.") + " " + lacking[0].sentence
        )
    steps.take(session, round_=round_, action=Action.APPROVE, by=by)


def send_back(session: Session, *, round_: Round, by: UUID, reason: str) -> None:
    """Return the plan to its authors, who are told why."""
    if not reason.strip():
        raise RefusedError(_("Skriv vad som ska ändras, så att den som planerar vet."))
    steps.take(session, round_=round_, action=Action.SEND_BACK, by=by, reason=reason.strip())
    planning.thaw(session, round_=round_)
