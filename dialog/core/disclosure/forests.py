"""Groups of places that lie within each other, as those of a tree of units now or then."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dialog.core.disclosure.sums import NOWHERE
from dialog.core.tree import Flags, Numbers


@dataclass(frozen=True)
class Forest:
    """Groups within each other. `line[g]` is the group and all around it, the outermost first;
    `group[p]` is the smallest that a place is in, NOWHERE if none.
    """

    line: Numbers
    group: Numbers

    def summed(self, own: Numbers) -> Numbers:
        """Of each group what its places have (first axis of `own`)."""
        place, group = self._members(self.group >= 0)
        found = np.zeros((len(self.line), *own.shape[1:]), dtype=own.dtype)
        np.add.at(found, group, own[place])
        return found

    def around(self, outer: "Forest", present: Flags) -> Numbers:
        """For each group those of another forest that all its places (that are `present`) are in,
        the outermost first, NOWHERE in place of others.
        """
        lines = outer.lines()
        place, group = self._members(present & (self.group >= 0))
        least = np.full((len(self.line), lines.shape[1]), len(outer.line))
        most = np.full_like(least, NOWHERE)
        np.minimum.at(least, group, lines[place])
        np.maximum.at(most, group, lines[place])
        return np.where(least == most, most, NOWHERE)

    def lines(self) -> Numbers:
        """The groups that each place is in."""
        return np.where(self.group[:, None] >= 0, self.line[self.group], NOWHERE)

    def nearest(self, known: Flags) -> Numbers:
        """The smallest known group around each, NOWHERE if none."""
        found = np.full(len(self.line), NOWHERE)
        for around in self.line.T:
            strictly = (around >= 0) & (around != np.arange(len(found))) & known[around]
            found = np.where(strictly, around, found)
        return found

    def _members(self, places: Flags) -> tuple[Numbers, Numbers]:
        """Each place with each group that it is in."""
        lines = self.lines()
        place, at = np.nonzero((lines >= 0) & places[:, None])
        return place, lines[place, at]


def forest_of(line: Sequence[Sequence[int]], group: Numbers) -> Forest:
    """`line[g]` holds the group and those around it, the smallest first."""
    deepest = max(map(len, line), default=0)
    padded = np.full((len(line), deepest), NOWHERE)
    for number, groups in enumerate(line):
        padded[number, : len(groups)] = list(reversed(groups))
    return Forest(padded, group)
