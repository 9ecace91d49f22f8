"""Splitting with foresight: try the second-best split too, to its end, and take what ends better.

The rating of a split does not see what can follow. So each group that is large enough and whose
second-best split rates nearly as well is split by it, on to the end, and the better end is kept
(the pilot method of Duin & Voß 1999, with two pilots). The end of the best split is known from
the generation before.
"""

from collections.abc import Callable

import numpy as np

from dialog.core.disclosure.microdata.demands import Demands
from dialog.core.disclosure.microdata.grouping import dense, row_loss
from dialog.core.disclosure.microdata.splitting import (
    best_splits,
    generation,
    split_down,
    split_on,
)
from dialog.core.disclosure.microdata.table import Table
from dialog.core.tree import Numbers

NEARLY = 0.5  # of the best rating
LARGE = 4  # times k
LEAST = 1e-9  # more than what rounding makes of nothing


def split_with_foresight(
    table: Table, demands: Demands, *, progress: Callable[[float], None] = lambda _share: None
) -> Numbers:
    """A label for each row; rows of one label meet the demands, if all rows together do."""
    plan = split_down(table, demands)
    loss = row_loss(table, np.arange(len(table)), plan)
    rows, groups = np.arange(len(table)), np.zeros(len(table), dtype=np.int64)
    while len(rows):
        best, second = best_splits(generation(table, demands, rows, groups))
        try_it = (second.score > NEARLY * best.score)[groups]
        pilot = rows[try_it]
        ends = split_on(table, demands, pilot, dense(second.part[try_it]))
        ends_loss = row_loss(table, pilot, ends)
        gain = np.bincount(groups[try_it], loss[pilot] - ends_loss, len(best.score))
        chosen = gain > LEAST  # it is 0 where nothing was tried
        won = chosen[groups[try_it]]
        plan[pilot[won]] = ends[won] + int(plan.max()) + 1
        loss[pilot[won]] = ends_loss[won]
        part = dense(np.where(chosen[groups], 2 * second.part, 2 * best.part + 1))
        goes_on = (best.score[groups] > 0) & (np.bincount(part) >= LARGE * demands.k)[part]
        rows, groups = rows[goes_on], dense(part[goes_on])
        progress(1 - len(rows) / len(table))
    return plan
