"""Import takes what Dialog can ask: kinds, options, limits, languages, names."""

from pathlib import Path

import pytest

from dialog.core.checking import faults
from dialog.core.questionnaire import Kind, Text, questions
from dialog.surveys.building.xlsform.reading import read
from tests.surveys.building.xlsform.forms import asked, form, left
from tests.surveys.building.xlsform.spreadsheets import xlsx


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("select_one colours", Kind.SINGLE),
        ("select one from colours", Kind.SINGLE),
        ("select_multiple colours", Kind.MULTIPLE),
        ("select all that apply from colours", Kind.MULTIPLE),
        ("text", Kind.SHORT),
        ("integer", Kind.NUMBER),
        ("decimal", Kind.NUMBER),
        ("date", Kind.DATE),
        ("note", Kind.INFO),
    ],
)
def test_a_type_becomes_a_kind_of_question(written: str, kind: Kind) -> None:
    found = form(f"type | name | label\n{written} | q | Fråga?")
    assert asked(found)["q"].kind is kind
    assert asked(found)["q"].text == Text(sv="Fråga?")
    assert [place for place in left(found) if place[0] == "survey"] == []


def test_a_text_of_several_lines_is_a_long_one() -> None:
    found = form("type|name|label|appearance\ntext|q|Fråga?|multiline")
    assert asked(found)["q"].kind is Kind.LONG


def test_options_keep_their_names_and_texts() -> None:
    question = asked(form("type|name|label\nselect_one colours|q|Färg?"))["q"]
    assert [(option.name, option.text.sv) for option in question.options] == [
        ("red", "Röd"),
        ("green", "Grön"),
    ]


def test_or_other_gives_an_option_and_a_text_that_is_shown_on_it() -> None:
    found = form("type|name|label\nselect_one colours or_other|q|Färg?")
    first, second = questions(found.questionnaire)
    assert first.options[-1].text == Text(sv="Annat", en="Other")
    assert (second.name, second.kind) == ("q_other", Kind.SHORT)
    assert second.show_if is not None
    assert second.show_if.model_dump(mode="json")["parts"][0]["values"] == ["other"]
    assert faults(found.questionnaire) == []


@pytest.mark.parametrize(
    ("parameters", "kind", "low", "high", "listed"),
    [
        ("start=0 end=10 step=1", Kind.SCALE, 0, 10, False),
        ("", Kind.SCALE, 1, 10, False),
        ("start=1 end=5", Kind.SCALE, 1, 5, False),
        ("start=0 end=100 step=10", Kind.NUMBER, 0, 100, True),
        ("start=0 end=1 step=0.1", Kind.NUMBER, 0, 1, True),
    ],
)
def test_a_range_of_whole_steps_is_a_scale(
    parameters: str, kind: Kind, low: int, high: int, *, listed: bool
) -> None:
    found = form(f"type|name|label|parameters\nrange|q|Hur?|{parameters}")
    question = asked(found)["q"]
    assert (question.kind, question.low, question.high) == (kind, low, high)
    assert (("survey", 2, "parameters") in left(found)) is listed


@pytest.mark.parametrize(
    ("written", "constraint", "low", "high", "listed"),
    [
        ("integer", ". >= 0 and . <= 120", 0, 120, False),
        ("integer", ". > 0", 1, None, False),
        ("integer", ".<100", None, 99, False),
        ("integer", "0 <= .", 0, None, False),
        ("decimal", ". >= 0", 0, None, False),
        ("decimal", ". > 0", None, None, True),
        ("integer", ". >= ${other}", None, None, True),
        ("integer", ". mod 2 = 0", None, None, True),
        ("integer", "(. >= 0) or (. <= -5)", None, None, True),
    ],
)
def test_numeric_limits_are_taken_and_other_constraints_are_listed(
    written: str, constraint: str, low: int | None, high: int | None, *, listed: bool
) -> None:
    found = form(
        f"type|name|label|constraint\ninteger|other|A|\n{written}|q|Hur många?|{constraint}"
    )
    question = asked(found)["q"]
    assert (question.low, question.high) == (low, high)
    assert question.whole is (written == "integer")
    assert (("survey", 3, "constraint") in left(found)) is listed


def test_a_longest_text_is_taken() -> None:
    found = form("type|name|label|constraint\ntext|q|Vad?|string-length(.) <= 80")
    assert asked(found)["q"].max_length == 80


def test_required_is_taken_when_it_is_a_plain_yes() -> None:
    found = form("type|name|label|required\ntext|a|A|yes\ntext|b|B|no\ntext|c|C|${a} = 'x'")
    assert [question.required for question in questions(found.questionnaire)] == [
        True,
        False,
        False,
    ]
    assert left(found)[:1] == [("survey", 4, "required")]


