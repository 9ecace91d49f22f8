"""A file that is no XLSForm is refused with a sentence, whatever is wrong with it."""

import contextlib
import random
import zipfile
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from dialog.core.errors import WrongInputError
from dialog.surveys.building.instruments import all_instruments
from dialog.surveys.building.xlsform.findings import WrongFormError
from dialog.surveys.building.xlsform.reading import read
from dialog.surveys.building.xlsform.writing import write
from tests.surveys.building.xlsform.spreadsheets import xlsx

GOOD = write(all_instruments()["samtalsklimat"])


def refused(data: bytes) -> WrongFormError:
    with pytest.raises(WrongFormError) as wrong:
        read(data)
    assert isinstance(wrong.value, WrongInputError)
    assert wrong.value.text.en
    return wrong.value


@pytest.mark.parametrize(
    "data",
    [b"", b"type,name,label\ntext,q,Vad?\n", b"PK\x03\x04 not a zip", GOOD[:-200], GOOD[:2000]],
)
def test_what_is_not_a_spreadsheet_is_refused(data: bytes) -> None:
    assert "går inte att läsa som Excel (.xlsx)" in refused(data).sentence


def test_a_zip_file_of_another_kind_is_refused() -> None:
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert "går inte att läsa som Excel" in refused(target.getvalue()).sentence


def test_a_file_that_unpacks_to_very_much_is_refused_before_it_is_unpacked() -> None:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * (21 * 2**20))
    assert len(target.getvalue()) < 100_000
    assert "för stor" in refused(target.getvalue()).sentence


def test_too_many_rows_are_refused() -> None:
    rows = [["type", "name", "label"], *(["text", f"q{i}", "Vad?"] for i in range(5_000))]
    assert "för stor" in refused(xlsx(survey=rows)).sentence


def test_formatting_far_outside_the_form_does_not_matter() -> None:
    book = Workbook()
    sheet = book.active
    sheet.title = "survey"
    for row in (["type", "name", "label"], ["text", "q", "Vad?"]):
        sheet.append(row)
    sheet.cell(6_000, 300).style = "Good"
    target = BytesIO()
    book.save(target)
    assert len(read(target.getvalue()).questionnaire.sections) == 1


def test_a_file_without_the_sheet_survey_is_refused() -> None:
    assert "inget blad som heter survey" in refused(xlsx(frågor="a|b", svar="c|d")).sentence


def test_a_survey_without_types_is_refused() -> None:
    assert "saknar kolumnen type" in refused(xlsx(survey="name|label\nq|Vad?")).sentence


def test_two_columns_of_one_name_are_refused() -> None:
    wrong = refused(xlsx(survey="type|name|label|label\ntext|q|Vad?|Vad?"))
    assert wrong.sentence == (
        "Bladet survey har två kolumner som heter label. Byt namn på den ena eller ta bort den."
    )


@pytest.mark.parametrize(
    ("survey", "place", "words"),
    [
        ("type|name|label\nselect_one missing|q|Vad?", "rad 2", "listan missing saknas"),
        ("type|name|label\nbegin_group|g|G\ntext|q|Vad?", "rad 2", "aldrig slutar"),
        ("type|name|label\ntext|q|Vad?\nend_group||", "rad 3", "inte har börjat"),
        ("type|name|label\ntext||Vad?", "rad 2", "saknar namn"),
        ("type|name|label\ntext|q|A\ntext|q|B", "rad 3, kolumn name", "mer än en gång"),
        ("type|name|label\nfoo|q|A", "rad 2", "Typen foo finns inte"),
        (
            "type|name|label|relevant\ntext|q|A|${missing} = 1",
            "rad 2, kolumn relevant",
            "ingen fråga som heter missing",
        ),
        ("type|name|label|relevant\ntext|q|A|${q = 1", "rad 2, kolumn relevant", "Skriv ${,"),
        ("type|name|label\n|q|A", "rad 2", "saknar typ"),
        ("type|name|label\ntext|två ord|A", "rad 2, kolumn name", "börja med en bokstav"),
        ("type|name|label\nselect_one_external a|q|A", "rad 2", "”a” finns inte"),
    ],
)
def test_what_xlsform_forbids_is_refused_with_place_and_reason_in_swedish(
    survey: str, place: str, words: str
) -> None:
    wrong = refused(
        xlsx(
            survey=survey,
            choices="list_name|name|label\nother|x|X",
            external_choices="list_name|name\na|b",
        )
    )
    assert wrong.sentence.startswith("Filen följer inte reglerna för XLSForm.")
    (fault,) = wrong.faults
    assert fault.startswith(f"survey, {place}: ")
    assert words in fault
    (english,) = wrong.in_language("en").faults
    assert english.startswith(f"survey, {place.replace('rad', 'row').replace('kolumn', 'column')}")


def test_what_pyxform_says_that_is_not_known_stands_as_it_is() -> None:
    wrong = refused(xlsx(survey="type|name|label|parameters\nrange|q|A|start=1 end=3 step=0"))
    assert wrong.faults[0].startswith("survey, rad 2: pyxform (på engelska): ")
    assert "must not be '0'" in wrong.faults[0]


WORDS = st.sampled_from(
    [
        "text", "integer", "note", "select_one a", "select_multiple a or_other", "range",
        "begin_group", "end_group", "begin_repeat", "end_repeat", "geopoint", "calculate", "yes",
        "${q1} = 'x'", "field-list", "multiline", "x", "y", "q1", "q2", "a", "1", ". > 3",
        "start=1 end=3", "label", "English (en)", "=1+1", " ", "ÅÄÖ",
    ]
)  # fmt: skip
HEADINGS = st.sampled_from(
    [
        "type", "name", "label", "label::English (en)", "hint", "required", "relevant",
        "constraint", "appearance", "parameters", "calculation", "default", "dialog_flags",
        "dialog_relevant", "list_name", "egen", "media::image", "form_title", "dialog_version",
    ]
)  # fmt: skip


@st.composite
def grids(draw: st.DrawFn) -> list[list[str | None]]:
    headings = draw(st.lists(HEADINGS, min_size=1, max_size=7, unique=True))
    row = st.lists(st.one_of(st.none(), WORDS), min_size=len(headings), max_size=len(headings))
    return [list(headings), *draw(st.lists(row, max_size=8))]


@settings(deadline=None, max_examples=150, suppress_health_check=list(HealthCheck))
@given(survey=grids(), choices=grids(), own=grids())
def test_any_spreadsheet_is_read_or_refused(
    survey: list[list[str | None]],
    choices: list[list[str | None]],
    own: list[list[str | None]],
) -> None:
    data = xlsx(survey=survey, choices=choices, settings=own)
    with contextlib.suppress(WrongFormError):
        read(data)


@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
@given(st.integers())
def test_a_good_form_that_somebody_has_edited_is_read_or_refused(seed: int) -> None:
    dice = random.Random(seed)
    book = load_workbook(BytesIO(GOOD))
    texts = ["", "x", "yes", "${tystnad} = 'ja'", "geopoint", "text", "select_one fragor_rost", "1"]
    for _ in range(dice.randint(1, 4)):
        sheet = book[dice.choice(["survey", "choices", "settings", "dialog_scales"])]
        row = dice.randint(1, sheet.max_row)
        sheet.cell(row, dice.randint(1, sheet.max_column)).value = dice.choice(texts)
    target = BytesIO()
    book.save(target)
    with contextlib.suppress(WrongFormError):
        read(target.getvalue())
