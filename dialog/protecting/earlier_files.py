"""Earlier releases of the same responses, read from the folders that `dialog protect` wrote."""

import hashlib
import re
from collections import defaultdict
from collections.abc import Collection, Mapping
from pathlib import Path

from dialog.core.disclosure.earlier import Earlier
from dialog.core.disclosure.microdata.faults import Fault
from dialog.core.disclosure.said_before import Cell
from dialog.core.written import COLUMNS
from dialog.exports.delimited import Delimited, read_delimited
from dialog.protecting.reading import read_units
from dialog.protecting.wording import fault, refuse

RELEASE, UNITS = "release.csv", "units.csv"
MEAN = re.compile(r"-?[0-9]+\.[0-9]")

Counts = dict[str, dict[Cell, int]]
Answers = dict[str, dict[Cell, dict[str, int | None]]]
Means = dict[str, dict[Cell, float]]


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
    (counts, answers, means), faults = _figures(data)
    refuse([(str(folder / RELEASE), one) for one in faults], language)
    digest = hashlib.sha256(content[RELEASE]).hexdigest()
    return Earlier(parents, counts, answers, digest, means)


def require_asked(
    asked: Collection[str],
    withheld: Collection[str],
    earlier: Mapping[Path, Earlier],
    *,
    language: str,
) -> None:
    """Raises WrongInputError for what is `withheld`, or was shown in one of the `earlier` folders,
    and is not among the questions and scales that are `asked`: who answered it is not known then.
    """
    faults = [
        ("--withhold", fault("no_withheld", name=name)) for name in withheld if name not in asked
    ]
    faults += [
        (str(folder / RELEASE), fault("not_asked", name=name))
        for folder, one in earlier.items()
        for name, published in one.counts.items()
        if name and published and name not in asked
    ]
    refuse(faults, language)


def _figures(data: Delimited) -> tuple[tuple[Counts, Answers, Means], list[Fault]]:
    """The counts, answers and means of an `Earlier`."""
    counts: Counts = defaultdict(dict)
    answers: Answers = defaultdict(lambda: defaultdict(dict))
    means: Means = defaultdict(dict)
    faults: list[Fault] = []
    names = ("unit", "level", "item", "category", "n", "mean", "status")
    columns = [data.column(name) for name in names]
    for line, unit, level, item, category, n, mean, status in zip(
        data.lines, *columns, strict=True
    ):
        if status == "protected":
            continue
        if n and not n.isdigit():
            faults.append(fault("no_count", line, value=n))
        elif mean and not MEAN.fullmatch(mean):
            faults.append(fault("no_mean", line, value=mean))
        elif category:
            answers[item][unit, level][category] = int(n) if n else None
        elif n:
            counts[item][unit, level] = int(n)
            if mean:
                means[item][unit, level] = float(mean)
    return (counts, answers, means), faults
