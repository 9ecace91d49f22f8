"""Requests in words: how they stand, what can be done with them, what has happened."""

from collections.abc import Mapping
from typing import Any, Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from dialog.core.requests import LONGER, SPANS, Action, State, Verdict, Waits
from dialog.web.forms import IDENTITY_NUMBER

# state: (its name, the kind of mark beside it)
STATES: Final[Mapping[State, tuple[Any, str]]] = {
    State.RECEIVED: (_l("inkommen"), "waiting"),
    State.LOCATED: (_l("handlingarna är framtagna"), "waiting"),
    State.ASSESSED: (_l("prövad"), "waiting"),
    State.RELEASED: (_l("utlämnad"), ""),
    State.PARTLY: (_l("delvis utlämnad"), ""),
    State.REFUSED: (_l("inte utlämnad"), ""),
    State.CONTESTED: (_l("myndighetens beslut är begärt"), "waiting"),
    State.DECIDED: (_l("beslutad"), ""),
    State.APPEALED: (_l("överklagad"), ""),
    State.CLOSED: (_l("avslutad"), "ended"),
}
# What is done, after "Det som går nu är att".
DOING: Final[Mapping[Action, Any]] = {
    Action.LOCATE: _l("ta fram handlingar"),
    Action.FIND_NOTHING: _l("säga att det inte finns någon sådan handling"),
    Action.ASSESS: _l("pröva handlingarna"),
    Action.ASK: _l("ställa en fråga"),
    Action.EXPLAIN: _l("svara på en fråga"),
    Action.REGISTER: _l("föra in begäran i diariet"),
    Action.ASSIGN: _l("välja handläggare"),
    Action.ANSWER: _l("svara"),
    Action.CONTEST: _l("begära myndighetens beslut"),
    Action.DECIDE: _l("föra in myndighetens beslut"),
    Action.APPEAL: _l("anteckna att beslutet är överklagat"),
    Action.CLOSE: _l("avsluta"),
}
# Why it cannot be done, where that is something else than how the request stands.
HINDRANCES: Final[Mapping[Action, Any]] = {
    Action.FIND_NOTHING: _l("Det finns framtagna handlingar. Ta bort dem först."),
    Action.REGISTER: _l("Begäran står redan i diariet."),
    Action.APPEAL: _l("Det finns inget beslut att överklaga."),
}
HAPPENED: Final[Mapping[str, Any]] = {
    "make": _l("Kom in"),
    Action.LOCATE: _l("Handlingar togs fram"),
    Action.FIND_NOTHING: _l("Det fanns ingen sådan handling"),
    Action.ASSESS: _l("Prövades"),
    Action.ASK: _l("En fråga ställdes"),
    Action.EXPLAIN: _l("Frågan besvarades"),
    Action.REGISTER: _l("Fördes in i diariet"),
    Action.ASSIGN: _l("Fick en handläggare"),
    Action.ANSWER: _l("Besvarades"),
    Action.CONTEST: _l("Myndighetens beslut begärdes"),
    Action.DECIDE: _l("Myndigheten beslutade"),
    Action.APPEAL: _l("Överklagades"),
    Action.CLOSE: _l("Avslutades"),
}
VERDICTS: Final[Mapping[Verdict, Any]] = {
    Verdict.WHOLE: _l("Lämnas ut i sin helhet"),
    Verdict.REDACTED: _l("Lämnas ut maskad"),
    Verdict.REFUSED: _l("Lämnas inte ut"),
}
RIGHT_TO_DECISION: Final = _l(
    "En handläggare har svarat. Du har rätt att få myndighetens eget beslut, som går att överklaga."
    " Det kostar inget."
)
HOW_TO_APPEAL: Final = _l(
    "Skriv till kammarrätten, men lämna eller skicka brevet till myndigheten som har beslutat. Det"
    " ska ha kommit in inom tre veckor från den dag du fick del av beslutet. Skriv vilket beslut"
    " det gäller, hur det ska ändras och varför, och hur rätten når dig."
)


def waited(days: int) -> str:
    """For example "väntat 3 dagar"."""
    if days == 0:
        return str(_("kom i dag"))
    return str(ngettext("väntat %(num)s dag", "väntat %(num)s dagar", days))


def span(most: int) -> str:
    """The name of a span of days; see core.requests.SPANS."""
    if most == 0:
        return str(_("Samma dag"))
    before = SPANS[SPANS.index(most) - 1]
    if most == LONGER:
        return str(_("Mer än %(days)s dagar", days=before))
    return str(_("%(first)s–%(last)s dagar", first=before + 1, last=most))


def finding(waits: Waits) -> str:
    """How long answers take, in a sentence."""
    if waits.median is None:
        return str(_("Ingen begäran är besvarad än."))
    number = ngettext("%(num)s begäran är besvarad.", "%(num)s är besvarade.", waits.number)
    half = ngettext(
        "Hälften fick svar inom %(num)s dag.",
        "Hälften fick svar inom %(num)s dagar.",
        -int(-waits.median // 1),
    )
    if waits.median == 0:
        half = _("Hälften fick svar samma dag.")
    return f"{number} {half}"


def unfit(text: str, *, most: int) -> str:
    """Why what the requester wrote is not taken."""
    if not text:
        return str(_("Skriv ett svar."))
    if len(text) > most:
        return str(_("Skriv högst %(number)s tecken.", number=most))
    return str(IDENTITY_NUMBER)
