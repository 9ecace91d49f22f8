"""How many will get a result of their own, as far as it can be said before anybody has answered."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from dialog.core.disclosure.coarsening import Place, Stored
from dialog.core.disclosure.joining import ResultGroup, coarsen_joined, homes, join
from dialog.core.disclosure.policy import LEVELS, Tables, declared
from dialog.core.disclosure.proposing import PERCENT
from dialog.core.disclosure.suppression import protect_units
from dialog.core.published import percent as whole_percent
from dialog.core.tree import make_tree


@dataclass(frozen=True)
class Foresight:
    """Of `people`, so many as `own` are in a unit, or a result group, that is `shown`. `stored`
    is where the answers from each (unit, level) would stand, `hundredths` how many stand there, in
    hundredths of an answer.
    """

    people: int
    own: int
    shown: frozenset[str]
    stored: Mapping[Place, Stored] = field(default_factory=dict)
    hundredths: Mapping[Stored, int] = field(default_factory=dict)

    @property
    def percent(self) -> int:
        return whole_percent(self.own, self.people) if self.people else 0


def foresee(
    parents: Mapping[str, str | None],
    people: Mapping[Place, int],
    *,
    percent: int,
    k: int,
    groups: Sequence[ResultGroup] = (),
    tables: Tables,
) -> Foresight:
    """What would be published if `percent` (1-100) of the people at each (unit, level) answered.

    By the rules that hold later: what is too small is stored further up, and no remainder of what
    is shown is 1 to k-1. The audit may hide a little more. Answers are counted in hundredths, so
    that nothing is lost by rounding.
    """
    joined = join(parents, groups)
    tree = make_tree(joined)
    answers = {place: number * percent for place, number in people.items()}
    least = k * PERCENT
    stored = coarsen_joined(answers, parents=parents, groups=groups, k=least)
    sizes: Counter[Stored] = Counter()
    for place, number in answers.items():
        sizes[stored[place]] += number
    whole = np.zeros(len(tree), dtype=np.int64)
    for (unit, _level), number in sizes.items():
        whole[tree.position[unit] if unit is not None else int(tree.roots[0])] += number
    tree.sum_up(whole)
    allowed = declared(tree, LEVELS, tables).units
    shown = protect_units(tree, whole, k=least, allowed=allowed)
    codes = frozenset(code for code, is_shown in zip(tree.codes, shown, strict=True) if is_shown)
    home = homes(joined, groups)
    own = sum(number for (unit, _), number in people.items() if home.get(unit, unit) in codes)
    return Foresight(sum(people.values()), own, codes, stored, sizes)
