"""Nothing is silently dropped: a word put into any cell is in the questionnaire or in the list."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from dialog.core.questionnaire import dump
from dialog.surveys.building.instruments import all_instruments
from dialog.surveys.building.xlsform.findings import WrongFormError
from dialog.surveys.building.xlsform.reading import read
from dialog.surveys.building.xlsform.writing import write
from tests.surveys.building.xlsform.spreadsheets import Grid, table, xlsx

ROWS: list[dict[str, str]] = [
    {"type": "start", "name": "started"},
    {"type": "text", "name": "opening"},
    {"type": "begin_group", "name": "part_a"},
    {"type": "select_one colours", "name": "colour", "required": "yes"},
    {
        "type": "select_multiple colours or_other",
        "name": "several",
        "relevant": "selected(${colour}, 'red')",
    },
    {"type": "begin_group", "name": "table", "appearance": "table-list"},
    {"type": "select_one colours", "name": "row_1"},
    {"type": "select_one colours", "name": "row_2"},
    {"type": "end_group"},
    {"type": "range", "name": "feeling", "parameters": "start=0 end=10"},
    {"type": "begin_group", "name": "inner"},
    {"type": "integer", "name": "age", "constraint": ". > 0"},
    {"type": "decimal", "name": "share"},
    {"type": "end_group"},
    {"type": "end_group"},
    {"type": "begin_repeat", "name": "again"},
    {"type": "text", "name": "within"},
    {"type": "end_repeat"},
    {"type": "note", "name": "told", "hint::Svenska (sv)": "Mer"},
    {"type": "date", "name": "day"},
    {"type": "geopoint", "name": "place"},
    {"type": "calculate", "name": "sum", "calculation": "1 + 1"},
    {"type": "text", "name": "closing", "appearance": "multiline"},
]
HEADINGS = (
    *("type", "name", "label::Svenska (sv)", "label::English (en)", "label::Suomi (fi)"),
    *("hint::Svenska (sv)", "required", "required_message", "relevant", "constraint"),
    *("constraint_message", "appearance", "parameters", "default", "calculation"),
    *("choice_filter", "guidance_hint", "read_only", "image", "repeat_count", "note_to_self"),
)
SURVEY: Grid = [list(HEADINGS)]
for _row in ROWS:
    words = {} if _row["type"].startswith("end") else {"label::Svenska (sv)": "Ord"}
    SURVEY.append([(words | _row).get(heading) for heading in HEADINGS])
CHOICES = table(
    """
    list_name|name|label::Svenska (sv)|label::English (en)|label::Suomi (fi)|image|own
    colours|red|Röd|Red|||
    colours|green|Grön|Green|||
    shapes|round|Rund|Round|||
    """
)
SETTINGS = table(
    """
    form_title|form_id|version|default_language|style|instance_name|own
    Enkät|enkat|1|Svenska (sv)|||
    """
)
GRIDS = (("survey", SURVEY), ("choices", CHOICES), ("settings", SETTINGS))
SHEETS: dict[str, str | Grid] = dict(GRIDS)


def marked(sheet: str, heading: str, rows: list[int]) -> bytes:
    """The form with a mark in cells of one column, what stands there replaced: zz2 in row 2 …"""
    sheets: dict[str, str | Grid] = {name: [list(row) for row in grid] for name, grid in GRIDS}
    grid = sheets[sheet]
    assert isinstance(grid, list)
    place = grid[0].index(heading)
    for row in rows:
        grid[row - 1] += [None] * (len(grid[0]) - len(grid[row - 1]))
        grid[row - 1][place] = f"zz{row}x"
    return xlsx(**sheets)


def lost(sheet: str, heading: str, rows: list[int]) -> list[int]:
    """The rows whose mark is neither in the questionnaire nor in the list. A file that is refused
    as a whole says why; then the cells are tried one by one.
    """
    try:
        found = read(marked(sheet, heading, rows))
    except WrongFormError:
        return [] if len(rows) == 1 else [r for row in rows for r in lost(sheet, heading, [row])]
    taken = dump(found.questionnaire).decode()
    listed = {one.row for one in found.left if one.sheet == sheet and one.column in {"", heading}}
    return [row for row in rows if f"zz{row}x" not in taken and row not in listed]


def test_the_form_itself_is_read() -> None:
    found = read(xlsx(**SHEETS))
    assert len(found.questionnaire.sections) == 4
    assert all(finding.reason.sv and finding.reason.en for finding in (*found.taken, *found.left))


COLUMNS = [(name, str(heading)) for name, grid in GRIDS for heading in grid[0]]


@pytest.mark.parametrize(("sheet", "heading"), COLUMNS)
def test_a_word_in_any_cell_is_taken_or_listed(sheet: str, heading: str) -> None:
    rows = list(range(2, len(dict(GRIDS)[sheet]) + 1))
    assert lost(sheet, heading, rows) == []


OURS = write(all_instruments()["samtalsklimat"])


@pytest.mark.parametrize(
    ("sheet", "heading", "row"),
    [
        ("survey", "dialog_flags", 3),
        ("survey", "relevant", 3),
        ("choices", "dialog_value", 2),
        ("settings", "dialog_version", 2),
        ("settings", "default_language", 2),
        ("dialog_scales", "items", 2),
        ("dialog_scales", "name", 2),
    ],
)
def test_what_is_spoilt_in_a_form_of_ours_is_listed(sheet: str, heading: str, row: int) -> None:
    book = load_workbook(BytesIO(OURS))
    column = next(cell.column for cell in book[sheet][1] if cell.value == heading)
    book[sheet].cell(row, column).value = "ZZ 9"
    target = BytesIO()
    book.save(target)
    found = read(target.getvalue())
    assert (sheet, row) in {(finding.sheet, finding.row) for finding in found.left}
