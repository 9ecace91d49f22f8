"""What happens to a matter: each step checked against the table and the law, and kept.

A decision, or carrying it out, while the negotiation is not concluded is refused, but for the one
reason that the paragraph knows; then the negotiation goes on, and its state does not change.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from flask_babel import gettext as _
from sqlmodel import Session

from dialog.core.errors import IllegalTransitionError, RefusedError
from dialog.core.negotiating import ahead
from dialog.core.negotiating.matters import (
    ATTESTED,
    NEEDS_REASON,
    REQUEST,
    REQUEST_RECORDED,
    TRANSITIONS,
    Action,
    State,
    possible,
)
from dialog.core.negotiating.rules import Event, Rules
from dialog.minutes import writing
from dialog.negotiations import queries, telling, words
from dialog.negotiations.models import MblMatter, MblStep
from dialog.negotiations.parties import Party, may_take
from dialog.people import steps
from dialog.people.steps import Steps
from dialog.storage.clock import today
from dialog.web.i18n import day as day_words
from dialog.web.refusing import illegal

BEGINNINGS: Final = frozenset({REQUEST, REQUEST_RECORDED})
WAITING: Final = frozenset({Action.DECIDE, Action.CARRY_OUT})
ENDS: Final = {Action.AGREE: True, Action.WITHDRAW: False}


@dataclass(frozen=True)
class Said:
    """What is told of a step: the day it counts from, why, and why it does not wait."""

    day: date
    reason: str = ""
    exception: str = ""


def refusal(state: Any, action: Any) -> IllegalTransitionError:
    wrong = _(
        "Det går inte att %(what)s: ärendet är %(state)s.",
        what=words.DOING[action],
        state=words.STATES[state],
    )
    choices = [words.DOING[each] for each in possible(state)]
    return illegal(wrong, choices, over=_("Inget mer kan göras med det."))


STEPS: Final = Steps(MblStep, of="matter_id", table=TRANSITIONS, refusal=refusal)


def hold(session: Session, *, matter: MblMatter) -> None:
    """Read it again and keep others from changing it until this transaction ends."""
    steps.hold(session, matter)


def take(
    session: Session, *, matter: MblMatter, action: Action, party: Party, by: UUID, said: Said
) -> MblStep:
    """Take a step for a party. Raises IllegalTransitionError; RefusedError for what the law, or the
    order of days, does not let be.
    """
    STEPS.check(session, matter, action)
    if not may_take(party, action):
        raise RefusedError(_("Det är inte er part som kan göra det."))
    reason, exception = (writing.checked(each).strip() for each in (said.reason, said.exception))
    if action in NEEDS_REASON and not reason:
        raise RefusedError(_("Skriv varför. Alla parter kan läsa det."))
    _check_day(session, matter, action, said.day)
    after = _check_law(session, matter, action, said.day, excepted=bool(exception))
    if action in ENDS:
        matter.agreed = ENDS[action]
    step = STEPS.take(
        session,
        matter,
        action,
        by=by if party.organisation is None else None,
        reason=exception if after is None and exception else reason,
        after=after,
        party_id=party.row.id,
        day=said.day,
        exception=after is None and bool(exception),
    )
    telling.tell(session, matter=matter, of=party, occasion=f"step:{step.id}")
    return step


def _check_law(
    session: Session, matter: MblMatter, action: Action, on: date, *, excepted: bool
) -> State | None:
    """Where the step leads: None where the state stays, because the negotiation goes on. It is
    judged by how things stood on the day, whenever that is written down.
    """
    rules = queries.rules_of(session, matter)
    known = queries.happened(session, matter=matter)
    happened = {event: day for event, day in known.items() if day <= on}
    agreed = bool(matter.agreed) and Event.CONCLUDED in happened
    block = ahead.block(rules, happened, agreed=agreed, on=on)
    if action is Action.REQUEST_CENTRALLY:
        _check_window(rules, happened, on, agreed=agreed)
    if action is Action.CLOSE and block is not None:
        raise RefusedError(words.waits(block, rules))
    if action is Action.CARRY_OUT and Event.DECIDED not in happened:
        raise RefusedError(_("Anteckna beslutet först."))
    if action not in WAITING:
        return TRANSITIONS[action].after or matter.state
    event = Event.DECIDED if action is Action.DECIDE else Event.CARRIED_OUT
    if block is None:
        return State.DECIDED
    if event in known:
        raise RefusedError(_("Det är redan antecknat."))
    if not excepted:
        raise RefusedError(words.waits(block, rules))
    return None


def _check_window(rules: Rules, happened: ahead.Happened, on: date, *, agreed: bool) -> None:
    """Whether a central negotiation can still be asked for."""
    if agreed:
        raise RefusedError(
            _("Den lokala förhandlingen slutade i enighet. Då finns inget att begära centralt.")
        )
    window, concluded = rules.term(Event.CENTRAL_REQUESTED), happened.get(Event.CONCLUDED)
    if window is not None and concluded is not None and on > (last := window.ends(concluded)):
        raise RefusedError(
            _("Tiden att begära central förhandling gick ut %(day)s.", day=day_words(last))
        )


def _check_day(session: Session, matter: MblMatter, action: Action, on: date) -> None:
    """Not in the future. A negotiation goes forwards, and so do decision and execution; either may
    be written down after the other.
    """
    if on > today():
        raise RefusedError(_("Dagen har inte kommit än. Anteckna det när det har hänt."))
    decides = action in WAITING
    last = max(
        (
            day
            for kept, day in queries.days_of(session, matters=[matter.id]).get(matter.id, ())
            if kept in BEGINNINGS or (kept != ATTESTED and (kept in WAITING) is decides)
        ),
        default=on,
    )
    if on < last:
        raise RefusedError(
            _("Dagen är före det förra som hände, %(day)s. Rätta dagen.", day=day_words(last))
        )
