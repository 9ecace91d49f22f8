"""Changes to a questionnaire's sections and questions: each gives a new one, the old one stays."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from dialog.core.questionnaire import (
    Question,
    Questionnaire,
    Scale,
    Section,
    items_of,
)
from dialog.surveys.building.variable_names import names_in, variable_name

T = TypeVar("T")


class MissingPartError(LookupError):
    """The questionnaire has no section or question of this name."""


def section_named(questionnaire: Questionnaire, name: str) -> Section:
    return questionnaire.sections[_section_place(questionnaire, name)]


def question_named(questionnaire: Questionnaire, name: str) -> Question:
    section, place = place_of(questionnaire, name)
    return section.questions[place]


def place_of(questionnaire: Questionnaire, name: str) -> tuple[Section, int]:
    """The section that the question stands in, and its index there."""
    for section in questionnaire.sections:
        for place, question in enumerate(section.questions):
            if question.name == name:
                return section, place
    raise MissingPartError(name)


def add_section(
    questionnaire: Questionnaire, section: Section, *, at: int | None = None
) -> Questionnaire:
    """Put `section` at index `at`, last if None."""
    return _with_sections(questionnaire, inserted(questionnaire.sections, section, at))


def replace_section(questionnaire: Questionnaire, name: str, section: Section) -> Questionnaire:
    """Put `section` where the section `name` stands, with its own questions."""
    place = _section_place(questionnaire, name)
    return _with_sections(questionnaire, _put(questionnaire.sections, place, section))


def remove_section(questionnaire: Questionnaire, name: str) -> Questionnaire:
    """Without the section, its questions, and their places in scales."""
    section = section_named(questionnaire, name)
    left = [other for other in questionnaire.sections if other is not section]
    return _off_scales(_with_sections(questionnaire, left), section.questions)


def move_section(questionnaire: Questionnaire, name: str, *, to: int) -> Questionnaire:
    """Let the section be at index `to` among the sections; beyond the ends means at the end."""
    place = _section_place(questionnaire, name)
    return _with_sections(questionnaire, moved(questionnaire.sections, place, to))


def add_question(
    questionnaire: Questionnaire, question: Question, *, section: str, at: int | None = None
) -> Questionnaire:
    """Put `question` at index `at` of the section, last if None."""
    home = section_named(questionnaire, section)
    return _with_questions(questionnaire, home, inserted(home.questions, question, at))


def replace_question(questionnaire: Questionnaire, name: str, question: Question) -> Questionnaire:
    """Put `question` where the question `name` stands. What points to names that disappear is
    left alone: see `renaming`.
    """
    home, place = place_of(questionnaire, name)
    return _with_questions(questionnaire, home, _put(home.questions, place, question))


def remove_question(questionnaire: Questionnaire, name: str) -> Questionnaire:
    """Without the question and its places in scales. Conditions that ask for it stay, as faults to
    mend: without them, what they hid would be shown to everybody.
    """
    home, place = place_of(questionnaire, name)
    left = [*home.questions[:place], *home.questions[place + 1 :]]
    return _off_scales(_with_questions(questionnaire, home, left), [home.questions[place]])


def move_question(
    questionnaire: Questionnaire, name: str, *, section: str, to: int | None = None
) -> Questionnaire:
    """Let the question be at index `to` of the section (last if None), which may be another."""
    home, place = place_of(questionnaire, name)
    question = home.questions[place]
    if home.name == section:
        last = len(home.questions)
        order = moved(home.questions, place, last if to is None else to)
        return _with_questions(questionnaire, home, order)
    left = [other for other in home.questions if other is not question]
    return add_question(
        _with_questions(questionnaire, home, left), question, section=section, at=to
    )


def shift_question(questionnaire: Questionnaire, name: str, *, step: int) -> Questionnaire:
    """One step up (-1) or down (1); past the end of its section into the next one."""
    home, place = place_of(questionnaire, name)
    target = place + step
    if 0 <= target < len(home.questions):
        return move_question(questionnaire, name, section=home.name, to=target)
    neighbour = _section_place(questionnaire, home.name) + step
    if not 0 <= neighbour < len(questionnaire.sections):
        return questionnaire
    other = questionnaire.sections[neighbour].name
    return move_question(questionnaire, name, section=other, to=0 if step > 0 else None)


def shift_section(questionnaire: Questionnaire, name: str, *, step: int) -> Questionnaire:
    to = max(0, _section_place(questionnaire, name) + step)
    return move_section(questionnaire, name, to=to)


def copy_question(questionnaire: Questionnaire, name: str) -> tuple[Questionnaire, Question]:
    """A second one right after the question, with names of its own; and that second one."""
    home, place = place_of(questionnaire, name)
    question = home.questions[place]
    taken = set(names_in(questionnaire))
    rows = []
    for row in question.rows:
        rows.append(row.model_copy(update={"name": variable_name(row.name, taken=taken)}))
        taken.add(rows[-1].name)
    fresh = {"name": variable_name(question.name, taken=taken), "rows": tuple(rows)}
    copy = question.model_copy(update=fresh)
    return add_question(questionnaire, copy, section=home.name, at=place + 1), copy


def inserted(parts: Sequence[T], part: T, at: int | None) -> list[T]:
    changed = list(parts)
    changed.insert(len(changed) if at is None else at, part)
    return changed


def moved(parts: Sequence[T], place: int, to: int) -> list[T]:
    changed = list(parts)
    part = changed.pop(place)
    changed.insert(min(max(to, 0), len(changed)), part)
    return changed


def _put(parts: Sequence[T], place: int, part: T) -> list[T]:
    changed = list(parts)
    changed[place] = part
    return changed


def _section_place(questionnaire: Questionnaire, name: str) -> int:
    for place, section in enumerate(questionnaire.sections):
        if section.name == name:
            return place
    raise MissingPartError(name)


def _with_sections(questionnaire: Questionnaire, sections: Iterable[Section]) -> Questionnaire:
    return questionnaire.model_copy(update={"sections": tuple(sections)})


def _with_questions(
    questionnaire: Questionnaire, home: Section, order: Iterable[Question]
) -> Questionnaire:
    changed = home.model_copy(update={"questions": tuple(order)})
    return replace_section(questionnaire, home.name, changed)


def _off_scales(questionnaire: Questionnaire, gone: Iterable[Question]) -> Questionnaire:
    names = {item.name for question in gone for item in items_of(question)}
    scales = tuple(_without(scale, names) for scale in questionnaire.scales)
    return questionnaire.model_copy(update={"scales": scales})


def _without(scale: Scale, names: set[str]) -> Scale:
    return scale.model_copy(
        update={
            "items": tuple(name for name in scale.items if name not in names),
            "reversed": tuple(name for name in scale.reversed if name not in names),
        }
    )
