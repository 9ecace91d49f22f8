"""The steps with a commitment that are pages of their own, by their addresses."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from flask_babel import lazy_gettext as _l

from dialog.commitments import answering, owning, recording, step_forms
from dialog.commitments import page as pages
from dialog.core.commitments import Action

OWNER, KEEPER, PROMISED = "owner", "keeper", "promised"


def _answer(*args: Any, **given: Any) -> None:
    answering.answer(*args, key=pages.voice_key(), **given)


@dataclass(frozen=True)
class Step:
    """A step as a page. `who` may take it: one of these."""

    action: Action
    who: frozenset[str]
    title: Any
    button: Any
    done: Any
    take: Callable[..., object]
    form: Any = step_forms.StepForm
    kind: str = "primary"
    lead: Any = ""


_owner, _keeper, _promised = frozenset({OWNER}), frozenset({KEEPER}), frozenset({PROMISED})
STEPS: Final[dict[str, Step]] = {
    "anta": Step(
        Action.ACCEPT,
        _owner,
        _l("Anta åtagandet"),
        _l("Jag ansvarar för det"),
        _l("Åtagandet är antaget. Nu kan alla se det på ”Ni sa – vi gjorde”."),
        owning.accept,
        step_forms.AcceptForm,
        lead=_l(
            "Du ansvarar för att det blir gjort till den dagen. Alla kan läsa vad som lovades,"
            " vilken funktion som ansvarar och hur det går. Ditt namn visas inte."
        ),
    ),
    "beratta": Step(
        Action.PROGRESS,
        _owner,
        _l("Berätta hur det går"),
        _l("Spara"),
        _l("Det du skrev står nu på den öppna sidan."),
        partial(owning.report, done=False),
        step_forms.ReportForm,
        lead=_l("Det du skriver visas för alla, utan ditt namn. Skriv inget om enskilda personer."),
    ),
    "klart": Step(
        Action.REPORT_DONE,
        _owner,
        _l("Redovisa att det är gjort"),
        _l("Det är gjort"),
        _l("Tack. Nu får de det lovades svara på om det är gjort."),
        partial(owning.report, done=True),
        step_forms.ReportForm,
        lead=_l(
            "De det lovades får två veckor på sig att säga om de håller med. Det du skriver visas"
            " för alla, utan ditt namn."
        ),
    ),
    "ny-dag": Step(
        Action.ASK_FOR_DATE,
        _owner,
        _l("Be om en ny dag"),
        _l("Be om den nya dagen"),
        _l("Din fråga är skickad. Den gamla dagen gäller tills någon har svarat."),
        owning.ask_for_date,
        step_forms.DateForm,
        lead=_l(
            "Någon annan avgör. Både den gamla dagen, den nya och ditt skäl står kvar för alla."
        ),
    ),
    "godta-dagen": Step(
        Action.GRANT_DATE,
        _keeper,
        _l("Godta den nya dagen"),
        _l("Flytta dagen"),
        _l("Dagen är flyttad. Den som ansvarar har fått ett mejl."),
        partial(recording.decide_on_date, granted=True),
        step_forms.CommentForm,
    ),
    "neka-dagen": Step(
        Action.REFUSE_DATE,
        _keeper,
        _l("Säg nej till den nya dagen"),
        _l("Låt dagen stå kvar"),
        _l("Dagen står kvar. Den som ansvarar har fått ett mejl."),
        partial(recording.decide_on_date, granted=False),
        step_forms.ReasonForm,
    ),
    "lamna-over": Step(
        Action.HAND_OVER,
        _keeper,
        _l("Lämna över till en annan ansvarig"),
        _l("Fråga den nya ansvariga"),
        _l("Den nya ansvariga har fått ett mejl och antar åtagandet med en dag."),
        recording.hand_over,
        step_forms.HandOverForm,
    ),
    "avsluta": Step(
        Action.CLOSE,
        _keeper,
        _l("Avsluta åtagandet"),
        _l("Avsluta"),
        _l("Åtagandet är avslutat. Det står kvar på den öppna sidan."),
        recording.close,
        step_forms.CommentForm,
    ),
    "avbryt": Step(
        Action.DROP,
        _owner | _keeper,
        _l("Det blir inte av"),
        _l("Det blir inte av"),
        _l("Det är sparat att det inte blir av, och varför."),
        owning.drop,
        step_forms.ReasonForm,
        "danger",
        lead=_l(
            "Det går inte att ångra. Har åtagandet varit antaget står det kvar för alla, med"
            " skälet."
        ),
    ),
    "svara": Step(
        Action.ANSWER,
        _promised,
        _l("Är det gjort?"),
        _l("Skicka mitt svar"),
        _l("Tack, ditt svar är sparat."),
        _answer,
        step_forms.AnswerForm,
    ),
}
