"""The steps an item of an agenda can take: from which states, where to, in which words."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from dialog.core import transitions
from dialog.core.transitions import Transition
from dialog.meetings.models import ItemKind, ItemState
from dialog.web.refusing import illegal


class ItemAction(StrEnum):
    LIST = "list"  # by the chair
    WITHDRAW = "withdraw"  # by who proposed it, or the chair
    BEGIN = "begin"
    HANDLE = "handle"
    TABLE = "table"
    REOPEN = "reopen"


WHILE_LIVE: Final = frozenset(
    {ItemAction.BEGIN, ItemAction.HANDLE, ItemAction.TABLE, ItemAction.REOPEN}
)


def _from(*states: ItemState) -> frozenset[ItemState]:
    return frozenset(states)


S = ItemState
ITEM_WORDS: Final[Mapping[ItemState, Any]] = {
    S.PROPOSED: _l("föreslagen"),
    S.LISTED: _l("på dagordningen"),
    S.ACTIVE: _l("pågår"),
    S.HANDLED: _l("klar"),
    S.TABLED: _l("bordlagd till nästa möte"),
    S.WITHDRAWN: _l("återtagen"),
}
KIND_WORDS: Final[Mapping[ItemKind, Any]] = {
    ItemKind.INFORMATION: _l("Information"),
    ItemKind.DIALOGUE: _l("Dialog"),
    ItemKind.DECISION: _l("Beslut"),
    ItemKind.MBL: _l("MBL"),
    ItemKind.OTHER: _l("Övrigt"),
}
TRANSITIONS: Final[Mapping[ItemAction, Transition[ItemState]]] = {
    ItemAction.LIST: Transition(
        _from(S.PROPOSED, S.WITHDRAWN, S.TABLED), S.LISTED, _l("sätta upp punkten på dagordningen")
    ),
    ItemAction.WITHDRAW: Transition(
        _from(S.PROPOSED, S.LISTED), S.WITHDRAWN, _l("ta tillbaka punkten")
    ),
    ItemAction.BEGIN: Transition(_from(S.LISTED), S.ACTIVE, _l("börja med punkten")),
    ItemAction.HANDLE: Transition(
        _from(S.LISTED, S.ACTIVE), S.HANDLED, _l("markera punkten som klar")
    ),
    ItemAction.TABLE: Transition(_from(S.LISTED, S.ACTIVE), S.TABLED, _l("bordlägga punkten")),
    ItemAction.REOPEN: Transition(_from(S.HANDLED, S.TABLED), S.ACTIVE, _l("ta upp punkten igen")),
}


def after(state: ItemState, action: ItemAction) -> ItemState:
    """Where the step leads. Raises IllegalTransitionError with what is possible now."""
    step = TRANSITIONS[action]
    if state in step.before:
        return step.after or state
    wrong = _(
        "Det går inte att %(what)s: den är %(state)s.", what=step.words, state=ITEM_WORDS[state]
    )
    possible = transitions.possible(TRANSITIONS, state)
    raise illegal(wrong, [TRANSITIONS[each].words for each in possible])