def test_hints_are_help_texts() -> None:
    found = form("type|name|label|hint\ntext|q|Vad?|Skriv kort.")
    assert asked(found)["q"].help == Text(sv="Skriv kort.")


def test_both_languages_are_taken_and_others_are_listed() -> None:
    found = form(
        """
        type               | name | label::Svenska (sv) | label::English (en) | label::Suomi (fi)
        select_one colours | q    | Färg?               | Colour?             | Väri?
        """,
        choices="""
        list_name | name | label::Svenska (sv) | label::English (en) | label::Suomi (fi)
        colours   | red  | Röd                 | Red                 | Punainen
        """,
    )
    question = asked(found)["q"]
    assert question.text == Text(sv="Färg?", en="Colour?")
    assert question.options[0].text == Text(sv="Röd", en="Red")
    assert found.questionnaire.languages == ("sv", "en")
    assert left(found) == [("survey", 2, "label::Suomi (fi)"), ("choices", 2, "label::Suomi (fi)")]


def test_a_form_in_english_only_is_english() -> None:
    found = form("type|name|label:English\ntext|q|What?", choices="list_name|name|label:English")
    assert found.questionnaire.languages == ("en",)
    assert asked(found)["q"].text == Text(en="What?")


def test_the_default_language_says_what_a_plain_label_is() -> None:
    found = form(
        "type|name|label|label::Svenska (sv)\ntext|q|What?|Vad?",
        settings="form_title|default_language\nSurvey|English (en)",
    )
    assert asked(found)["q"].text == Text(sv="Vad?", en="What?")
    assert found.questionnaire.title == Text(en="Survey")


def test_a_form_in_another_language_is_taken_to_be_translated_here() -> None:
    found = form("type|name|label::Suomi (fi)\ntext|q|Mitä?", choices="list_name|name|label")
    assert asked(found)["q"].text == Text(sv="Mitä?")
    assert any("De läggs som svenska" in finding.reason.sv for finding in found.taken)


def test_choices_without_a_language_are_in_the_language_of_the_questions() -> None:
    found = form("type|name|label::English\nselect_one colours|q|What?")
    assert asked(found)["q"].options[0].text == Text(en="Röd")


def test_the_caller_can_say_what_language_unnamed_texts_are() -> None:
    data = xlsx(survey="type|name|label\ntext|q|What?")
    assert asked(read(data, language="en"))["q"].text == Text(en="What?")


def test_names_are_made_ours_and_every_change_is_told() -> None:
    found = form(
        """
        type                 | name       | label | relevant
        select_one Svar-2    | Favoritfärg | Färg? |
        text                 | q-1        | Varför? | ${Favoritfärg} = 'grön/blå'
        """,
        choices="list_name|name|label\nSvar-2|grön/blå|Grönblå",
    )
    first, second = questions(found.questionnaire)
    assert (first.name, second.name) == ("favoritfarg", "q_1")
    assert first.options[0].name == "gron_bla"
    assert second.show_if is not None
    assert second.show_if.model_dump(mode="json")["parts"] == [
        {"item": "favoritfarg", "op": "is", "values": ["gron_bla"]}
    ]
    told = " ".join(finding.reason.sv for finding in found.taken)
    assert "Namnet Favoritfärg blir favoritfarg." in told
    assert "Namnet q-1 blir q_1." in told
    assert "Svarsalternativet grön/blå får namnet gron_bla." in told


def test_a_name_in_two_groups_is_told_apart() -> None:
    found = form(
        """
        type        | name | label
        begin_group | g    | G
        text        | a    | Ett
        end_group   |      |
        begin_group | h    | H
        text        | a    | Två
        end_group   |      |
        """
    )
    assert {name: one.text.sv for name, one in asked(found).items()} == {"a": "Ett", "a_2": "Två"}


def test_every_question_row_is_accounted_for_as_taken() -> None:
    found = form("type|name|label\ntext|a|A\nselect_one colours|b|B")
    assert [(finding.sheet, finding.row) for finding in found.taken] == [
        ("survey", 1),  # the language was guessed
        ("survey", 2),
        ("survey", 3),
        ("choices", 2),
    ]


def test_a_finding_says_its_place_and_reason_in_one_line() -> None:
    found = form("type|name|label|default\nselect_one colours|q|Vad?|red")
    (finding,) = found.left
    assert finding.sentence("sv").startswith("survey, rad 2, kolumn default: Förvalda svar")
    assert finding.sentence("en").startswith("survey, row 2, column default: Dialog has no")


def test_a_file_can_be_read_by_its_path(tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    path.write_bytes(xlsx(survey="type|name|label\ntext|q|Vad?"))
    assert list(asked(read(path))) == ["q"]


def test_a_single_sheet_is_the_survey_whatever_its_name() -> None:
    assert list(asked(read(xlsx(Blad1="type|name|label\ntext|q|Vad?")))) == ["q"]
