"""Earlier releases of the same responses, after corrections and reorganisations.

Whoever has both releases compares them. Three things must not give few away:

- **The same unit, another count.** It differs by the people who were corrected or moved: 0, or at
  least k; and so the difference less those of its published parts.
- **The same group, other answers.** With nobody added, each answer that changed counts twice: at
  least 2k, or none. Of answers to be ticked each is a question of its own: at least k, or none.
- **Other units, the same people.** Every sum of the earlier release stands in the programs beside
  those of the new one (`sums` of people, `values` of their answers), as far as it is known which
  people were in it (`moves`).

A sum of the earlier release is used where the people so found are as many as it says, and answered
as it says. Of a unit that is no more, its people are compared wherever they are now. Where the
trees do not tell who went where, or tell of others than the figures do, the caller has to say it
(`Earlier.was`), also of units that were hidden: a difference of two differences may be few. Of
units that are new nothing is published.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from dialog.core.disclosure.alike_before import Answers, Told, hide_alike_before
from dialog.core.disclosure.differences import few_changed, few_ticked, same_or_many
from dialog.core.disclosure.forests import Forest, forest_of
from dialog.core.disclosure.moves import Moves
from dialog.core.disclosure.said_before import Before, Cell, Said, said_before
from dialog.core.disclosure.sums import NOWHERE, Pattern, Sums, by_level, own_counts
from dialog.core.disclosure.tables import Values
from dialog.core.questionnaire import Item, Kind
from dialog.core.tree import Flags, Floats, Numbers, Tree


@dataclass(frozen=True)
class Earlier:
    """What an earlier release published: `counts[name][cell]` for the groups (""), items and
    scales; `answers[name][cell]` the count of each category, None where only a bound; `means` those
    with one decimal. `digest` is the SHA-256 of its release.csv. `was`: see `moves`.
    """

    parents: Mapping[str, str | None]
    counts: Mapping[str, Mapping[Cell, int]]
    answers: Mapping[str, Mapping[Cell, Mapping[str, int | None]]] = field(default_factory=dict)
    digest: str = ""
    means: Mapping[str, Mapping[Cell, float]] = field(default_factory=dict)
    was: Mapping[str, str] | None = None


class UntoldError(Exception):
    """Nobody has said where the people of `units`, which are no more, are now."""

    def __init__(self, units: Sequence[str]) -> None:
        super().__init__(len(units))
        self.units = tuple(units)


class History:
    """Earlier releases as the units of a new tree see them. Raises UntoldError."""

    def __init__(self, tree: Tree, levels: Sequence[str], earlier: Sequence[Earlier]) -> None:
        self._tree, self._levels = tree, list(levels)
        self.digests = tuple(one.digest for one in earlier)
        self._column = {level: at for at, level in enumerate(("", *levels))}
        self._moves = [(one, Moves(tree, one.parents, one.was)) for one in earlier]
        if untold := [unit for _one, moves in self._moves for unit in moves.untold]:
            raise UntoldError(sorted(untold))

    @cached_property
    def _forest(self) -> Forest:
        """The units of the new tree."""
        places = np.arange(len(self._tree))
        return forest_of([self._tree.line(int(at)) for at in places], places)

    def __bool__(self) -> bool:
        return bool(self._moves)

    def reproduced(self, counts: Numbers) -> bool:
        """Whether every group of the earlier releases has as many people as then; `counts[u, l]`
        are those of unit u and all below it.
        """
        return all(
            self._then(found, cell) == n
            for one, moves in self._moves
            for found in [self._people(moves, counts)]
            for cell, n in one.counts.get("", {}).items()
        )

    def _people(self, moves: Moves, counts: Numbers) -> Mapping[str, Numbers | Floats]:
        """Of each earlier unit those counted now who were in it, at all levels and at each."""
        return moves.summed(by_level(own_counts(self._tree, counts)))

    def _then(self, found: Mapping[str, Numbers | Floats], cell: Cell) -> int:
        unit, level = cell
        return (
            int(found[unit][self._column[level]]) if unit in found and level in self._column else 0
        )

    def said(self, name: str, counts: Numbers) -> Pattern:
        """Where a count was published before of exactly the people who are in it now."""
        chance = np.random.default_rng(len(self._tree))
        mark = chance.integers(2**20, 2**40, len(self._tree))  # sums of them tell sets apart
        own = own_counts(self._tree, counts)
        found = np.zeros((len(self._tree), len(self._levels) + 1), dtype=bool)
        for column, level in enumerate(("", *self._levels)):
            here = own.sum(axis=1) if not column else own[:, column - 1]
            marked = np.where(here > 0, mark, 0)
            now = marked.copy()
            self._tree.sum_up(now)
            for one, moves in self._moves:
                then = moves.summed(marked)
                for unit, at in one.counts.get(name, {}):
                    place = self._tree.position.get(unit, -1)
                    if at == level and place >= 0 and then.get(unit) == now[place]:
                        found[place, column] = True
        return Pattern(found[:, 0], found[:, 1:])

    def allowed(self, name: str, counts: Numbers, pattern: Pattern, k: int) -> Pattern:
        """The part of `pattern` where a count (`counts[u, l]`: unit u and all below it) may be
        published again. Raises UntoldError.
        """
        units, levels = pattern.units.copy(), pattern.levels.copy()
        for one, moves in self._moves:
            published = one.counts.get(name, {})
            differs = self._of_units_gone(moves, counts, published)
            if differs and not name and one.was is None:
                raise UntoldError(sorted(differs))
            if any(few < k for few in differs.values()):
                units[:] = levels[:] = False
            units &= ~moves.new
            levels &= ~moves.new[:, None]
            for column in range(-1, levels.shape[1]):
                here = counts.sum(axis=1) if column < 0 else counts[:, column]
                before = self._before(published, column)
                shown = units if column < 0 else levels[:, column]
                shown &= same_or_many(self._tree, here, before, shown, k)
            self._levels_too(counts, published, Pattern(units, levels), k)
        return Pattern(units, levels & units[:, None])

    def _of_units_gone(
        self, moves: Moves, counts: Numbers, published: Mapping[Cell, int]
    ) -> dict[str, int]:
        """By how many at the least a figure of a unit that is no more differs from what its people
        are now, where it does.
        """
        found = self._people(moves, counts)
        differs: dict[str, int] = {}
        for cell, n in published.items():
            few = abs(self._then(found, cell) - n)
            if cell[0] not in self._tree.position and few:
                differs[cell[0]] = min(few, differs.get(cell[0], few))
        return differs

    def _levels_too(
        self, counts: Numbers, published: Mapping[Cell, int], shown: Pattern, k: int
    ) -> None:
        """Hide, in place, the levels of a unit that together differ from before by 1 to k-1 fewer
        than the whole of it does.
        """
        columns = range(-1, len(self._levels))
        before = np.column_stack([self._before(published, column) for column in columns])
        now = np.column_stack([counts.sum(axis=1), counts[:, :-1]])
        both = np.column_stack([shown.units, shown.levels]) & (before >= 0)
        differs = np.where(both, now - before, 0)
        rest = np.abs(differs[:, 0] - differs[:, 1:].sum(axis=1))
        wrong = both[:, 0] & both[:, 1:].any(axis=1) & (rest > 0) & (rest < k)
        shown.levels[wrong] = False

    def same_answers(
        self, item: Item, categories: Sequence[str], answers: Answers, pattern: Pattern, k: int
    ) -> Pattern:
        """The part of `pattern` where nobody sees that few have changed their answers.

        `answers.given[u, l, c]` is how many gave category c.
        """
        units, levels = pattern.units.copy(), pattern.levels.copy()
        both = np.concatenate([answers.given, answers.n[..., None]], axis=-1)
        here = by_level(both)
        for one, moves in self._moves:
            found = self._people(moves, both)
            for (unit, level), before in one.answers.get(item.name, {}).items():
                at, column = self._tree.position.get(unit), self._column.get(level)
                if column is None:
                    continue
                *given, n = (found.get(unit, here[0] * 0) if at is None else here[at])[column]
                now = dict(zip(categories, map(int, given), strict=True))
                if item.kind is Kind.MULTIPLE:
                    then = one.counts[item.name].get((unit, level), int(n))
                    few = few_ticked(now, int(n), before, then, k)
                else:
                    few = few_changed(now, before, k)
                if not few:
                    continue
                if at is None:  # whoever has its people now would show it
                    units[:] = levels[:] = False
                elif column:
                    levels[at, column - 1] = False
                else:
                    units[at] = False
        return Pattern(units, levels)

    def unlike(
        self, name: str, categories: Sequence[str], answers: Answers, pattern: Pattern
    ) -> Pattern:
        """The part of `pattern` that leaves no group of one answer together with what was told
        before. `answers` are those of each unit and all below it, at each level.
        """
        if not self._moves:
            return pattern
        tree = self._tree
        n = by_level(own_counts(tree, answers.n))
        given = by_level(own_counts(tree, answers.given))
        own = [Answers(n[:, level], given[:, level]) for level in range(n.shape[1])]
        told = [self._told(one, moves, name, categories, own) for one, moves in self._moves]
        return hide_alike_before(self._forest, told, own, pattern)

    def _told(
        self,
        one: Earlier,
        moves: Moves,
        name: str,
        categories: Sequence[str],
        own: Sequence[Answers],
    ) -> Told:
        """Of which units it was told, and still is so, how many gave each answer."""
        forest = moves.forest
        here = [each.summed(forest) for each in own]
        full: Flags = np.zeros((len(one.parents), len(self._column)), dtype=bool)
        number = {unit: at for at, unit in enumerate(one.parents)}
        for (unit, level), said in one.answers.get(name, {}).items():
            if level in self._column:
                at, column = number[unit], self._column[level]
                same = [said.get(each, 0) for each in categories] == here[column].given[at].tolist()
                counted = one.counts.get(name, {}).get((unit, level))
                full[at, column] = same and counted == here[column].n[at]
        return Told(forest, full)

    def sums(self, name: str, own: Numbers) -> tuple[Sums, ...]:
        """The sums of each earlier release over the places of the new tree; `own[p, l]` are those
        at a place itself.
        """
        return tuple(self._sums(one.counts.get(name, {}), moves, own) for one, moves in self._moves)

    def values(self, name: str, values: Values, categories: Sequence[str]) -> tuple[Before, ...]:
        """What each earlier release said of a question's answers."""
        return tuple(
            said_before(
                Said(one.counts.get(name, {}), one.answers.get(name, {}), one.means.get(name, {})),
                moves,
                values,
                levels=self._levels,
                categories=categories,
            )
            for one, moves in self._moves
        )

    def _sums(self, published: Mapping[Cell, int], moves: Moves, own: Numbers) -> Sums:
        """Of each place the smallest earlier sums that its people were in, as far as they are as
        large as they say.
        """
        columns, found = own.shape[1], moves.summed(by_level(own))
        known: dict[str, set[str]] = {level: set() for level in self._column}
        for (unit, level), n in published.items():
            if level in known and unit in found and found[unit][self._column[level]] == n:
                known[level].add(unit)
        pieces = np.full(own.shape, NOWHERE, dtype=np.int64)
        for column, level in enumerate(self._levels):
            nearest = moves.nearest(known[level])
            pieces[:, column] = np.where(nearest >= 0, nearest * columns + column, NOWHERE)
        return Sums(moves.nearest(known[""]), pieces)

    def _before(self, published: Mapping[Cell, int], column: int) -> Numbers:
        level = "" if column < 0 else self._levels[column]
        found = [published.get((unit, level), NOWHERE) for unit in self._tree.codes]
        return np.array(found, dtype=np.int64)
