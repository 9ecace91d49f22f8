"""The attacker of `attacker`, after answers: how far apart a small group's possible means are."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import highspy
import numpy as np

from tests.protecting.attacker import Place, Seen

Look = tuple[Seen, Mapping[Place, Place]]
Figures = dict[str, tuple[float, float]]  # the least and the most of each answer


def widths(
    looks: Sequence[Look], item: str, answered: Counter[Place], k: int
) -> dict[Place, float]:
    """For each class of fewer than k who answered, to one who even knows how many they are. Every
    published count of an answer is an equation, every bound of a coarsened group two of them. A
    look comes with where each class was in it.
    """
    figures = [(seen, placed, _figures(seen, item)) for seen, placed in looks]
    answers = sorted({name for *_, each in figures for found in each.values() for name in found})
    worth = np.array([float(name) for name in answers])
    classes = sorted(answered)
    size = len(answers)
    solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]  # has no types
    solver.setOptionValue("output_flag", False)
    if not answers:
        return {one: float("inf") for one in classes if answered[one] < k}
    for one in classes:
        for _ in answers:
            solver.addVar(0, answered[one])
    for at, one in enumerate(classes):
        _row(solver, range(at * size, (at + 1) * size), answered[one], answered[one])
    for mine, found, most in _published(figures, item, classes):
        for place, name in enumerate(answers):
            _row(solver, [at * size + place for at in mine], *found.get(name, (0, most)))
    wide: dict[Place, float] = {}
    for at, one in enumerate(classes):
        if answered[one] >= k:
            continue
        columns = np.arange(at * size, (at + 1) * size, dtype=np.int32)
        solver.changeColsCost(size, columns, worth / answered[one])
        ends = []
        for sense in (highspy.ObjSense.kMaximize, highspy.ObjSense.kMinimize):
            solver.changeObjectiveSense(sense)
            solver.run()
            assert solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
            ends.append(solver.getInfo().objective_function_value)
        solver.changeColsCost(size, columns, np.zeros(size))
        wide[one] = ends[0] - ends[1]
    return wide


def _published(
    figures: Sequence[tuple[Seen, Mapping[Place, Place], dict[Place, Figures]]],
    item: str,
    classes: Sequence[Place],
) -> Iterator[tuple[list[int], Figures, int]]:
    """The classes in each published group, its figures, and how many answered."""
    for seen, placed, each in figures:
        for (unit, level), found in each.items():
            inside = seen.below(unit)
            mine = [
                at
                for at, one in enumerate(classes)
                if placed[one][0] in inside and level in ("", placed[one][1])
            ]
            yield mine, found, seen.counts[item][unit, level]


def _figures(seen: Seen, item: str) -> dict[Place, Figures]:
    """The least and the most of each answer in each published group."""
    found: dict[Place, Figures] = defaultdict(dict)
    for row in seen.rows:
        if row["item"] != item or not row["category"] or row["status"] == "protected":
            continue
        place = (row["unit"], row["level"])
        n = seen.counts[item][place]
        if row["n"]:
            found[place][row["category"]] = (float(row["n"]), float(row["n"]))
        elif row["share"] == ">=90":
            found[place][row["category"]] = (float(np.ceil(n * 0.9)), float(n))
        else:
            found[place][row["category"]] = (0.0, float(np.floor(n * 0.1)))
    return found


def _row(solver: Any, columns: Any, least: float, most: float) -> None:
    members = np.array(list(columns), dtype=np.int32)
    solver.addRow(least, most, len(members), members, np.ones(len(members)))
