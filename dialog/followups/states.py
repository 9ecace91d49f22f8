"""The steps a plan for what is asked after meetings can take, as a table."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from dialog.core import transitions
from dialog.core.errors import IllegalTransitionError
from dialog.core.transitions import Transition
from dialog.followups.models import PlanState
from dialog.web.refusing import illegal


class Action(StrEnum):
    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    SEND_BACK = "send-back"
    APPROVE = "approve"
    END = "end"


def _from(*states: PlanState) -> frozenset[PlanState]:
    return frozenset(states)


S = PlanState
STATE_WORDS: Final[Mapping[PlanState, Any]] = {
    S.DRAFT: _l("utkast"),
    S.REVIEW: _l("väntar på granskning"),
    S.APPROVED: _l("godkänd"),
    S.ENDED: _l("avslutad"),
}
TRANSITIONS: Final[Mapping[Action, Transition[PlanState]]] = {
    Action.SUBMIT: Transition(_from(S.DRAFT), S.REVIEW, _l("lämna planen till granskning")),
    Action.WITHDRAW: Transition(_from(S.REVIEW), S.DRAFT, _l("ta tillbaka planen")),
    Action.SEND_BACK: Transition(_from(S.REVIEW), S.DRAFT, _l("skicka tillbaka planen")),
    Action.APPROVE: Transition(_from(S.REVIEW), S.APPROVED, _l("godkänna planen")),
    Action.END: Transition(_from(S.DRAFT, S.REVIEW, S.APPROVED), S.ENDED, _l("avsluta planen")),
}


def possible(state: PlanState) -> tuple[Action, ...]:
    """What people can do with a plan in `state`, in the order of the table."""
    return transitions.possible(TRANSITIONS, state)


def refusal(state: PlanState, action: Action) -> IllegalTransitionError:
    wrong = _(
        "Det går inte att %(what)s: den är i läget ”%(state)s”.",
        what=TRANSITIONS[action].words,
        state=STATE_WORDS[state],
    )
    steps = [TRANSITIONS[each].words for each in possible(state)]
    return illegal(wrong, steps, over=_("Inget mer kan göras med den."))
