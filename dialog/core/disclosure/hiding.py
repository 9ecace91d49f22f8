"""Which of several published sums to hide, where hiding any one of them helps."""

from dataclasses import dataclass

from dialog.core.disclosure.sums import Pattern
from dialog.core.disclosure.suppression import nearest_shown
from dialog.core.tree import Numbers, Tree


@dataclass(frozen=True)
class Sum:
    """A published sum: of a unit at one level, or (`level` -1) at all."""

    unit: int
    level: int = -1


def hide_one(tree: Tree, counts: Numbers, shown: Pattern, sums: set[Sum]) -> bool:
    """Hide, in place, the smallest of the sums, or of those that are taken out of them.

    A unit at one level goes before a unit: nobody misses it as much. Gives whether one of the
    sums is hidden afterwards; one that was hidden before is enough.
    """
    pieces = [(one.unit, one.level) for one in sums if one.level >= 0]
    rows = [one.unit for one in sums if one.level < 0]
    if any(not shown.levels[piece] for piece in pieces) or any(not shown.units[r] for r in rows):
        return True
    if pieces:
        within = [
            (unit, level)
            for above, level in pieces
            for unit in (above, *nearest_shown(tree, above, shown.levels[:, level]))
            if counts[unit, level]
        ]
        shown.levels[min(within or pieces, key=lambda piece: (counts[piece], piece))] = False
        return True
    if not rows:
        return False
    whole = counts.sum(axis=1)
    below = [unit for row in rows for unit in nearest_shown(tree, row, shown.units) if whole[unit]]
    unit = min(below or rows, key=lambda each: (whole[each], each))
    shown.units[unit] = shown.levels[unit] = False
    return True
