"""Saying in the reader's language, and with its place, what pyxform complains about in English."""

import re
from collections.abc import Callable
from typing import Final

from dialog.core.questionnaire import Text
from dialog.surveys.building.xlsform.findings import Finding
from dialog.surveys.building.xlsform.workbook import Sheet

_ROW: Final = re.compile(r"\[row ?: ?(\d+)\]\s*")
_PLACE: Final = re.compile(r"On the '(\w+)' sheet, the '([^']+)' value(?: '(.*?)')? is \w+\.\s*")

Words = Callable[[re.Match[str]], Text]


def _said(sv: str, en: str) -> Words:
    """Both sentences, with what the pattern found in {0}, {1} …"""
    return lambda found: Text(sv=sv.format(*found.groups()), en=en.format(*found.groups()))


_KNOWN: Final[tuple[tuple[str, Words], ...]] = (
    (
        r"Unmatched 'begin_(\w+)'",
        _said(
            "Här börjar något som aldrig slutar. Lägg till en rad med end_{0} där det slutar.",
            "Something begins here and never ends. Add a row with end_{0} where it ends.",
        ),
    ),
    (
        r"Unmatched 'end_(\w+)'",
        _said(
            "Här slutar något som inte har börjat. Ta bort raden, eller lägg till begin_{0} före.",
            "Something ends here that has not begun. Remove the row, or add begin_{0} before it.",
        ),
    ),
    (
        r"must be unique within their nearest|Repeat names must unique",
        _said(
            "Namnet används mer än en gång. Byt det så att varje fråga har sitt eget.",
            "The name is used more than once. Change it, so that each question has its own.",
        ),
    ),
    (
        r"Choice names must be unique",
        _said(
            "Två svar i samma lista har samma namn. Byt namn på det ena.",
            "Two choices of the same list have the same name. Rename one.",
        ),
    ),
    (
        r"Choices must have a name",
        _said("Svaret saknar namn. Skriv ett.", "The choice has no name. Give it one."),
    ),
    (
        r"Names must begin with a letter",
        _said(
            "Namnet måste börja med en bokstav eller ett understreck, och får sedan ha bokstäver, "
            "siffror, understreck, bindestreck och punkter.",
            "The name must begin with a letter or an underscore, and may then have letters, "
            "digits, underscores, hyphens and periods.",
        ),
    ),
    (
        r"Reference variables must start with",
        _said(
            "En hänvisning är inte rätt skriven. Skriv ${{, frågans namn och }}.",
            "A reference is not written as it should be. Write ${{, the question's name and }}.",
        ),
    ),
    (
        r"(?:Could not find the name|no survey element named) '(.*?)'",
        _said(
            "Det finns ingen fråga som heter {0}. Rätta hänvisningen.",
            "There is no question named {0}. Correct the reference.",
        ),
    ),
    (
        r"The name '(.*?)' appears more than once",
        _said(
            "Flera frågor heter {0}, så hänvisningen kan gälla vilken som helst av dem.",
            "Several questions are named {0}, so the reference could mean any of them.",
        ),
    ),
    (
        r"Unknown question type '(.*?)'",
        _said(
            "Typen {0} finns inte i XLSForm. Rätta stavningen; små bokstäver räknas.",
            "XLSForm has no type {0}. Correct the spelling; it must be in lower case.",
        ),
    ),
    (
        r"List name not in (?:external )?choices sheet: (\S+)",
        _said(
            "Svaren till listan {0} saknas i bladet choices. Lägg till dem eller rätta namnet.",
            "The choices of the list {0} are not in the sheet choices. Add them, or correct the "
            "name.",
        ),
    ),
    (
        r"with no name",
        _said("Raden saknar namn. Skriv ett i kolumnen name.", "The row has no name. Write one."),
    ),
    (
        r"Question with no type",
        _said("Raden saknar typ. Skriv en i kolumnen type.", "The row has no type. Write one."),
    ),
)


def understood(words: str, survey: Sheet) -> Finding:
    """The place and the reason of pyxform's message; a message that is not known stands as it is.
    Where it gives no row, the first row of `survey` that the message speaks of is found.
    """
    words = " ".join(words.split())
    row = _ROW.search(words)
    place = _PLACE.search(words)
    for pattern, said in _KNOWN:
        found = re.search(pattern, words)
        if found is not None:
            number = int(row[1]) if row else _row_of(found[1] if found.groups() else "", survey)
            return Finding(
                place[1] if place else survey.name,
                number,
                place[2] if place else "",
                said(found),
            )
    rest = _ROW.sub("", words)
    reason = Text(sv=f"pyxform (på engelska): {rest}", en=f"pyxform: {rest}")
    return Finding(place[1] if place else survey.name, int(row[1]) if row else None, "", reason)


def stumbled(error: Exception, survey: Sheet) -> Finding | None:
    """Where the form is broken in a way that pyxform did not foresee, if its error tells: it is
    mostly a name that it looked for and did not find.
    """
    name = str(error.args[0]) if isinstance(error, LookupError) and error.args else ""
    row = _row_of(name, survey)
    if row is None:
        return None
    return Finding(
        survey.name,
        row,
        "",
        Text(
            sv=f"”{name}” finns inte där det ska finnas. Står svaren i en egen fil eller i bladet "
            "external_choices? Lägg dem i bladet choices.",
            en=f"“{name}” is not where it should be. Are the choices in a file, or in the sheet "
            "external_choices? Put them in the sheet choices.",
        ),
    )


def _row_of(name: str, survey: Sheet) -> int | None:
    """The first row with a cell that holds `name` as a word of its own."""
    if not name:
        return None
    for number, cells in survey.rows.items():
        if any(name in (cell.text, *cell.text.split()) for cell in cells.values()):
            return number
    return None
