"""Between a question and its form: what the form shows, and the question that it says."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from dialog.core.questionnaire import Kind, MatrixRow, Option, Question, Questionnaire, Text
from dialog.surveys.building import editing, renaming
from dialog.surveys.building.conditions import condition_data, condition_from
from dialog.surveys.building.fields import parts_of, text_of
from dialog.surveys.building.steps import CHOICES, option_data
from dialog.surveys.building.variable_names import names_in, variable_name

USES: Mapping[str, tuple[Kind, ...]] = {
    "options": CHOICES,
    "rows": (Kind.MATRIX,),
    "low": (Kind.SCALE, Kind.NUMBER),
    "high": (Kind.SCALE, Kind.NUMBER),
    "low_text": (Kind.SCALE,),
    "high_text": (Kind.SCALE,),
    "whole": (Kind.NUMBER,),
    "max_length": (Kind.SHORT, Kind.LONG),
    **dict.fromkeys(
        ("help", "required", "unknown", "declined", "sensitive"),
        tuple(kind for kind in Kind if kind is not Kind.INFO),
    ),
}


def question_data(question: Question) -> dict[str, Any]:
    """What the form shows for a question that is saved."""
    plain = question.model_dump(
        include={"required", "unknown", "declined", "sensitive", "low", "high", "whole"}
    )
    return {
        **plain,
        **condition_data(question.show_if),
        **_texts(question),
        "kind": question.kind.value,
        "new_kind": question.kind.value,
        "name": question.name,
        "max_length": question.max_length,
        "options": [option_data(option, was=option.name) for option in question.options],
        "rows": [_row_data(row) for row in question.rows],
    }


def put_question(
    questionnaire: Questionnaire, form: Any, *, existing: Question | None, after: str = ""
) -> tuple[Questionnaire, Question]:
    """The questionnaire with the question that a valid form says, and that question. A new one
    comes after the question `after`, or last in its section.
    """
    own = _own_names(existing)
    question = _question(form, taken=names_in(questionnaire) - own)
    section = form.section.data
    if existing is None:
        at = _place_after(questionnaire, section, after)
        return editing.add_question(questionnaire, question, section=section, at=at), question
    items = {existing.name: question.name, **_renamed(form.rows, question.rows)}
    changed = editing.replace_question(questionnaire, existing.name, question)
    changed = renaming.rename_items(changed, items)
    asked = frozenset({question.name, *(row.name for row in question.rows)})
    changed = renaming.rename_options(changed, asked, _renamed(form.options, question.options))
    if editing.place_of(changed, question.name)[0].name != section:
        changed = editing.move_question(changed, question.name, section=section)
    return changed, question


def _question(form: Any, *, taken: Collection[str]) -> Question:
    kind = Kind(form.kind.data)
    used = set(taken)
    name = form.name.data or variable_name(form.text_sv.data, taken=used)
    used.add(name)
    fields: dict[str, Any] = {
        "help": text_of(form.help_sv, form.help_en),
        "low_text": text_of(form.low_text_sv, form.low_text_en),
        "high_text": text_of(form.high_text_sv, form.high_text_en),
        "options": _options(form),
        "rows": _rows(form, used),
        **{each: form[each].data for each in ("low", "high", "whole", "max_length")},
        **{each: form[each].data for each in ("required", "unknown", "declined", "sensitive")},
    }
    return Question(
        name=name,
        kind=kind,
        text=text_of(form.text_sv, form.text_en),
        show_if=condition_from(form),
        **{each: value for each, value in fields.items() if kind in USES[each]},
    )


def _options(form: Any) -> tuple[Option, ...]:
    parts = parts_of(form.options)
    taken = {part.name.data for part in parts if part.name.data}
    return tuple(
        Option(
            name=_named(part, taken, "svar"),
            text=Text(sv=part.sv.data, en=part.en.data or ""),
            value=part.value.data,
        )
        for part in parts
    )


def _rows(form: Any, taken: set[str]) -> tuple[MatrixRow, ...]:
    parts = parts_of(form.rows)
    taken |= {part.name.data for part in parts if part.name.data}
    return tuple(
        MatrixRow(
            name=_named(part, taken, "rad"),
            text=Text(sv=part.sv.data, en=part.en.data or ""),
            sensitive=part.sensitive.data,
        )
        for part in parts
    )


def _named(part: Any, taken: set[str], otherwise: str) -> str:
    name: str = part.name.data or variable_name(part.sv.data, taken=taken, otherwise=otherwise)
    taken.add(name)
    return name


def _renamed(field: Any, parts: Collection[Option | MatrixRow]) -> dict[str, str]:
    pairs = zip(parts_of(field), parts, strict=False)
    return {row.was.data: part.name for row, part in pairs if row.was.data}


def _own_names(existing: Question | None) -> set[str]:
    return {existing.name, *(row.name for row in existing.rows)} if existing else set()


def _place_after(questionnaire: Questionnaire, section: str, after: str) -> int | None:
    if not after:
        return None
    home, place = editing.place_of(questionnaire, after)
    return place + 1 if home.name == section else None


def _row_data(row: MatrixRow) -> dict[str, Any]:
    return {
        "sv": row.text.sv,
        "en": row.text.en,
        "sensitive": row.sensitive,
        "name": row.name,
        "was": row.name,
    }


def _texts(question: Question) -> dict[str, str]:
    texts: dict[str, Text] = {
        each: getattr(question, each) for each in ("text", "help", "low_text", "high_text")
    }
    of: Callable[[Text, str], str] = getattr
    return {
        f"{each}_{lang}": of(text, lang) for each, text in texts.items() for lang in ("sv", "en")
    }
