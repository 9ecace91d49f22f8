"""The rows as numbers: a leaf of its hierarchy for each quasi-identifier, codes for what is
sensitive.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from dialog.core.disclosure.microdata.faults import Fault
from dialog.core.disclosure.microdata.hierarchy import Floats, Hierarchy
from dialog.core.tree import Numbers

MOST_TOLD = 20  # values of one column that are listed one by one


@dataclass(frozen=True)
class Sensitive:
    """`codes[row]` is a position in `values`, which are sorted: as numbers where all are.
    `shares` is the distribution of all rows there are, of which these may be some.
    """

    name: str
    values: tuple[str, ...]
    codes: Numbers
    numeric: bool
    shares: Floats


@dataclass(frozen=True)
class Table:
    """`leaves[row, column]` for the column's hierarchy; sensitive columns beside."""

    hierarchies: tuple[Hierarchy, ...]
    leaves: Numbers
    sensitive: tuple[Sensitive, ...] = ()

    def __len__(self) -> int:
        return len(self.leaves)

    def take(self, rows: Numbers) -> "Table":
        """These rows, in this order."""
        sensitive = (replace(column, codes=column.codes[rows]) for column in self.sensitive)
        return Table(self.hierarchies, self.leaves[rows], tuple(sensitive))


def encode(
    hierarchy: Hierarchy, values: Sequence[str], lines: Sequence[int]
) -> tuple[Numbers, list[Fault]]:
    """Each value's leaf; those that are not in the hierarchy are faults. `lines` says where each
    value stands in its file.
    """
    positions = hierarchy.positions()
    leaves = np.array([positions.get(value, -1) for value in values], dtype=np.int64)
    missing = np.flatnonzero(leaves < 0).tolist()
    if not missing:
        return leaves, []
    first: dict[str, int] = {}
    for row in missing:
        first.setdefault(values[row], lines[row])
    count = Counter(values[row] for row in missing)
    told = list(first)[:MOST_TOLD]
    faults = [
        Fault(
            hierarchy.name,
            "not_in_hierarchy",
            about={"value": value, "rows": str(count[value]), "line": str(first[value])},
        )
        for value in told
    ]
    if len(first) > len(told):
        about = {"values": str(len(first) - len(told))}
        faults.append(Fault(hierarchy.name, "more_values", about=about))
    return leaves, faults


def encode_sensitive(name: str, values: Sequence[str]) -> Sensitive:
    """Codes of a sensitive column, in the order of numbers where every value is one."""
    distinct = set(values)
    numbers: Mapping[str, float] = {v: n for v in distinct if (n := number(v)) is not None}
    numeric = len(numbers) == len(distinct)
    ordered = sorted(distinct, key=lambda v: (numbers[v], v) if numeric else (0.0, v))
    position = {value: code for code, value in enumerate(ordered)}
    codes = np.array([position[value] for value in values], dtype=np.int64)
    shares = np.bincount(codes, minlength=len(ordered)) / max(len(codes), 1)
    return Sensitive(name, tuple(ordered), codes, numeric, shares)


def number(text: str) -> float | None:
    """The finite number that is written, with point or comma, else None."""
    try:
        value = float(text.strip().replace(",", "."))
    except ValueError:
        return None
    return value if np.isfinite(value) else None
