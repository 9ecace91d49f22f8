"""Hierarchies that are proposed where nobody has drawn one: numbers in bands, units by their tree,
values in named groups.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from dialog.core.disclosure.microdata.hierarchy import SUPPRESSED
from dialog.core.tree import line_of

AGE_BANDS = (5, 10, 20)
YEAR_BANDS = (5, 10)  # years employed

Line = tuple[str, ...]


def banded(values: Iterable[int], widths: Sequence[int]) -> list[Line]:
    """Each number, in ever wider bands: 23 → 20-24, 20-29, 20-39, *. Each width is a multiple of
    the one before; ValueError if not.
    """
    for narrow, wide in pairwise(widths):
        if wide % narrow:
            raise ValueError(f"{wide} is not a multiple of {narrow}")
    return [
        (str(value), *(_band(value, width) for width in widths), SUPPRESSED)
        for value in sorted(set(values))
    ]


def _band(value: int, width: int) -> str:
    low = value // width * width
    return f"{low}-{low + width - 1}" if low >= 0 else f"{low} – {low + width - 1}"


def from_tree(parents: Mapping[str, str | None]) -> list[Line]:
    """Units (each with its parent, None at the root): a line from each unit to the top.

    A unit higher up in the tree stands for itself until its own depth is reached. The whole region
    is `*`.
    """
    lines = {unit: line_of(unit, parents)[::-1] for unit in parents}
    deepest = max(map(len, lines.values()), default=0)
    made = []
    for unit in sorted(lines):
        line = lines[unit]
        down = [line[min(depth, len(line) - 1)] for depth in range(1, deepest)] or [unit]
        made.append((unit, *reversed(down[:-1]), SUPPRESSED))
    return made


def grouped(groups: Mapping[str, Iterable[str]]) -> list[Line]:
    """Values in named groups: (value, group, *)."""
    return [
        (value, group, SUPPRESSED) for group, values in groups.items() for value in sorted(values)
    ]


def flat(values: Iterable[str]) -> list[Line]:
    """Values that can only be shown or suppressed."""
    return [(value, SUPPRESSED) for value in sorted(set(values))]
