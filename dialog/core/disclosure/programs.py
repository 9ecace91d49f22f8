"""Linear programs over the tables that agree with everything published (HiGHS).

The matrix is that of an attacker: one variable for each pool of classes and layer, one equation
for each remainder. Huangfu and Hall, "Parallelizing the dual revised simplex method", 2018.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import highspy
import numpy as np
from numpy.typing import NDArray

from dialog.core.disclosure.numbering import different_pairs
from dialog.core.disclosure.pools import Pools, make_pools, without_repeats
from dialog.core.disclosure.sums import NOWHERE, Layer
from dialog.core.tree import Numbers

Floats = NDArray[np.float64]
PRIMAL_SIMPLEX = 4  # the last solution stays feasible when only the question changes
A_SMALL_PRICE = 1e-7
UNBOUNDED = 2**31


@dataclass(frozen=True)
class Equation:
    """The remainder of a published sum: a unit at all levels (`level` -1) or at one. `unit` is -1
    for the total of a pool of rows.
    """

    layer: int
    sums: int  # which of the layer's sums
    unit: int
    level: int


class Programs:
    """All tables that agree with what is published of some nested layers.

    `counts[j, v]` is the truth: those of variable v who are in layer j but in none after it.
    `solved` counts the programs.
    """

    def __init__(self, layers: Sequence[Layer]) -> None:
        self.layers = layers = [
            replace(layer, sums=without_repeats(layer.sums)) for layer in layers
        ]
        self.pools: Pools = make_pools(layers)
        within = [*(layer.own for layer in layers[1:]), np.zeros_like(layers[0].own)]
        own = [outer.own - inner for outer, inner in zip(layers, within, strict=True)]
        self.counts = np.stack([self._by_variable(counts) for counts in own])
        self.equations: list[Equation] = []
        self.solved = 0
        self._members: list[Numbers] = []  # variables of the equations, one after the other
        self._lengths: list[Numbers] = []  # how many each equation has
        self._collect()
        self._loaded: Any = None

    def extreme(self, layer: int, variable: int, *, most: bool) -> tuple[int, list[Equation]]:
        """The largest (smallest) count of a variable in a layer that is possible, and the
        equations that keep it from being larger (smaller).

        The bounds of nested families of sums are whole numbers; of others the program's bound is
        rounded to the side on which the attacker has less doubt.
        """
        solver = self._loaded = self._loaded or self._load()
        columns = self._columns(layer, variable)
        ones = np.ones(len(columns))
        solver.changeColsCost(len(columns), columns, ones)
        sense = highspy.ObjSense.kMaximize if most else highspy.ObjSense.kMinimize
        solver.changeObjectiveSense(sense)
        solver.run()
        self.solved += 1
        if solver.getModelStatus() == highspy.HighsModelStatus.kUnbounded:
            solver.changeColsCost(len(columns), columns, ones * 0)
            return UNBOUNDED, []
        value = solver.getInfo().objective_function_value
        duals = np.abs(np.array(solver.getSolution().row_dual))
        binding = [self.equations[row] for row in np.flatnonzero(duals > A_SMALL_PRICE)]
        solver.changeColsCost(len(columns), columns, ones * 0)
        bound = np.floor(value + 1e-6) if most else np.ceil(value - 1e-6)
        return int(bound), binding

    def in_layer(self, layer: int) -> Numbers:
        """The true count of each variable in a layer."""
        return np.asarray(self.counts[layer:].sum(axis=0))

    def _columns(self, layer: int, variable: int) -> Numbers:
        return np.array(
            [at * self.pools.size + variable for at in range(layer, len(self.layers))],
            dtype=np.int32,
        )

    def _by_variable(self, own: Numbers) -> Numbers:
        counted = np.bincount(
            self.pools.variable.ravel(), weights=own.ravel(), minlength=self.pools.size
        )
        return counted.astype(np.int64)

    def _collect(self) -> None:
        """Every equation, with the variables in it."""
        at = 0
        for layer, each in enumerate(self.layers):
            for number, sums in enumerate(each.sums):
                pooled = self.pools.pooled[at]
                at += 1
                levels = sums.pieces.shape[1]
                for known, rows in (
                    (True, np.where(pooled, NOWHERE, sums.rows)),
                    (False, np.where(pooled, self.pools.pool, NOWHERE)),
                ):
                    keys = self._add(layer, np.repeat(rows, levels))
                    self.equations += [
                        Equation(layer, number, row if known else -1, -1) for row in keys
                    ]
                keys = self._add(layer, sums.pieces.ravel())
                self.equations += [
                    Equation(layer, number, *divmod(piece, levels)) for piece in keys
                ]

    def _add(self, layer: int, keys: Numbers) -> list[int]:
        """An equation for each different key that is not negative, over the variables with it, in
        the layer and those within it; the keys in their order.
        """
        kept = keys >= 0
        key, variable = different_pairs(keys[kept], self.pools.variable.ravel()[kept])
        found, lengths = np.unique(key, return_counts=True)
        within = np.arange(layer, len(self.layers))
        members = variable + within[:, None] * self.pools.size
        order = np.argsort(np.tile(key, len(within)), kind="stable")
        self._members.append(members.ravel()[order])
        self._lengths.append(lengths * len(within))
        return [int(one) for one in found]

    def _most(self) -> Floats:
        """How many each variable may be: any number, but where it stands for levels only at which
        nobody is in all of the places. That there are no directors here is no secret.
        """
        somebody = self.layers[0].own.any(axis=0)
        most = np.zeros(self.pools.size)
        most[self.pools.variable[:, somebody]] = highspy.kHighsInf
        return most

    def _load(self) -> Any:
        solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]  # has no types
        solver.setOptionValue("output_flag", False)
        solver.setOptionValue("threads", 1)
        solver.setOptionValue("simplex_strategy", PRIMAL_SIMPLEX)
        size = self.counts.size
        solver.addVars(size, np.zeros(size), np.tile(self._most(), len(self.layers)))
        members, lengths = np.concatenate(self._members), np.concatenate(self._lengths)
        if len(lengths):
            starts = np.cumsum(lengths) - lengths
            totals = np.add.reduceat(self.counts.ravel()[members], starts).astype(float)
            solver.addRows(
                len(totals), totals, totals, len(members), starts.astype(np.int32),
                members.astype(np.int32), np.ones(len(members)),
            )  # fmt: skip
        return solver
