"""The events of a matter: what was done with it, and which day counts for what."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from datetime import date
from typing import Final, NamedTuple

from dialog.core.negotiating.matters import REQUEST, REQUEST_RECORDED, Action
from dialog.core.negotiating.rules import Event

A = Action
EVENTS: Final[Mapping[str, Event]] = {
    REQUEST: Event.REQUESTED,
    REQUEST_RECORDED: Event.REQUESTED,
    A.BEGIN: Event.MET,
    A.AGREE: Event.CONCLUDED,
    A.DISAGREE: Event.CONCLUDED,
    A.WITHDRAW: Event.CONCLUDED,
    A.REQUEST_CENTRALLY: Event.CENTRAL_REQUESTED,
    A.BEGIN_CENTRALLY: Event.CENTRAL_MET,
    A.AGREE_CENTRALLY: Event.CENTRAL_CONCLUDED,
    A.WITHDRAW_CENTRALLY: Event.CENTRAL_CONCLUDED,
    A.DECIDE: Event.DECIDED,
    A.CARRY_OUT: Event.CARRIED_OUT,
}


class Taken(NamedTuple):
    """A step that was taken: the day it counts from, and of which party it was."""

    action: str
    on: date
    of: Hashable = None


def asking(taken: Iterable[Taken]) -> dict[Hashable, date]:
    """Whose request for a central negotiation stands, and from which day."""
    return _standing(taken, begun=A.REQUEST_CENTRALLY, ended=A.DROP_CENTRALLY)


def forbidding(taken: Iterable[Taken]) -> dict[Hashable, date]:
    """Whose veto stands (§ 39), and from which day."""
    return _standing(taken, begun=A.FORBID, ended=A.LIFT)


def _standing(taken: Iterable[Taken], *, begun: Action, ended: Action) -> dict[Hashable, date]:
    """Each party begins and ends by turns, so whether the last stands is a matter of counting, in
    whatever order they are told.
    """
    balance: Counter[Hashable] = Counter()
    last: dict[Hashable, date] = {}
    for step in taken:
        if step.action == begun:
            balance[step.of] += 1
            last[step.of] = max(step.on, last.get(step.of, step.on))
        elif step.action == ended:
            balance[step.of] -= 1
    return {of: last[of] for of, number in balance.items() if number > 0}


def happened(taken: Iterable[Taken]) -> dict[Event, date]:
    """The day of each event: of what happened several times (a negotiation has many meetings) the
    first. A request for a central negotiation counts while it stands.
    """
    taken = tuple(taken)
    found: dict[Event, date] = {}
    for step in taken:
        event = EVENTS.get(step.action)
        if event is not None and event is not Event.CENTRAL_REQUESTED:
            found[event] = min(step.on, found.get(event, step.on))
    standing = asking(taken)
    if standing:
        found[Event.CENTRAL_REQUESTED] = min(standing.values())
    return found
