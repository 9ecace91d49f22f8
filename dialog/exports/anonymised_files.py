"""From a CSV and its hierarchies to an anonymised CSV and its report: all of it, or nothing."""

import errno
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dialog.core.disclosure.microdata.faults import Fault, worded
from dialog.core.disclosure.microdata.hierarchy import Hierarchy
from dialog.core.errors import RefusedError, WrongInputError
from dialog.core.questionnaire import Text
from dialog.exports.anonymising import Wish, anonymise, check_columns, encode_rows
from dialog.exports.delimited import Delimited, read_delimited, write_delimited
from dialog.exports.hierarchy_files import find_hierarchies
from dialog.exports.report import build_report, dump_report, holds
from dialog.exports.report_page import render_page

_REFUSED = Text(
    sv="Inget är skrivet. Rätta detta först:", en="Nothing was written. Mend this first:"
)
_SAME_FILE = Text(
    sv="Resultatet kan inte skrivas över datafilen eller en hierarki. Välj ett annat namn.",
    en="The result cannot be written over the data or a hierarchy. Choose another name.",
)
_NOT_STRICT = Text(
    sv="Den färdiga filen klarade inte kontrollen och är borttagen. Det är ett fel i programmet: "
    "anmäl det.",
    en="The finished file did not pass its check and is removed. This is a fault in the program: "
    "report it.",
)
_NOT_WRITTEN = Text(
    sv="Det går inte att skriva till mappen {folder}: {why}.",
    en="Cannot write to the folder {folder}: {why}.",
)


@dataclass(frozen=True)
class _Input:
    data: Delimited
    hierarchies: Mapping[str, Hierarchy]
    files: Mapping[str, bytes]


def anonymise_file(
    path: Path,
    folder: Path,
    wish: Wish,
    *,
    out: Path,
    language: str,
    progress: Callable[[float], None] = lambda _share: None,
) -> dict[str, Any]:
    """Write `out` and its report beside it as .report.json and .report.html; the report.

    WrongInputError lists every fault of the input, and then nothing is written.
    """
    if out.resolve() in {path.resolve(), *(file.resolve() for file in folder.glob("*.csv"))}:
        raise RefusedError(_SAME_FILE.in_language(language))
    if not os.access(out.resolve().parent, os.W_OK):  # now, not when the work has been done
        why = os.strerror(errno.EACCES if out.resolve().parent.is_dir() else errno.ENOENT)
        raise RefusedError(_not_written(out, why, language))
    given = _read(path, folder, wish, language)
    table, faults = encode_rows(given.data, given.hierarchies, wish)
    _refuse(_told("data", faults, language), language)
    made = anonymise(given.data, table, wish, progress=progress)
    content = write_delimited(made.header, made.columns, delimiter=given.data.delimiter)
    written, _faults = read_delimited(content)
    assert written is not None
    report = build_report(
        made,
        written,
        wish,
        hierarchies=given.hierarchies,
        files={**given.files, out.name: content},
    )
    if not holds(report["found_in_the_file"], wish):
        raise RefusedError(_NOT_STRICT.in_language(language))
    _write(
        {
            out: content,
            out.with_suffix(".report.json"): dump_report(report),
            out.with_suffix(".report.html"): render_page(report, name=out.name, language=language),
        },
        language,
    )
    return report


def _read(path: Path, folder: Path, wish: Wish, language: str) -> _Input:
    content = path.read_bytes()
    data, faults = read_delimited(content)
    if data is not None:
        faults = check_columns(data, wish)
    hierarchies, files, wrong = find_hierarchies(folder, dict.fromkeys(wish.quasi))
    _refuse([*_told("data", faults, language), *_told("hierarchy", wrong, language)], language)
    assert data is not None  # or there was a fault
    names = {f"{folder.name}/{name}.csv": found for name, found in files.items()}
    return _Input(data, hierarchies, {path.name: content, **names})


def _told(source: str, faults: Iterable[Fault], language: str) -> list[str]:
    """Each fault as a line: where, and what."""
    words = {
        "data": Text(sv="Kolumnen {place}", en="The column {place}"),
        "hierarchy": Text(sv="Hierarkin {place}", en="The hierarchy {place}"),
        "file": Text(sv="Datafilen", en="The data"),
        "line": Text(sv="rad {line}", en="line {line}"),
    }
    told = []
    for fault in faults:
        where = words[source if fault.place else "file"].in_language(language)
        if fault.line:
            where += ", " + words["line"].in_language(language)
        place = where.format(place=fault.place, line=fault.line)
        told.append(f"{place}: {worded(fault).in_language(language)}")
    return told


def _refuse(lines: list[str], language: str) -> None:
    if lines:
        raise WrongInputError(_REFUSED.in_language(language), tuple(lines))


def _not_written(out: Path, why: str, language: str) -> str:
    return _NOT_WRITTEN.in_language(language).format(folder=out.resolve().parent, why=why)


def _write(files: Mapping[Path, bytes], language: str) -> None:
    """All files or none: each under another name first, then all are given theirs."""
    made: dict[Path, Path] = {}
    try:
        for path, content in files.items():
            made[path] = path.with_name(f".{path.name}.{os.getpid()}")
            made[path].write_bytes(content)
        for path, temporary in made.items():
            temporary.replace(path)
    except OSError as wrong:
        why = wrong.strerror or str(wrong)
        raise RefusedError(_not_written(next(iter(files)), why, language)) from wrong
    finally:
        for temporary in made.values():
            temporary.unlink(missing_ok=True)
