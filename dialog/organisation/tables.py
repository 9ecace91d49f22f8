"""From the bytes of a CSV file to rows with line numbers, or to the reasons why not."""

import csv
import io
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from dialog.organisation.roster import Fault, File, Reason

ZIP = b"PK\x03\x04"  # how a workbook begins
UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
OTHER_DELIMITERS = ";\t|"

UNIT_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "unit": ("unit", "enhet", "enhetskod"),
    "parent": ("parent", "överordnad", "förälder", "överordnad enhet"),
    "name": ("name", "namn", "enhetsnamn"),
}
PEOPLE_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "name": ("name", "namn"),
    "email": ("email", "e-mail", "e-post", "epost", "e-postadress", "mejl"),
    "unit": ("unit", "enhet", "enhetskod"),
    "level": ("level", "nivå"),
}
COLUMNS = {File.UNITS: UNIT_COLUMNS, File.PEOPLE: PEOPLE_COLUMNS}
REQUIRED = {File.UNITS: ("unit", "parent"), File.PEOPLE: ("name", "email", "unit", "level")}


@dataclass
class Table:
    """The rows of a file as (line, cells by our column names), tidied; and what was wrong.

    `headings` gives the file's own word for each of our columns.
    """

    file: File
    headings: dict[str, str] = field(default_factory=dict)
    rows: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    readable: bool = False  # the header was understood and the end was reached


def read_table(data: bytes, *, file: File) -> Table:
    """Read `data` as the `file` it should be; every fault of its form is in `faults`."""
    table = Table(file)
    text = _decoded(data, table)
    if text is None:
        return table
    places: dict[int, str] = {}
    for line, cells in _lines(text, table):
        if places:
            _row(cells, line, table, places)
        elif not _header(cells, line, text, table, places):
            return table
    if any(fault.reason is Reason.QUOTES for fault in table.faults):
        return table
    if not table.rows and not table.faults:
        table.faults.append(Fault(file, Reason.NO_ROWS))
        return table
    table.readable = True
    return table


def _lines(text: str, table: Table) -> Iterator[tuple[int, list[str]]]:
    """(the line on which a row begins, its tidied cells) of rows that hold anything, up to the
    end or to a quotation mark that cannot be understood, which is noted as a fault.
    """
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for cells in reader:
            tidied = [_tidied(cell) for cell in cells]
            if any(tidied):
                yield line, tidied
            line = reader.line_num + 1
    except csv.Error:
        table.faults.append(Fault(table.file, Reason.QUOTES, line))


def _tidied(cell: str) -> str:
    """No space around, one space within, one form of å, ä and ö."""
    cell = " ".join(cell.split())
    return cell if cell.isascii() else unicodedata.normalize("NFC", cell)


def _decoded(data: bytes, table: Table) -> str | None:
    if not data.strip(b"\xef\xbb\xbf \t\r\n"):
        table.faults.append(Fault(table.file, Reason.EMPTY_FILE))
    elif data.startswith(ZIP):
        table.faults.append(Fault(table.file, Reason.WORKBOOK))
    elif data.startswith(UTF_16_MARKS) or data.count(b"\0", 0, 1000) > len(data[:1000]) // 4:
        table.faults.append(Fault(table.file, Reason.UTF_16, line=1))
    else:
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError as wrong:
            table.faults.append(_undecodable(data, wrong.start, table.file))
    return None


def _undecodable(data: bytes, place: int, file: File) -> Fault:
    """The line of the first byte that is not UTF-8, and the cell as an older encoding has it."""
    before = data[:place].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    line = data[data.rfind(b"\n", 0, place) + 1 :].splitlines()[0]
    within = place - data.rfind(b"\n", 0, place) - 1
    start, end = line.rfind(b",", 0, within) + 1, line.find(b",", within)
    cell = line[start : end if end >= 0 else None].decode("cp1252", errors="replace").strip(' "')
    return Fault(file, Reason.NOT_UTF_8, line=before.count(b"\n") + 1, value=cell[:60])


def _header(cells: list[str], line: int, text: str, table: Table, places: dict[int, str]) -> bool:
    """Find our columns; False if no row could be read by this header."""
    file = table.file
    first = text.lstrip("\r\n").splitlines()[0]
    if _delimited_otherwise(first, file):
        table.faults.append(Fault(file, Reason.DELIMITER, line=line, value=first[:80]))
        return False
    names = {word: ours for ours, words in COLUMNS[file].items() for word in words}
    for place, cell in enumerate(cells):
        ours = names.get(cell.casefold())
        if ours is None:
            if cell:
                table.ignored.append(cell)
        elif ours in table.headings:
            other = table.headings[ours]
            table.faults.append(Fault(file, Reason.DOUBLE_COLUMN, line, cell, cell, other))
        else:
            table.headings[ours] = cell
            places[place] = ours
    missing = [ours for ours in REQUIRED[file] if ours not in table.headings]
    if missing and _known(cells, _other(file)) == set(REQUIRED[_other(file)]):
        table.faults.append(Fault(file, Reason.OTHER_FILE, line=line))
    else:
        table.faults.extend(
            Fault(file, Reason.MISSING_COLUMN, line=line, column=ours, value=",".join(cells))
            for ours in missing
        )
    places[len(cells)] = ""  # cells from here on stand under no heading
    return not missing


def _known(cells: list[str], file: File) -> set[str]:
    words = {cell.casefold() for cell in cells}
    return {ours for ours in REQUIRED[file] if words & set(COLUMNS[file][ours])}


def _other(file: File) -> File:
    return File.PEOPLE if file is File.UNITS else File.UNITS


def _delimited_otherwise(first: str, file: File) -> bool:
    if first.lower().startswith("sep="):
        return True

    def fits(delimiter: str) -> int:
        return len(_known([_tidied(cell.strip('" ')) for cell in first.split(delimiter)], file))

    return any(fits(delimiter) > fits(",") for delimiter in OTHER_DELIMITERS)


def _row(cells: list[str], line: int, table: Table, places: dict[int, str]) -> None:
    width = max(places)
    if any(cells[width:]):
        table.faults.append(
            Fault(table.file, Reason.TOO_MANY_CELLS, line, value=str(len(cells)), other=str(width))
        )
        if table.file is File.PEOPLE:
            return  # its cells have slipped; a unit's code still stands first for others to find
    row = dict.fromkeys(table.headings, "")
    for place, cell in enumerate(cells):
        ours = places.get(place)
        if ours:
            row[ours] = cell
    table.rows.append((line, row))
