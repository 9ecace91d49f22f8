"""That nobody subtracts between two releases to a group in which (nearly) all answered the same.

`homogeneous` looks after what is left of a group within one release. With an earlier one, what is
left of a group of either when parts are taken out that the other gave is looked at likewise: where
one answer holds 90 % of it, the question is hidden now in the smallest of the parts or, where the
parts were in the earlier release, in the group. A group that either gave is a part in both where
they are the same people.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dialog.core.disclosure.forests import Forest
from dialog.core.disclosure.homogeneous import alike
from dialog.core.disclosure.sums import NOWHERE, Pattern
from dialog.core.tree import Flags, Numbers


@dataclass(frozen=True)
class Told:
    """Of which groups of an earlier `forest` it was told how many gave each answer: `full[g, l]`,
    at all levels and then at each.
    """

    forest: Forest
    full: Flags


@dataclass(frozen=True)
class Answers:
    """How many answered at each place, and how many of them gave each answer."""

    n: Numbers
    given: Numbers

    def summed(self, forest: Forest) -> "Answers":
        """Those of each group of a forest."""
        return Answers(forest.summed(self.n), forest.summed(self.given))


def hide_alike_before(
    now: Forest, told: Sequence[Told], own: Sequence[Answers], pattern: Pattern
) -> Pattern:
    """The part of `pattern` that leaves no group of one answer together with what was told before;
    `own` are the answers at all levels and then at each.
    """
    units, levels = pattern.units.copy(), pattern.levels.copy()
    changed = bool(told)
    while changed:
        changed = False
        for one in told:
            for level in range(one.full.shape[1]):
                shown = levels[:, level - 1] if level else units
                told_here = Told(one.forest, one.full[:, level])
                changed |= hide_alike(now, told_here, own[level], shown)
    return Pattern(units, levels)


def hide_alike(now: Forest, told: Told, own: Answers, shown: Flags) -> bool:
    """Hide in `shown`, a flag for each group of `now`, what would leave a group of one answer when
    it is taken out of one that was told, or those out of it; gives whether anything was.
    """
    then = told.forest
    here, there = own.summed(now), own.summed(then)
    in_then, in_now = now.around(then, own.n > 0), then.around(now, own.n > 0)
    full = ~alike(here.n, here.given) & (here.n > 0)
    changed = False
    while True:
        given = full & shown
        known = given | _same(in_then, here.n, there.n, told.full)
        known_then = told.full | _same(in_now, there.n, here.n, given)
        part, whole = _parts(in_then, here.n, there.n, known, now.nearest(known))
        wrong = told.full & _leaves_alike(there, whole, here, part)
        hidden = _smallest(part, whole, wrong, given, here.n)
        part, whole = _parts(in_now, there.n, here.n, known_then, then.nearest(known_then))
        hidden |= given & _leaves_alike(here, whole, there, part)
        if not hidden.any():
            return changed
        shown &= ~hidden
        changed = True


def _same(around: Numbers, n: Numbers, others: Numbers, known: Flags) -> Flags:
    """Which groups are the same people as a known one of the other forest."""
    found = (around >= 0) & known[around] & (others[around] == n[:, None])
    return np.asarray(found.any(axis=1) & (n > 0))


def _parts(
    around: Numbers, n: Numbers, others: Numbers, known: Flags, nearest: Numbers
) -> tuple[Numbers, Numbers]:
    """The known groups that are smaller than one of the other forest that they lie in, and no other
    known one is between; and which that is.
    """
    smaller = (around >= 0) & (n[:, None] < others[around])
    inside = np.where(smaller, around, NOWHERE)
    between = np.where(nearest[:, None] >= 0, inside[nearest], NOWHERE)
    part, at = np.nonzero(known[:, None] & smaller & (between != around))
    return part, around[part, at]


def _leaves_alike(all_of: Answers, whole: Numbers, parts: Answers, part: Numbers) -> Flags:
    """Of which groups one answer holds 90 % of what is left when their parts are taken out."""
    n, given = np.zeros_like(all_of.n), np.zeros_like(all_of.given)
    np.add.at(n, whole, parts.n[part])
    np.add.at(given, whole, parts.given[part])
    return np.asarray((n > 0) & alike(all_of.n - n, all_of.given - given))


def _smallest(part: Numbers, whole: Numbers, wrong: Flags, given: Flags, n: Numbers) -> Flags:
    """Of each wrong whole the smallest part that can be hidden."""
    hidden: Flags = np.zeros(len(n), dtype=bool)
    for one in np.flatnonzero(wrong):
        mine = part[(whole == one) & given[part]]
        if len(mine):
            hidden[mine[np.argmin(n[mine])]] = True
    return hidden
