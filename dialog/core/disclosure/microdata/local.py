"""Local recoding: each group of rows its own levels.

Time and memory of `opening` grow with rows times shapes, so many rows are worked on in blocks: the
parts that splitting with a large k leaves. Lines between blocks are drawn where splits would have
drawn them anyway.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from dialog.core.disclosure.microdata.demands import Demands
from dialog.core.disclosure.microdata.foresight import split_with_foresight
from dialog.core.disclosure.microdata.opening import open_boxes
from dialog.core.disclosure.microdata.splitting import split_down
from dialog.core.disclosure.microdata.table import Table
from dialog.core.tree import Numbers

AT_ONCE = 100_000  # rows that are worked on together
BLOCK = 30_000  # fewest rows of a block, where there are more
SPLITTING = 0.3  # its share of the time


def regroup(
    table: Table,
    demands: Demands,
    *,
    seed: int = 0,
    progress: Callable[[float], None] = lambda _share: None,
) -> Numbers:
    """A label for each row; rows of one label meet the demands, if all rows together do."""
    labels = np.empty(len(table), dtype=np.int64)
    done = last = 0
    for rows in _blocks(table, demands):

        def told(share: float, done: int = done, size: int = len(rows)) -> None:
            progress((done + share * size) / len(table))

        labels[rows] = last + _regroup(table.take(rows), demands, seed, told)
        last = int(labels[rows].max()) + 1
        done += len(rows)
    return labels


def _regroup(
    table: Table, demands: Demands, seed: int, progress: Callable[[float], None]
) -> Numbers:
    labels = split_with_foresight(
        table, demands, progress=lambda share: progress(share * SPLITTING)
    )
    return open_boxes(
        table,
        demands,
        labels,
        seed=seed,
        progress=lambda share: progress(SPLITTING + share * (1 - SPLITTING)),
    )


def _blocks(table: Table, demands: Demands) -> list[Numbers]:
    if len(table) <= AT_ONCE:
        return [np.arange(len(table))]
    large = replace(demands, k=max(BLOCK, demands.k))
    _names, block = np.unique(split_down(table, large), return_inverse=True)
    order = np.argsort(block, kind="stable")
    return np.split(order, np.cumsum(np.bincount(block))[:-1])
