"""What is declared before a round opens: k, the closed set of tables, a unit's name."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from dialog.core.disclosure.sums import Pattern
from dialog.core.disclosure.suppression import CROSSED_DEPTH
from dialog.core.levels import Level
from dialog.core.questionnaire import Item
from dialog.core.tree import Tree

LEVELS = tuple(level.value for level in Level)


@dataclass(frozen=True)
class Policy:
    """The smallest group that anything is said of; a larger one for sensitive questions; and how
    many may put together what they know of their own answers and still see no smaller group.
    """

    k: int = 10
    k_sensitive: int = 20
    insiders: int = 0

    def k_of(self, *asked: Item) -> int:
        sensitive = any(item.sensitive for item in asked)
        return (max(self.k, self.k_sensitive) if sensitive else self.k) + self.insiders

    @property
    def least(self) -> int:
        """Of responses: when `insiders` take themselves out, k are left."""
        return self.k + self.insiders


@dataclass(frozen=True)
class Place:
    """A unit as the release shows it. `invited` counts it and all below it; 0: not known. `depth`
    is its own in the organisation, where it is another than in the tree (result groups).
    """

    name: str
    invited: int = 0
    depth: int | None = None


@dataclass(frozen=True)
class Tables:
    """What was declared before the round opened: by unit (else the whole only), by level."""

    units: bool = True
    levels: bool = True


ALL_TABLES = Tables()


def declared(
    tree: Tree, levels: tuple[str, ...], tables: Tables, unseen: Collection[str] = ()
) -> Pattern:
    """The closed set of tables: every unit; levels of region, förvaltning and verksamhet; elected
    representatives of the whole region only. `unseen` are codes of places that are no units: the
    people in a unit who were in another one before.
    """
    units = (tree.depth == 0) | tables.units
    units[[tree.position[code] for code in unseen]] = False
    crossed = np.zeros((len(tree), len(levels)), dtype=bool)
    crossed[units & (tree.depth <= CROSSED_DEPTH)] = tables.levels
    if Level.ELECTED in levels:
        crossed[tree.depth > 0, levels.index(Level.ELECTED)] = False
    return Pattern(units, crossed)
