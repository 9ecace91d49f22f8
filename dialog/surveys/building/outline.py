"""What the outline of a questionnaire shows: its parts with facts, and faults to mend."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from dialog.core.checking import Fault, faults, worded
from dialog.core.questionnaire import Kind, Question, Questionnaire, Section, questions
from dialog.surveys.building import translating
from dialog.surveys.building.words import KINDS, condition_words, shortened


@dataclass(frozen=True)
class Mending:
    """A fault, and the page where it is mended: the form of the part called `name`."""

    part: str  # in its own words
    sentence: str
    endpoint: str
    name: str


@dataclass(frozen=True)
class OutlineQuestion:
    question: Question
    number: int | None  # None: information is not numbered
    facts: Sequence[str]
    condition: str
    faulty: bool


@dataclass(frozen=True)
class OutlineSection:
    section: Section
    condition: str
    entries: Sequence[OutlineQuestion]
    first: bool
    last: bool


@dataclass(frozen=True)
class Outline:
    sections: Sequence[OutlineSection]
    mendings: Sequence[Mending]
    number: int  # of questions
    untranslated: int


def outline(questionnaire: Questionnaire, language: str) -> Outline:
    """The outline in the reader's language."""
    found = faults(questionnaire)
    wrong = {fault.place for fault in found}
    numbers = _numbers(questionnaire)
    sections = []
    for place, section in enumerate(questionnaire.sections):
        entries = [
            OutlineQuestion(
                question=question,
                number=numbers.get(question.name),
                facts=_facts(question),
                condition=_shown_if(questionnaire, question, language),
                faulty=bool(wrong & {question.name, *(row.name for row in question.rows)}),
            )
            for question in section.questions
        ]
        sections.append(
            OutlineSection(
                section=section,
                condition=_shown_if(questionnaire, section, language),
                entries=entries,
                first=place == 0,
                last=place == len(questionnaire.sections) - 1,
            )
        )
    mendings = _mendings(questionnaire, found, language)
    untranslated = len(translating.missing(questionnaire))
    return Outline(sections, mendings, len(numbers), untranslated)


def _numbers(questionnaire: Questionnaire) -> dict[str, int]:
    asked = (q.name for q in questions(questionnaire) if q.kind is not Kind.INFO)
    return {name: number for number, name in enumerate(asked, start=1)}


def _shown_if(questionnaire: Questionnaire, part: Section | Question, language: str) -> str:
    return condition_words(questionnaire, part.show_if, language) if part.show_if else ""


def _facts(question: Question) -> list[str]:
    facts = [str(KINDS[question.kind].name)]
    if question.kind is Kind.MATRIX:
        facts.append(ngettext("%(num)s rad", "%(num)s rader", len(question.rows)))
    if question.options:
        facts.append(ngettext("%(num)s svar", "%(num)s svar", len(question.options)))
    if question.required:
        facts.append(_("obligatorisk"))
    if question.sensitive or any(row.sensitive for row in question.rows):
        facts.append(_("känslig (minst 20 svar)"))
    return facts


def _mendings(questionnaire: Questionnaire, found: Sequence[Fault], language: str) -> list[Mending]:
    parts: dict[str, tuple[str, str, str]] = {}
    for name, words, endpoint, page in _parts(questionnaire, language):
        parts.setdefault(name, (shortened(words) or name, endpoint, page))
    whole = ("", "surveys.survey_details", "")
    mendings = []
    for fault in found:
        if not _is_translation(fault):
            words, endpoint, page = parts.get(fault.place, whole)
            named = _named(fault, {name: part[0] for name, part in parts.items()})
            sentence = worded(named).in_language(language)
            mendings.append(Mending(words, sentence, endpoint, page))
    return mendings


def _is_translation(fault: Fault) -> bool:
    """Missing English words are counted and have a page of their own."""
    return fault.code == "missing_text" and fault.about["language"] == "en"


def _named(fault: Fault, words: Mapping[str, str]) -> Fault:
    """The fault with the question it speaks of in that question's own words."""
    name = fault.about.get("name", "")
    if name not in words or fault.code in {"duplicate_name", "duplicate_option"}:
        return fault
    return Fault(fault.place, fault.code, {**fault.about, "name": f"”{words[name]}”"})


def _parts(questionnaire: Questionnaire, language: str) -> Iterator[tuple[str, str, str, str]]:
    """(name, words, endpoint, name of the page) of everything that has a name."""
    for number, section in enumerate(questionnaire.sections, start=1):
        words = section.title.in_language(language) or _("Avsnitt %(number)s", number=number)
        yield section.name, words, "surveys.edit_section", section.name
        for question in section.questions:
            words = question.text.in_language(language)
            yield question.name, words, "surveys.edit_question", question.name
            for row in question.rows:
                words = row.text.in_language(language)
                yield row.name, words, "surveys.edit_question", question.name
    for scale in questionnaire.scales:
        words = scale.title.in_language(language)
        yield scale.name, words, "surveys.edit_scale", scale.name
