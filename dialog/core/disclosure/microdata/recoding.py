"""What is published in place of each value, and what that loses."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from dialog.core.disclosure.microdata.demands import Demands
from dialog.core.disclosure.microdata.grouping import Groups, group
from dialog.core.disclosure.microdata.hierarchy import SUPPRESSED, Floats
from dialog.core.disclosure.microdata.lattice import Choice, best_levels
from dialog.core.disclosure.microdata.local import regroup
from dialog.core.disclosure.microdata.table import Table
from dialog.core.tree import Flags

Words = np.ndarray[tuple[int, ...], np.dtype[np.object_]]


class Method(StrEnum):
    LOCAL = "local"
    GLOBAL = "global"


@dataclass(frozen=True)
class Recoding:
    """`words[row, column]` is published; `suppressed[row]` are the rows of which nothing is;
    `loss[column]` is the mean LM. `levels` are those of global recoding, else empty.
    """

    words: Words
    suppressed: Flags
    loss: Floats
    levels: tuple[int, ...] = ()

    @property
    def mean_loss(self) -> float:
        return float(self.loss.mean())


def recode(
    table: Table,
    demands: Demands,
    *,
    method: Method = Method.LOCAL,
    suppression: float = 0.05,
    seed: int = 0,
    progress: Callable[[float], None] = lambda _share: None,
) -> Recoding:
    """Recode so that every group of rows that look the same meets the demands.

    All rows together must meet them (`unmeetable` tells). `suppression` is the greatest share of
    rows that global recoding may suppress; local recoding suppresses none.
    """
    if method is Method.GLOBAL:
        choice = best_levels(table, demands, suppression=suppression, progress=progress)
        return _from_levels(table, choice)
    labels = regroup(table, demands, seed=seed, progress=progress)
    return _from_groups(table, group(table, labels))


def _from_groups(table: Table, groups: Groups) -> Recoding:
    count = len(groups.size)
    words = np.empty((count, len(table.hierarchies)), dtype=object)
    loss = np.empty(len(table.hierarchies))
    for column, hierarchy in enumerate(table.hierarchies):
        node = groups.nodes[:, column]
        words[:, column] = np.array(hierarchy.label, dtype=object)[node]
        loss[column] = hierarchy.loss[node] @ groups.size / len(table)
    words = words[groups.of]
    return Recoding(words, np.all(words == SUPPRESSED, axis=1), loss)


def _from_levels(table: Table, choice: Choice) -> Recoding:
    words = np.empty(table.leaves.shape, dtype=object)
    loss = np.empty(len(table.hierarchies))
    for column, (hierarchy, level) in enumerate(zip(table.hierarchies, choice.levels, strict=True)):
        leaves = table.leaves[:, column]
        words[:, column] = np.array(hierarchy.words[level], dtype=object)[leaves]
        lost = hierarchy.loss[hierarchy.levels[level][leaves]]
        loss[column] = np.where(choice.suppressed, 1.0, lost).mean()
    words[choice.suppressed] = SUPPRESSED
    return Recoding(words, choice.suppressed, loss, choice.levels)
