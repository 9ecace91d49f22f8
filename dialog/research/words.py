"""Words for where an application stands and what has happened to it."""

from collections.abc import Mapping
from typing import Any, Final

from flask_babel import lazy_gettext as _l

from dialog.research.models import ApplicationStep, Ethics, Outcome, State
from dialog.research.states import STATE_WORDS, Action
from dialog.research.steps import CREATE

# state: (what happens now, for the applicant; the kind of mark beside the state)
NOW: Final[Mapping[State, tuple[Any, str]]] = {
    State.DRAFT: (_l("Fyll i alla delar och lämna in ansökan."), "waiting"),
    State.SUBMITTED: (
        _l("Ansökan är registrerad. Två personer ska godkänna den, var för sig."),
        "waiting",
    ),
    State.APPROVED: (_l("Två personer har godkänt ansökan. Paketet görs nu."), ""),
    State.GENERATED: (_l("Paketet är klart. De som står i ansökan kan hämta det."), ""),
    State.FETCHED: (_l("Paketet är hämtat, och kan hämtas igen tills tiden går ut."), ""),
    State.EXPIRED: (_l("Tiden för att hämta paketet har gått ut."), "ended"),
    State.REPORTED: (_l("Det är redovisat vad som blev av uppgifterna."), "ended"),
    State.REFUSED: (_l("Ansökan är avslagen. Skälen, och hur du överklagar, står nedan."), "ended"),
    State.WITHDRAWN: (_l("Ansökan är återtagen."), "ended"),
    State.UNMADE: (
        _l("Ansökan godkändes, men svaren hade gallrats innan paketet gjordes."),
        "ended",
    ),
}
STEPS: Final[Mapping[str, Any]] = {
    CREATE: _l("Utkastet påbörjades"),
    Action.SUBMIT: _l("Ansökan lämnades in och registrerades"),
    Action.WITHDRAW: _l("Ansökan togs tillbaka"),
    Action.SEND_BACK: _l("En komplettering begärdes"),
    Action.APPROVE: _l("Ansökan godkändes"),
    Action.FOLLOW: _l("Ansökan behöver inget beslut: den följer av att omgången godkändes"),
    Action.REFUSE: _l("Ansökan avslogs"),
    Action.DIARY: _l("Diarienumret skrevs in"),
    Action.GENERATE: _l("Paketet blev klart"),
    Action.FAIL: _l("Paketet kunde inte göras"),
    Action.FETCH: _l("Paketet hämtades"),
    Action.EXPIRE: _l("Tiden för hämtning gick ut, och paketet raderades"),
    Action.REPORT: _l("Det redovisades vad som blev av uppgifterna"),
}
ETHICS: Final[Mapping[Ethics, Any]] = {
    Ethics.UNSAID: _l("Inte angivet"),
    Ethics.APPROVAL: _l("Godkänd vid etikprövning"),
    Ethics.ADVISORY: _l("Rådgivande yttrande"),
    Ethics.NONE: _l("Ingen etikprövning behövs"),
}
OUTCOMES: Final[Mapping[Outcome, Any]] = {
    Outcome.ARCHIVED: _l("Arkiverade"),
    Outcome.DISPOSED: _l("Gallrade"),
}


def mark(state: State) -> str:
    """The class of the mark beside a state."""
    kind = NOW[state][1]
    return f"status-{kind}" if kind else ""


def state_words(state: State) -> Any:
    return STATE_WORDS[state]


def step_words(step: ApplicationStep) -> Any:
    return STEPS[step.action]


def is_code(step: ApplicationStep) -> bool:
    """Whether the step's reason is a checksum or a number rather than somebody's words."""
    return step.action in {Action.FETCH, Action.DIARY}
