"""Approving a plan once for many rounds: by somebody who had no part in writing it."""

from uuid import UUID

from flask_babel import gettext as _
from sqlmodel import Session, col, select

from dialog.core.errors import RefusedError
from dialog.followups import planning, steps
from dialog.followups.models import FollowUp, PlanState
from dialog.followups.states import Action
from dialog.storage.clock import now


def approve(session: Session, *, plan: FollowUp, by: UUID) -> None:
    """Let rounds be made from the plan. One that was approved before for the same meetings ends:
    there is one answer to what a meeting's round is made from.
    """
    steps.check(session, plan=plan, action=Action.APPROVE)
    if by in steps.authors(session, plan=plan):
        raise RefusedError(_("Den som har arbetat med planen kan inte godkänna den. Be en annan."))
    places = planning.holders_of(session, plan=plan)
    if by in {who for each in places for who in (each.person_id, each.deputy_id)}:
        raise RefusedError(_("Den som ska hålla en nyckel kan inte godkänna planen."))
    lacking = planning.missing(session, plan=plan)
    if lacking:
        raise RefusedError(_("Planen kan inte godkännas. Skicka tillbaka den.") + " " + lacking[0])
    for former in _approved(session, plan=plan):
        steps.take(session, plan=former, action=Action.END, by=by, reason=_("En ny plan gäller."))
    plan.approver_id, plan.approved_at = by, now()
    steps.take(session, plan=plan, action=Action.APPROVE, by=by)


def send_back(session: Session, *, plan: FollowUp, by: UUID, reason: str) -> None:
    """Return the plan to its authors, who are told why."""
    if not reason.strip():
        raise RefusedError(_("Skriv vad som ska ändras, så att den som planerar vet."))
    steps.take(session, plan=plan, action=Action.SEND_BACK, by=by, reason=reason.strip())


def end(session: Session, *, plan: FollowUp, by: UUID) -> None:
    """Make no more rounds from it. Those whose meeting has begun go on."""
    steps.take(session, plan=plan, action=Action.END, by=by)


def _approved(session: Session, *, plan: FollowUp) -> list[FollowUp]:
    query = select(FollowUp).where(
        col(FollowUp.series_id) == plan.series_id,
        FollowUp.state == PlanState.APPROVED,
        FollowUp.id != plan.id,
    )
    return list(session.exec(query))
