"""Files for `dialog protect`, and running it."""

import csv
import random
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from dialog.cli import dialog

Row = dict[str, str]
LEVELS = ("staff", "manager-1", "manager-2")


def write(path: Path, header: Sequence[str], rows: Iterable[Mapping[str, str]]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, header)
        writer.writeheader()
        writer.writerows(rows)
    return path


def files(folder: Path, rows: Sequence[Row], parents: Mapping[str, str]) -> list[str]:
    """The two files of a case, as arguments."""
    header = list(rows[0]) if rows else ["unit", "level", "q1"]
    responses = write(folder / "r.csv", header, rows)
    units = write(
        folder / "u.csv", ["unit", "parent"], [{"unit": u, "parent": p} for u, p in parents.items()]
    )
    return ["--responses", str(responses), "--units", str(units)]


def run(*arguments: Any) -> Result:
    return CliRunner().invoke(dialog, ["protect", *map(str, arguments)])


def region(seed: int, *, depth: int = 3, most: int = 4) -> tuple[dict[str, str], list[Row]]:
    """A random tree with a few levels in it, and answers to two questions."""
    chance = random.Random(seed)
    parents, layer = {"R": ""}, ["R"]
    for step in range(depth):
        layer = [
            f"{unit}.{number}" if step else f"F{number}"
            for unit in layer
            for number in range(chance.randint(1, most))
        ]
        parents |= {unit: unit.rpartition(".")[0] or "R" for unit in layer}
    rows: list[Row] = []
    for unit in parents:
        mood = chance.uniform(2, 4.5)
        leaf = unit in layer
        for level in LEVELS:
            if not leaf and chance.random() < 0.7:
                continue
            size = chance.randint(0, 24) if level == "staff" else chance.choice([0, 0, 1, 2, 9, 12])
            rows += [{"unit": unit, "level": level, **_answers(chance, mood)} for _ in range(size)]
    return parents, rows


def _answers(chance: random.Random, mood: float) -> Row:
    return {
        name: ""
        if chance.random() < missing
        else str(max(1, min(5, round(chance.gauss(mood, 1.2)))))
        for name, missing in (("q1", 0.05), ("q2", 0.4))
    }
