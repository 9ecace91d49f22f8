"""Earlier releases of the same responses, after corrections and reorganisations.

Whoever has both releases compares them. Three things must not give few away:

- **The same unit, another count.** It differs by the people who were corrected or moved: 0, or at
  least k; and so the difference less those of its published parts.
- **The same group, other answers.** With nobody added, each answer that changed counts twice: at
  least 2k, or none.
- **Other units, the same people.** Every sum of the earlier release stands in the program beside
  those of the new one (`sums`), as far as it is known which people were in it.

Which people those were: a unit with the same code holds the same people. Where units went and
others came under the same unit that stayed, those are taken to be the same people. One that
became several was all of them; several that became one are all in it. Where several became
several nobody knows who went where, and none of the new ones is published. A sum of the earlier
release is used where the people so found are as many as it says.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from dialog.core.disclosure.sums import NOWHERE, Pattern, Sums
from dialog.core.disclosure.suppression import nearest_shown
from dialog.core.tree import Flags, Numbers, Tree

Cell = tuple[str, str]  # unit, level; an empty level is all of them


@dataclass(frozen=True)
class Earlier:
    """What an earlier release published: `counts[name][cell]` for the groups (""), items and
    scales; `answers[name][cell]` the count of each category, None where only a bound. `digest` is
    the SHA-256 of its release.csv.
    """

    parents: Mapping[str, str | None]
    counts: Mapping[str, Mapping[Cell, int]]
    answers: Mapping[str, Mapping[Cell, Mapping[str, int | None]]] = field(default_factory=dict)
    digest: str = ""


class History:
    """Earlier releases as the units of a new tree see them."""

    def __init__(self, tree: Tree, levels: Sequence[str], earlier: Sequence[Earlier]) -> None:
        self._tree, self._levels = tree, list(levels)
        self.digests = tuple(one.digest for one in earlier)
        self._moves = [(one, _Moves(tree, one.parents)) for one in earlier]

    def __bool__(self) -> bool:
        return bool(self._moves)

    def allowed(self, name: str, counts: Numbers, pattern: Pattern, k: int) -> Pattern:
        """The part of `pattern` where a count (`counts[u, l]`: unit u and all below it) may be
        published again.
        """
        units, levels = pattern.units.copy(), pattern.levels.copy()
        for one, moves in self._moves:
            published = one.counts.get(name, {})
            units &= moves.mergers(counts.sum(axis=1), published, k)
            units &= ~moves.unclear
            levels &= ~moves.unclear[:, None]
            for column in range(-1, levels.shape[1]):
                here = counts.sum(axis=1) if column < 0 else counts[:, column]
                before = self._before(published, column)
                shown = units if column < 0 else levels[:, column]
                shown &= _same_or_many(self._tree, here, before, shown, k)
        return Pattern(units, levels & units[:, None])

    def same_answers(
        self, name: str, categories: Sequence[str], given: Numbers, pattern: Pattern, k: int
    ) -> Pattern:
        """The part of `pattern` where nobody sees that few have changed their answers.

        `given[u, l, c]` is how many gave category c.
        """
        units, levels = pattern.units.copy(), pattern.levels.copy()
        for one, _moves in self._moves:
            for (unit, level), before in one.answers.get(name, {}).items():
                at = self._tree.position.get(unit)
                if at is None or (level and level not in self._levels):
                    continue
                column = self._levels.index(level) if level else -1
                now = given[at].sum(axis=0) if column < 0 else given[at, column]
                if _few_changed(dict(zip(categories, now.tolist(), strict=True)), before, k):
                    if column < 0:
                        units[at] = False
                    else:
                        levels[at, column] = False
        return Pattern(units, levels)

    def sums(self, name: str, own: Numbers) -> tuple[Sums, ...]:
        """The sums of each earlier release over the places of the new tree; `own[p, l]` are those
        at a place itself.
        """
        return tuple(self._sums(one.counts.get(name, {}), moves, own) for one, moves in self._moves)

    def _sums(self, published: Mapping[Cell, int], moves: "_Moves", own: Numbers) -> Sums:
        columns = own.shape[1]
        rows = moves.nearest(own.sum(axis=1), {u: n for (u, at), n in published.items() if not at})
        pieces = np.full(own.shape, NOWHERE, dtype=np.int64)
        for column, level in enumerate(self._levels):
            found = moves.nearest(
                own[:, column], {u: n for (u, at), n in published.items() if at == level}
            )
            pieces[:, column] = np.where(found >= 0, found * columns + column, NOWHERE)
        return Sums(rows, pieces)

    def _before(self, published: Mapping[Cell, int], column: int) -> Numbers:
        level = "" if column < 0 else self._levels[column]
        found = [published.get((unit, level), NOWHERE) for unit in self._tree.codes]
        return np.array(found, dtype=np.int64)


class _Moves:
    """Where the people of each unit of a tree were in an earlier one."""

    def __init__(self, tree: Tree, parents: Mapping[str, str | None]) -> None:
        self._tree, self._parents = tree, parents
        self._codes = list(parents)
        now = {code: tree.codes[at] if at >= 0 else None for code, at in _above(tree).items()}
        went, came = defaultdict(list), defaultdict(list)
        for code in parents:
            if code not in tree.position:
                went[_stayed(code, parents, tree.position)].append(code)
        for code in tree.codes:
            if code not in parents:
                came[_stayed(code, now, parents)].append(code)
        self._merged: dict[str, list[str]] = {}
        self.unclear: Flags = np.zeros(len(tree), dtype=bool)
        self._was: dict[str, str | None] = {code: code for code in tree.codes if code in parents}
        for above, units in came.items():
            old = went.get(above, [])
            one_to_many = len(old) == 1
            self._was |= dict.fromkeys(units, old[0] if one_to_many else above)
            if len(units) == 1 and len(old) > 1:
                self._merged[units[0]] = old
            elif not one_to_many:
                self.unclear[[tree.position[unit] for unit in units]] = True

    def mergers(self, whole: Numbers, published: Mapping[Cell, int], k: int) -> Flags:
        """Where a unit that several became says no more of those that were hidden than it may."""
        may = np.ones(len(self._tree), dtype=bool)
        for unit, old in self._merged.items():
            at = self._tree.position[unit]
            known = [published[one, ""] for one in old if (one, "") in published]
            rest = int(whole[at]) - sum(known)
            may[at] = rest == 0 or rest >= k or not known
        return may

    def nearest(self, own: Numbers, published: Mapping[str, int]) -> Numbers:
        """For each place the smallest earlier sum that its people were in, by a number; NOWHERE
        where none is, or none whose people are known.
        """
        lines = [list(_line(self._was.get(code), self._parents)) for code in self._tree.codes]
        found: dict[str, int] = defaultdict(int)
        for line, count in zip(lines, own.tolist(), strict=True):
            for unit in line:
                found[unit] += count
        number = {code: at for at, code in enumerate(self._codes)}
        known = {unit: number[unit] for unit, n in published.items() if found[unit] == n}
        nearest = (next((known[one] for one in line if one in known), NOWHERE) for line in lines)
        return np.array(list(nearest), dtype=np.int64)


def _above(tree: Tree) -> dict[str, int]:
    return dict(zip(tree.codes, tree.parent.tolist(), strict=True))


def _line(code: str | None, parents: Mapping[str, str | None]) -> list[str]:
    """The unit and all above it."""
    line: list[str] = []
    while code is not None:
        line.append(code)
        code = parents.get(code)
    return line


def _stayed(
    code: str, parents: Mapping[str, str | None], other: Mapping[str, object]
) -> str | None:
    """The nearest unit above that is in the other tree too."""
    return next((one for one in _line(code, parents) if one in other), None)


def _same_or_many(tree: Tree, now: Numbers, before: Numbers, shown: Flags, k: int) -> Flags:
    """Where a count may stand beside an earlier one (NOWHERE: none): their difference, and what
    its parts leave of it, is 0 or at least k.
    """
    may = np.ones(len(tree), dtype=bool)
    differs = np.where(before >= 0, now - before, 0)
    may[(differs != 0) & (np.abs(differs) < k)] = False
    while True:
        both = shown & may & (before >= 0)
        below = np.zeros(len(tree), dtype=np.int64)
        for layer in reversed(tree.layers[1:]):
            known = np.where(both[layer], differs[layer], below[layer])
            np.add.at(below, tree.parent[layer], known)
        rest = np.abs(differs - below)
        wrong = both & (rest > 0) & (rest < k)
        if not wrong.any():
            return may
        unit = int(np.flatnonzero(wrong)[-1])  # the deepest of the last branch first
        parts = [part for part in nearest_shown(tree, unit, both) if differs[part]]
        may[min(parts or [unit], key=lambda part: (now[part], part))] = False


def _few_changed(now: Mapping[str, int], before: Mapping[str, int | None], k: int) -> bool:
    """Whether answers differ, by fewer than k people. A bound that became a count, or the other
    way round, is taken for few.
    """
    if any(count is None for count in before.values()):
        n = sum(now.values())
        return max(now.values(), default=0) * 10 < n * 9
    moved = sum(abs(now.get(one, 0) - (count or 0)) for one, count in before.items())
    moved += sum(count for one, count in now.items() if one not in before)
    added = abs(sum(now.values()) - sum(count or 0 for count in before.values()))
    return 0 < moved < 2 * k and added < k
