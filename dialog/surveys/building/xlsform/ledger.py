"""The account of a form: every cell is taken or left with a reason, and none is forgotten."""

from collections.abc import Mapping

from dialog.core.questionnaire import Text
from dialog.surveys.building.xlsform.columns import Column
from dialog.surveys.building.xlsform.findings import Finding
from dialog.surveys.building.xlsform.reasons import has_meaning, of_column
from dialog.surveys.building.xlsform.workbook import Cell, Sheet

NO_HEADING = Text(
    sv="Värdet står i en kolumn utan rubrik. Det följer inte med.",
    en="The value stands in a column without a heading. It is not taken.",
)
NOT_USED = Text(
    sv="Raden hör inte till något som tas med.", en="The row belongs to nothing that is taken."
)
NO_SHEET = Text(
    sv="Bladet hör inte till det som Dialog läser. Inget i det följer med.",
    en="This sheet is not among those that Dialog reads. Nothing in it is taken.",
)


class Ledger:
    """Reading marks each cell that it uses; `close` lists those that nobody asked for."""

    def __init__(self) -> None:
        self.taken: list[Finding] = []
        self.left: list[Finding] = []
        self._seen: set[tuple[str, int, str]] = set()

    def use(self, cell: Cell | None) -> str:
        """The text of a cell that is put to use, empty where there is none."""
        if cell is None:
            return ""
        self._see(cell)
        return cell.text

    def use_row(self, row: dict[str, Cell]) -> None:
        for cell in row.values():
            self._see(cell)

    def take(self, cell: Cell, words: Text) -> None:
        """Say what became of a row, in the place of one of its cells."""
        self._see(cell)
        self.taken.append(Finding(cell.sheet, cell.row, "", words))

    def leave(self, cell: Cell, reason: Text) -> None:
        self._see(cell)
        self.left.append(Finding(cell.sheet, cell.row, cell.column, reason))

    def leave_row(self, row: dict[str, Cell], reason: Text) -> None:
        """One line for all cells of the row."""
        for number, cell in enumerate(row.values()):
            if not number:
                self.left.append(Finding(cell.sheet, cell.row, "", reason))
            self._see(cell)

    def close(self, sheets: list[Sheet], read: Mapping[str, Mapping[str, Column]]) -> None:
        """List what is not accounted for: sheets that are not `read`, values without a heading,
        cells that nobody used, and columns without meaning that hold nothing.
        """
        for sheet in sheets:
            if sheet.name in read:
                self._close(sheet, read[sheet.name])
            elif sheet.headings or sheet.rows or sheet.stray:
                self.left.append(Finding(sheet.name, None, "", NO_SHEET))
        order = {sheet.name: number for number, sheet in enumerate(sheets)}
        for findings in (self.taken, self.left):
            findings.sort(key=lambda found: (order[found.sheet], found.row or 0))

    def _close(self, sheet: Sheet, columns: Mapping[str, Column]) -> None:
        for cell in sheet.stray:
            self.leave(cell, NO_HEADING)
        filled: set[str] = set()
        for row in sheet.rows.values():
            filled |= set(row)
            forgotten = [cell for cell in row.values() if not self._has_seen(cell)]
            if len(forgotten) == len(row):
                self.leave_row(row, NOT_USED)
                continue
            for cell in forgotten:
                self.leave(cell, of_column(columns[cell.column].key))
        for heading in sheet.headings:
            if heading.column not in filled and not has_meaning(columns[heading.column].key):
                self.leave(heading, of_column(""))

    def _has_seen(self, cell: Cell) -> bool:
        return (cell.sheet, cell.row, cell.column) in self._seen

    def _see(self, cell: Cell) -> None:
        self._seen.add((cell.sheet, cell.row, cell.column))
