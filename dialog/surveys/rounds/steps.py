"""What happens to a round: each step checked against the table, kept, told to the ballot box."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Final, Protocol
from uuid import UUID

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlmodel import Session, col, select

from dialog.core.errors import RefusedError
from dialog.core.review import under_embargo
from dialog.people import steps
from dialog.people.steps import Steps
from dialog.storage import outbox
from dialog.storage.clock import STOCKHOLM, now, today
from dialog.surveys import holders
from dialog.surveys.models import Round, RoundState, RoundStep
from dialog.surveys.rounds.states import ANNOUNCED, TRANSITIONS, Action, refusal

TO_OPEN: Final = timedelta(days=14)  # the least time between closing and disposal unopened
_STEPS: Final = Steps(RoundStep, of="round_id", table=TRANSITIONS, refusal=refusal)


def hold(session: Session, *, round_: Round) -> None:
    """Read `round_` again and keep others from changing it until this transaction ends."""
    steps.hold(session, round_)


def check(session: Session, *, round_: Round, action: Action) -> None:
    """Hold the round, and refuse if `action` is not possible. Nothing has been changed then."""
    _STEPS.check(session, round_, action)
    if round_.reconcile_since is not None and action in {Action.OPEN, Action.RESUME}:
        raise RefusedError(
            _(
                "Databasen är återställd från en säkerhetskopia, så det är inte säkert vilka som"
                " har svarat. Stäm av omgången först: dialog round reconcile."
            )
        )
    if action is Action.RELEASE and is_under_embargo(round_):
        raise RefusedError(embargo_sentence(round_))


class Released(Protocol):
    """A round, or what a list knows of one."""

    @property
    def released_from(self) -> date | None: ...


def is_under_embargo(round_: Released) -> bool:
    """Whether nothing of the round may be released yet; a day of the embargo is one in Sweden."""
    return under_embargo(round_.released_from, today=today())


def embargo_sentence(round_: Round) -> str:
    assert round_.released_from is not None  # else there is no embargo
    return str(
        _(
            "Omgången hör till en oberoende granskning. Inget resultat publiceras före %(date)s,"
            " den dag som bestämdes när omgången godkändes.",
            date=round_.released_from,
        )
    )


def take(
    session: Session, *, round_: Round, action: Action, by: UUID | None, reason: str = ""
) -> RoundStep:
    """Take a step: the state changes, the step is kept, the ballot box will be told.

    `by` None is the platform itself. Raises IllegalTransitionError.
    """
    check(session, round_=round_, action=action)
    step = _STEPS.take(session, round_, action, by=by, reason=reason)
    if round_.state in ANNOUNCED:  # that it was opened, `opening.finish` says when it is sure
        outbox.put(
            session,
            kind="round.announce",
            key=f"round.announce:{step.id}",
            payload={"round": str(round_.id)},
        )
    return step


def keep(
    session: Session,
    *,
    round_: Round,
    action: str,
    by: UUID | None,
    before: RoundState | None = None,
    reason: str = "",
) -> RoundStep:
    """Write down what happened to the round that is no step of the table."""
    return _STEPS.keep(session, round_, action, by=by, before=before, reason=reason)


def steps_of(session: Session, *, round_: Round) -> list[tuple[RoundStep, str]]:
    """What has happened, the first first, with the name of who did it (empty: the platform)."""
    return _STEPS.kept(session, round_)


def has_happened(session: Session, *, round_: Round, action: str) -> bool:
    query = select(RoundStep.id).where(
        col(RoundStep.round_id) == round_.id, col(RoundStep.action) == str(action)
    )
    return session.exec(query).first() is not None


def last(session: Session, *, round_: Round, action: str) -> RoundStep | None:
    """The round's latest step of this kind."""
    query = select(RoundStep).where(
        col(RoundStep.round_id) == round_.id, col(RoundStep.action) == str(action)
    )
    return session.exec(query.order_by(col(RoundStep.at).desc())).first()


def last_time(session: Session, *, round_: Round, action: str) -> datetime:
    """When the round last took this step; now, if it never did."""
    query = select(sa.func.max(RoundStep.at)).where(
        col(RoundStep.round_id) == round_.id, col(RoundStep.action) == str(action)
    )
    return session.exec(query).one() or now()


def people_who(session: Session, *, round_: Round, actions: Collection[str]) -> frozenset[UUID]:
    """Who has taken any of these steps."""
    query = select(RoundStep.person_id).where(
        col(RoundStep.round_id) == round_.id,
        col(RoundStep.action).in_([str(action) for action in actions]),
    )
    return frozenset(person for person in session.exec(query) if person is not None)


