"""What happens to a commitment: each step checked against the table, kept, and told of."""

from datetime import date
from uuid import UUID

from flask_babel import gettext as _
from sqlmodel import Session

from dialog.commitments import news
from dialog.commitments.models import Commitment, CommitmentStep
from dialog.commitments.words import DOING, STATES
from dialog.core.commitments import NEEDS_REASON, TRANSITIONS, Action, Said, Verdict, possible
from dialog.core.errors import IllegalTransitionError, RefusedError
from dialog.core.identity_numbers import has_identity_number
from dialog.people import steps
from dialog.storage.clock import now
from dialog.web.refusing import illegal

NOTHING_SAID = Said(Verdict.NONE)


def hold(session: Session, *, commitment: Commitment) -> None:
    """Read it again and keep others from changing it until this transaction ends."""
    steps.hold(session, commitment)


def check(session: Session, *, commitment: Commitment, action: Action) -> None:
    """Hold the commitment, and refuse if `action` is not possible. Nothing is changed then."""
    hold(session, commitment=commitment)
    if commitment.state not in TRANSITIONS[action].before:
        raise refusal(commitment, action)


def take(
    session: Session,
    *,
    commitment: Commitment,
    action: Action,
    by: UUID | None,
    reason: str = "",
    dates: tuple[date | None, date | None] = (None, None),
    report_id: UUID | None = None,
    said: Said = NOTHING_SAID,
) -> CommitmentStep:
    """Take a step: the state changes, the step is kept. `by` None is the platform itself; `dates`
    are the due day before and after. Raises IllegalTransitionError, RefusedError.
    """
    check(session, commitment=commitment, action=action)
    reason = clean(reason)
    if action in NEEDS_REASON and not reason:
        raise RefusedError(_("Skriv varför. Skälet sparas och kan läsas av alla."))
    before = commitment.state
    commitment.state = TRANSITIONS[action].after or before
    return keep(
        session,
        commitment=commitment,
        step=CommitmentStep(
            commitment_id=commitment.id,
            person_id=by,
            at=now(),
            action=action.value,
            before=before.value,
            after=commitment.state.value,
            reason=reason,
            report_id=report_id,
            before_due=dates[0],
            after_due=dates[1],
            verdict=said.verdict,
            confirms=said.confirm,
            disputes=said.dispute,
        ),
    )


def keep(session: Session, *, commitment: Commitment, step: CommitmentStep) -> CommitmentStep:
    """Write down what happened, and have those told who follow it."""
    commitment.changed_at = step.at
    session.add(commitment)
    session.add(step)
    session.flush()
    news.announce(session, commitment=commitment, step=step)
    return step


def clean(text: str) -> str:
    """The text without blanks around it. Raises RefusedError for a personal identity number."""
    if has_identity_number(text):
        raise RefusedError(_("Texten har ett personnummer. Ta bort det: det ska inte sparas här."))
    return text.strip()


def refusal(commitment: Commitment, action: Action) -> IllegalTransitionError:
    wrong = _(
        "Det går inte att %(what)s: åtagandet är i läget ”%(state)s”.",
        what=DOING[action],
        state=STATES[commitment.state],
    )
    steps = [DOING[each] for each in possible(commitment.state)]
    return illegal(wrong, steps, over=_("Inget mer kan göras med det."))
