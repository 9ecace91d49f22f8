"""Hiding groups that would betray what an earlier release has said of a question.

How many answered a question stands in the earlier release for good. Together with how many took
part in other units of today that may give a small group away, whatever is shown of the question
now: so it is the groups that give way, before any question is looked at.
"""

from collections.abc import Sequence

from dialog.core.disclosure.audit import audit
from dialog.core.disclosure.hiding import hide_one
from dialog.core.disclosure.repair import BeyondRepairError, at_fault
from dialog.core.disclosure.sums import Layer, Pattern, Sums, own_counts, published_sums
from dialog.core.tree import Flags, Numbers, Tree

PATIENT = 3  # so often the smallest is tried


def settle(
    tree: Tree, counts: Numbers, groups: Pattern, *, before: Sequence[Sums], said: Layer, k: int
) -> Pattern:
    """The part of `groups` that betrays nobody beside what was `said` of a question. `counts[u, l]`
    are those of each group, `before` what was said of them. Raises BeyondRepairError.
    """
    shown = Pattern(groups.units.copy(), groups.levels.copy())
    own = own_counts(tree, counts)
    nothing = published_sums(tree, Pattern(shown.units & False, shown.levels & False))
    inner = Layer(said.own, (nothing, *said.sums), min(k, said.k))
    among: Sequence[Flags] | None = None
    tries = 0
    while True:
        sums = published_sums(tree, shown)
        proof = audit([Layer(own, (sums, *before), k), inner], among=among)
        if not proof.betrayed:
            return shown
        size = shown.size
        for one in proof.betrayed:
            hide_one(tree, counts, shown, at_fault(one, sums, 0), tries=max(0, tries - PATIENT))
        if shown.size == size:
            raise BeyondRepairError(set())
        among, tries = proof.doubtful, tries + 1
