"""What came of reading a form: the questionnaire, and where each cell of the file went."""

from dataclasses import dataclass

from dialog.core.errors import WrongInputError
from dialog.core.questionnaire import Questionnaire, Text


@dataclass(frozen=True)
class Finding:
    """One line of the account. `row` counts from 1 as in the spreadsheet, None for a whole sheet;
    `column` is its heading, empty for a whole row. `reason` says what became of it, or why not.
    """

    sheet: str
    row: int | None
    column: str
    reason: Text

    def sentence(self, language: str = "sv") -> str:
        """The place and the reason in one line."""
        row, column = ("row", "column") if language == "en" else ("rad", "kolumn")
        places = [self.sheet]
        places += [f"{row} {self.row}"] if self.row else []
        places += [f"{column} {self.column}"] if self.column else []
        return f"{', '.join(places)}: {self.reason.in_language(language)}"


@dataclass(frozen=True)
class Imported:
    """`taken` and `left` together account for every cell that was not empty."""

    questionnaire: Questionnaire
    taken: tuple[Finding, ...]
    left: tuple[Finding, ...]


class WrongFormError(WrongInputError):
    """The file is no XLSForm; `text` says so in both languages, and `findings` say where."""

    def __init__(self, text: Text, findings: tuple[Finding, ...] = ()) -> None:
        super().__init__(text.sv, tuple(finding.sentence() for finding in findings))
        self.text = text
        self.findings = findings

    def in_language(self, language: str) -> WrongInputError:
        """The same for a reader of this language."""
        faults = tuple(finding.sentence(language) for finding in self.findings)
        return WrongInputError(self.text.in_language(language), faults)
