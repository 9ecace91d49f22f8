"""The cells of an xlsx file, each with its place, read once and with limits."""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from dialog.core.questionnaire import Text
from dialog.surveys.building.xlsform.findings import WrongFormError

MAX_UNPACKED = 20 * 2**20  # bytes of XML: far more than any form, far less than a zip bomb
MAX_ROWS = 5_000
MAX_COLUMNS = 200
NOT_XLSX = Text(
    sv="Filen går inte att läsa som Excel (.xlsx). Öppna den i Excel eller LibreOffice, spara den "
    "som .xlsx och försök igen.",
    en="The file cannot be read as Excel (.xlsx). Open it in Excel or LibreOffice, save it as "
    ".xlsx and try again.",
)
TOO_LARGE = Text(
    sv=f"Filen är för stor för ett frågeformulär. Den får ha högst {MAX_ROWS} rader och "
    f"{MAX_COLUMNS} kolumner i varje blad.",
    en=f"The file is too large for a questionnaire. It may have at most {MAX_ROWS} rows and "
    f"{MAX_COLUMNS} columns in each sheet.",
)


@dataclass(frozen=True)
class Cell:
    """A cell that is not empty. `column` is its heading, or its letter where it has none."""

    sheet: str
    row: int
    column: str
    text: str


@dataclass
class Sheet:
    """One sheet: its heading cells, and for each row its cells by heading."""

    name: str
    headings: tuple[Cell, ...] = ()
    rows: dict[int, dict[str, Cell]] = field(default_factory=dict)
    stray: list[Cell] = field(default_factory=list)  # values in columns without a heading


def read_workbook(source: str | Path | bytes) -> list[Sheet]:
    """Every sheet in its order. Raises WrongFormError."""
    data = source if isinstance(source, bytes) else Path(source).read_bytes()
    _look_at_size(data)
    values, formulas = _grids(data, values=True), _grids(data, values=False)
    return [_sheet(name, _with_formulas(grid, formulas[name])) for name, grid in values.items()]


def _look_at_size(data: bytes) -> None:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
    except zipfile.BadZipFile:
        raise WrongFormError(NOT_XLSX) from None
    if size > MAX_UNPACKED:
        raise WrongFormError(TOO_LARGE)


def _grids(data: bytes, *, values: bool) -> dict[str, list[tuple[Any, ...]]]:
    try:
        book = load_workbook(BytesIO(data), read_only=True, data_only=values)
        found = {sheet.title: list(_rows(sheet)) for sheet in book.worksheets}
        book.close()
    except WrongFormError:
        raise
    except (
        InvalidFileException,
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        TypeError,
        OSError,
        ParseError,
        AttributeError,
        IndexError,
    ):
        # openpyxl has no error of its own for a broken file: it stumbles where it happens to.
        raise WrongFormError(NOT_XLSX) from None
    return found


def _rows(sheet: Any) -> Iterator[tuple[Any, ...]]:
    sheet.reset_dimensions()  # some programs write a wrong size, and rows would be lost
    for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
        if number > MAX_ROWS or len(row) > MAX_COLUMNS:
            if all(
                _written(value) == "" for value in row[0 if number > MAX_ROWS else MAX_COLUMNS :]
            ):
                continue
            raise WrongFormError(TOO_LARGE)
        yield row


def _with_formulas(
    values: list[tuple[Any, ...]], formulas: list[tuple[Any, ...]]
) -> list[tuple[Any, ...]]:
    """A formula that was saved without its value stands as it was written, so that it is seen."""
    return [
        tuple(
            formula if value is None else value for value, formula in zip(row, other, strict=True)
        )
        for row, other in zip(values, formulas, strict=True)
    ]


def _sheet(name: str, grid: list[tuple[Any, ...]]) -> Sheet:
    sheet = Sheet(name)
    if not grid:
        return sheet
    headings = [" ".join(_written(value).split()) for value in grid[0]]
    sheet.headings = tuple(Cell(name, 1, text, text) for text in headings if text)
    _refuse_doubles(name, headings)
    for number, row in enumerate(grid[1:], start=2):
        cells = {}
        for place, value in enumerate(row):
            text = _written(value)
            heading = headings[place] if place < len(headings) else ""
            if text and heading:
                cells[heading] = Cell(name, number, heading, text)
            elif text:
                sheet.stray.append(Cell(name, number, get_column_letter(place + 1), text))
        if cells:
            sheet.rows[number] = cells
    return sheet


def _refuse_doubles(sheet: str, headings: list[str]) -> None:
    for heading in headings:
        if heading and headings.count(heading) > 1:
            raise WrongFormError(
                Text(
                    sv=f"Bladet {sheet} har två kolumner som heter {heading}. Byt namn på den ena "
                    "eller ta bort den.",
                    en=f"The sheet {sheet} has two columns named {heading}. Rename or remove one.",
                )
            )


def _written(value: Any) -> str:
    """A value as it looks in the spreadsheet."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return str(value).strip()
