"""A CSV file as columns of text, and back."""

import csv
import io
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dialog.core.disclosure.microdata.faults import Fault

DELIMITERS = (",", ";", "\t")
MOST_TOLD = 20  # lines with the wrong number of fields that are listed one by one


@dataclass(frozen=True)
class Delimited:
    """`columns[i][row]` belongs to `header[i]`; `lines[row]` is where the row ends in the file."""

    header: tuple[str, ...]
    columns: tuple[list[str], ...]
    lines: Sequence[int]
    delimiter: str

    def __len__(self) -> int:
        return len(self.lines)

    def column(self, name: str) -> list[str]:
        return self.columns[self.header.index(name)]


def read_delimited(data: bytes) -> tuple[Delimited | None, list[Fault]]:
    """The file (UTF-8, with or without byte order mark), or every fault there is.

    The delimiter is the one of comma, semicolon and tab that gives the first line most fields.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None, [Fault("", "encoding")]
    if not text.strip():
        return None, [Fault("", "empty")]
    delimiter = find_delimiter(text)
    try:
        return _read(text, delimiter)
    except csv.Error as wrong:
        return None, [Fault("", "unreadable", about={"why": str(wrong)})]


def find_delimiter(text: str) -> str:
    """The delimiter that gives the first line most fields."""
    line = text.lstrip("\r\n").splitlines()[0]
    return max(DELIMITERS, key=lambda sign: len(next(csv.reader([line], delimiter=sign), [])))


def _read(text: str, delimiter: str) -> tuple[Delimited | None, list[Fault]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    header = next((tuple(cells) for cells in reader if cells), ())
    columns: tuple[list[str], ...] = tuple([] for _name in header)
    lines, known = array("q"), dict[str, str]()
    faults = [Fault(name, "double_column") for name in sorted(_doubles(header))]
    for cells in reader:
        if not cells:
            continue
        if len(cells) != len(header):
            about = {"cells": str(len(cells)), "expected": str(len(header))}
            faults.append(Fault("", "ragged", reader.line_num, about))
            if len(faults) == MOST_TOLD:
                return None, faults
            continue
        lines.append(reader.line_num)
        for column, cell in zip(columns, cells, strict=True):
            column.append(known.setdefault(cell, cell))  # a value is kept once
    if not lines and not faults:
        faults.append(Fault("", "no_rows"))
    return (None, faults) if faults else (Delimited(header, columns, lines, delimiter), [])


def _doubles(names: Sequence[str]) -> set[str]:
    return {name for name in names if names.count(name) > 1}


def write_delimited(
    header: Sequence[str], columns: Sequence[Iterable[str]], *, delimiter: str
) -> bytes:
    """The same bytes for the same text: UTF-8, lines end with a newline."""
    content = io.BytesIO()
    text = io.TextIOWrapper(content, encoding="utf-8", newline="")  # no copy in characters
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(zip(*columns, strict=True))
    text.flush()
    return content.getvalue()
