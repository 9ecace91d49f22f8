"""Result groups: neighbouring units that are published together, for each alone is too small.

A group is declared before a round opens. From then on it is a place of its own in the round's
tree, between its units and the unit above them, and no answer from its units is stored or
published any finer. So protection and audit meet it as they meet any unit.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dialog.core.disclosure.coarsening import Place, Stored, coarsen
from dialog.core.tree import line_of

Parents = Mapping[str, str | None]


@dataclass(frozen=True)
class ResultGroup:
    """`code` is no unit's code; `units` are codes of units beside each other."""

    code: str
    name: str
    units: tuple[str, ...]


def join(parents: Parents, groups: Iterable[ResultGroup]) -> dict[str, str | None]:
    """The tree with every group in it: above its units, below what lies above all of them.

    `parents` gives each unit's parent, None at a root. The organisation may have changed since the
    groups were declared: a unit that was moved stays in its group, one that is not in the tree is
    left out, and so is a group of none. Raises ValueError where a unit has the code of a group.
    """
    joined = dict(parents)
    for group in groups:
        units = [unit for unit in group.units if unit in parents]
        if group.code in parents:
            raise ValueError("A unit has the code of a result group")
        if units:
            lines = [_above(unit, parents) for unit in units]
            # A unit below another one of the group needs no place of its own in it.
            tops = [u for u, line in zip(units, lines, strict=True) if not {*line} & {*units}]
            joined[group.code] = _nearest_common([_above(unit, parents) for unit in tops])
            joined.update(dict.fromkeys(tops, group.code))
    return joined


def homes(joined: Parents, groups: Iterable[ResultGroup]) -> dict[str, str]:
    """The group of each unit that is in one, or below a unit that is; of several the highest."""
    codes = {group.code for group in groups} & joined.keys()
    found: dict[str, str] = {}
    for unit in joined.keys() - codes if codes else ():
        around = [above for above in _above(unit, joined) if above in codes]
        if around:
            found[unit] = around[-1]
    return found


def coarsen_joined(
    counts: Mapping[Place, int], *, parents: Parents, groups: Sequence[ResultGroup], k: int
) -> dict[Place, Stored]:
    """`coarsen` over the tree with the groups in it: the unit of what is stored may be a group.
    What comes from a unit of a group starts there, however many they are.
    """
    joined = join(parents, groups)
    home = homes(joined, groups)
    lifted = {place: (home.get(place[0], place[0]), place[1]) for place in counts}
    together: Counter[Place] = Counter()
    for place, count in counts.items():
        together[lifted[place]] += count
    stored = coarsen(together, parents=joined, k=k)
    return {place: stored[lifted[place]] for place in counts}


def _above(unit: str, parents: Parents) -> list[str]:
    """What a unit lies in, the nearest first."""
    return line_of(parents[unit], parents)


def _nearest_common(lines: Sequence[Sequence[str]]) -> str | None:
    shared = set(lines[0]).intersection(*lines[1:])
    return next((unit for unit in lines[0] if unit in shared), None)
