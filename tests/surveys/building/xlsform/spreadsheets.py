"""Small spreadsheets for tests, written as tables of text."""

from io import BytesIO
from typing import Any

from openpyxl import Workbook

Grid = list[list[Any]]


def table(text: str) -> Grid:
    """Rows of cells from lines with | between the cells; an empty cell is None."""
    return [
        [cell.strip() or None for cell in line.split("|")]
        for line in text.strip().splitlines()
        if line.strip()
    ]


def xlsx(**sheets: str | Grid) -> bytes:
    """A workbook with these sheets in this order."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in table(rows) if isinstance(rows, str) else rows:
            sheet.append(row)
    target = BytesIO()
    book.save(target)
    return target.getvalue()
