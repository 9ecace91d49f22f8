"""Amendments: proposed by readers section by section, accepted or declined with a reason."""

from uuid import UUID

from flask_babel import gettext as _
from sqlmodel import Session

from dialog.core.errors import RefusedError
from dialog.minutes import circulating, steps, telling, writing
from dialog.minutes.models import Minutes, MinutesProposal, MinutesSection, ProposalState
from dialog.minutes.states import Action
from dialog.storage.clock import now


def propose(
    session: Session, *, minutes: Minutes, section: MinutesSection, text: str, reason: str, by: UUID
) -> MinutesProposal:
    """Propose another text for a section. Raises RefusedError."""
    text, reason = writing.checked(text), writing.checked(reason).strip()
    steps.check(session, minutes=minutes, action=Action.AMEND)
    session.refresh(section)
    if text == section.text:
        raise RefusedError(_("Förslaget är likadant som texten. Ändra det du vill ändra."))
    proposal = MinutesProposal(
        minutes_id=minutes.id,
        section_id=section.id,
        based_on=section.version,
        before=section.text,
        text=text,
        reason=reason,
        author_id=by,
    )
    session.add(proposal)
    session.flush()
    return proposal


def accept(
    session: Session, *, minutes: Minutes, proposal: MinutesProposal, by: UUID, answer: str
) -> None:
    """Take the proposed text in: a new version, which everybody attests anew."""
    _decide(session, minutes, proposal, by=by, answer=answer, state=ProposalState.ACCEPTED)
    section = session.get_one(MinutesSection, proposal.section_id, populate_existing=True)
    if section.version != proposal.based_on:
        raise RefusedError(
            _(
                "Avsnittet har ändrats sedan förslaget skrevs. Avböj det med en förklaring: den som"
                " föreslog kan skriva ett nytt till den nya texten."
            )
        )
    writing.put(session, section=section, heading=section.heading, text=proposal.text, by=by)
    circulating.new_version(session, minutes=minutes, by=by)
    reason = proposal.answer or section.heading
    steps.take(session, minutes=minutes, action=Action.AMEND, by=by, reason=reason)
    telling.ask_attesters(session, minutes=minutes)


def decline(
    session: Session, *, minutes: Minutes, proposal: MinutesProposal, by: UUID, answer: str
) -> None:
    """Leave the text as it is; `answer` says why."""
    if not answer.strip():
        raise RefusedError(_("Skriv varför förslaget avböjs."))
    _decide(session, minutes, proposal, by=by, answer=answer, state=ProposalState.DECLINED)


def _decide(
    session: Session,
    minutes: Minutes,
    proposal: MinutesProposal,
    *,
    by: UUID,
    answer: str,
    state: ProposalState,
) -> None:
    answer = writing.checked(answer).strip()
    steps.check(session, minutes=minutes, action=Action.AMEND)
    session.refresh(proposal, with_for_update=True)
    if proposal.state is not ProposalState.OPEN:
        raise RefusedError(_("Förslaget är redan avgjort."))
    proposal.state, proposal.answer = state, answer
    proposal.decided_by, proposal.decided_at = by, now()
    session.add(proposal)
    session.flush()
