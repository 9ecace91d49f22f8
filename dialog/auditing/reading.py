"""The published files: release.csv with units.csv beside it."""

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

Cell = tuple[str, str]  # unit, level; an empty level is all of them
COLUMNS = ("unit", "level", "item", "category", "n", "share", "mean", "status")
STATUSES = ("published", "coarsened", "protected")
BOUNDS = (">=90", "<=10")  # shares of a coarsened group
SCALE = "scale:"  # before the name of a scale in the column `item`
MEAN = re.compile(r"-?[0-9]+(\.[0-9])?")
RELEASE, UNITS = "release.csv", "units.csv"


@dataclass
class Published:
    """One release. `counts[item]` holds the n of each cell, "" being the groups themselves;
    `answers[item, cell]` the n of each category, None where only a bound is published, which
    `bounds` then holds; `means` those with one decimal.
    """

    name: str
    parents: dict[str, str] = field(default_factory=dict)
    counts: dict[str, dict[Cell, int]] = field(default_factory=lambda: defaultdict(dict))
    answers: dict[tuple[str, Cell], dict[str, int | None]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    bounds: dict[tuple[str, Cell], dict[str, str]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    means: dict[str, dict[Cell, float]] = field(default_factory=lambda: defaultdict(dict))

    @property
    def items(self) -> list[str]:
        return [item for item in self.counts if item]

    def several(self, item: str) -> bool:
        """Whether somebody may have given several answers: those of a group are not as many as its
        people; or it is coarsened, and some have a count beside the bounds, or two nearly all.
        """
        for (of, cell), answers in self.answers.items():
            if of != item:
                continue
            if None not in answers.values():
                if sum(n or 0 for n in answers.values()) != self.counts[item].get(cell):
                    return True
                continue
            nearly_all = list(self.bounds.get((item, cell), {}).values()).count(BOUNDS[0])
            if any(n is not None for n in answers.values()) or nearly_all > 1:
                return True
        return False

    def up(self, unit: str) -> Iterator[str]:
        """The unit and all above it."""
        while unit:
            yield unit
            unit = self.parents.get(unit, "")


def find(paths: list[Path]) -> tuple[list[Path], list[str]]:
    """The folders of the releases among files and folders; and what is missing."""
    folders = list(dict.fromkeys(path if path.is_dir() else path.parent for path in paths))
    missing = [
        f"{folder / name}: filen saknas."
        for folder in folders
        for name in (RELEASE, UNITS)
        if not (folder / name).is_file()
    ]
    return folders, missing


def read(folder: Path) -> tuple[Published, list[str]]:
    """A release, and every fault in its files as a sentence with file and line."""
    found = Published(str(folder))
    faults: list[str] = []
    for line, row in _rows(folder / UNITS, ("unit", "parent"), faults):
        if not row["unit"] or row["unit"] in found.parents:
            faults.append(f"{folder / UNITS}, rad {line}: enheten saknas eller står två gånger.")
        found.parents[row["unit"]] = row["parent"]
    for unit, parent in found.parents.items():
        if parent and parent not in found.parents:
            faults.append(f"{folder / UNITS}: ”{parent}” ovanför ”{unit}” finns inte.")
        elif _circles(found.parents, unit):
            faults.append(f"{folder / UNITS}: ”{unit}” ligger under sig själv.")
    if not faults:
        for line, row in _rows(folder / RELEASE, COLUMNS, faults):
            if what := _take(found, row):
                faults.append(f"{folder / RELEASE}, rad {line}: {what}")
    return found, faults


def _rows(
    path: Path, columns: tuple[str, ...], faults: list[str]
) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as wrong:
        faults.append(f"{path}: går inte att läsa ({type(wrong).__name__}).")
        return
    reader = csv.DictReader(io.StringIO(text, newline=""))
    missing = [name for name in columns if name not in (reader.fieldnames or ())]
    if missing:
        faults.append(f"{path}: kolumnen ”{missing[0]}” saknas.")
        return
    for row in reader:
        if None in row or None in row.values():
            faults.append(f"{path}, rad {reader.line_num}: fel antal fält.")
            continue
        yield reader.line_num, row


def _take(found: Published, row: dict[str, str]) -> str:
    """Enter a row of release.csv; what is wrong with it, if anything is."""
    if what := _wrong(found, row):
        return what
    if row["status"] == "protected":
        return ""
    cell, n = (row["unit"], row["level"]), int(row["n"]) if row["n"] else None
    if row["category"]:
        found.answers[row["item"], cell][row["category"]] = n
        if n is None:
            found.bounds[row["item"], cell][row["category"]] = row["share"]
    elif n is not None:
        found.counts[row["item"]][cell] = n
        if row["mean"]:
            found.means[row["item"]][cell] = float(row["mean"])
    return ""


def _wrong(found: Published, row: dict[str, str]) -> str:
    if row["unit"] not in found.parents:
        return f"enheten ”{row['unit']}” finns inte i {UNITS}."
    if row["status"] not in STATUSES:
        return f"statusen ”{row['status']}” finns inte."
    if row["status"] == "protected":
        return "en skyddad rad har siffror." if row["n"] or row["share"] or row["mean"] else ""
    return _wrong_figures(row)


def _wrong_figures(row: dict[str, str]) -> str:
    if row["n"] and not row["n"].isdigit():
        return f"”{row['n']}” är inget antal."
    if row["mean"] and not MEAN.fullmatch(row["mean"]):
        return f"”{row['mean']}” är inget medelvärde."
    if row["category"] and not row["n"] and row["share"] not in BOUNDS:
        return f"”{row['share']}” är ingen gräns; de är {' och '.join(BOUNDS)}."
    return "" if row["n"] or row["category"] else "antalet saknas."


def _circles(parents: dict[str, str], unit: str) -> bool:
    slow = fast = unit
    while fast and (fast := parents.get(fast, "")):
        fast = parents.get(fast, "")
        slow = parents.get(slow, "")
        if slow == fast:
            return bool(slow)
    return False
