"""Forwards: what is due when in a matter, and why a decision has to wait."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from dialog.core.negotiating.rules import Event, Rules, Term

Happened = Mapping[Event, date]


class Wait(StrEnum):
    """Why nothing may be decided or carried out yet."""

    NEGOTIATION = "negotiation"  # it is not concluded
    CENTRAL_WINDOW = "central-window"  # a central negotiation can still be asked for
    CENTRAL_NEGOTIATION = "central-negotiation"  # it was asked for, and is not concluded
    VETO = "veto"  # § 39: the negotiation is over, and an organisation has forbidden it


@dataclass(frozen=True)
class Due:
    """What has to be done by a day, or can be done until then; `late` where that has passed."""

    term: Term
    on: date
    late: bool


@dataclass(frozen=True)
class Block:
    """A decision waits; `until` is the day that lifts it by itself, the last that is blocked.
    `vetoed`: an organisation has forbidden it besides, and no exception goes until the negotiation
    is over: that of the paragraph is from waiting for that, and § 40 comes after it.
    """

    wait: Wait
    until: date | None = None
    vetoed: bool = False


def dues(rules: Rules, happened: Happened, *, agreed: bool, on: date) -> Iterator[Due]:
    """What began and has not come, in the order of the rules. `agreed` is whether the local
    negotiation ended in agreement: then there is nothing to ask for centrally.
    """
    for term in rules.terms:
        begun = happened.get(term.since)
        done = term.then in happened and term.duty  # a right is each organisation's own
        if begun is None or done or _is_past(term, happened):
            continue
        if term.then is Event.CENTRAL_REQUESTED and agreed:
            continue
        if term.since is Event.CENTRAL_REQUESTED and not _asked_in_time(rules, happened):
            continue
        ends = term.ends(begun)
        if term.duty or on <= ends:
            yield Due(term, ends, late=on > ends)


def _is_past(term: Term, happened: Happened) -> bool:
    """A negotiation that is concluded has nothing more to wait for."""
    ending = Event.CONCLUDED if term.then is Event.MET else Event.CENTRAL_CONCLUDED
    return ending in happened


def _asked_in_time(rules: Rules, happened: Happened) -> bool:
    """Whether a central negotiation was asked for while it could be."""
    asked, concluded = happened.get(Event.CENTRAL_REQUESTED), happened.get(Event.CONCLUDED)
    window = rules.term(Event.CENTRAL_REQUESTED)
    if asked is None or concluded is None:
        return False
    return window is None or asked <= window.ends(concluded)


def block(
    rules: Rules, happened: Happened, *, agreed: bool, on: date, forbidden: bool = False
) -> Block | None:
    """Why a decision, or carrying it out, has to wait; None if it may be made. `forbidden` is
    whether a veto stands.
    """
    if not rules.waits:
        return None
    waits = _not_over(rules, happened, agreed=agreed, on=on)
    if not (forbidden and rules.veto):
        return waits
    return replace(waits, vetoed=True) if waits else Block(Wait.VETO)


def _not_over(rules: Rules, happened: Happened, *, agreed: bool, on: date) -> Block | None:
    concluded = happened.get(Event.CONCLUDED)
    if concluded is None:
        return Block(Wait.NEGOTIATION)
    if Event.CENTRAL_CONCLUDED in happened or agreed:
        return None
    if _asked_in_time(rules, happened):
        return Block(Wait.CENTRAL_NEGOTIATION)
    window = rules.term(Event.CENTRAL_REQUESTED)
    if window is None or on > (last := window.ends(concluded)):
        return None
    return Block(Wait.CENTRAL_WINDOW, until=last)
