"""Classes put together where an audit loses nothing by it, so that a region's program is small.

**Alike.** Classes that are in the same published sums are one variable: whatever one of them may
be, the others may be.

**Pooled.** Let g be a set of places whose pieces (sums at one level) are all the same, and r a
row (a unit's remainder over all levels, of known total N_r) that lies within g. The only sums
that tell rows of g apart are their totals. So given any table y over g as a whole that agrees
with everything published, the rows may share it out as they like: it is a transport table with
the margins N_r and y[l], and in such a table the cell (r, l) may be anything up to
min(N_r, y[l]), and must be no more than max(0, N_r + y[l] - N_g) (Hoeffding and Fréchet; Dobra
and Fienberg 2000). As N_r is 0 or at least k, the bound of (r, l) is at least k if, and only if,
that of y[l] is: only g has to stand in the program.

With a second count inside the first (answers to a question among the responses) the same holds
for the inner one, as r may have any number of them that its total allows; and for the outer one
since it is never less than the inner one - where the inner one may be there at all. Where it may
not (nobody of a level answered), rows stand for themselves. So do rows that reach over several
sets of places, and rows that cut across each other.

**Said before.** Of an earlier release only those sums are used that say something new: not one of
the same people as a sum of the new release.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dialog.core.disclosure.numbering import different_pairs, number_rows, numbered_pairs
from dialog.core.disclosure.sums import NOWHERE, Layer, Sums
from dialog.core.tree import Flags, Numbers


@dataclass(frozen=True)
class Pools:
    """`variable[p, l]` numbers the variable that a class belongs to, `pool[p]` the set of places;
    `size` is the number of variables. `pooled[s][p]`: the row of sums s that the place is in is
    known by its pool's total only.
    """

    pool: Numbers
    variable: Numbers
    size: int
    pooled: tuple[Flags, ...]

    def first(self, variable: int, own: Numbers) -> tuple[int, int]:
        """The first class of the variable that holds somebody, by its place and level."""
        place, level = np.argwhere((self.variable == variable) & (own > 0))[0]
        return int(place), int(level)


def make_pools(layers: Sequence[Layer]) -> Pools:
    """`layers` are nested: each counts some of those of the one before."""
    sums = [one for layer in layers for one in layer.sums]
    firsts = [sum(len(layer.sums) for layer in layers[:at]) for at in range(len(layers))]
    base = number_rows([one.pieces for one in sums] + [one.rows[:, None] < 0 for one in sums])
    alone = [np.zeros(len(base), dtype=bool) for _ in sums]
    for at, layer in zip(firsts, layers, strict=True):
        for extra in range(at + 1, at + len(layer.sums)):
            told = sums[extra].rows >= 0
            _set_apart(sums[extra], alone[extra], sums[extra].rows)
            _set_apart(sums[at], alone[at], sums[at].rows[told])
    first = [alone[at] for at in firsts]  # the same arrays: they are filled in place
    _across([layer.sums[0] for layer in layers], first)
    _too_few(layers, first)
    _delicate(layers, base, first)
    pool = _key(base, sums, alone)
    while _straddling(pool, sums, alone):
        pool = _key(base, sums, alone)
    pieces = [one.pieces.reshape(-1, 1) for one in sums]
    levels = sums[0].pieces.shape[1]
    variable = number_rows([np.repeat(pool, levels)[:, None], *pieces])
    return Pools(
        pool=pool,
        variable=variable.reshape(-1, levels),
        size=int(variable.max(initial=-1)) + 1,
        pooled=tuple(
            (one.rows >= 0) & ~by_itself for one, by_itself in zip(sums, alone, strict=True)
        ),
    )


def without_repeats(sums: Sequence[Sums]) -> tuple[Sums, ...]:
    """The first sums, and of those of earlier releases only those of other people than theirs."""
    first, *others = sums
    kept = [first]
    for one in others:
        rows = np.where(_same_people(first.rows, one.rows), NOWHERE, one.rows)
        same = _same_people(first.pieces.ravel(), one.pieces.ravel()).reshape(one.pieces.shape)
        kept.append(Sums(rows, np.where(same, NOWHERE, one.pieces)))
    return tuple(kept)


def _same_people(first: Numbers, other: Numbers) -> Flags:
    """Where a remainder of `other` is the same set as one of `first`."""
    pairs, place = numbered_pairs(first, other)
    alone = np.ones(len(pairs), dtype=bool)
    for column in (0, 1):
        numbers, count = np.unique(pairs[:, column], return_counts=True)
        alone &= np.isin(pairs[:, column], numbers[count == 1])
    alone &= (pairs >= 0).all(axis=1)
    return np.asarray(alone[place])


def _key(base: Numbers, sums: Sequence[Sums], alone: Sequence[Flags]) -> Numbers:
    rows = [np.where(apart, one.rows, NOWHERE) for one, apart in zip(sums, alone, strict=True)]
    return number_rows([column[:, None] for column in (base, *rows)])


def _set_apart(one: Sums, apart: Flags, rows: Numbers) -> bool:
    """Let some rows stand for themselves; whether that is new."""
    places = np.isin(one.rows, rows[rows >= 0]) & ~apart
    apart |= places
    return bool(places.any())


def _straddling(pool: Numbers, sums: Sequence[Sums], alone: Sequence[Flags]) -> bool:
    """Set apart the rows that reach over several pools; whether there were any."""
    found = False
    for one, apart in zip(sums, alone, strict=True):
        rows, reach = np.unique(different_pairs(one.rows, pool)[0], return_counts=True)
        found |= _set_apart(one, apart, rows[reach > 1])
    return found


def _across(sums: Sequence[Sums], alone: Sequence[Flags]) -> None:
    """Set apart rows of one layer that lie in several rows of the layer within it."""
    for outer, inner in zip(range(len(sums)), range(1, len(sums)), strict=False):
        first, second = different_pairs(sums[outer].rows, sums[inner].rows)
        rows, reach = np.unique(first, return_counts=True)
        cut = np.isin(first, rows[(reach > 1) & (rows >= 0)])
        _set_apart(sums[outer], alone[outer], first[cut])
        _set_apart(sums[inner], alone[inner], second[cut])


def _too_few(layers: Sequence[Layer], alone: Sequence[Flags]) -> None:
    """Set apart rows whose total is itself too small: the program is to find them."""
    for layer, apart in zip(layers, alone, strict=True):
        rows = layer.sums[0].rows
        total = np.bincount(rows + 1, weights=layer.own.sum(axis=1)).astype(np.int64)
        few = np.flatnonzero((total > 0) & (total < layer.k)) - 1
        _set_apart(layer.sums[0], apart, few)


def _delicate(layers: Sequence[Layer], base: Numbers, alone: Sequence[Flags]) -> None:
    """Set apart all rows where somebody is counted, but nobody of the layer within."""
    for outer, inner in zip(range(len(layers)), range(1, len(layers)), strict=False):
        totals = [_by(base, layers[at].own) for at in (outer, inner)]
        empty = ((totals[0] > 0) & (totals[1] == 0)).any(axis=1)[base]
        rows = layers[outer].sums[0].rows
        here = [_by(rows + 1, layers[at].own.sum(axis=1)[:, None]) for at in (outer, inner)]
        empty |= ((here[0] > 0) & (here[1] == 0)).any(axis=1)[rows + 1]
        for at in (outer, inner):
            _set_apart(layers[at].sums[0], alone[at], layers[at].sums[0].rows[empty])


def _by(key: Numbers, counts: Numbers) -> Numbers:
    summed = np.zeros((int(key.max(initial=-1)) + 1, counts.shape[1]), dtype=np.int64)
    np.add.at(summed, key, counts)
    return summed
