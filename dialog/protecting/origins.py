"""Where each response was when earlier releases were made: a column of the file says it.

People of a unit who come from different ones are places of their own below it, which nobody sees.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from dialog.core.disclosure.earlier import Earlier
from dialog.core.tabulation import Answered

Origin = tuple[str, ...]  # the unit in each earlier release; empty: not in it


@dataclass(frozen=True)
class Origins:
    """`parents` of units and places; `places` the place of a unit's people of each origin."""

    parents: Mapping[str, str | None]
    places: Mapping[tuple[str, Origin], str]

    @property
    def unseen(self) -> list[str]:
        units = {unit for unit, _origin in self.places}
        return [place for place in self.places.values() if place not in units]

    def moved(self, answered: Iterator[Answered], origins: Sequence[Origin]) -> Iterator[Answered]:
        """The same answers, each at its place."""
        for (unit, level, given), origin in zip(answered, origins, strict=True):
            yield self.places.get((unit or "", origin), unit), level, given

    def told(self, earlier: Sequence[Earlier]) -> list[Earlier]:
        """The releases with what is known of who was where."""
        return [
            replace(one, was={place: origin[at] for (_, origin), place in self.places.items()})
            for at, one in enumerate(earlier)
        ]


def find_origins(
    parents: Mapping[str, str | None], units: Sequence[str], origins: Sequence[Origin]
) -> Origins:
    """From each response's unit and origin."""
    pairs = dict.fromkeys(zip(units, origins, strict=True))
    kinds = Counter(unit for unit, _origin in pairs)
    tree = dict(parents)
    places: dict[tuple[str, Origin], str] = {}
    for unit, origin in sorted(pairs):
        place = unit
        if kinds[unit] > 1:
            place = "\x1f".join((unit, *origin))  # no code of a file holds this
            tree[place] = unit
        places[unit, origin] = place
    return Origins(tree, places)
