"""What templates say of meetings: states, kinds, posts, answers, and times."""

from typing import Any, Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from dialog.meetings import letters, steps
from dialog.meetings.ahead import Ahead, Missing
from dialog.meetings.item_states import ITEM_WORDS, KIND_WORDS
from dialog.meetings.models import Answer, Meeting, MeetingState, MeetingStep, Post
from dialog.meetings.states import STATE_WORDS, TRANSITIONS, Action
from dialog.web.i18n import language

__all__ = ["ITEM_WORDS", "KIND_WORDS", "STATE_WORDS"]

POST_WORDS: Final = {
    Post.CHAIR: _l("ordförande"),
    Post.SECRETARY: _l("sekreterare"),
    Post.FACILITATOR: _l("mötesledare"),
}
ANSWER_WORDS: Final = {
    Answer.NONE: _l("har inte svarat"),
    Answer.YES: _l("kommer"),
    Answer.REMOTE: _l("är med på distans"),
    Answer.NO: _l("kommer inte"),
}
MISSING_WORDS: Final = {
    Missing.DATE: _l("dag och tid"),
    Missing.AGENDA: _l("dagordning"),
    Missing.PEOPLE: _l("vilka som ska kallas"),
    Missing.INVITATION: _l("kallelsen"),
}
_MARKS: Final = {
    MeetingState.UNDATED: "status-waiting",
    MeetingState.POSTPONED: "status-waiting",
    MeetingState.ENDED: "status-ended",
    MeetingState.DOCUMENTED: "status-ended",
    MeetingState.CLOSED: "status-ended",
    MeetingState.CANCELLED: "status-ended",
}
_HAPPENED: Final[dict[str, Any]] = {
    steps.CREATE: _l("Lades upp"),
    steps.CHANGE: _l("Ändrades"),
    steps.DISPOSE: _l("Pass och avtryck av röster togs bort"),
    Action.SCHEDULE: _l("Fick dag och tid"),
    Action.INVITE: _l("Kallelsen skickades"),
    Action.POSTPONE: _l("Sköts upp"),
    Action.CANCEL: _l("Ställdes in"),
    Action.BEGIN: _l("Började"),
    Action.END: _l("Avslutades"),
    Action.DOCUMENT: _l("Anteckningarna låstes"),
    Action.CLOSE: _l("Lades till handlingarna"),
}


def state_words(meeting: Meeting) -> str:
    return str(STATE_WORDS[meeting.state])


def mark(meeting: Meeting) -> str:
    return _MARKS.get(meeting.state, "")


def when(meeting: Meeting) -> str:
    """The day and the hours, or that they are not set."""
    return letters.when(meeting, language()) or str(_("Dagen är inte bestämd"))


def step_words(step: MeetingStep) -> str:
    return str(_HAPPENED[step.action])


def action_words(action: Action) -> str:
    words = str(TRANSITIONS[action].words)
    return words[0].upper() + words[1:]


def missing(ahead: Ahead) -> list[str]:
    return [str(MISSING_WORDS[each]) for each in ahead.missing]
