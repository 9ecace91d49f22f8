"""Asking pyxform, the reference implementation, whether a form is a valid XLSForm."""

from typing import Any

from lark.exceptions import LarkError
from pyxform.errors import PyXFormError
from pyxform.xls2xform import convert

from dialog.core.questionnaire import Text
from dialog.surveys.building.xlsform.complaints import stumbled, understood
from dialog.surveys.building.xlsform.findings import Finding, WrongFormError
from dialog.surveys.building.xlsform.workbook import Sheet

SHEETS = ("survey", "choices", "settings", "external_choices", "entities", "osm")


def validate(sheets: dict[str, Sheet]) -> None:
    """Convert the form as ODK's own tools do, and throw the result away. `sheets` by the names
    that XLSForm knows them under. Raises WrongFormError with the place and the reason.
    """
    book: dict[str, Any] = {"sheet_names": list(sheets)}
    for name in SHEETS:
        sheet = sheets.get(name)
        if sheet and sheet.headings:
            book[name] = _rows(sheet)
            book[f"{name}_header"] = [{heading.column: None for heading in sheet.headings}]
    try:
        convert(book, warnings=[])
    except PyXFormError as wrong:
        raise _wrong(understood(str(wrong), sheets["survey"])) from None
    except (LarkError, LookupError, AttributeError, TypeError, ValueError, RecursionError) as error:
        # pyxform stumbles over some broken forms instead of refusing them.
        raise _wrong(stumbled(error, sheets["survey"])) from None


def _rows(sheet: Sheet) -> list[dict[str, str]]:
    """Every row from the second, the empty ones too: pyxform counts them in its messages."""
    last = max(sheet.rows, default=1)
    return [
        {heading: cell.text for heading, cell in sheet.rows.get(number, {}).items()}
        for number in range(2, last + 1)
    ]


def _wrong(finding: Finding | None) -> WrongFormError:
    return WrongFormError(
        Text(
            sv="Filen följer inte reglerna för XLSForm. Rätta felet i filen och försök igen.",
            en="The file does not follow the rules of XLSForm. Correct it and try again.",
        ),
        (finding,) if finding else (),
    )
