"""The steps a round can take, as a table: from which states, where to, and in which words."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from dialog.core import transitions
from dialog.core.errors import IllegalTransitionError
from dialog.core.transitions import Transition
from dialog.surveys.models import RoundState
from dialog.surveys.state_words import STATE_WORDS
from dialog.web.refusing import illegal

CREATE: Final = "create"  # a step: the draft is there
PLAN: Final = "plan"  # a step: somebody else than the author has worked on the plan


class Action(StrEnum):
    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    SEND_BACK = "send-back"
    APPROVE = "approve"
    OPEN = "open"
    PAUSE = "pause"
    RESUME = "resume"
    EXTEND = "extend"
    CLOSE = "close"
    UNSEAL = "unseal"  # the ballots were opened
    END = "end"  # ended unopened
    RELEASE = "release"
    CORRECT = "correct"  # the published result; the answers stay what they are
    ARCHIVE = "archive"
    CANCEL = "cancel"


def _from(*states: RoundState) -> frozenset[RoundState]:
    return frozenset(states)


S = RoundState
TRANSITIONS: Final[Mapping[Action, Transition[RoundState]]] = {
    Action.SUBMIT: Transition(
        _from(S.DRAFT), S.REVIEW, lazy_gettext("lämna omgången till granskning")
    ),
    Action.WITHDRAW: Transition(
        _from(S.REVIEW), S.DRAFT, lazy_gettext("ta tillbaka omgången från granskning")
    ),
    Action.SEND_BACK: Transition(
        _from(S.REVIEW), S.DRAFT, lazy_gettext("skicka tillbaka omgången med en kommentar")
    ),
    Action.APPROVE: Transition(_from(S.REVIEW), S.APPROVED, lazy_gettext("godkänna omgången")),
    Action.OPEN: Transition(_from(S.APPROVED), S.OPEN, lazy_gettext("öppna omgången")),
    Action.PAUSE: Transition(_from(S.OPEN), S.PAUSED, lazy_gettext("pausa omgången")),
    Action.RESUME: Transition(
        _from(S.PAUSED), S.OPEN, lazy_gettext("låta omgången fortsätta efter pausen")
    ),
    Action.EXTEND: Transition(_from(S.OPEN, S.PAUSED), None, lazy_gettext("förlänga svarstiden")),
    Action.CLOSE: Transition(_from(S.OPEN, S.PAUSED), S.CLOSED, lazy_gettext("stänga omgången")),
    Action.UNSEAL: Transition(
        _from(S.CLOSED), S.OPENED, lazy_gettext("öppna svaren"), by_people=False
    ),
    Action.END: Transition(
        _from(S.CLOSED),
        S.UNOPENED,
        lazy_gettext("avsluta omgången utan att svaren öppnas"),
        by_people=False,
    ),
    Action.RELEASE: Transition(
        _from(S.OPENED), S.RELEASED, lazy_gettext("publicera en redovisning")
    ),
    Action.CORRECT: Transition(
        _from(S.RELEASED), None, lazy_gettext("rätta det publicerade resultatet")
    ),
    Action.ARCHIVE: Transition(
        _from(S.RELEASED, S.UNOPENED), S.ARCHIVED, lazy_gettext("arkivera omgången")
    ),
    Action.CANCEL: Transition(
        _from(S.DRAFT, S.REVIEW, S.APPROVED), S.CANCELLED, lazy_gettext("avbryta omgången")
    ),
}
ENDED: Final = _from(S.UNOPENED, S.RELEASED, S.ARCHIVED, S.CANCELLED)
RUNNING: Final = _from(S.OPEN, S.PAUSED)
ANNOUNCED: Final = _from(S.OPEN, S.PAUSED, S.CLOSED)  # the ballot box is to know of these


def possible(state: RoundState) -> tuple[Action, ...]:
    """What people can do with a round in `state`, in the order of the table."""
    return transitions.possible(TRANSITIONS, state)


def refusal(state: RoundState, action: Action) -> IllegalTransitionError:
    wrong = _(
        "Det går inte att %(what)s: den är i läget ”%(state)s”.",
        what=TRANSITIONS[action].words,
        state=STATE_WORDS[state],
    )
    waiting = _("Vänta tills valurnan har lämnat över svaren; då öppnas de.")
    over = waiting if state is RoundState.CLOSED else _("Inget mer kan göras med den.")
    return illegal(wrong, [TRANSITIONS[each].words for each in possible(state)], over=over)
