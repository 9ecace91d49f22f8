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


@dataclass(frozen=True)
class Said:
    """Sums that an earlier release has said of the same people: hiding them now takes nothing
    back. `against`: the sums at fault betray somebody together with what it said.
    """

    sums: Pattern
    against: bool

    def fresh(self, unit: int, level: int = -1) -> bool:
        return not (self.sums.units[unit] if level < 0 else self.sums.levels[unit, level])


def hide_one(
    tree: Tree,
    counts: Numbers,
    shown: Pattern,
    sums: set[Sum],
    said: Said | None = None,
    *,
    tries: int = 0,
) -> bool:
    """Hide, in place, the smallest of the sums, or of those that are taken out of them.

    A unit at one level goes before a unit: nobody misses it as much. What was said before goes
    last; and where a sum betrays somebody against an earlier one, what is taken out of it does not
    matter. Where that was tried before and did not help, others that say the same stepped in: so
    after so many `tries` a larger one is taken, the second, the fourth, the eighth. Gives whether
    one of the sums is hidden afterwards; one that was hidden before is enough.
    """
    pieces = [(one.unit, one.level) for one in sums if one.level >= 0]
    rows = [one.unit for one in sums if one.level < 0]
    if any(not shown.levels[piece] for piece in pieces) or any(not shown.units[r] for r in rows):
        return True
    whole = counts.sum(axis=1)
    found = [
        (unit, level)
        for above, level in pieces
        for unit in (above, *nearest_shown(tree, above, shown.levels[:, level]))
        if counts[unit, level]
    ] or pieces
    units = [
        unit for row in rows for unit in nearest_shown(tree, row, shown.units) if whole[unit]
    ] or rows
    if said is not None:
        tried = (pieces, rows) if said.against else (found, [*units, *rows])
        fresh = [piece for piece in tried[0] if said.fresh(*piece)]
        others = [unit for unit in tried[1] if said.fresh(unit)]
        if fresh or others:
            found, units = fresh, others
    if found:
        found = sorted(set(found), key=lambda piece: (counts[piece], piece))
        shown.levels[found[_at(tries, len(found))]] = False
        return True
    if not units:
        return False
    units = sorted(set(units), key=lambda each: (whole[each], each))
    unit = units[_at(tries, len(units))]
    shown.units[unit] = shown.levels[unit] = False
    return True


def _at(tries: int, of: int) -> int:
    wanted: int = 2 ** min(tries, 30) - 1
    return min(wanted, of - 1)
