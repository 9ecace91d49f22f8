"""Where people were before a reorganisation: told by the caller, or found out from two trees.

From the trees: a unit with the same code holds the same people. Where units went and others came
under the same unit that stayed, those are taken to be the same people. One that became several was
all of them. Several that went, or one that nothing came for, are *untold*: where their people are
nobody knows from the trees. What came where nothing went is *new*.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from dialog.core.disclosure.forests import Forest, forest_of
from dialog.core.disclosure.sums import NOWHERE, Real
from dialog.core.tree import Flags, Numbers, Tree, line_of


class Moves:
    """Where the people of each unit of a tree were in an earlier one.

    `was` tells it: the earlier unit of each unit of the tree that has another code now, "" for
    people who were in none. Without it, it is found out from the two trees.
    """

    def __init__(
        self,
        tree: Tree,
        parents: Mapping[str, str | None],
        was: Mapping[str, str] | None = None,
    ) -> None:
        self._codes = list(parents)
        self.untold: tuple[str, ...] = ()
        self.new: Flags = np.zeros(len(tree), dtype=bool)
        self._was: dict[str, str | None] = {c: c for c in tree.codes if c in parents}
        self._was |= was or {}
        if was is None:
            self._find_out(tree, parents)
        lines = (line_of(self._was.get(code), parents) for code in tree.codes)
        number = {code: at for at, code in enumerate(self._codes)}
        self._lines = [[number[unit] for unit in line if unit in number] for line in lines]
        self._ancestry = [[number[unit] for unit in line_of(code, parents)] for code in parents]
        self._place = np.repeat(np.arange(len(tree)), [len(line) for line in self._lines])
        self._unit = np.array([unit for line in self._lines for unit in line], dtype=np.int64)

    def _find_out(self, tree: Tree, parents: Mapping[str, str | None]) -> None:
        now = {code: tree.codes[at] if at >= 0 else None for code, at in _above(tree).items()}
        went, came = defaultdict(list), defaultdict(list)
        for code in parents:
            if code not in tree.position:
                went[_stayed(code, parents, tree.position)].append(code)
        for code in tree.codes:
            if code not in parents:
                came[_stayed(code, now, parents)].append(code)
        for above, units in came.items():
            self._was |= dict.fromkeys(units, above)
            if above not in went:
                self.new[[tree.position[unit] for unit in units]] = True
        for above, old in went.items():
            if len(old) == 1 and above in came:
                self._was |= dict.fromkeys(came[above], old[0])
            else:
                self.untold += tuple(old)

    def summed(self, own: NDArray[Real]) -> dict[str, NDArray[Real]]:
        """Of each earlier unit the sum of `own` (first axis: the places of the tree) over the
        people who were in it.
        """
        summed = np.zeros((len(self._codes), *own.shape[1:]), dtype=own.dtype)
        np.add.at(summed, self._unit, own[self._place])
        return {self._codes[unit]: summed[unit] for unit in np.unique(self._unit)}

    @cached_property
    def forest(self) -> Forest:
        """The earlier units as groups of the places of the tree."""
        group = [line[0] if line else NOWHERE for line in self._lines]
        return forest_of(self._ancestry, np.array(group, dtype=np.int64))

    def within(self, unit: str) -> Flags:
        """The places whose people were in an earlier unit."""
        places: Flags = np.zeros(len(self._lines), dtype=bool)
        places[self._place[self._unit == self._codes.index(unit)]] = True
        return places

    def nearest(self, known: Collection[str]) -> Numbers:
        """For each place the smallest of the `known` earlier units that its people were in, by a
        number; NOWHERE where none is.
        """
        numbers = {at for at, code in enumerate(self._codes) if code in known}
        nearest = (next((one for one in line if one in numbers), NOWHERE) for line in self._lines)
        return np.array(list(nearest), dtype=np.int64)


def _above(tree: Tree) -> dict[str, int]:
    return dict(zip(tree.codes, tree.parent.tolist(), strict=True))


def _stayed(
    code: str, parents: Mapping[str, str | None], other: Mapping[str, object]
) -> str | None:
    """The nearest unit above that is in the other tree too."""
    return next((one for one in line_of(code, parents) if one in other), None)
