"""Where an opened response may be stored, so that no stored (unit, level) stands for fewer than k.

The participation list says who was in (unit, level) and took part; together with the stored rows
it must never point at fewer than k people (docs: anonymity). So what is too small loses first its
unit, step by step upwards, and at the root its level.
"""

from collections import defaultdict
from collections.abc import Mapping

from dialog.core.tree import line_of

Place = tuple[str, str]
Stored = tuple[str | None, str]


def coarsen(
    counts: Mapping[Place, int], *, parents: Mapping[str, str | None], k: int
) -> dict[Place, Stored]:
    """Map each (unit code, level) of `counts` (responses) to the (unit, level) it is stored as.

    `parents` gives each unit's parent, None at a root. The unit stored is the unit itself or one
    of its ancestors, the level is the level itself or "". Every place that is stored has at least
    k responses, whenever there are k in all; with fewer, everything is stored as (None, ""), and
    the caller should rather not open at all. None also takes what is too small in a whole tree,
    should there be several trees.

    The rule, for each level from the leaves up: what is 1 to k-1 at a unit takes the smallest
    place of that level along from the unit's children; if there is none it goes up to the parent.
    What is still too small at the root takes along the smallest place of its level anywhere, else
    loses its level, and what has no level takes along the smallest place of any.
    Equal counts, ties broken by code: the same input gives the same answer.
    Raises ValueError for a unit that `parents` does not know.
    """
    if unknown := {unit for unit, _ in counts} - parents.keys():
        raise ValueError(f"Units outside the tree: {len(unknown)}")
    parent_of = {unit: parents.get(unit) for unit in parents}
    stored = {place: place for place, count in counts.items() if count > 0}
    size: dict[Stored, int] = defaultdict(int)
    for place in stored:
        size[place] += counts[place]
    climb = _Climb(stored={place: place for place in stored}, size=size, k=k)
    order = _leaves_first(parent_of)
    children: dict[str | None, list[str]] = defaultdict(list)
    for unit, parent in parent_of.items():
        children[parent].append(unit)
    levels = sorted({level for _, level in stored})
    for level in levels:
        for unit in order:
            if not climb.too_small((unit, level)):
                continue
            parent = parent_of[unit]
            near: list[Stored] = [(child, level) for child in children[unit]]
            if not climb.take_along((unit, level), near) and parent is not None:
                climb.move((unit, level), (parent, level))
    for root in sorted(children[None]):
        _settle_root(climb, root, levels, _subtree(root, children))
    if climb.too_small((None, "")):
        climb.take_along((None, ""), list(climb.size))
    return {place: climb.stored.get(place, place) for place in counts}


class _Climb:
    """Where each place stands so far, and how many responses every stored place has."""

    def __init__(self, stored: Mapping[Place, Stored], size: dict[Stored, int], k: int) -> None:
        self.stored: dict[Place, Stored] = dict(stored)
        self.size = size
        self.k = k
        self.members: dict[Stored, list[Place]] = defaultdict(list)
        for place in stored:
            self.members[place].append(place)

    def too_small(self, place: Stored) -> bool:
        return 0 < self.size.get(place, 0) < self.k

    def move(self, source: Stored, target: Stored) -> None:
        for place in self.members.pop(source):
            self.stored[place] = target
            self.members[target].append(place)
        self.size[target] = self.size.get(target, 0) + self.size.pop(source)

    def take_along(self, place: Stored, among: list[Stored]) -> bool:
        """Move the smallest safe place among those given to `place`; False if there is none."""
        safe = [other for other in among if other != place and self.size.get(other, 0) >= self.k]
        if not safe:
            return False
        self.move(min(safe, key=lambda other: (self.size[other], other[0] or "", other[1])), place)
        return True


def _settle_root(climb: _Climb, root: str, levels: list[str], below: set[str]) -> None:
    def stored_below() -> list[Stored]:
        return [place for place in climb.size if place[0] in below]

    for level in levels:
        same = [place for place in stored_below() if place[1] == level]
        if level and climb.too_small((root, level)) and not climb.take_along((root, level), same):
            climb.move((root, level), (root, ""))
    if climb.too_small((root, "")) and not climb.take_along((root, ""), stored_below()):
        climb.move((root, ""), (None, ""))


def _subtree(root: str, children: Mapping[str | None, list[str]]) -> set[str]:
    found, ahead = {root}, [root]
    while ahead:
        below = children.get(ahead.pop(), [])
        found.update(below)
        ahead.extend(below)
    return found


def _leaves_first(parent_of: Mapping[str, str | None]) -> list[str]:
    """Units in an order where each comes after all its descendants; ties by code."""
    return sorted(parent_of, key=lambda unit: (-len(line_of(unit, parent_of)), unit))
