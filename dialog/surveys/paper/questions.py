"""The questions of a round on paper, for those who cannot answer in a browser."""

from dataclasses import dataclass
from typing import Final

from flask_babel import gettext as _
from markupsafe import Markup

from dialog.core.levels import Level
from dialog.core.questionnaire import Condition, Kind, Question, Questionnaire
from dialog.organisation.wording import level_name
from dialog.surveys.building.words import condition_words
from dialog.surveys.models import Access, Round
from dialog.surveys.rendering import Words
from dialog.web.i18n import moment

LINES: Final = {Kind.LONG: 6}  # to write on; the other kinds have one


@dataclass(frozen=True)
class Paper:
    """The form in one language. `protection` says how it differs from answering in a browser."""

    language: str
    title: Markup
    description: list[Markup]
    sender: str
    closes: str
    protection: list[str]
    entering: str
    levels: list[str]
    questionnaire: Questionnaire
    words: Words

    @property
    def other_language(self) -> str:
        """The questionnaire's other language, or nothing."""
        others = [each for each in self.questionnaire.languages if each != self.language]
        return others[0] if others else ""

    def condition(self, condition: Condition | None) -> str:
        """When a question is to be answered, as the end of a sentence; empty: always."""
        if condition is None:
            return ""
        return condition_words(self.questionnaire, condition, self.language)

    def lines(self, question: Question) -> range:
        return range(LINES.get(question.kind, 1))


def page_of(round_: Round, asked: Questionnaire, *, language: str) -> Paper:
    """The paper form in `language`, which the caller has made the current one."""
    words = Words(language)
    return Paper(
        language=language,
        title=words.line(asked.title) or Markup.escape(round_.title),
        description=list(words.paragraphs(asked.description)),
        sender=round_.sender,
        closes=moment(round_.closes_at) if round_.closes_at else "",
        protection=_protection(round_),
        entering=_entering(round_.access),
        levels=[level_name(level) for level in Level],
        questionnaire=asked,
        words=words,
    )


def _protection(round_: Round) -> list[str]:
    return [
        _("Pappersformuläret har ett annat skydd än att svara i telefonen eller datorn."),
        _(
            "Den som matar in formuläret läser dina svar och kan känna igen din handstil. Skriv"
            " inte ditt namn, och texta gärna."
        ),
        _("Lägg formuläret i ett kuvert utan namn och lämna det till den som matar in svaren."),
        _(
            "När svaren är inmatade är de krypterade som alla andras och kan läsas först när"
            " enkäten har stängt. Resultat visas bara för grupper där minst %(k)s har svarat.",
            k=round_.k,
        ),
        _("Formuläret på papper förstörs så snart det har matats in."),
    ]


def _entering(access: Access) -> str:
    """How whoever enters the answers gets in, and what that means for who can be known."""
    if access is Access.LINK:
        return str(_("Svaren matas in på enkätens vanliga sida, genom den öppna länken."))
    if access.prints:
        return str(
            _(
                "Svaren matas in på enkätens vanliga sida med en kod ur en hög: ta en lapp för"
                " varje formulär. Koden säger inte vem formuläret kom från."
            )
        )
    return str(
        _(
            "Svaren matas in på enkätens vanliga sida med din egen kod, som står i ditt mejl. Den"
            " som matar in vet då vem du är. Vill du inte det, be att omgången planeras med koder"
            " på papper nästa gång."
        )
    )
