"""Rows of named columns as an .xlsx file that is easy to read and holds no formulas."""

import re
from io import BytesIO

from xlsxwriter import Workbook

from dialog.surveys.building.xlsform.lines import escaped

ORDER = ("type", "list_name", "name", "label", "hint", "required", "relevant", "appearance")
EXPRESSIONS = frozenset({"relevant", "constraint"})  # here "${" is meant as a reference
WIDE, NARROW = 48, 18
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def spreadsheet(sheets: dict[str, list[dict[str, str]]]) -> bytes:
    """One sheet for each, its headings in a row that stays in sight."""
    target = BytesIO()
    no_guessing = {"strings_to_formulas": False, "strings_to_urls": False}
    book = Workbook(target, {"in_memory": True, **no_guessing})
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True})
    for name, rows in sheets.items():
        if not rows:
            continue
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        headings = sorted(dict.fromkeys(h for row in rows for h in row if row[h]), key=_place)
        for column, heading in enumerate(headings):
            sheet.set_column(column, column, WIDE if "::" in heading else NARROW)
            sheet.write_string(0, column, heading, bold)
            for number, row in enumerate(rows, start=1):
                if text := row.get(heading):
                    sheet.write_string(number, column, _clean(heading, text), wrapped)
    book.close()
    return target.getvalue()


def _clean(heading: str, text: str) -> str:
    """Without what XML cannot hold; "${" in words would be a reference to other tools."""
    clean = _CONTROL.sub("", text)
    return clean if heading in EXPRESSIONS else escaped(clean)


def _place(heading: str) -> int:
    first = heading.split("::", maxsplit=1)[0]
    return ORDER.index(first) if first in ORDER else len(ORDER)
