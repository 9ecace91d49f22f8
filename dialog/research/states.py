"""The steps an application can take, as a table: from which states, where to, in which words."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from dialog.core import transitions
from dialog.core.errors import IllegalTransitionError
from dialog.core.transitions import Transition
from dialog.research.models import State
from dialog.web.refusing import illegal


class Action(StrEnum):
    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    SEND_BACK = "send-back"
    APPROVE = "approve"
    FOLLOW = "follow"  # a university's, of its own review: from the round's approval
    REFUSE = "refuse"
    DIARY = "diary"
    GENERATE = "generate"
    FAIL = "fail"
    FETCH = "fetch"
    EXPIRE = "expire"
    REPORT = "report"


def _from(*states: State) -> frozenset[State]:
    return frozenset(states)


S = State
HAS_DATA: Final = _from(S.GENERATED, S.FETCHED)  # the package is there
STATE_WORDS: Final[Mapping[State, Any]] = {
    S.DRAFT: lazy_gettext("utkast"),
    S.SUBMITTED: lazy_gettext("väntar på beslut"),
    S.APPROVED: lazy_gettext("godkänd, paketet görs"),
    S.GENERATED: lazy_gettext("klar att hämta"),
    S.FETCHED: lazy_gettext("hämtad"),
    S.EXPIRED: lazy_gettext("kan inte hämtas längre"),
    S.REPORTED: lazy_gettext("avslutad"),
    S.REFUSED: lazy_gettext("avslagen"),
    S.WITHDRAWN: lazy_gettext("återtagen"),
    S.UNMADE: lazy_gettext("godkänd, men uppgifterna fanns inte kvar"),
}
TRANSITIONS: Final[Mapping[Action, Transition[State]]] = {
    Action.SUBMIT: Transition(_from(S.DRAFT), S.SUBMITTED, lazy_gettext("lämna in ansökan")),
    Action.WITHDRAW: Transition(
        _from(S.DRAFT, S.SUBMITTED), S.WITHDRAWN, lazy_gettext("ta tillbaka ansökan")
    ),
    Action.SEND_BACK: Transition(
        _from(S.SUBMITTED), S.DRAFT, lazy_gettext("be om en komplettering")
    ),
    # The first of two leaves the application where it is.
    Action.APPROVE: Transition(_from(S.SUBMITTED), None, lazy_gettext("godkänna ansökan")),
    Action.FOLLOW: Transition(
        _from(S.SUBMITTED),
        S.APPROVED,
        lazy_gettext("godkänna ansökan för att omgången är godkänd"),
        by_people=False,
    ),
    Action.REFUSE: Transition(_from(S.SUBMITTED), S.REFUSED, lazy_gettext("avslå ansökan")),
    Action.DIARY: Transition(
        frozenset(State) - _from(S.DRAFT), None, lazy_gettext("skriva in ett diarienummer")
    ),
    Action.GENERATE: Transition(
        _from(S.APPROVED), S.GENERATED, lazy_gettext("göra paketet"), by_people=False
    ),
    Action.FAIL: Transition(
        _from(S.APPROVED), S.UNMADE, lazy_gettext("avsluta utan paket"), by_people=False
    ),
    Action.FETCH: Transition(HAS_DATA, S.FETCHED, lazy_gettext("hämta paketet")),
    Action.EXPIRE: Transition(
        HAS_DATA, S.EXPIRED, lazy_gettext("låta tiden för hämtning gå ut"), by_people=False
    ),
    Action.REPORT: Transition(
        _from(S.FETCHED, S.EXPIRED),
        S.REPORTED,
        lazy_gettext("redovisa vad som blev av uppgifterna"),
    ),
}


def possible(state: State) -> tuple[Action, ...]:
    """What people can do with an application in `state`, in the order of the table."""
    return transitions.possible(TRANSITIONS, state)


def refusal(state: State, action: Action) -> IllegalTransitionError:
    wrong = _(
        "Det går inte att %(what)s: ansökan är i läget ”%(state)s”.",
        what=TRANSITIONS[action].words,
        state=STATE_WORDS[state],
    )
    steps = [TRANSITIONS[each].words for each in possible(state)]
    return illegal(wrong, steps, over=_("Inget mer kan göras med den."))
