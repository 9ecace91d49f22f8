"""What templates say of minutes: states, steps and differences."""

from typing import Any, Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from dialog.minutes import comparing, steps
from dialog.minutes.models import Minutes, MinutesState, MinutesStep, ProposalState
from dialog.minutes.states import STATE_WORDS, Action

_HAPPENED: Final[dict[str, Any]] = {
    steps.BEGIN: _l("Började skrivas"),
    steps.REPLACE: _l("En justerare byttes ut"),
    Action.CIRCULATE: _l("Skickades ut"),
    Action.AMEND: _l("Ett ändringsförslag togs in"),
    Action.ATTEST: _l("Justerades"),
    Action.OBJECT: _l("Fick en invändning"),
    Action.COMPLETE: _l("Alla har justerat"),
    Action.LOCK: _l("Låstes"),
    Action.ADD: _l("Fick ett tillägg"),
}
PROPOSAL_WORDS: Final = {
    ProposalState.OPEN: _l("inte avgjort"),
    ProposalState.ACCEPTED: _l("intaget i texten"),
    ProposalState.DECLINED: _l("avböjt"),
}
DIFFERENCES: Final = {
    comparing.SAME: _l("Lika"),
    comparing.CHANGED: _l("Ändrat"),
    comparing.ADDED: _l("Nytt"),
    comparing.REMOVED: _l("Borttaget"),
}
_MARKS: Final = {
    MinutesState.DRAFTING: "status-waiting",
    MinutesState.OBJECTED: "status-waiting",
    MinutesState.LOCKED: "status-ended",
}


def state_words(minutes: Minutes) -> str:
    words = str(STATE_WORDS[minutes.state])
    return words[0].upper() + words[1:]


def standing(minutes: Minutes) -> str:
    """The state, and which version it is once one was sent round."""
    if not minutes.number:
        return state_words(minutes)
    return str(
        _("%(state)s, version %(number)s", state=state_words(minutes), number=minutes.number)
    )


def mark(minutes: Minutes) -> str:
    return _MARKS.get(minutes.state, "")


def step_words(step: MinutesStep) -> str:
    return str(_HAPPENED[step.action])
