"""Writing a questionnaire as an XLSForm that ODK's tools accept and `reading` reads back whole.

What XLSForm has no place for stands in columns named dialog_…, which other tools pass by.
"""

from collections.abc import Iterator

from dialog.core.conditions import tests_of
from dialog.core.level_names import LEVEL_NAMES
from dialog.core.questionnaire import LEVEL, Condition, Questionnaire, Section, Text, questions
from dialog.surveys.building.xlsform.meaning import LEVEL_QUESTION
from dialog.surveys.building.xlsform.names import form_name, plain
from dialog.surveys.building.xlsform.question_rows import (
    Conditions,
    Lists,
    Row,
    question_rows,
    words,
)
from dialog.surveys.building.xlsform.scales import HEADINGS
from dialog.surveys.building.xlsform.spreadsheet import spreadsheet

LANGUAGES = {"sv": "Svenska (sv)", "en": "English (en)"}
LEVEL_LIST = "_dialog_levels"
LEVEL_TEXT = Text(sv="Vilken nivå har du?", en="What is your level?")


def write(questionnaire: Questionnaire) -> bytes:
    """An .xlsx file. Reading it gives an equal questionnaire back if this one has no faults."""
    lists, conditions = Lists(), Conditions()
    survey = list(_survey(questionnaire, lists, conditions))
    choices = list(lists.rows())
    if _asks_for_level(questionnaire):
        survey.insert(0, _level(questionnaire))
        choices += _levels(questionnaire)
    sheets = {"survey": survey, "choices": choices, "settings": [_settings(questionnaire)]}
    if questionnaire.scales:
        sheets["dialog_scales"] = list(_scales(questionnaire))
    return spreadsheet(sheets)


def _survey(questionnaire: Questionnaire, lists: Lists, conditions: Conditions) -> Iterator[Row]:
    for section in questionnaire.sections:
        yield {
            "type": "begin_group",
            "name": form_name(section.name),
            **words("label", section.title),
            **conditions.columns(section.show_if),
        }
        if section.intro:
            yield _intro(section)
        for question in section.questions:
            yield from question_rows(question, lists, conditions)
        yield {"type": "end_group", "name": form_name(section.name)}


def _intro(section: Section) -> Row:
    """A note, marked as the section's introduction; no question's name begins with _."""
    label = words("label", section.intro)
    return {"type": "note", "name": f"_intro_{section.name}", **label, "dialog_flags": "intro"}


def _asks_for_level(questionnaire: Questionnaire) -> bool:
    conditions: list[Condition | None] = [part.show_if for part in questionnaire.sections]
    conditions += [question.show_if for question in questions(questionnaire)]
    return any(test.item == LEVEL for one in conditions if one for test in tests_of(one))


def _level(questionnaire: Questionnaire) -> Row:
    """In Dialog the level comes with the invitation; elsewhere it has to be asked for."""
    label = words("label", _in_languages(LEVEL_TEXT, questionnaire))
    return {"type": f"select_one {LEVEL_LIST}", "name": LEVEL_QUESTION, **label}


def _levels(questionnaire: Questionnaire) -> Iterator[Row]:
    for level, text in LEVEL_NAMES.items():
        label = words("label", _in_languages(text, questionnaire))
        yield {"list_name": LEVEL_LIST, "name": str(level), **label}


def _in_languages(text: Text, questionnaire: Questionnaire) -> Text:
    return Text(**{one: getattr(text, one) for one in questionnaire.languages})


def _settings(questionnaire: Questionnaire) -> Row:
    primary = questionnaire.languages[0] if questionnaire.languages else "sv"
    other = "en" if primary == "sv" else "sv"
    title, description = questionnaire.title, questionnaire.description
    row = {
        "form_title": getattr(title, primary),
        "form_id": plain(title.in_language(primary)),
        "default_language": LANGUAGES[primary],
        "dialog_version": "1",
        "dialog_languages": " ".join(questionnaire.languages),
        f"dialog_title_{other}": getattr(title, other),
        "dialog_description_sv": description.sv,
        "dialog_description_en": description.en,
    }
    return {heading: text for heading, text in row.items() if text}


def _scales(questionnaire: Questionnaire) -> Iterator[Row]:
    for scale in questionnaire.scales:
        yield dict(
            zip(
                HEADINGS,
                (
                    scale.name,
                    scale.title.sv,
                    scale.title.en,
                    " ".join(map(form_name, scale.items)),
                    " ".join(map(form_name, scale.reversed)),
                    scale.report,
                ),
                strict=True,
            )
        )
