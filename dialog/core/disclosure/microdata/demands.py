"""What every group of rows with the same published values must meet: k, l and t.

- k-anonymity (Sweeney 2002): at least k rows.
- distinct l-diversity (Machanavajjhala et al. 2007): at least l values of each sensitive column.
- t-closeness (Li, Li & Venkatasubramanian 2007): the earth mover's distance between the group's
  distribution and that of all rows is at most t; with `equal` distances between values (half the
  sum of differences), or `ordered` ones (neighbouring values 1/(m-1) apart). `ordered` is never
  more than `equal`, so what holds for `equal` holds for both.

Two groups that both meet this still do when put together: sizes and values add up, and both
distances are convex.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from dialog.core.disclosure.microdata.faults import Fault
from dialog.core.disclosure.microdata.hierarchy import Floats
from dialog.core.disclosure.microdata.table import Sensitive, Table
from dialog.core.tree import Flags, Numbers

AT_A_TIME = 2_000_000  # cells of a histogram of groups by values
TOLERANCE = 1e-9


class Distance(StrEnum):
    EQUAL = "equal"
    ORDERED = "ordered"


@dataclass(frozen=True)
class Demands:
    """`l` 1 and `t` 1 ask for nothing."""

    k: int = 10
    l: int = 1  # noqa: E741 - its name in the literature
    t: float = 1.0
    distance: Distance = Distance.EQUAL

    @property
    def about_values(self) -> bool:
        """Whether it matters which sensitive values there are, not only how many rows."""
        return self.l > 1 or self.t < 1


def unmeetable(table: Table, demands: Demands) -> list[Fault]:
    """Why not even all rows as one group would meet the demands (t they always do)."""
    faults = []
    if len(table) < demands.k:
        about = {"rows": str(len(table)), "k": str(demands.k)}
        faults.append(Fault("", "few_rows", about=about))
    for column in table.sensitive:
        if len(column.values) < demands.l:
            about = {"values": str(len(column.values)), "l": str(demands.l)}
            faults.append(Fault(column.name, "few_values", about=about))
    return faults


def met(table: Table, demands: Demands, rows: Numbers, groups: Numbers, count: int) -> Flags:
    """Whether each of `count` groups meets the demands; `groups[i]` is that of `rows[i]`."""
    ok = np.asarray(np.bincount(groups, minlength=count) >= demands.k)
    if demands.about_values:
        for column in table.sensitive:
            distinct, far = _values(column, rows, groups, count, demands.distance)
            ok &= (distinct >= demands.l) & (far <= demands.t + TOLERANCE)
    return ok


def _values(
    column: Sensitive, rows: Numbers, groups: Numbers, count: int, distance: Distance
) -> tuple[Numbers, Floats]:
    """Each group's number of values, and its distance from all rows; some groups at a time."""
    values = len(column.values)
    codes = column.codes[rows]
    step = max(1, AT_A_TIME // values)
    if count > step:  # in order of groups, to take some at a time
        order = np.argsort(groups, kind="stable")
        groups, codes = groups[order], codes[order]
    distinct, far = np.zeros(count, dtype=np.int64), np.zeros(count)
    for start in range(0, count, step):
        stop = min(start + step, count)
        low, high = np.searchsorted(groups, (start, stop)) if count > step else (0, len(groups))
        cells = (groups[low:high] - start) * values + codes[low:high]
        histogram = np.bincount(cells, minlength=(stop - start) * values).reshape(-1, values)
        distinct[start:stop] = (histogram > 0).sum(axis=1)
        share = histogram / np.maximum(histogram.sum(axis=1, keepdims=True), 1)
        far[start:stop] = _distance(share - column.shares, distance)
    return distinct, far


def _distance(difference: Floats, distance: Distance) -> Floats:
    if distance is Distance.ORDERED:
        steps = max(difference.shape[1] - 1, 1)
        return np.asarray(np.abs(np.cumsum(difference, axis=1)).sum(axis=1) / steps)
    return np.asarray(np.abs(difference).sum(axis=1) / 2)
