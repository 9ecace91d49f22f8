"""Local recoding, second half: open new groups from what others can spare.

Splitting leaves groups with more rows than they need, and rows that share a good box lie in
several groups, because earlier splits drew lines between them. A box is a node for each column.
Seen as a facility location problem with lower bounds (Karger & Minkoff 2000; Svitkina 2010), each
box is a place that may be opened when at least k rows move in. Rows come from groups that keep k
without them; up to k a box may also call in rows that lose by it, if the whole gains. Boxes are
opened in order of gain for each row, the threshold falling from pass to pass (as in greedy set
cover), over the grids of promising shapes.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from dialog.core.disclosure.microdata.demands import Demands, met
from dialog.core.disclosure.microdata.grouping import group, rank_within
from dialog.core.disclosure.microdata.hierarchy import Floats
from dialog.core.disclosure.microdata.shapes import Grid, code_levels, grid, promising
from dialog.core.disclosure.microdata.table import Table
from dialog.core.tree import Flags, Numbers

THRESHOLDS = (1.0, 0.7, 0.5, 0.35, 0.25, 0.15, 0.1, 0.05, 0.02)
LOWEST_GAIN = -0.75  # a row that loses more is not called in


@dataclass
class _State:
    """`of[row]` is a group of `size` rows; `loss[row]` is what is published at most costs; `free`
    are the rows of groups that can spare some.
    """

    of: Numbers
    size: Numbers
    loss: Floats
    free: Flags


@dataclass(frozen=True)
class _Offer:
    """Rows that would move: from group `donor[i]` to `box[i]`, each gaining `gain[i]`."""

    rows: Numbers
    box: Numbers
    donor: Numbers
    gain: Floats

    def pick(self, which: Numbers | Flags) -> "_Offer":
        return _Offer(self.rows[which], self.box[which], self.donor[which], self.gain[which])


def open_boxes(
    table: Table,
    demands: Demands,
    labels: Numbers,
    *,
    seed: int = 0,
    progress: Callable[[float], None] = lambda _share: None,
) -> Numbers:
    """Better labels for the rows, which meet the demands if `labels` do."""
    chance = np.random.default_rng(seed)
    columns = code_levels(table)
    shapes = promising(table, group(table, labels))
    grids = [boxes for shape in shapes if len((boxes := grid(columns, shape, demands.k)).rows)]
    for number, threshold in enumerate(THRESHOLDS):
        groups = group(table, labels)
        free = (groups.size > demands.k)[groups.of]
        state = _State(groups.of, groups.size, groups.loss[groups.of], free)
        for at in chance.permutation(len(grids)):
            _open(table, demands, state, grids[at], threshold)
        labels = state.of
        progress((number + 1) / len(THRESHOLDS))
    return labels


def _open(table: Table, demands: Demands, state: _State, boxes: Grid, threshold: float) -> None:
    offer = _offered(demands.k, state, boxes, threshold)
    offer = _worth(offer, demands.k, threshold, len(boxes.loss))
    if not len(offer.rows):
        return
    # Several boxes may count on the same donor: the best are served first.
    gain = np.bincount(offer.box, offer.gain, len(boxes.loss))
    offer = offer.pick(np.lexsort((offer.rows, -offer.gain, -gain[offer.box], offer.donor)))
    spare = state.size - demands.k
    offer = offer.pick(rank_within(offer.donor) < spare[offer.donor])
    offer = _worth(offer, demands.k, threshold, len(boxes.loss))
    if demands.about_values:
        offer = _allowed(table, demands, state, offer)
    if not len(offer.rows):
        return
    _opened, new = np.unique(offer.box, return_inverse=True)
    state.size -= np.bincount(offer.donor, minlength=len(state.size))
    state.of[offer.rows] = len(state.size) + new
    state.size = np.concatenate((state.size, np.bincount(new)))
    state.loss[offer.rows] = boxes.loss[offer.box]
    state.free = (state.size > demands.k)[state.of]


def _offered(k: int, state: _State, boxes: Grid, threshold: float) -> _Offer:
    """What each donor can spare for each box: any of its rows, for it does not matter which."""
    gain = state.loss[boxes.rows] - boxes.loss[boxes.box]
    gain[~state.free[boxes.rows]] = LOWEST_GAIN
    most = np.add.reduceat(np.maximum(gain, 0), boxes.starts)
    can = np.flatnonzero((most > threshold * k)[boxes.box] & (gain > LOWEST_GAIN))
    spare = state.size - k
    offer = _Offer(boxes.rows[can], boxes.box[can], state.of[boxes.rows[can]], gain[can])
    offer = offer.pick(np.lexsort((offer.donor, offer.box)))
    pair = offer.box.astype(np.int64) * len(state.size) + offer.donor
    return offer.pick(rank_within(pair) < spare[offer.donor])


def _worth(offer: _Offer, k: int, threshold: float, count: int) -> _Offer:
    """Boxes with k rows or more that gain more than the threshold for each; rows that lose come
    in only up to k.
    """
    offer = offer.pick(np.lexsort((offer.rows, -offer.gain, offer.box)))
    offer = offer.pick((rank_within(offer.box) < k) | (offer.gain > 0))
    size = np.bincount(offer.box, minlength=count)
    gain = np.bincount(offer.box, offer.gain, count)
    return offer.pick(((size >= k) & (gain > threshold * size))[offer.box])


def _allowed(table: Table, demands: Demands, state: _State, offer: _Offer) -> _Offer:
    """Without the boxes that do not meet l and t, and those that leave a donor that does not."""
    count = len(state.size)
    while len(offer.rows):
        boxes, new = np.unique(offer.box, return_inverse=True)
        touched = np.zeros(count, dtype=np.bool_)
        touched[offer.donor] = True
        after = state.of.copy()
        after[offer.rows] = count + new
        rows = np.flatnonzero(touched[state.of])
        ok = met(table, demands, rows, after[rows], count + len(boxes))
        wrong = ~ok[count + new] | ~ok[offer.donor]
        if not wrong.any():
            return offer
        bad = np.zeros(len(boxes), dtype=np.bool_)
        bad[new[wrong]] = True
        offer = offer.pick(~bad[new])
    return offer
