"""The steps a meeting can take, as a table: from which states, where to, in which words."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from dialog.core import transitions
from dialog.core.errors import IllegalTransitionError
from dialog.core.transitions import Transition
from dialog.meetings.models import MeetingState
from dialog.web.refusing import illegal


class Action(StrEnum):
    SCHEDULE = "schedule"
    INVITE = "invite"
    POSTPONE = "postpone"
    CANCEL = "cancel"
    BEGIN = "begin"
    END = "end"
    DOCUMENT = "document"
    CLOSE = "close"


def _from(*states: MeetingState) -> frozenset[MeetingState]:
    return frozenset(states)


S = MeetingState
COMING: Final = _from(S.UNDATED, S.SCHEDULED, S.INVITED, S.POSTPONED)
AHEAD: Final = COMING | {S.LIVE}
OVER: Final = _from(S.ENDED, S.DOCUMENTED, S.CLOSED, S.CANCELLED)
LAID_TO_REST: Final = _from(S.CLOSED, S.CANCELLED)
STATE_WORDS: Final[Mapping[MeetingState, Any]] = {
    S.UNDATED: _l("utan datum"),
    S.SCHEDULED: _l("planerat"),
    S.INVITED: _l("kallat"),
    S.LIVE: _l("pågår"),
    S.ENDED: _l("hållet"),
    S.DOCUMENTED: _l("dokumenterat"),
    S.CLOSED: _l("avslutat"),
    S.POSTPONED: _l("uppskjutet"),
    S.CANCELLED: _l("inställt"),
}
TRANSITIONS: Final[Mapping[Action, Transition[MeetingState]]] = {
    Action.SCHEDULE: Transition(
        _from(S.UNDATED, S.POSTPONED), S.SCHEDULED, _l("bestämma dag och tid")
    ),
    # Again after a change: those who were asked before get the news.
    Action.INVITE: Transition(_from(S.SCHEDULED, S.INVITED), S.INVITED, _l("skicka kallelsen")),
    Action.POSTPONE: Transition(_from(S.SCHEDULED, S.INVITED), S.POSTPONED, _l("skjuta upp mötet")),
    Action.CANCEL: Transition(COMING, S.CANCELLED, _l("ställa in mötet")),
    Action.BEGIN: Transition(_from(S.SCHEDULED, S.INVITED), S.LIVE, _l("börja mötet")),
    Action.END: Transition(_from(S.LIVE), S.ENDED, _l("avsluta mötet")),
    Action.DOCUMENT: Transition(
        _from(S.ENDED), S.DOCUMENTED, _l("låsa anteckningarna"), by_people=False
    ),
    Action.CLOSE: Transition(
        _from(S.ENDED, S.DOCUMENTED), S.CLOSED, _l("lägga mötet till handlingarna")
    ),
}


# The address of the page where people take a step; a day is given on the plan's own page.
SLUGS: Final[Mapping[Action, str]] = {
    Action.INVITE: "kalla",
    Action.POSTPONE: "skjut-upp",
    Action.CANCEL: "stall-in",
    Action.BEGIN: "borja",
    Action.END: "avsluta",
    Action.CLOSE: "till-handlingarna",
}


# What is most often done next.
NEXT: Final[Mapping[MeetingState, Action]] = {
    S.SCHEDULED: Action.INVITE,
    S.INVITED: Action.BEGIN,
    S.LIVE: Action.END,
    S.DOCUMENTED: Action.CLOSE,
}


def possible(state: MeetingState) -> tuple[Action, ...]:
    """What people can do with a meeting in `state`, in the order of the table."""
    return transitions.possible(TRANSITIONS, state)


def refusal(state: MeetingState, action: Action) -> IllegalTransitionError:
    wrong = _(
        "Det går inte att %(what)s: mötet är %(state)s.",
        what=TRANSITIONS[action].words,
        state=STATE_WORDS[state],
    )
    steps = [TRANSITIONS[each].words for each in possible(state)]
    return illegal(wrong, steps, over=_("Inget mer kan göras med det."))
