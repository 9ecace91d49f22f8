"""The steps minutes can take, as a table: from which states, where to, in which words."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from dialog.core import transitions
from dialog.core.errors import IllegalTransitionError
from dialog.core.transitions import Transition
from dialog.minutes.models import MinutesState
from dialog.web.refusing import illegal


class Action(StrEnum):
    WRITE = "write"
    CIRCULATE = "circulate"
    AMEND = "amend"
    ATTEST = "attest"
    OBJECT = "object"
    COMPLETE = "complete"
    LOCK = "lock"
    ADD = "add"


def _from(*states: MinutesState) -> frozenset[MinutesState]:
    return frozenset(states)


S = MinutesState
WRITTEN: Final = _from(S.DRAFTING, S.OBJECTED)  # the text is being written
OPEN: Final = _from(S.DRAFTING, S.CIRCULATED, S.OBJECTED)
STATE_WORDS: Final[Mapping[MinutesState, Any]] = {
    S.DRAFTING: _l("utkast"),
    S.CIRCULATED: _l("utskickade"),
    S.OBJECTED: _l("återlämnade med en invändning"),
    S.ATTESTED: _l("justerade"),
    S.LOCKED: _l("justerade och låsta"),
}
TRANSITIONS: Final[Mapping[Action, Transition[MinutesState]]] = {
    Action.WRITE: Transition(WRITTEN, None, _l("skriva i texten")),
    Action.CIRCULATE: Transition(WRITTEN, S.CIRCULATED, _l("skicka ut texten")),
    Action.AMEND: Transition(_from(S.CIRCULATED), S.CIRCULATED, _l("föreslå och avgöra ändringar")),
    Action.ATTEST: Transition(_from(S.CIRCULATED), S.CIRCULATED, _l("justera texten")),
    Action.OBJECT: Transition(_from(S.CIRCULATED), S.OBJECTED, _l("invända mot texten")),
    Action.COMPLETE: Transition(
        _from(S.CIRCULATED), S.ATTESTED, _l("avsluta justeringen"), by_people=False
    ),
    Action.LOCK: Transition(_from(S.ATTESTED), S.LOCKED, _l("låsa texten"), by_people=False),
    Action.ADD: Transition(_from(S.LOCKED), S.LOCKED, _l("skriva ett tillägg")),
}


def refusal(state: MinutesState, action: Action) -> IllegalTransitionError:
    wrong = _(
        "Det går inte att %(what)s: anteckningarna är %(state)s.",
        what=TRANSITIONS[action].words,
        state=STATE_WORDS[state],
    )
    possible = transitions.possible(TRANSITIONS, state)
    return illegal(wrong, [TRANSITIONS[each].words for each in possible])
