"""Earlier releases of the same responses, read from the folders that `dialog protect` wrote."""

import hashlib
from collections import defaultdict
from pathlib import Path

from dialog.core.disclosure.earlier import Cell, Earlier
from dialog.core.disclosure.microdata.faults import Fault
from dialog.core.written import COLUMNS
from dialog.exports.delimited import Delimited, read_delimited
from dialog.protecting.reading import read_units
from dialog.protecting.wording import fault, refuse

RELEASE, UNITS = "release.csv", "units.csv"


def read_earlier(folder: Path, *, language: str) -> Earlier:
    """Raises WrongInputError for files that are missing or no release."""
    content: dict[str, bytes] = {}
    for name in (RELEASE, UNITS):
        try:
            content[name] = (folder / name).read_bytes()
        except OSError as wrong:
            why = wrong.strerror or str(wrong)
            refuse([(str(folder / name), Fault("", "unopened", about={"why": why}))], language)
    parents, faults = read_units(content[UNITS])
    refuse([(str(folder / UNITS), one) for one in faults], language)
    data, faults = read_delimited(content[RELEASE])
    if data is not None:
        faults = [
            fault("missing_column", 1, column=name) for name in COLUMNS if name not in data.header
        ]
    refuse([(str(folder / RELEASE), one) for one in faults], language)
    assert data is not None  # or there was a fault
    counts, answers, faults = _figures(data)
    refuse([(str(folder / RELEASE), one) for one in faults], language)
    digest = hashlib.sha256(content[RELEASE]).hexdigest()
    return Earlier(parents, counts, answers, digest)


def _figures(
    data: Delimited,
) -> tuple[dict[str, dict[Cell, int]], dict[str, dict[Cell, dict[str, int | None]]], list[Fault]]:
    counts: dict[str, dict[Cell, int]] = defaultdict(dict)
    answers: dict[str, dict[Cell, dict[str, int | None]]] = defaultdict(lambda: defaultdict(dict))
    faults: list[Fault] = []
    columns = [data.column(name) for name in ("unit", "level", "item", "category", "n", "status")]
    for line, unit, level, item, category, n, status in zip(data.lines, *columns, strict=True):
        if status == "protected":
            continue
        if n and not n.isdigit():
            faults.append(fault("no_count", line, value=n))
        elif category:
            answers[item][unit, level][category] = int(n) if n else None
        elif n:
            counts[item][unit, level] = int(n)
    return counts, answers, faults
