"""The steps of a negotiation as pages: what each button says and means, and what is asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from flask_babel import lazy_gettext as _l

from dialog.core.negotiating.matters import Action

_DAY: Final = _l("Vilken dag var det?")
_WHY: Final = _l("Skäl")
_COUNTS: Final = _l("Det ni skriver är beskedet. Det räknas från i dag.")
_DAY_MET: Final = _l("Vilken dag möttes parterna?")


@dataclass(frozen=True)
class Step:
    """`asks`: which fields beside the day its form has, `why` what it asks the reason for; a notice
    has no day, but says from when it `counts`.
    """

    action: Action
    button: Any
    means: Any
    done: Any
    day: Any = _DAY
    asks: tuple[str, ...] = ()
    kind: str = "primary"
    why: Any = _WHY
    counts: Any = _COUNTS


A = Action
STEPS: Final[Mapping[str, Step]] = {
    "kalla": Step(
        A.CALL,
        _l("Kalla till förhandling"),
        _l(
            "Ärendet sätts upp på dagordningen för det möte som du väljer. Kallelsen skickar du"
            " från mötets sida."
        ),
        _l("Ärendet är kallat."),
        _l("Vilken dag kallades parterna?"),
        ("meeting",),
    ),
    "borja": Step(
        A.BEGIN,
        _l("Anteckna ett förhandlingsmöte"),
        _l("Förhandlingen pågår från den dag då parterna möttes."),
        _l("Förhandlingen pågår."),
        _DAY_MET,
    ),
    "ajournera": Step(
        A.ADJOURN,
        _l("Ajournera"),
        _l("Förhandlingen går vidare en annan dag. Den är inte avslutad."),
        _l("Förhandlingen är ajournerad."),
        asks=("reason", "meeting"),
    ),
    "enighet": Step(
        A.AGREE,
        _l("Avsluta i enighet"),
        _l(
            "Alla parter är överens. Dagen då förhandlingen avslutas är en annan sak än dagen då"
            " protokollet justeras."
        ),
        _l("Förhandlingen är avslutad i enighet."),
        _l("Vilken dag avslutades förhandlingen?"),
        ("reason",),
    ),
    "frantrad": Step(
        A.WITHDRAW,
        _l("Frånträd förhandlingen"),
        _l(
            "Er part har fullgjort sin skyldighet att förhandla och lämnar förhandlingen"
            " skriftligen (16 § MBL). Det ni skriver här är beskedet till de andra parterna, och"
            " förhandlingen är avslutad utan enighet."
        ),
        _l("Förhandlingen är avslutad utan enighet."),
        asks=("reason",),
        kind="danger",
    ),
    "aterkalla": Step(
        A.CALL_OFF,
        _l("Återkalla begäran"),
        _l("Ni begär inte förhandling längre, och ärendet läggs till handlingarna."),
        _l("Begäran är återkallad."),
        asks=("reason",),
        kind="danger",
    ),
    "begar-centralt": Step(
        A.REQUEST_CENTRALLY,
        _l("Begär central förhandling"),
        _l("Beslut och verkställighet väntar tills den centrala förhandlingen är avslutad."),
        _l("Central förhandling är begärd."),
        asks=("reason",),
    ),
    "aterkalla-centralt": Step(
        A.DROP_CENTRALLY,
        _l("Återkalla begäran om central förhandling"),
        _l(
            "Er organisation begär inte central förhandling längre. De andra kan begära den så"
            " länge tiden räcker, och det de har begärt gäller."
        ),
        _l("Begäran är återkallad."),
        asks=("reason",),
        kind="danger",
    ),
    "borja-centralt": Step(
        A.BEGIN_CENTRALLY,
        _l("Anteckna ett centralt förhandlingsmöte"),
        _l("De centrala parterna har mötts."),
        _l("Mötet är antecknat."),
        _DAY_MET,
    ),
    "enighet-centralt": Step(
        A.AGREE_CENTRALLY,
        _l("Avsluta den centrala förhandlingen i enighet"),
        _l("De centrala parterna är överens."),
        _l("Den centrala förhandlingen är avslutad."),
        _l("Vilken dag avslutades förhandlingen?"),
        ("reason",),
    ),
    "frantrad-centralt": Step(
        A.WITHDRAW_CENTRALLY,
        _l("Frånträd den centrala förhandlingen"),
        _l(
            "Er part lämnar den centrala förhandlingen skriftligen (16 § MBL). Det ni skriver här"
            " är beskedet."
        ),
        _l("Den centrala förhandlingen är avslutad."),
        asks=("reason",),
        kind="danger",
    ),
    "veto": Step(
        A.FORBID,
        _l("Förklara veto"),
        _l(
            "Er centrala organisation förbjuder åtgärden: den kan antas strida mot lag eller"
            " kollektivavtal för arbetet, eller strider annars mot vad som är allmänt godtaget inom"
            " avtalsområdet (39 § MBL). Arbetsgivaren får då varken besluta eller verkställa den."
        ),
        _l("Vetot är förklarat."),
        asks=("reason",),
        kind="danger",
        why=_l("Vad åtgärden strider mot, och varför"),
    ),
    "aterta-veto": Step(
        A.LIFT,
        _l("Återta vetot"),
        _l("Er organisation förbjuder inte åtgärden längre."),
        _l("Vetot är återtaget."),
        asks=("reason",),
    ),
    "beslut": Step(
        A.DECIDE,
        _l("Anteckna beslutet"),
        _l("Arbetsgivaren har beslutat i frågan."),
        _l("Beslutet är antecknat."),
        _l("Vilken dag fattades beslutet?"),
        ("reason", "exception"),
    ),
    "verkstallt": Step(
        A.CARRY_OUT,
        _l("Anteckna att beslutet är verkställt"),
        _l("Det som beslutades är genomfört, eller har börjat genomföras."),
        _l("Antecknat."),
        asks=("reason", "exception"),
    ),
    "till-handlingarna": Step(
        A.CLOSE,
        _l("Lägg ärendet till handlingarna"),
        _l("Inget mer kan göras med ärendet."),
        _l("Ärendet är lagt till handlingarna."),
        asks=("reason",),
        kind="danger",
    ),
}
