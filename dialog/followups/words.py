"""Plans for what is asked after meetings in words."""

from collections.abc import Sequence
from typing import Any, Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from dialog.followups.models import FollowUp, FollowUpStep, PlanState
from dialog.followups.states import STATE_WORDS, TRANSITIONS, Action
from dialog.followups.steps import CHANGE, CREATE
from dialog.meetings.models import MeetingSeries

# What the three questions are about, in the order in which they are asked: heads of columns.
SHORT: Final = (_l("Information"), _l("Förståelse"), _l("Delaktighet"))
_MARKS: Final = {PlanState.REVIEW: "status-waiting", PlanState.ENDED: "status-ended"}
_HAPPENED: Final[dict[str, Any]] = {
    CREATE: _l("Planen skapades"),
    CHANGE: _l("Ändrades"),
    Action.SUBMIT: _l("Lämnades till granskning"),
    Action.WITHDRAW: _l("Togs tillbaka från granskning"),
    Action.SEND_BACK: _l("Skickades tillbaka för ändring"),
    Action.APPROVE: _l("Godkändes"),
    Action.END: _l("Avslutades"),
}


def title(series: MeetingSeries | None) -> str:
    """Of a plan: which meetings it is for."""
    return title_of(series.title if series else "")


def title_of(series: str) -> str:
    """The same by the title of the series; empty: those in none that has a plan of its own."""
    if not series:
        return str(_("Efter möten som inte har en egen plan"))
    return str(_("Efter möten i serien ”%(title)s”", title=series))


def state_words(plan: FollowUp) -> str:
    return str(STATE_WORDS[plan.state])


def mark(plan: FollowUp) -> str:
    return _MARKS.get(plan.state, "")


def step_words(step: FollowUpStep) -> str:
    return str(_HAPPENED[step.action])


def action_words(action: Action) -> str:
    words = str(TRANSITIONS[action].words)
    return words[0].upper() + words[1:]


def sent_back(plan: FollowUp, steps: Sequence[FollowUpStep]) -> str:
    """Why the draft came back from review, if nothing else has happened to its state since."""
    if plan.state is not PlanState.DRAFT:
        return ""
    changes = [step for step in steps if step.before != step.after]
    return changes[-1].reason if changes and changes[-1].action == Action.SEND_BACK else ""
