"""Hiding what would let a hidden value be computed: exactly, or on the average too narrowly.

Of a question with numbers the mean range of hidden values must be a quarter of its scale; of one
without (yes or no, a choice of words) its answers are numbered in their order, and no hidden
distribution may be known exactly. Several answers at once are bounded by `homogeneous` only.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from dialog.core.columns import category_values
from dialog.core.disclosure.hiding import Sum, hide_one
from dialog.core.disclosure.homogeneous import alike
from dialog.core.disclosure.pools import without_repeats
from dialog.core.disclosure.ranges import Ranges, find_ranges
from dialog.core.disclosure.record import QUARTER
from dialog.core.disclosure.repair import BeyondRepairError
from dialog.core.disclosure.said_before import Before
from dialog.core.disclosure.sums import NOWHERE, Pattern, own_counts, published_sums
from dialog.core.disclosure.tables import Bounded, Known, Values
from dialog.core.questionnaire import Item, Kind
from dialog.core.scoring import bounds
from dialog.core.tabulation import Count
from dialog.core.tree import Floats, Numbers, Tree

NO_LIMIT = 1e6  # a number without limits of its own is only kept from being known exactly


@dataclass(frozen=True)
class Ranged:
    """A pattern in which no hidden value is known; `scale` is the length of the question's."""

    pattern: Pattern
    programs: int = 0
    scale: float | None = None


def hide_known_values(
    tree: Tree,
    item: Item,
    count: Count,
    pattern: Pattern,
    *,
    k: int,
    earlier: Callable[[Values], tuple[Before, ...]] = lambda _values: (),
) -> Ranged:
    """The part of `pattern` where the question (or the scale made of it) may be shown.

    `count` holds each unit and all below it; `earlier` gives what releases before said of it.
    Raises BeyondRepairError where those alone let a value be computed.
    """
    values = values_of(tree, item, count)
    if values is None:
        return Ranged(pattern)
    said = earlier(values)
    enough = QUARTER * (values.high - values.low)
    scale = values.high - values.low if values.high < NO_LIMIT else None
    shown = Pattern(pattern.units.copy(), pattern.levels.copy())
    programs = 0
    before: Ranges | None = None
    while True:
        found = ranges_under(tree, count, values, shown, k=k, before=before, earlier=said)
        programs += found.programs
        narrow = found.mean is not None and found.mean < enough and scale is not None
        if not found.exact and not narrow:
            return Ranged(shown, programs, scale)
        hidden = [
            hide_one(tree, count.n, shown, _sums(known, count.n.shape[1]))
            for known in found.exact.values()
        ]
        if narrow and not any(hidden):
            hidden = [hide_one(tree, count.n, shown, _narrowest(tree, shown, found))]
        before = None if narrow else found  # what was too narrow is to be looked at anew
        if not any(hidden):
            break
    nothing = Pattern(shown.units & False, shown.levels & False)
    if said:
        found = ranges_under(tree, count, values, nothing, k=k, earlier=said)
        programs += found.programs
        if found.exact:
            raise BeyondRepairError(set())
        if found.mean is not None and found.mean < enough:
            scale = None  # nothing is shown of it; what was before is not said to be enough
    return Ranged(nothing, programs, scale)


def values_of(tree: Tree, item: Item, count: Count) -> Values | None:
    """The answers as numbers, None where there are none."""
    n = own_counts(tree, count.n)
    if item.kind in (Kind.MULTIPLE, Kind.DATE):
        return None
    if count.categories is not None and count.categories.shape[-1] > 1:
        worth = category_values(item) or tuple(range(count.categories.shape[-1]))
        given = own_counts(tree, count.categories).astype(np.float64)
        return Values(n, given, min(worth), max(worth), np.array(worth, dtype=np.float64))
    if count.total is None:
        return None
    limits = bounds(item) or (-NO_LIMIT, NO_LIMIT)
    total = count.total.copy()
    for layer in tree.layers[1:]:
        np.subtract.at(total, tree.parent[layer], count.total[layer])
    return Values(n, total[..., None], float(limits[0]), float(limits[1]))


def ranges_under(
    tree: Tree,
    count: Count,
    values: Values,
    shown: Pattern,
    *,
    k: int,
    before: Ranges | None = None,
    earlier: tuple[Before, ...] = (),
) -> Ranges:
    """The ranges of the hidden values of groups below k where the question is shown as `shown`,
    and was as `earlier` says; `before` are those that were found while more was shown.
    """
    full, bounded = shown, list[Bounded]()
    if count.categories is not None:
        whole = alike(count.n.sum(axis=1), count.categories.sum(axis=1))
        single = alike(count.n[:, :-1], count.categories[:, :-1])
        full = Pattern(shown.units & ~whole, shown.levels & ~single)
        nearly = Pattern(shown.units & whole, shown.levels & single)
        bounded = list(_bounded(tree, count.n, count.categories, nearly))
    elif count.most is not None:
        most = count.most * 10 >= np.column_stack([count.n.sum(axis=1), count.n]) * 9
        full = Pattern(shown.units & ~most[:, 0], shown.levels & ~most[:, 1:-1])
    families = (published_sums(tree, full), *(one.sums for one in earlier))
    bounded += [group for one in earlier for group in one.bounded]
    return find_ranges(values, without_repeats(families), bounded, k=k, before=before)


def _bounded(tree: Tree, n: Numbers, categories: Numbers, nearly: Pattern) -> Iterator[Bounded]:
    """What "minst 90 %" and "högst 10 %" say of each coarsened group."""
    columns = np.column_stack([nearly.units, nearly.levels])
    for unit, column in np.argwhere(columns):
        members = np.zeros(n.shape, dtype=bool)
        inside = _subtree(tree, int(unit))
        members[inside, :] = column == 0
        if column:
            members[inside, column - 1] = True
        here = categories[unit].sum(axis=0) if column == 0 else categories[unit, column - 1]
        yield Bounded.nearly_all(members, here.astype(np.float64))


def _subtree(tree: Tree, unit: int) -> Numbers:
    """The unit and all below it: the tree's order is depth first."""
    after = np.flatnonzero(tree.depth[unit + 1 :] <= tree.depth[unit])
    return np.arange(unit, unit + 1 + after[0] if len(after) else len(tree))


def _narrowest(tree: Tree, shown: Pattern, found: Ranges) -> set[Sum]:
    """The sum nearest around the narrowest of all hidden values."""
    sums = published_sums(tree, shown)
    around: Floats = np.where(np.isnan(found.width), np.inf, found.width)
    for flat in np.argsort(around, axis=None, kind="stable"):
        place, level = (int(at) for at in np.unravel_index(flat, around.shape))
        if not np.isfinite(around[place, level]):
            break
        if sums.pieces[place, level] != NOWHERE:
            return {Sum(*sums.unit_and_level(int(sums.pieces[place, level])))}
        if sums.rows[place] != NOWHERE:
            return {Sum(int(sums.rows[place]))}
    return set()


def _sums(known: list[Known], levels: int) -> set[Sum]:
    """The sums of this release; of what was published before nothing can be hidden."""
    return {
        Sum(*divmod(one.number, levels)) if one.piece else Sum(one.number)
        for one in known
        if not one.family
    }