def pause(session: Session, *, round_: Round, by: UUID | None, reason: str = "") -> None:
    """Stop taking answers for now."""
    take(session, round_=round_, action=Action.PAUSE, by=by, reason=reason)


def resume(session: Session, *, round_: Round, by: UUID | None) -> None:
    """Take answers again. A deadline that has passed must be extended first."""
    check(session, round_=round_, action=Action.RESUME)
    if round_.closes_at is not None and round_.closes_at <= now():
        raise RefusedError(_("Svarstiden har gått ut. Förläng den innan omgången fortsätter."))
    take(session, round_=round_, action=Action.RESUME, by=by)


def extend(session: Session, *, round_: Round, by: UUID | None, closes_at: datetime) -> None:
    """Move the deadline later; never earlier, and never past a date of disposal."""
    check(session, round_=round_, action=Action.EXTEND)
    if round_.closes_at is not None and closes_at <= round_.closes_at:
        raise RefusedError(
            _("Svarstiden kan bara förlängas. Välj en senare tid än den som gäller.")
        )
    if closes_at <= now():
        raise RefusedError(_("Välj en tid som inte har passerat."))
    if round_.keep_list_until is not None and closes_at.date() >= round_.keep_list_until:
        raise RefusedError(
            _(
                "Deltagarlistan gallras %(date)s enligt beslutet. Välj en tid före den dagen.",
                date=round_.keep_list_until,
            )
        )
    last = round_.keep_unopened_until
    if last is not None and closes_at.astimezone(STOCKHOLM).date() + TO_OPEN > last:
        raise RefusedError(
            _(
                "Svar som ingen har öppnat gallras %(date)s enligt beslutet, och nyckelhållarna"
                " behöver två veckor. Välj en tidigare tid.",
                date=last,
            )
        )
    round_.closes_at = closes_at
    session.add(round_)
    take(session, round_=round_, action=Action.EXTEND, by=by)


def close(session: Session, *, round_: Round, by: UUID | None, reason: str = "") -> None:
    """Take no more answers, for good. Without `by` it is the deadline that closes; somebody who
    closes earlier moves the deadline to now, for all that is said of it later.
    """
    check(session, round_=round_, action=Action.CLOSE)
    if by is not None:
        round_.closes_at = min(filter(None, (round_.closes_at, now())))
    take(session, round_=round_, action=Action.CLOSE, by=by, reason=reason)


def unseal(session: Session, *, round_: Round, reason: str = "") -> None:
    """The ballots were opened and counted."""
    take(session, round_=round_, action=Action.UNSEAL, by=None, reason=reason)


def end_unopened(session: Session, *, round_: Round, reason: str, by: UUID | None = None) -> None:
    """The round ends without its answers: too few of them, a lost key, or their time is out.
    `reason` is shown. Without `by` the platform ends it.
    """
    check(session, round_=round_, action=Action.END)
    round_.ending_note = reason
    take(session, round_=round_, action=Action.END, by=by, reason=reason)


def give_up(session: Session, *, round_: Round, by: UUID, reason: str) -> None:
    """Decide that the ballots of a round with a lost key are never opened. Raises RefusedError
    unless a trustee who has not opened yet has said that the key is lost.
    """
    check(session, round_=round_, action=Action.END)
    if not holders.is_lost(session, round_=round_):
        raise RefusedError(
            _(
                "Omgången kan avslutas oöppnad bara när en nyckelhållare har meddelat att nyckeln"
                " är förlorad. Oöppnade svar gallras annars på sin dag."
            )
        )
    if not reason.strip():
        raise RefusedError(_("Skriv varför svaren inte kan öppnas."))
    end_unopened(session, round_=round_, reason=reason.strip(), by=by)


def release(session: Session, *, round_: Round, by: UUID) -> None:
    """The results were published."""
    take(session, round_=round_, action=Action.RELEASE, by=by)


def archive(session: Session, *, round_: Round, by: UUID) -> None:
    """Lay the round aside. Disposal goes on by its dates."""
    check(session, round_=round_, action=Action.ARCHIVE)
    if round_.manifest and round_.key_destroyed_at is None:
        raise RefusedError(_("Omgångens nyckel är inte raderad än. Försök igen om en stund."))
    take(session, round_=round_, action=Action.ARCHIVE, by=by)


def cancel(session: Session, *, round_: Round, by: UUID | None, reason: str) -> None:
    """Give the round up before it opened."""
    check(session, round_=round_, action=Action.CANCEL)
    if not reason.strip():
        raise RefusedError(_("Skriv varför omgången avbryts."))
    round_.ending_note = reason
    take(session, round_=round_, action=Action.CANCEL, by=by, reason=reason)
