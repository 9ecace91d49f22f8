"""A hierarchy: what each value of a column can be made coarser to, level by level.

The form is that of ARX: a line for each value, `value;level 1;level 2;…;*`. Level 0 are the values
(leaves); each level is a function of the one below, so the whole is a tree. What stands for the
same leaves at several levels is one node, under its finest name.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from dialog.core.disclosure.microdata.faults import Fault
from dialog.core.tree import Numbers

SUPPRESSED = "*"
Floats = np.ndarray[tuple[int, ...], np.dtype[np.float64]]


@dataclass(frozen=True)
class Hierarchy:
    """`words[level][leaf]` is what the file says; the rest is about nodes, numbered from 0 with the
    leaves first. `levels[level, leaf]` is a node; `label`, `leaves` (how many below) and `parent`
    (-1 at the root) tell of each node; `path[node, depth]` is its line from the root, filled up
    with -1. `ambiguous` names labels that stand for different leaves at different levels.
    """

    name: str
    words: tuple[tuple[str, ...], ...]
    levels: Numbers
    label: tuple[str, ...]
    leaves: Numbers
    parent: Numbers
    path: Numbers
    ambiguous: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """How many leaves there are."""
        return len(self.words[0])

    @cached_property
    def loss(self) -> Floats:
        """Each node's loss LM: (leaves - 1) / (all leaves - 1), from 0 to 1."""
        return (self.leaves - 1) / max(self.size - 1, 1)

    @cached_property
    def depth(self) -> Numbers:
        """Each node's distance from the root."""
        return np.asarray((self.path >= 0).sum(axis=1) - 1)

    @cached_property
    def in_order(self) -> Numbers:
        """The leaves from left to right: those below one node stand together."""
        return np.lexsort(self.path[: self.size].T[::-1])

    @cached_property
    def rank(self) -> Numbers:
        """Each leaf's place in `in_order`."""
        return np.argsort(self.in_order)

    @cached_property
    def sibling(self) -> Numbers:
        """Each node's place among the children of its parent."""
        order = np.lexsort((np.arange(len(self.parent)), self.parent))
        above = self.parent[order]
        place = np.arange(len(order)) - np.searchsorted(above, above)
        found = np.empty_like(place)
        found[order] = place
        return found

    def positions(self) -> Mapping[str, int]:
        """The leaf of each value."""
        return {word: leaf for leaf, word in enumerate(self.words[0])}


def read_hierarchy(
    name: str, lines: Iterable[tuple[int, Sequence[str]]]
) -> tuple[Hierarchy | None, list[Fault]]:
    """The hierarchy of column `name` from (line number, cells), or every fault there is.

    Where the last level is not `*` everywhere, a level `*` is put on top.
    """
    found = [(line, tuple(cells)) for line, cells in lines if any(cells)]
    if not found:
        return None, [Fault(name, "empty")]
    faults = _check_form(name, found)
    if faults:
        return None, faults
    rows, faults = _distinct(name, found)
    faults += _check_functions(name, rows)
    if faults:
        return None, faults
    words = list(zip(*(cells for _line, cells in rows), strict=True))
    if set(words[-1]) != {SUPPRESSED}:
        words.append((SUPPRESSED,) * len(rows))
    return make_hierarchy(name, words), []


def _check_form(name: str, lines: list[tuple[int, tuple[str, ...]]]) -> list[Fault]:
    expected = len(lines[0][1])
    faults = []
    for line, cells in lines:
        if len(cells) != expected:
            about = {"cells": str(len(cells)), "expected": str(expected)}
            faults.append(Fault(name, "ragged", line, about))
            continue
        faults += [
            Fault(name, "unnamed", line, {"level": str(level)})
            for level, cell in enumerate(cells)
            if level and not cell
        ]
    return faults


def _distinct(
    name: str, lines: list[tuple[int, tuple[str, ...]]]
) -> tuple[list[tuple[int, tuple[str, ...]]], list[Fault]]:
    """Each value once; the same line twice is no fault, another line for a value is one."""
    first: dict[str, tuple[int, tuple[str, ...]]] = {}
    faults = []
    for line, cells in lines:
        other, known = first.setdefault(cells[0], (line, cells))
        if known != cells:
            faults.append(Fault(name, "double", line, {"value": cells[0], "other": str(other)}))
    return list(first.values()), faults


def _check_functions(name: str, rows: list[tuple[int, tuple[str, ...]]]) -> list[Fault]:
    """Each level must be a function of the one below."""
    faults = []
    for level in range(1, len(rows[0][1]) - 1):
        above: dict[str, tuple[int, str]] = {}
        told: set[tuple[str, str]] = set()
        for line, cells in rows:
            value, coarser = cells[level], cells[level + 1]
            other, one = above.setdefault(value, (line, coarser))
            if coarser != one and (value, coarser) not in told:
                told.add((value, coarser))
                about = {"value": value, "level": str(level), "one": one, "two": coarser}
                faults.append(Fault(name, "no_function", line, {**about, "other": str(other)}))
    return faults


def make_hierarchy(name: str, words: Sequence[Sequence[str]]) -> Hierarchy:
    """From checked words, one sequence a level, each as long as there are leaves."""
    size = len(words[0])
    levels = np.zeros((len(words), size), dtype=np.int64)
    levels[0] = np.arange(size)
    label = list(words[0])
    leaves = [1] * size
    parent = [-1] * size
    for level in range(1, len(words)):
        _words, first, group = np.unique(
            np.array(words[level], dtype=object), return_index=True, return_inverse=True
        )
        for number, leaf in enumerate(first):
            below = np.flatnonzero(group == number)
            node = int(levels[level - 1, leaf])
            if len(below) != leaves[node]:
                node = len(label)
                label.append(words[level][leaf])
                leaves.append(len(below))
                parent.append(-1)
                for child in set(levels[level - 1, below].tolist()):
                    parent[child] = node
            levels[level, below] = node
    return Hierarchy(
        name=name,
        words=tuple(tuple(level) for level in words),
        levels=levels,
        label=tuple(label),
        leaves=np.array(leaves),
        parent=np.array(parent),
        path=_paths(parent),
        ambiguous=_ambiguous(words, levels),
    )


def _paths(parent: list[int]) -> Numbers:
    lines = []
    for node in range(len(parent)):
        line = [node]
        while parent[line[-1]] >= 0:
            line.append(parent[line[-1]])
        lines.append(line[::-1])
    path = np.full((len(lines), max(map(len, lines))), -1, dtype=np.int64)
    for node, line in enumerate(lines):
        path[node, : len(line)] = line
    return path


def _ambiguous(words: Sequence[Sequence[str]], levels: Numbers) -> tuple[str, ...]:
    meanings: dict[str, set[int]] = {}
    for level, row in enumerate(words):
        for leaf, word in enumerate(row):
            meanings.setdefault(word, set()).add(int(levels[level, leaf]))
    return tuple(sorted(word for word, nodes in meanings.items() if len(nodes) > 1))
