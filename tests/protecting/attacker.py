"""An attacker who reads release.csv and units.csv, and nothing of the product's code.

He knows the format, arithmetic and linear programs. Told who sits where (`own`), he says which of
the small groups he has found out about; that is only to score him.
"""

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import highspy
import numpy as np

Place = tuple[str, str]  # unit, level
MANY = 1e6


@dataclass
class Seen:
    """What one release says: counts by (item, unit, level), answers by category, the tree."""

    parents: dict[str, str]
    counts: dict[str, dict[Place, int]] = field(default_factory=lambda: defaultdict(dict))
    answers: dict[tuple[str, Place], dict[str, int]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    rows: list[dict[str, str]] = field(default_factory=list)

    def below(self, unit: str) -> set[str]:
        found, ahead = {unit}, [unit]
        children = defaultdict(list)
        for code, parent in self.parents.items():
            children[parent].append(code)
        while ahead:
            more = children[ahead.pop()]
            found.update(more)
            ahead += more
        return found


def look(folder: Path) -> Seen:
    with (folder / "units.csv").open(newline="") as file:
        seen = Seen({row["unit"]: row["parent"] for row in csv.DictReader(file)})
    with (folder / "release.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            seen.rows.append(row)
            place = (row["unit"], row["level"])
            if row["category"] and row["n"]:
                seen.answers[row["item"], place][row["category"]] = int(row["n"])
            elif not row["category"] and row["n"]:
                seen.counts[row["item"]][place] = int(row["n"])
    return seen


def remainders(seen: Seen, item: str = "") -> dict[tuple[str, str], int]:
    """Of each published unit, at all levels and at each, less its nearest published parts."""
    shown = seen.counts[item]
    found: dict[tuple[str, str], int] = {}
    for (unit, level), count in shown.items():
        rest = count
        for other in seen.below(unit) - {unit}:
            if (other, level) not in shown:
                continue
            above = seen.parents[other]
            while above != unit and (above, level) not in shown:
                above = seen.parents[above]
            if above == unit:
                rest -= shown[other, level]
        found[unit, level] = rest
    for unit, level in shown:
        if level == "":
            parts = [count for (u, one), count in shown.items() if u == unit and one]
            if parts:
                found[unit, "*"] = shown[unit, ""] - sum(parts)
    return found


def union(
    seen: Seen, within: Mapping[str, str], classes: list[Place], least: int
) -> dict[str, dict[Place, int]]:
    """Everything published in one program: for each breakdown the greatest count of each class.

    `within` gives the breakdown that each lies within: "" is everybody, "q1" those who answered
    it, "q1=2" those who answered so. Classes that reach `least` anyway are not asked for.
    """
    order = ["", *within]
    where = {one: at for at, one in enumerate(classes)}
    size = len(classes)
    solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]  # has no types
    solver.setOptionValue("output_flag", False)
    for _ in range(size * len(order)):
        solver.addVar(0, MANY)
    for at, name in enumerate(order):
        for (unit, level), count in _shown(seen, name).items():
            inside = seen.below(unit)
            mine = [at * size + where[one] for one in classes if _is_in(one, inside, level)]
            members = np.array(sorted(mine), dtype=np.int32)
            solver.addRow(count, count, len(members), members, np.ones(len(members)))
    for name, outer in within.items():
        for one in range(size):
            pair = [order.index(outer) * size + one, order.index(name) * size + one]
            solver.addRow(0, MANY, 2, np.array(pair, dtype=np.int32), np.array([1.0, -1.0]))
    solver.changeObjectiveSense(highspy.ObjSense.kMaximize)
    found = np.zeros(size * len(order))
    for column in range(size * len(order)):
        if found[column] >= least:
            continue
        solver.changeColCost(column, 1.0)
        solver.run()
        found = np.maximum(found, np.array(solver.getSolution().col_value))
        solver.changeColCost(column, 0.0)
    most = np.floor(found + 1e-6).astype(int).reshape(len(order), size)
    return {name: dict(zip(classes, most[at], strict=True)) for at, name in enumerate(order)}


def _shown(seen: Seen, name: str) -> dict[Place, int]:
    item, _, answer = name.partition("=")
    if not answer:
        return seen.counts[item]
    return {
        place: given[answer]
        for (of, place), given in seen.answers.items()
        if of == item and answer in given
    }


def _is_in(one: Place, inside: set[str], level: str) -> bool:
    return one[0] in inside and level in ("", one[1])


def possible(
    looks: Iterable[tuple[Seen, Mapping[Place, Place]]],
    items: Iterable[str],
    classes: list[Place],
    levels: list[str],
) -> dict[str, dict[Place, tuple[int, int]]]:
    """For each item the least and greatest count of each class that agrees with everything seen.

    The first of `items` holds the others within it ("" is everybody). A look comes with where
    each class was in it, for units may have been moved in between.
    """
    order = list(items)
    where = {one: at for at, one in enumerate(classes)}
    size = len(classes)
    solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]  # has no types
    solver.setOptionValue("output_flag", False)
    for _ in range(size * len(order)):
        solver.addVar(0, MANY)
    for seen, placed in looks:
        for at, item in enumerate(order):
            for (unit, level), count in seen.counts[item].items():
                inside = seen.below(unit)
                mine = [
                    at * size + where[one]
                    for one in classes
                    if placed[one][0] in inside and level in ("", placed[one][1])
                ]
                members = np.array(sorted(mine), dtype=np.int32)
                solver.addRow(count, count, len(members), members, np.ones(len(members)))
    for at in range(1, len(order)):  # who answered took part
        for one in range(size):
            pair = np.array([one, at * size + one], dtype=np.int32)
            solver.addRow(0, MANY, 2, pair, np.array([1.0, -1.0]))
    found: dict[str, dict[Place, tuple[int, int]]] = {}
    for at, item in enumerate(order):
        found[item] = {}
        for one in range(size):
            ends = []
            for sense in (highspy.ObjSense.kMinimize, highspy.ObjSense.kMaximize):
                solver.changeColCost(at * size + one, 1.0)
                solver.changeObjectiveSense(sense)
                solver.run()
                ends.append(solver.getInfo().objective_function_value)
                solver.changeColCost(at * size + one, 0.0)
            found[item][classes[one]] = (int(np.ceil(ends[0] - 1e-6)), int(ends[1] + 1e-6))
    return found
