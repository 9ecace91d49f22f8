"""What can happen to a matter under medbestämmandelagen, or in samverkan instead, as a table.

Domain: requested → called → negotiating ⇄ adjourned → concluded (agreed; a party withdrew in
writing, § 16; in samverkan: the parties disagreed) → [central requested, and back when the last
request is dropped → central concluded] → decided → closed; § 19: informed → noted.
`dialog.core.negotiating.events` tells which day counts.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from dialog.core import transitions
from dialog.core.negotiating.rules import Rules
from dialog.core.transitions import Transition


class State(StrEnum):
    REQUESTED = "requested"
    CALLED = "called"
    NEGOTIATING = "negotiating"
    ADJOURNED = "adjourned"
    CONCLUDED = "concluded"  # locally
    CENTRAL_REQUESTED = "central-requested"
    CENTRAL_CONCLUDED = "central-concluded"
    DECIDED = "decided"
    PREPARED = "prepared"  # § 19: seen by the employer alone, until it is sent
    INFORMED = "informed"
    NOTED = "noted"  # by every party
    CLOSED = "closed"


class Action(StrEnum):
    """In the order in which they are offered."""

    CALL = "call"
    BEGIN = "begin"  # a meeting of the negotiation
    ADJOURN = "adjourn"
    AGREE = "agree"
    DISAGREE = "disagree"  # oenighet, in samverkan
    WITHDRAW = "withdraw"  # frånträda, § 16: of a negotiation
    CALL_OFF = "call-off"  # whoever asked does not ask any more
    REQUEST_CENTRALLY = "request-centrally"
    DROP_CENTRALLY = "drop-centrally"  # whoever asked does not, before the central parties have met
    BEGIN_CENTRALLY = "begin-centrally"
    AGREE_CENTRALLY = "agree-centrally"
    WITHDRAW_CENTRALLY = "withdraw-centrally"
    FORBID = "forbid"  # veto, § 39: after a negotiation under § 38
    LIFT = "lift"  # the veto
    DECIDE = "decide"
    CARRY_OUT = "carry-out"
    INFORM = "inform"
    NOTE = "note"
    CLOSE = "close"


class Side(StrEnum):
    """Who takes a step: the employer, an organisation that is a party, or either."""

    EMPLOYER = "employer"
    UNION = "union"
    EITHER = "either"
    ASKER = "asker"  # the party that asked for the negotiation


S, A = State, Action
# How a matter begins, kept as the first of its steps: asked for by a party, or written down by the
# employer when an organisation has asked by letter.
REQUEST: Final = "request"
REQUEST_RECORDED: Final = "request-recorded"
BEGINNINGS: Final = frozenset({REQUEST, REQUEST_RECORDED})
ATTESTED: Final = "attested"  # the minutes; another day than that of conclusion
# What is kept beside the negotiation: the employer's other words for a matter that it asked for,
# its own to what another asked for, and that an organisation became a party.
REWORDED: Final = "reworded"
ADDED: Final = "added"
JOINED: Final = "joined"
BESIDE: Final = frozenset({ATTESTED, REWORDED, ADDED, JOINED})
LOCAL: Final = frozenset({S.REQUESTED, S.CALLED, S.NEGOTIATING, S.ADJOURNED})
OPEN: Final = frozenset(State) - {S.CLOSED}
_UNDER_WAY: Final = frozenset({S.NEGOTIATING, S.ADJOURNED})
_NEGOTIATED: Final = LOCAL | {S.CONCLUDED, S.CENTRAL_REQUESTED, S.CENTRAL_CONCLUDED}
_CENTRALLY: Final = frozenset({S.CENTRAL_REQUESTED})
_OVER: Final = frozenset({S.CONCLUDED, S.CENTRAL_CONCLUDED})  # as long as nobody asks for more
VETO: Final = frozenset({A.FORBID, A.LIFT})
# A decision leads to `decided` only where nothing waits any more, and a request that is dropped to
# `concluded` only where no other stands: see `dialog.negotiations`.
TRANSITIONS: Final[Mapping[Action, Transition[State]]] = {
    A.CALL: Transition(frozenset({S.REQUESTED}), S.CALLED),
    A.BEGIN: Transition(LOCAL - {S.NEGOTIATING}, S.NEGOTIATING),
    A.ADJOURN: Transition(frozenset({S.NEGOTIATING}), S.ADJOURNED),
    A.AGREE: Transition(_UNDER_WAY, S.CONCLUDED),
    A.DISAGREE: Transition(_UNDER_WAY, S.CONCLUDED),
    A.WITHDRAW: Transition(_UNDER_WAY, S.CONCLUDED),
    A.CALL_OFF: Transition(frozenset({S.REQUESTED, S.CALLED}), S.CLOSED),
    A.REQUEST_CENTRALLY: Transition(_CENTRALLY | {S.CONCLUDED}, S.CENTRAL_REQUESTED),
    A.DROP_CENTRALLY: Transition(_CENTRALLY, None),
    A.BEGIN_CENTRALLY: Transition(_CENTRALLY, None),
    A.AGREE_CENTRALLY: Transition(_CENTRALLY, S.CENTRAL_CONCLUDED),
    A.WITHDRAW_CENTRALLY: Transition(_CENTRALLY, S.CENTRAL_CONCLUDED),
    A.FORBID: Transition(_OVER | {S.DECIDED}, None),
    A.LIFT: Transition(_OVER | _CENTRALLY | {S.DECIDED}, None),
    A.DECIDE: Transition(_NEGOTIATED, None),
    A.CARRY_OUT: Transition(_NEGOTIATED | {S.DECIDED}, None),
    A.INFORM: Transition(frozenset({S.PREPARED, S.NOTED}), S.INFORMED),  # and of something more
    A.NOTE: Transition(frozenset({S.INFORMED}), S.NOTED, by_people=False),
    A.CLOSE: Transition(_OVER | {S.DECIDED, S.INFORMED, S.NOTED}, S.CLOSED),
}
TAKEN_BY: Final[Mapping[Action, Side]] = {
    A.CALL: Side.EMPLOYER,
    A.BEGIN: Side.EMPLOYER,
    A.ADJOURN: Side.EMPLOYER,
    A.AGREE: Side.EMPLOYER,
    A.DISAGREE: Side.EMPLOYER,
    A.WITHDRAW: Side.EITHER,
    A.CALL_OFF: Side.ASKER,
    A.REQUEST_CENTRALLY: Side.UNION,
    A.DROP_CENTRALLY: Side.UNION,
    A.BEGIN_CENTRALLY: Side.EMPLOYER,
    A.AGREE_CENTRALLY: Side.EMPLOYER,
    A.WITHDRAW_CENTRALLY: Side.EITHER,
    A.FORBID: Side.UNION,
    A.LIFT: Side.UNION,
    A.DECIDE: Side.EMPLOYER,
    A.CARRY_OUT: Side.EMPLOYER,
    A.INFORM: Side.EMPLOYER,
    A.NOTE: Side.UNION,
    A.CLOSE: Side.EMPLOYER,
}
NEEDS_REASON: Final = frozenset(
    {A.ADJOURN, A.DISAGREE, A.WITHDRAW, A.CALL_OFF, A.DROP_CENTRALLY, A.WITHDRAW_CENTRALLY} | VETO
)
# What is written here is itself the notice: it counts from the day on which it is written, since
# whoever writes it has something to gain from an earlier one.
NOTICES: Final = frozenset(
    {A.DISAGREE, A.WITHDRAW, A.CALL_OFF}
    | {A.REQUEST_CENTRALLY, A.DROP_CENTRALLY, A.WITHDRAW_CENTRALLY}
    | VETO
)


def table(rules: Rules) -> Mapping[Action, Transition[State]]:
    """The steps under the rules of a matter: a negotiation ends when a party withdraws from it in
    writing, samverkan when disagreement is written down; a veto is known after § 38 alone.
    """
    others = {A.WITHDRAW if rules.samverkan else A.DISAGREE} | (set() if rules.veto else VETO)
    return {action: step for action, step in TRANSITIONS.items() if action not in others}


def possible(state: State, rules: Rules) -> tuple[Action, ...]:
    """What people can do with a matter in `state`, in the order of the table."""
    return transitions.possible(table(rules), state)
