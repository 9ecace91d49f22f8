"""What Dialog cannot ask is listed by sheet, row and reason."""

import pytest

from dialog.surveys.building.xlsform.reading import read
from tests.surveys.building.xlsform.forms import asked, form, left
from tests.surveys.building.xlsform.spreadsheets import xlsx


@pytest.mark.parametrize(
    ("written", "word"),
    [
        ("geopoint", "Platser"),
        ("image", "Bilder"),
        ("audio", "Bilder"),
        ("file", "Bilder"),
        ("barcode", "sortens fråga"),
        ("time", "klockslag"),
        ("dateTime", "klockslag"),
        ("rank colours", "Rangordning"),
        ("start", "enhet"),
        ("today", "enhet"),
        ("deviceid", "enhet"),
        ("hidden", "Beräknade"),
        ("acknowledge", "sortens fråga"),
    ],
)
def test_what_dialog_cannot_ask_is_listed_with_its_row_and_a_reason(
    written: str, word: str
) -> None:
    found = form(f"type|name|label\ntext|a|A\n{written}|q|Fråga?")
    assert list(asked(found)) == ["a"]
    (finding,) = [one for one in found.left if one.sheet == "survey"]
    assert (finding.row, finding.column) == (3, "")
    assert word in finding.reason.sv
    assert finding.reason.en


def test_a_calculation_is_listed() -> None:
    found = form("type|name|label|calculation\ntext|a|A|\ncalculate|c||1 + 1")
    assert ("survey", 3, "") in left(found)


def test_what_stands_in_a_repeat_is_listed_row_by_row() -> None:
    found = form(
        """
        type         | name | label
        text         | a    | A
        begin_repeat | r    | Barn
        text         | b    | Namn
        end_repeat   |      |
        """
    )
    assert list(asked(found)) == ["a"]
    assert [place for place in left(found) if place[0] == "survey"] == [
        ("survey", 3, ""),
        ("survey", 4, ""),
        ("survey", 5, ""),
    ]


def test_columns_without_a_place_here_are_listed_row_by_row() -> None:
    found = form(
        """
        type               | name | label | default | media::image | choice_filter | min k
        select_one colours | q    | Färg? | red     | a.png        | true()        | 7
        """,
        choices="list_name|name|label|media::image\ncolours|red|Röd|r.png",
    )
    assert set(left(found)) == {
        ("survey", 2, "default"),
        ("survey", 2, "media::image"),
        ("survey", 2, "choice_filter"),
        ("survey", 2, "min k"),
        ("choices", 2, "media::image"),
    }


def test_an_empty_column_that_is_not_known_is_listed_by_its_heading() -> None:
    found = form("type|name|label|egen\ntext|q|Vad?|", choices="list_name|name|label")
    assert left(found) == [("survey", 1, "egen")]


def test_a_list_that_nothing_uses_is_listed() -> None:
    found = form("type|name|label\ntext|q|Vad?")
    assert left(found) == [("choices", 2, ""), ("choices", 3, "")]


def test_other_sheets_are_listed() -> None:
    found = read(xlsx(survey="type|name|label\ntext|q|Vad?", Läsmig="Hej", Tomt=""))
    assert left(found) == [("Läsmig", None, "")]


def test_values_without_a_heading_are_listed_by_their_letter() -> None:
    found = read(xlsx(survey=[["type", "name", "label"], ["text", "q", "Vad?", None, "x"]]))
    assert left(found) == [("survey", 2, "E")]


def test_a_formula_that_was_saved_without_its_value_is_not_lost() -> None:
    found = read(xlsx(survey=[["type", "name", "label"], ["text", "q", "=A1"]]))
    assert asked(found)["q"].text.sv == "=A1"


def test_disabled_rows_and_comments_are_listed() -> None:
    found = read(
        xlsx(
            survey="type|name|label|disabled|egen\ntext|a|A||\ntext|b|B|yes|\n|||| kommentar",
        )
    )
    assert list(asked(found)) == ["a"]
    assert left(found) == [("survey", 3, ""), ("survey", 4, "")]


def test_a_text_that_fetches_an_answer_is_taken_and_listed() -> None:
    found = read(xlsx(survey="type|name|label\ntext|a|Namn?\ntext|b|Hej ${a}, hur mår du?"))
    assert asked(found)["b"].text.sv == "Hej ${a}, hur mår du?"
    assert left(found) == [("survey", 3, "label")]
