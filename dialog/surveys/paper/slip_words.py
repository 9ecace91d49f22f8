"""What stands on slips and on the sheet that goes with them, in the languages of the questions.

Like mail it is written in both languages here: the command that prints has no Flask to ask.
"""

from collections.abc import Mapping
from datetime import datetime
from textwrap import shorten
from typing import Final

from babel.dates import format_datetime

from dialog.core.questionnaire import Questionnaire
from dialog.settings import Settings
from dialog.storage.clock import STOCKHOLM
from dialog.surveys.models import Round
from dialog.web.slips import SlipWords

_PATTERNS: Final = {"sv": "d MMMM 'kl.' HH.mm", "en": "d MMMM 'at' HH:mm"}
_LONGEST: Final = 80  # of what others have written: more has no room on a slip
_SLIP: Final[Mapping[str, tuple[str, ...]]] = {
    "sv": (
        "{sender} ber dig svara på enkäten",
        "Skanna rutan, eller gå till {address} och skriv koden. Svara senast {closes}.",
        (
            "Koden gäller för ett svar. Vi ser att en kod från den här högen har använts, inte vem"
            " som fick den. Svaren krypteras innan de skickas. Grupper med färre än {k} svar visas"
            " inte."
        ),
        "Förvald enhet: {place}. Du kan ändra den.",
    ),
    "en": (
        "{sender} asks you to answer the survey",
        "Scan the square, or go to {address}?lang=en and type the code. Answer by {closes}.",
        (
            "The code is good for one answer. We can see that a code from this pile has been used,"
            " not who was given it. Answers are encrypted before they are sent. Groups with fewer"
            " than {k} answers are not shown."
        ),
        "Unit chosen beforehand: {place}. You can change it.",
    ),
}
_COVER: Final[Mapping[str, tuple[str, ...]]] = {
    "sv": (
        "Till dig som delar ut lapparna",
        "{count} lappar till enkäten ”{title}”. {place}",
        (
            "Klipp isär lapparna och blanda dem, till exempel i en låda. De är redan i blandad"
            " ordning, men arken ska inte ligga kvar som de kom ur skrivaren."
        ),
        (
            "Lägg dem i ett fikarum eller i postfack. Låt var och en ta en lapp själv, utan att"
            " någon ser vilken."
        ),
        "Skriv inget på lapparna, och anteckna inte vem som har fått en. Ta inga bilder av dem.",
        (
            "Har lappar kommit bort? Säg till den som sköter enkäten. Då kan hela högen dras"
            " tillbaka: koder som inte har använts slutar gälla, och svar som har skickats räknas."
        ),
        "Lägg lappar som blir över i sekretessavfallet när enkäten har stängt {closes}.",
    ),
    "en": (
        "To you who hand out the slips",
        "{count} slips for the survey “{title}”. {place}",
        (
            "Cut the slips apart and mix them, for example in a box. They are shuffled already, but"
            " do not leave the sheets as they came from the printer."
        ),
        (
            "Put them in a break room or in pigeonholes. Let everyone take a slip themselves,"
            " unseen by others."
        ),
        "Write nothing on the slips, and do not note who was given one. Take no pictures of them.",
        (
            "Have slips been lost? Tell whoever runs the survey. The whole pile can be withdrawn:"
            " codes that were not used stop working, and answers that were sent are counted."
        ),
        (
            "Put slips that are left over in the confidential waste when the survey has closed"
            " {closes}."
        ),
    ),
}
_NOWHERE: Final = {"sv": "Högen är inte knuten till någon enhet.", "en": "The pile has no unit."}
_SOMEWHERE: Final = {"sv": "Högen är för {place}.", "en": "The pile is for {place}."}


def slip_words(
    round_: Round, form: Questionnaire, *, place: str, count: int, settings: Settings
) -> tuple[SlipWords, ...]:
    """The words in each language of the questionnaire. `place` is a unit's name, or empty."""
    return tuple(
        _in_language(language, round_, form, place=place, count=count, settings=settings)
        for language in form.languages
    )


def _in_language(
    language: str,
    round_: Round,
    form: Questionnaire,
    *,
    place: str,
    count: int,
    settings: Settings,
) -> SlipWords:
    known = {
        "sender": shorten(round_.sender, _LONGEST, placeholder=" …"),
        "title": shorten(
            form.title.in_language(language) or round_.title, _LONGEST, placeholder=" …"
        ),
        "address": f"{settings.base_url.partition('://')[2]}/kod",
        "closes": _moment(round_.closes_at, language),
        "k": round_.k,
        "count": count,
        "place": shorten(place, _LONGEST, placeholder=" …"),
    }
    asks, how, protection, chosen = (text.format(**known) for text in _SLIP[language])
    known["place"] = (_SOMEWHERE if place else _NOWHERE)[language].format(place=place)
    return SlipWords(
        language,
        asks,
        str(known["title"]),
        how,
        protection,
        chosen if place else "",
        tuple(text.format(**known) for text in _COVER[language]),
    )


def _moment(when: datetime | None, language: str) -> str:
    if when is None:
        return "–"
    return format_datetime(when, _PATTERNS[language], tzinfo=STOCKHOLM, locale=language)
