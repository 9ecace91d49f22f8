"""Words for where a commitment stands, what is done with it, and what has happened."""

from collections.abc import Mapping
from typing import Any, Final

from flask_babel import lazy_gettext as _l

from dialog.core.commitments import Action, Standing, State

STATES: Final[Mapping[State, Any]] = {
    State.PROPOSED: _l("föreslaget"),
    State.ACCEPTED: _l("antaget"),
    State.ACTIVE: _l("pågår"),
    State.DONE: _l("redovisat som gjort"),
    State.CONFIRMED: _l("bekräftat"),
    State.DISPUTED: _l("ifrågasatt"),
    State.CLOSED: _l("avslutat"),
    State.DROPPED: _l("blir inte av"),
}
# What is done, after "Det som går nu är att".
DOING: Final[Mapping[Action, Any]] = {
    Action.ACCEPT: _l("anta åtagandet"),
    Action.PROGRESS: _l("berätta hur det går"),
    Action.REPORT_DONE: _l("redovisa att det är gjort"),
    Action.ASK_FOR_DATE: _l("be om en ny dag"),
    Action.GRANT_DATE: _l("godta en ny dag"),
    Action.REFUSE_DATE: _l("säga nej till en ny dag"),
    Action.HAND_OVER: _l("lämna över till en annan ansvarig"),
    Action.DROP: _l("avbryta åtagandet med ett skäl"),
    Action.ANSWER: _l("svara på om det är gjort"),
    Action.CONFIRM: _l("räkna det som bekräftat"),
    Action.DISPUTE: _l("räkna det som ifrågasatt"),
    Action.LAPSE: _l("avsluta det utan besked"),
    Action.CLOSE: _l("avsluta åtagandet"),
}
PROPOSE: Final = "propose"
HAPPENED: Final[Mapping[str, Any]] = {
    PROPOSE: _l("Föreslogs"),
    Action.ACCEPT: _l("Antogs"),
    Action.PROGRESS: _l("Så här går det"),
    Action.REPORT_DONE: _l("Redovisades som gjort"),
    Action.ASK_FOR_DATE: _l("En ny dag begärdes"),
    Action.GRANT_DATE: _l("Dagen flyttades"),
    Action.REFUSE_DATE: _l("Dagen flyttades inte"),
    Action.HAND_OVER: _l("Lämnades över till en ny ansvarig"),
    Action.DROP: _l("Det blir inte av"),
    Action.CONFIRM: _l("Bekräftades av dem det lovades"),
    Action.DISPUTE: _l("Ifrågasattes av dem det lovades"),
    Action.LAPSE: _l("Avslutades, för få svarade på om det är gjort"),
    Action.CLOSE: _l("Avslutades"),
}
# standing: (its name, the kind of mark beside it), in the order in which they are shown
STANDINGS: Final[Mapping[Standing, tuple[Any, str]]] = {
    Standing.KEPT: (_l("Gjort och bekräftat"), ""),
    Standing.AWAITING: (_l("Redovisat som gjort"), ""),
    Standing.UNDER_WAY: (_l("Pågår"), ""),
    Standing.LATE: (_l("Försenat"), "waiting"),
    Standing.DISPUTED: (_l("Ifrågasatt"), "waiting"),
    Standing.UNANSWERED: (_l("Gjort enligt den ansvarige"), "ended"),
    Standing.DROPPED: (_l("Blir inte av"), "ended"),
}
EXPLAINED: Final[Mapping[Standing, Any]] = {
    Standing.KEPT: _l("De det lovades säger att det är gjort."),
    Standing.AWAITING: _l("Den ansvarige säger att det är gjort. De det lovades svarar nu."),
    Standing.UNDER_WAY: _l("Någon ansvarar för det, och dagen har inte passerat."),
    Standing.LATE: _l("Dagen har passerat, och det är inte gjort."),
    Standing.DISPUTED: _l("De det lovades säger att det inte är gjort."),
    Standing.UNANSWERED: _l(
        "Den ansvarige säger att det är gjort. För få har svarat på om det är."
    ),
    Standing.DROPPED: _l("Det blir inte av. Skälet står i åtagandet."),
}


def mark(standing: Standing) -> str:
    """The class of the mark beside a standing."""
    kind = STANDINGS[standing][1]
    return f"status-{kind}" if kind else ""
