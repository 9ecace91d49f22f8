"""What the law lets be done with a matter on a day, by how things stood on that day, whenever it is
written down.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Final

from flask_babel import gettext as _
from sqlmodel import Session

from dialog.core.errors import RefusedError
from dialog.core.negotiating.matters import TRANSITIONS, Action, State
from dialog.core.negotiating.rules import Event
from dialog.negotiations import agreeing, positions, queries, words
from dialog.negotiations.models import MblMatter
from dialog.negotiations.parties import Party
from dialog.negotiations.positions import Position
from dialog.web.i18n import day as day_words

_ENDS_CENTRALLY: Final = frozenset({Action.AGREE_CENTRALLY, Action.WITHDRAW_CENTRALLY})
# What waits for the negotiation, and the event that it is.
WAITING: Final = {Action.DECIDE: Event.DECIDED, Action.CARRY_OUT: Event.CARRIED_OUT}


def position(session: Session, *, matter: MblMatter, party: Party | None = None) -> Position:
    """How a matter stands, read for a party or for nobody in particular."""
    taken = queries.taken(session, matter=matter)
    agreements = agreeing.agreements_of(session, bodies=[matter.body_id])
    stands = positions.of(matter, [(action, day) for action, day, _of in taken], agreements)
    if party is None:
        return stands
    asked = (Action.REQUEST_CENTRALLY, party.row.id)
    return replace(stands, asked_centrally=asked in {(action, of) for action, _day, of in taken})


def leads_to(of: Position, action: Action, day: date, *, excepted: bool = False) -> State | None:
    """Where a step leads that the table has let through; None where the state stays, because the
    negotiation goes on: under the exception that the paragraph knows. Raises RefusedError.
    """
    block = of.block(day)
    if action is Action.REQUEST_CENTRALLY:
        _check_window(of, day)
    drops = action is Action.WITHDRAW_CENTRALLY and of.asked_centrally  # what it asked for itself
    if action in _ENDS_CENTRALLY and not drops and Event.CENTRAL_MET not in of.on(day):
        raise RefusedError(_("De centrala parterna har inte mötts. Anteckna mötet först."))
    if action is Action.CALL_OFF and of.happened.keys() & set(WAITING.values()):
        raise RefusedError(
            _("Frågan är beslutad med undantag. Förhandlingen går vidare och kan inte återkallas.")
        )
    if action is Action.CLOSE and block is not None:
        raise RefusedError(words.waits(block, of.rules))
    if action not in WAITING:
        return TRANSITIONS[action].after or of.state
    if action is Action.CARRY_OUT and Event.DECIDED not in of.on(day):
        raise RefusedError(_("Anteckna beslutet först."))
    if WAITING[action] in of.happened and (block or action is Action.CARRY_OUT):
        raise RefusedError(_("Det är redan antecknat."))
    if block is None:
        return State.DECIDED
    if not excepted:
        raise RefusedError(words.waits(block, of.rules))
    return None


def offered(
    of: Position, actions: Iterable[Action], day: date
) -> tuple[list[Action], list[Action]]:
    """Of the actions those that the law lets be on a day, and those that it lets be only under the
    exception.
    """
    now: list[Action] = []
    excepted: list[Action] = []
    for action in actions:
        for found, exception in ((now, False), (excepted, True)):
            try:
                leads_to(of, action, day, excepted=exception)
            except RefusedError:
                continue
            found.append(action)
            break
    return now, excepted


def _check_window(of: Position, day: date) -> None:
    """Whether a central negotiation can still be asked for."""
    if of.agreed:
        raise RefusedError(
            _("Den lokala förhandlingen slutade i enighet. Då finns inget att begära centralt.")
        )
    window, concluded = of.rules.term(Event.CENTRAL_REQUESTED), of.happened.get(Event.CONCLUDED)
    if window is not None and concluded is not None and day > (last := window.ends(concluded)):
        raise RefusedError(
            _("Tiden att begära central förhandling gick ut %(day)s.", day=day_words(last))
        )
