"""A row of a form as it is asked for: by the meaning of its columns, marking what is used."""

from collections.abc import Mapping

from dialog.core.questionnaire import Text
from dialog.surveys.building.xlsform.columns import Column
from dialog.surveys.building.xlsform.languages import Languages
from dialog.surveys.building.xlsform.ledger import Ledger
from dialog.surveys.building.xlsform.reasons import of_column
from dialog.surveys.building.xlsform.workbook import Cell, Sheet

# "${" begins a reference in XLSForm, in texts too; writing.py puts this between.
BETWEEN = "\u200b"
FLAGS = {"sensitive", "unknown", "declined", "low_default", "high_default", "intro"}
SECOND = Text(
    sv="En annan kolumn har redan gett texten på det språket.",
    en="Another column has already given the text in this language.",
)
OTHER_LANGUAGE = Text(
    sv="Dialog har svenska och engelska. Texten på det här språket följer inte med.",
    en="Dialog has Swedish and English. The text in this language is not taken.",
)
REFERENCE = Text(
    sv="Texten hämtar ett tidigare svar med ${…}. Det görs inte i Dialog: skriv om texten.",
    en="The text fetches an earlier answer with ${…}. Dialog does not do that: rewrite the text.",
)


class Line:
    """One row of `survey`, `choices` or `settings`."""

    def __init__(
        self,
        number: int,
        cells: dict[str, Cell],
        *,
        columns: Mapping[str, Column],
        languages: Languages,
        ledger: Ledger,
    ) -> None:
        self.number, self.cells, self.ledger = number, cells, ledger
        self._columns, self._languages = columns, languages

    def cell(self, key: str) -> Cell | None:
        return next(iter(self._cells(key)), None)

    def peek(self, key: str) -> str:
        """The text of a cell, without saying that it was used."""
        cell = self.cell(key)
        return cell.text if cell else ""

    def use(self, key: str) -> str:
        return self.ledger.use(self.cell(key))

    def leave(self, key: str, reason: Text) -> None:
        for cell in self._cells(key):
            self.ledger.leave(cell, reason)

    def leave_all(self, reason: Text) -> None:
        self.ledger.leave_row(self.cells, reason)

    def take(self, words: Text) -> None:
        self.ledger.take(next(iter(self.cells.values())), words)

    def text(self, key: str) -> Text:
        """The words of a translated column in our languages."""
        found: dict[str, str] = {}
        for cell in self._cells(key):
            slot = self._languages.slot(self._columns[cell.column].language)
            if slot is None:
                self.ledger.leave(cell, OTHER_LANGUAGE)
            elif slot in found:
                self.ledger.leave(cell, SECOND)
            else:
                if "${" in self.ledger.use(cell):
                    self.ledger.leave(cell, REFERENCE)
                found[slot] = unescaped(cell.text)
        return Text(**found)

    def flags(self) -> set[str]:
        """What a form that we wrote says beside XLSForm's own columns."""
        flags = set(self.use("dialog_flags").split())
        if flags - FLAGS:
            self.leave("dialog_flags", of_column("dialog_flags"))
        return flags

    def _cells(self, key: str) -> list[Cell]:
        return [cell for heading, cell in self.cells.items() if self._columns[heading].key == key]


def lines(
    sheet: Sheet, columns: Mapping[str, Column], languages: Languages, ledger: Ledger
) -> list[Line]:
    return [
        Line(number, cells, columns=columns, languages=languages, ledger=ledger)
        for number, cells in sheet.rows.items()
    ]


def escaped(text: str) -> str:
    return text.replace("${", f"${BETWEEN}{{")


def unescaped(text: str) -> str:
    return text.replace(f"${BETWEEN}{{", "${")
