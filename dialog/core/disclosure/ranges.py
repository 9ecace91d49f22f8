"""How far a hidden value can be narrowed down by everything published of a question.

The attacker is given more than is published: how many of each class (place and level) answered.
What is left to find out is what they answered: how many of a class gave each category, or the sum
of their numbers. Known are the sums of all published groups; of a coarsened group only bounds.

A value's range is found from inside. Tables are looked for that agree with everything published,
in which a class's value lies far up and far down: every such table is one that the attacker must
consider possible, so the true range is at least as wide. A program pulls half of the classes up
and the other half down, and then the other way round. Each region (places whose pieces are the
same, see `pools`) is solved by itself, with the rest of the table as it truly is; classes that
did not move are tried again among more and more places, each in programs of its own, the last
time among all. What is reported is never wider than the truth; and a class that did not move in
the end is known exactly.

Where something was hidden since (`before`), every table found then is possible still: only the
classes that had not moved are tried again.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from dialog.core.disclosure.numbering import number_rows
from dialog.core.disclosure.sums import Sums
from dialog.core.disclosure.tables import Bounded, Known, Table, Values
from dialog.core.tree import Flags, Floats, Numbers

HARDLY = 1e-6
PULLS = 2  # random pulls, each up and down
WIDER = (40, 100_000)  # places of a region that are looked at together with others


@dataclass(frozen=True)
class Ranges:
    """`width[p, l]` of a class's value, NaN where it is not of fewer than k; `programs` solved;
    `exact` the classes whose value is known exactly, each with the sums that say so.
    """

    width: Floats
    programs: int
    exact: dict[tuple[int, int], list[Known]] = field(default_factory=dict)

    @property
    def hidden(self) -> int:
        return int((~np.isnan(self.width)).sum())

    @property
    def mean(self) -> float | None:
        return float(np.nanmean(self.width)) if self.hidden else None


def find_ranges(
    values: Values,
    families: Sequence[Sums],
    bounded: Sequence[Bounded],
    *,
    k: int,
    before: Ranges | None = None,
) -> Ranges:
    """The ranges of all classes of 1 to k-1 people; `families` are the sums published in full,
    first those of this release. `before` are the ranges while more was published.
    """
    region = number_rows(
        [part for sums in families for part in (sums.pieces, sums.rows[:, None] < 0)]
    )
    if before is None:
        width, programs = _by_region(values, families, bounded, region, k)
    else:
        width, programs = before.width.copy(), 0
    exact: dict[tuple[int, int], list[Known]] = {}
    for most in WIDER:
        still = width <= HARDLY
        if not still.any():
            break
        places = _around(np.asarray(still.any(axis=1)), region, families, most)
        table = Table(values, families, bounded, places)
        cells = np.argwhere(still[places])
        programs += _pull_at_random(table, cells)
        exact = {}
        for cell in cells:
            if table.width[tuple(cell)] <= HARDLY:
                known = _pull_alone(table, cell)
                programs += 2
                if table.width[tuple(cell)] <= HARDLY:
                    exact[int(places[cell[0]]), int(cell[1])] = known
        width[places] = np.where(still[places], table.width, width[places])
    return Ranges(width, programs, exact)


def _by_region(
    values: Values, families: Sequence[Sums], bounded: Sequence[Bounded], region: Numbers, k: int
) -> tuple[Floats, int]:
    """Each region by itself: the widths, and how many programs were solved."""
    small = (values.n > 0) & (values.n < k)
    width = np.where(small, 0.0, np.nan)
    programs = 0
    for places in _each(region, np.asarray(small.any(axis=1))):
        table = Table(values, families, bounded, places)
        programs += _pull_at_random(table, np.argwhere(small[places]))
        width[places] = np.where(small[places], table.width, np.nan)
    return width, programs


def _pull_at_random(table: Table, cells: Numbers) -> int:
    chance = np.random.default_rng(len(cells))  # the same input gives the same record
    for _ in range(PULLS):
        ways = chance.permutation(np.resize([1.0, -1.0], len(cells)))
        table.pull(cells, ways)
        table.pull(cells, -ways)
    return 2 * PULLS


def _pull_alone(table: Table, cell: Numbers) -> list[Known]:
    known = table.pull(cell[None, :], np.array([1.0]))
    return known + table.pull(cell[None, :], np.array([-1.0]))


def _each(region: Numbers, wanted: Flags) -> Iterator[Numbers]:
    """The places of each region that has anything to look at."""
    order = np.argsort(region, kind="stable")
    cuts = np.flatnonzero(np.diff(region[order])) + 1
    for places in np.split(order, cuts):
        if wanted[places].any():
            yield places


def _around(wanted: Flags, region: Numbers, families: Sequence[Sums], most: int) -> Numbers:
    """The places wanted, those of their rows, and of each of their regions up to `most` more;
    all places where `most` is more than there are.
    """
    if most > len(wanted):
        return np.arange(len(wanted))
    chosen = wanted.copy()
    for rows in (sums.rows for sums in families):
        chosen |= np.isin(rows, rows[wanted & (rows >= 0)])
    near = np.flatnonzero(np.isin(region, region[wanted]))
    order = near[np.argsort(region[near], kind="stable")]
    first = np.searchsorted(region[order], region[order])
    chosen[order[np.arange(len(order)) - first < most]] = True
    return np.flatnonzero(chosen)
