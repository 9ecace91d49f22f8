"""What the law lets be done with a matter on a day, by how things stood on that day, whenever it is
written down; only a veto goes for earlier days too, as long as it stands.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Final

from flask_babel import gettext as _

from dialog.core.errors import RefusedError
from dialog.core.negotiating.ahead import Wait
from dialog.core.negotiating.matters import TRANSITIONS, Action, State
from dialog.core.negotiating.rules import Event
from dialog.negotiations import words
from dialog.negotiations.positions import Position
from dialog.web.i18n import day as day_words

# What waits for the negotiation, and the event that it is.
WAITING: Final = {Action.DECIDE: Event.DECIDED, Action.CARRY_OUT: Event.CARRIED_OUT}


def leads_to(of: Position, action: Action, day: date, *, excepted: bool = False) -> State | None:
    """Where a step leads that the table has let through; None where the state stays, because the
    negotiation goes on: under the exception that the paragraph knows. After a veto there is none
    that goes on: the exception is that the organisation lacks grounds for it (§ 40). Raises
    RefusedError.
    """
    check = _CHECKS.get(action)
    if check is not None:
        check(of, day)
    if action is Action.DROP_CENTRALLY:
        return State.CENTRAL_REQUESTED if of.others_ask else State.CONCLUDED
    if action not in WAITING:
        return TRANSITIONS[action].after or of.state
    if action is Action.CARRY_OUT and Event.DECIDED not in of.on(day):
        raise RefusedError(_("Anteckna beslutet först."))
    block = of.block(day)
    if WAITING[action] in of.happened and (block or action is Action.CARRY_OUT):
        raise RefusedError(_("Det är redan antecknat."))
    if block and (block.vetoed or not excepted):
        raise RefusedError(words.waits(block, of.rules))
    return State.DECIDED if block is None or block.wait is Wait.VETO else None


def offered(
    of: Position, actions: Sequence[Action], day: date
) -> tuple[list[Action], list[Action]]:
    """Of the actions those that the law lets be on a day, and those that it lets be only under the
    exception.
    """
    now = [each for each in actions if _lets(of, each, day)]
    rest = [each for each in actions if each not in now]
    return now, [each for each in rest if _lets(of, each, day, excepted=True)]


def _lets(of: Position, action: Action, day: date, *, excepted: bool = False) -> bool:
    try:
        leads_to(of, action, day, excepted=excepted)
    except RefusedError:
        return False
    return True


def _check_window(of: Position, day: date) -> None:
    """Whether the party that it is read for can still ask for a central negotiation."""
    if of.asks:
        raise RefusedError(_("Er organisation har redan begärt central förhandling."))
    if of.agreed:
        raise RefusedError(_("Parterna är överens lokalt. Då finns inget att begära centralt."))
    window, concluded = of.rules.term(Event.CENTRAL_REQUESTED), of.happened.get(Event.CONCLUDED)
    if window is not None and concluded is not None and day > (last := window.ends(concluded)):
        raise RefusedError(
            _("Tiden att begära central förhandling gick ut %(day)s.", day=day_words(last))
        )


def _check_drop(of: Position, _day: date) -> None:
    """Only a party's own request, and while nobody has met about it."""
    if not of.asks:
        raise RefusedError(_("Er organisation har inte begärt central förhandling."))
    if Event.CENTRAL_MET in of.happened:
        raise RefusedError(
            _("De centrala parterna har mötts. Nu kan förhandlingen frånträdas, men inte begäran"
              " återkallas.")
        )  # fmt: skip


def _check_met_centrally(of: Position, day: date) -> None:
    if Event.CENTRAL_MET not in of.on(day):
        raise RefusedError(_("De centrala parterna har inte mötts. Anteckna mötet först."))


def _check_withdraw_centrally(of: Position, day: date) -> None:
    """An organisation withdraws from what it asked for, never from another's."""
    if of.union and not of.asks:
        raise RefusedError(_("Er organisation har inte begärt central förhandling."))
    _check_met_centrally(of, day)


def _check_undecided(of: Position, _day: date) -> None:
    if of.happened.keys() & set(WAITING.values()):
        raise RefusedError(
            _("Frågan är beslutad med undantag. Ärendet går vidare och kan inte återkallas.")
        )


def _check_forbid(of: Position, _day: date) -> None:
    if of.forbids:
        raise RefusedError(_("Er organisation har redan förklarat veto."))
    if of.agreed or any(each.action == Action.AGREE_CENTRALLY for each in of.taken):
        raise RefusedError(_("Parterna är överens. Då finns inget att förbjuda."))
    if Event.CARRIED_OUT in of.happened:
        raise RefusedError(_("Åtgärden är redan verkställd. Då finns inget att förbjuda."))


def _check_lift(of: Position, _day: date) -> None:
    if not of.forbids:
        raise RefusedError(_("Er organisation har inte förklarat veto."))


def _check_over(of: Position, day: date) -> None:
    """What was forbidden can be laid to rest; what is still negotiated cannot."""
    block = of.block(day)
    if block is not None and block.wait is not Wait.VETO:
        raise RefusedError(words.waits(block, of.rules))


_CHECKS: Final[Mapping[Action, Callable[[Position, date], None]]] = {
    Action.REQUEST_CENTRALLY: _check_window,
    Action.DROP_CENTRALLY: _check_drop,
    Action.AGREE_CENTRALLY: _check_met_centrally,
    Action.WITHDRAW_CENTRALLY: _check_withdraw_centrally,
    Action.CALL_OFF: _check_undecided,
    Action.CLOSE: _check_over,
    Action.FORBID: _check_forbid,
    Action.LIFT: _check_lift,
}
