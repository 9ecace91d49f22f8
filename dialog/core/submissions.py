"""What can happen to a letter to an authority (a skrivelse), and what its receipt is made of.

Domain: draft → received → registered → assigned → preparing → replied → closed; a supplement can
be asked for, and a letter joined to another matter or forwarded to another board.
"""

import hashlib
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final

from dialog.core import transitions
from dialog.core.transitions import Transition


class State(StrEnum):
    DRAFT = "draft"  # its writers' alone (TF 2:13): the authority does not have it
    RECEIVED = "received"  # the authority has it; waits for the registrar
    REGISTERED = "registered"  # has a number in the diary; waits for a handler
    ASSIGNED = "assigned"  # a handler has it and has not begun
    PREPARING = "preparing"
    SUPPLEMENT = "supplement"  # the handler has asked those who signed for more
    REPLIED = "replied"
    CLOSED = "closed"
    JOINED = "joined"  # goes on in another letter's matter
    FORWARDED = "forwarded"  # goes on at another board


class Action(StrEnum):
    SUBMIT = "submit"
    REGISTER = "register"
    ASSIGN = "assign"
    REASSIGN = "reassign"  # to another handler, wherever it stands
    PREPARE = "prepare"  # begin, or go on without the supplement
    ASK_SUPPLEMENT = "ask-supplement"
    GIVE_SUPPLEMENT = "give-supplement"
    REPLY = "reply"
    CLOSE = "close"
    JOIN = "join"
    FORWARD = "forward"
    SET_ASIDE = "set-aside"  # advertising and the like: not to be registered


S = State
HANDLED: Final = frozenset({S.ASSIGNED, S.PREPARING, S.SUPPLEMENT})  # somebody has it in hand
ENDS: Final = frozenset({S.CLOSED, S.JOINED, S.FORWARDED})
_MOVABLE: Final = HANDLED | {S.REGISTERED}
TRANSITIONS: Final[Mapping[Action, Transition[State]]] = {
    Action.SUBMIT: Transition(frozenset({S.DRAFT}), S.RECEIVED),
    Action.REGISTER: Transition(frozenset({S.RECEIVED}), S.REGISTERED),
    Action.ASSIGN: Transition(frozenset({S.REGISTERED}), S.ASSIGNED),
    Action.REASSIGN: Transition(HANDLED, None),
    Action.PREPARE: Transition(frozenset({S.ASSIGNED, S.SUPPLEMENT}), S.PREPARING),
    Action.ASK_SUPPLEMENT: Transition(frozenset({S.ASSIGNED, S.PREPARING}), S.SUPPLEMENT),
    Action.GIVE_SUPPLEMENT: Transition(frozenset({S.SUPPLEMENT}), S.PREPARING),
    Action.REPLY: Transition(frozenset({S.PREPARING}), S.REPLIED),
    Action.JOIN: Transition(_MOVABLE, S.JOINED),
    Action.FORWARD: Transition(_MOVABLE, S.FORWARDED),
    Action.CLOSE: Transition(frozenset({S.REPLIED}), S.CLOSED),
    Action.SET_ASIDE: Transition(frozenset({S.RECEIVED}), S.CLOSED),
}


class Signing(StrEnum):
    """How an organisation stands to a draft that it is asked to sign."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    OUTDATED = "outdated"  # confirmed, and changed since: to be read anew
    DECLINED = "declined"


def signing(*, confirmed: int | None, declined: bool, revision: int) -> Signing:
    """By the revision that was confirmed, if any, and the one that is there now."""
    if declined:
        return Signing.DECLINED
    if confirmed is None:
        return Signing.WAITING
    return Signing.CONFIRMED if confirmed == revision else Signing.OUTDATED


def possible(state: State) -> tuple[Action, ...]:
    """What people can do with a letter in `state`, in the order of the table."""
    return transitions.possible(TRANSITIONS, state)


def fingerprint(files: Iterable[tuple[str, str]]) -> str:
    """One SHA-256 over all files of a letter, given as (name, SHA-256), the letter itself first:
    of the lines that `sha256sum` prints for them (coreutils), so that anybody can try it.
    """
    lines = "".join(f"{sha256}  {name}\n" for name, sha256 in files)
    return hashlib.sha256(lines.encode()).hexdigest()
