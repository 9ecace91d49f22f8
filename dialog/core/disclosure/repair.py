"""Hiding what an audit points at, until it finds nothing.

Where a class is betrayed, the dual solution names the published sums that together do it: hiding
any one of them breaks that derivation. Hidden is a unit at one level rather than a unit (nobody
misses it as much), and of these the smallest. Hiding never betrays anything new (every table
that was possible still is), so this ends: at the worst with nothing published; and so after
something was hidden only the classes that were betrayed are asked for again, until none is: then
once more all of them, for the proof.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dialog.core.disclosure.audit import Betrayed, Proof, audit
from dialog.core.disclosure.hiding import Said, Sum, hide_one
from dialog.core.disclosure.sums import Layer, Pattern, Sums, own_counts, published_sums
from dialog.core.disclosure.suppression import remainder_rule
from dialog.core.tree import Flags, Numbers, Tree


class BeyondRepairError(Exception):
    """What was published before gives somebody away, whatever is hidden of these counts now.

    `outer` are sums of the outermost layer that have a part in it: hiding one of them helps.
    """

    def __init__(self, outer: set[Sum]) -> None:
        super().__init__(outer)
        self.outer = outer


@dataclass(frozen=True)
class Repaired:
    """A pattern that passed the audit `proof`, after `hidden` counts were hidden for it."""

    pattern: Pattern
    proof: Proof
    hidden: int


def repair(
    tree: Tree,
    counts: Numbers,
    pattern: Pattern,
    *,
    k: int,
    outer: Sequence[Layer] = (),
    before: Sequence[Sums] = (),
    said: Pattern | None = None,
) -> Repaired:
    """The part of `pattern` that gives no group of 1 to k-1 away.

    `counts[u, l]` is for unit u and all below it, the last column those without a level. `outer`
    are layers that these counts lie within; they pass an audit for themselves. `before` are sums
    that earlier releases published of the same, `said` those of this one that were among them.
    Raises BeyondRepairError if those betray somebody whatever is hidden now.
    """
    shown = Pattern(pattern.units.copy(), pattern.levels.copy())
    own = own_counts(tree, counts)
    hidden = programs = 0
    among: Sequence[Flags] | None = None
    while True:
        sums = published_sums(tree, shown)
        proof = audit([*outer, Layer(own, (sums, *before), k)], among=among)
        programs += proof.programs
        if not proof.betrayed and among is None:
            return Repaired(shown, replace(proof, programs=programs), hidden)
        among = proof.doubtful if proof.betrayed else None
        if among is None:
            continue
        if before and not hidden:  # those alone may betray: then nothing that is hidden now helps
            least = published_sums(tree, Pattern(shown.units & False, shown.levels & False))
            alone = audit([*outer, Layer(own, (least, *before), k)], among=among)
            if alone.betrayed:
                raise BeyondRepairError(_outer(alone.betrayed, outer))
        shown_before = shown.size
        for one in proof.betrayed:
            against = any(each.sums for each in one.equations)
            told = Said(said, against) if said is not None else None
            hide_one(tree, counts, shown, at_fault(one, sums, len(outer)), told)
        if shown.size == shown_before:
            raise BeyondRepairError(_outer(proof.betrayed, outer))
        hidden += shown_before - shown.size


def protect_counts(
    tree: Tree,
    counts: Numbers,
    *,
    k: int,
    allowed: Pattern,
    zero: bool = False,
    outer: Sequence[Layer] = (),
    before: Sequence[Sums] = (),
    said: Pattern | None = None,
) -> Repaired:
    """The part of `allowed` where `counts` may be shown: threshold, remainder rule, repair.

    A sensitive question has a larger k than the responses it is among. Of itself it gives away no
    group below its own k; together with them, none below theirs: that no more than 15 answered
    where 15 took part is no secret.
    """
    start = remainder_rule(tree, counts, k=k, allowed=allowed, zero=zero)
    joint = min([k, *(each.k for each in outer)])
    if not outer or joint < k:
        alone = repair(tree, counts, start, k=k, before=before, said=said)
        if not outer:
            return alone
        together = repair(
            tree, counts, alone.pattern, k=joint, outer=outer, before=before, said=said
        )
        programs = alone.proof.programs + together.proof.programs
        proof = replace(together.proof, programs=programs)
        return Repaired(together.pattern, proof, alone.hidden + together.hidden)
    return repair(tree, counts, start, k=k, outer=outer, before=before, said=said)


def _outer(betrayed: Sequence[Betrayed], outer: Sequence[Layer]) -> set[Sum]:
    """The sums of the outermost layer, as it is published now, that betray the first class."""
    return at_fault(betrayed[0], outer[0].sums[0], 0) if outer else set()


def at_fault(one: Betrayed, sums: Sums, layer: int) -> set[Sum]:
    """The sums of a layer that betray a class; where only totals of whole pools of rows do, those
    that the class is in.
    """
    mine = {
        Sum(each.unit, each.level)
        for each in one.equations
        if each.layer == layer and each.sums == 0 and each.unit >= 0
    }
    if mine:
        return mine
    piece, row = int(sums.pieces[one.place, one.level]), int(sums.rows[one.place])
    if piece >= 0:
        return {Sum(*sums.unit_and_level(piece))}
    return {Sum(row)} if row >= 0 else set()
