"""The sheet `dialog_scales` of a form that we wrote: scores, which XLSForm has no place for."""

from collections.abc import Mapping

from pydantic import ValidationError

from dialog.core.questionnaire import Scale, Text
from dialog.surveys.building.xlsform.ledger import Ledger
from dialog.surveys.building.xlsform.lines import unescaped
from dialog.surveys.building.xlsform.workbook import Sheet

HEADINGS = ("name", "title_sv", "title_en", "items", "reversed", "report")
_NO_SCALE = Text(
    sv="Skalan går inte att läsa, eller frågar efter något som inte tas med.",
    en="The scale cannot be read, or asks for something that is not taken.",
)


def read_scales(sheet: Sheet, given: Mapping[str, str], ledger: Ledger) -> tuple[Scale, ...]:
    """The scales, their items by our names (`given`, by the form's)."""
    found = []
    for row in sheet.rows.values():
        words = {heading: row[heading].text for heading in HEADINGS if heading in row}
        try:
            scale = Scale(
                name=words.get("name", ""),
                title=Text(
                    sv=unescaped(words.get("title_sv", "")),
                    en=unescaped(words.get("title_en", "")),
                ),
                items=tuple(given[name] for name in words.get("items", "").split()),
                reversed=tuple(given[name] for name in words.get("reversed", "").split()),
                report="items" if words.get("report") == "items" else "score",
            )
        except (KeyError, ValidationError):
            ledger.leave_row(row, _NO_SCALE)
            continue
        for heading in words:
            ledger.use(row[heading])
        ledger.take(next(iter(row.values())), Text(sv="Blir en skala.", en="Becomes a scale."))
        found.append(scale)
    return tuple(found)
