"""Check what was written, with nothing of what made it: k, l and t of the rows as they are read.

`*` is a value like any other: a row of stars matches rows of stars and nothing else. (A checker
that lets `*` match anything calls groups large that nobody needs to believe in.)
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True)
class Strict:
    """Of all groups of rows that look the same: how many, the fewest rows, the fewest values of a
    sensitive column, the greatest distances to all rows. Without rows or sensitive columns 0.
    """

    rows: int
    groups: int
    k: int
    l: int  # noqa: E741 - its name in the literature
    t_equal: float
    t_ordered: float


def check(
    rows: Iterable[Mapping[str, str]],
    *,
    quasi: Sequence[str],
    sensitive: Sequence[str],
    left_out: Mapping[str, str] = MappingProxyType({}),
) -> Strict:
    """Read all rows once. `t_ordered` is that of columns where every value is a number (nan if
    there is none). What a sensitive column says of nobody because it was taken out (`left_out`,
    by column) counts neither for l and t nor among the rows that a group is compared to.
    """
    size: Counter[tuple[str, ...]] = Counter()
    held: dict[str, dict[tuple[str, ...], Counter[str]]] = {
        name: defaultdict(Counter) for name in sensitive
    }
    for row in rows:
        key = tuple(row[name] for name in quasi)
        size[key] += 1
        for name in sensitive:
            if row[name] != left_out.get(name):
                held[name][key][row[name]] += 1
    equal: list[float] = []
    ordered: list[float] = []
    for groups in held.values():
        whole = sum(groups.values(), Counter[str]())
        equal += [_equal(part, whole) for part in groups.values()]
        line = _in_order(whole)
        if line is not None:
            ordered += [_ordered(part, whole, line) for part in groups.values()]
    return Strict(
        rows=sum(size.values()),
        groups=len(size),
        k=min(size.values(), default=0),
        l=min((len(part) for groups in held.values() for part in groups.values()), default=0),
        t_equal=max(equal, default=0.0),
        t_ordered=max(ordered, default=0.0) if ordered or not sensitive else math.nan,
    )


def _equal(part: Counter[str], whole: Counter[str]) -> float:
    """Earth mover's distance where all values are equally far apart."""
    n, m = part.total(), whole.total()
    there = sum(abs(count * m - whole[value] * n) for value, count in part.items())
    elsewhere = n * (m - sum(whole[value] for value in part))
    return (there + elsewhere) / (2 * n * m)


def _ordered(part: Counter[str], whole: Counter[str], line: Sequence[str]) -> float:
    """Earth mover's distance where the values stand in a line of length 1."""
    n, m = part.total(), whole.total()
    moved = total = 0
    for value in line:
        moved += part[value] * m - whole[value] * n
        total += abs(moved)
    return total / (n * m * max(len(line) - 1, 1))


def _in_order(values: Iterable[str]) -> list[str] | None:
    try:
        return sorted(values, key=lambda value: (float(value.strip().replace(",", ".")), value))
    except ValueError:
        return None
