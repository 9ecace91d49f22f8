"""A run of disposal: what is due is listed, two people say yes, and it is carried out."""

from typing import Final
from uuid import UUID

from flask_babel import gettext as _
from sqlmodel import Session

from dialog.core.errors import RefusedError
from dialog.people import steps
from dialog.retention import queries, under
from dialog.retention.models import (
    DisposalConfirmation,
    DisposalItem,
    DisposalRun,
    RetentionDecision,
    RunState,
)
from dialog.storage import outbox
from dialog.storage.clock import now

KIND: Final = "retention.carry-out"
PEOPLE: Final = 2  # have to say yes


def begin(session: Session, *, decision: RetentionDecision, by: UUID) -> DisposalRun:
    """List what is due today; a list that waits already is given again. Raises RefusedError if
    nothing is due.
    """
    steps.hold(session, decision)
    if (waiting := queries.open_run(session, decision=decision)) is not None:
        return waiting
    due = under.due(session, decision=decision)
    if not due:
        raise RefusedError(_("Inget ärende under beslutet ska gallras än."))
    run = DisposalRun(decision_id=decision.id, author_id=by)
    session.add(run)
    session.flush()
    latest = under.latest(session, decision=decision)
    files = under.files(session, decision=decision)
    session.add_all(
        DisposalItem(
            run_id=run.id, matter_id=matter.id, documents=matter.documents,
            files=files.get(matter.id, 0), latest=latest[matter.id],
        )
        for matter in due
    )  # fmt: skip
    session.flush()
    return run


def confirm(session: Session, *, run: DisposalRun, by: UUID) -> None:
    """One person's yes; the second has it carried out. The same person's again changes nothing.
    Raises RefusedError.
    """
    steps.hold(session, run)
    given = queries.confirmed_by(session, run_id=run.id)
    if any(each.person_id == by for each, _name in given):
        return
    _require_listed(run)
    session.add(DisposalConfirmation(run_id=run.id, person_id=by))
    if len(given) + 1 == PEOPLE:
        run.state = RunState.CONFIRMED
        session.add(run)
        outbox.put(session, kind=KIND, key=f"{KIND}:{run.id}", payload={"run": str(run.id)})
    session.flush()


def withdraw(session: Session, *, run: DisposalRun, by: UUID, reason: str) -> None:
    """Give the list up: nothing is disposed of by it. Raises RefusedError."""
    steps.hold(session, run)
    _require_listed(run)
    run.state, run.ended_at = RunState.WITHDRAWN, now()
    run.withdrawn_by, run.reason = by, reason
    session.add(run)


def _require_listed(run: DisposalRun) -> None:
    if run.state is RunState.LISTED:
        return
    sentences = {
        RunState.CONFIRMED: _("Två personer har redan godkänt listan, och gallringen pågår."),
        RunState.DONE: _("Gallringen är redan gjord."),
        RunState.WITHDRAWN: _("Listan är tillbakadragen. Gör en ny."),
    }
    raise RefusedError(sentences[run.state])
