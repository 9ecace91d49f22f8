"""Faults of the form as a whole: its names, its texts, its length; and the list of all faults."""

from collections.abc import Iterator

from dialog.core.answers import MAX_LENGTH, longest
from dialog.core.checking.conditions import condition_faults
from dialog.core.checking.fault import Fault
from dialog.core.checking.parts import question_faults, scale_faults
from dialog.core.questionnaire import Questionnaire, Text, items, questions

MAX_TEXT = 10_000  # characters of one text of the questionnaire


def faults(questionnaire: Questionnaire) -> list[Fault]:
    """Every fault, in the order of the form; an empty list means that it can be used."""
    found = [*_duplicates(questionnaire), *_texts(questionnaire)]
    for question in questions(questionnaire):
        found += question_faults(question)
    found += condition_faults(questionnaire)
    known = {item.name: item for item in items(questionnaire)}
    for scale in questionnaire.scales:
        found += scale_faults(scale, known)
    found += _whole(questionnaire)
    places = {name: number for number, name in enumerate(_places(questionnaire))}
    return sorted(found, key=lambda fault: places.get(fault.place, -1))


def _places(questionnaire: Questionnaire) -> Iterator[str]:
    """Every name of the form in its order."""
    for section in questionnaire.sections:
        yield section.name
        for question in section.questions:
            yield question.name
            yield from (row.name for row in question.rows)
    yield from (scale.name for scale in questionnaire.scales)


def _whole(questionnaire: Questionnaire) -> Iterator[Fault]:
    if not items(questionnaire):
        yield Fault("", "no_questions")
    if (length := longest(questionnaire)) > MAX_LENGTH:
        yield Fault("", "too_long", {"bytes": str(length), "limit": str(MAX_LENGTH)})
    for section in questionnaire.sections:
        if not section.questions:
            yield Fault(section.name, "empty_section")


def _duplicates(questionnaire: Questionnaire) -> Iterator[Fault]:
    seen: set[str] = set()
    for name in _places(questionnaire):
        if name in seen:
            yield Fault(name, "duplicate_name", {"name": name})
        seen.add(name)


def _texts(questionnaire: Questionnaire) -> Iterator[Fault]:
    """Texts that must be there in each language, and texts that have to be if one language has."""
    must = [("", "title", questionnaire.title)]
    may = [("", "description", questionnaire.description)]
    for section in questionnaire.sections:
        may += [(section.name, "title", section.title), (section.name, "intro", section.intro)]
        for question in section.questions:
            must.append((question.name, "text", question.text))
            must += [(question.name, f"option {o.name}", o.text) for o in question.options]
            must += [(row.name, "text", row.text) for row in question.rows]
            may.append((question.name, "help", question.help))
            may += [(question.name, "low_text", question.low_text)]
            may += [(question.name, "high_text", question.high_text)]
    must += [(scale.name, "title", scale.title) for scale in questionnaire.scales]
    for place, part, text in must:
        yield from _text(place, part, text, questionnaire.languages, needed=True)
    for place, part, text in may:
        yield from _text(place, part, text, questionnaire.languages, needed=bool(text))


def _text(
    place: str, part: str, text: Text, languages: tuple[str, ...], *, needed: bool
) -> Iterator[Fault]:
    for language in languages:
        words: str = getattr(text, language)
        if needed and not words.strip():
            yield Fault(place, "missing_text", {"part": part, "language": language})
        if len(words) > MAX_TEXT:
            yield Fault(place, "long_text", {"part": part, "language": language})
