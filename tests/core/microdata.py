"""Random hierarchies and rows, and slow checks that share nothing with what they check."""

from collections import Counter
from collections.abc import Sequence
from itertools import product

import numpy as np
from hypothesis import strategies as st

from dialog.core.disclosure.microdata.demands import Demands
from dialog.core.disclosure.microdata.hierarchy import Hierarchy, read_hierarchy
from dialog.core.disclosure.microdata.table import Table, encode, encode_sensitive

Rows = list[tuple[str, ...]]


@st.composite
def hierarchies(draw: st.DrawFn, name: str = "a") -> Hierarchy:
    """Up to eight values under up to three levels of groups; some groups hold one value only."""
    size = draw(st.integers(1, 8))
    line = [[f"{name}{leaf}"] for leaf in range(size)]
    groups = list(range(size))
    for level in range(draw(st.integers(0, 3))):
        above = {group: draw(st.integers(0, 3)) for group in sorted(set(groups))}
        groups = [above[group] for group in groups]
        for cells, group in zip(line, groups, strict=True):
            cells.append(f"{name}-{level}-{group}")
    return hierarchy_of(name, [(*cells, "*") for cells in line])


def hierarchy_of(name: str, lines: Sequence[Sequence[str]]) -> Hierarchy:
    made, faults = read_hierarchy(name, enumerate(lines, 1))
    assert made is not None, faults
    return made


def table_of(
    hierarchies: Sequence[Hierarchy], rows: Sequence[tuple[str, ...]], sensitive: Sequence[str] = ()
) -> Table:
    leaves = [
        encode(hierarchy, [row[column] for row in rows], range(len(rows)))[0]
        for column, hierarchy in enumerate(hierarchies)
    ]
    known = (encode_sensitive("s", sensitive),) if sensitive else ()
    return Table(tuple(hierarchies), np.stack(leaves, axis=1), known)


@st.composite
def tables(draw: st.DrawFn, *, most: int = 60) -> tuple[Table, Rows, list[str]]:
    """A table with one to four columns; its rows; what is sensitive of each."""
    columns = [draw(hierarchies(name)) for name in "abcd"[: draw(st.integers(1, 4))]]
    count = draw(st.integers(2, most))
    rows = [
        tuple(draw(st.sampled_from(column.words[0])) for column in columns) for _row in range(count)
    ]
    sensitive = [draw(st.sampled_from("1234")) for _row in range(count)]
    return table_of(columns, rows, sensitive), rows, sensitive


def demands() -> st.SearchStrategy[Demands]:
    return st.builds(
        Demands, k=st.integers(2, 5), l=st.integers(1, 2), t=st.sampled_from([1.0, 0.5, 0.2])
    )


def naive_loss(hierarchy: Hierarchy, leaf: str, word: str) -> float:
    """LM of a value published as `word`, by counting in the hierarchy's own lines."""
    if word == "*" and hierarchy.words[0] != ("*",):
        covered = len(hierarchy.words[0])
    else:
        at = hierarchy.words[0].index(leaf)
        level = next(number for number, row in enumerate(hierarchy.words) if row[at] == word)
        covered = hierarchy.words[level].count(word)
    return (covered - 1) / max(len(hierarchy.words[0]) - 1, 1)


def naive_demands(words: Rows, sensitive: list[str], asked: Demands) -> bool:
    """k, l and t (equal distances) of published rows."""
    whole = Counter(sensitive)
    for key, size in Counter(words).items():
        held = Counter(s for row, s in zip(words, sensitive, strict=True) if row == key)
        far = sum(abs(held[v] / size - whole[v] / len(words)) for v in whole) / 2
        if size < asked.k or len(held) < asked.l or far > asked.t + 1e-9:
            return False
    return True


def naive_best(hierarchies: Sequence[Hierarchy], rows: Rows, k: int, most: int) -> float:
    """The least sum of LM of all combinations of levels, k alone; every combination is tried."""
    best = float("inf")
    for levels in product(*(range(len(hierarchy.words)) for hierarchy in hierarchies)):
        best = min(best, _naive_levels(hierarchies, rows, k, most, levels))
    return best


def _naive_levels(
    hierarchies: Sequence[Hierarchy], rows: Rows, k: int, most: int, levels: tuple[int, ...]
) -> float:
    lines = [h.words[0] for h in hierarchies]
    words = [
        tuple(
            h.words[level][line.index(value)]
            for h, level, line, value in zip(hierarchies, levels, lines, row, strict=True)
        )
        for row in rows
    ]
    lost = [
        sum(
            _cell(h, level, value) for h, level, value in zip(hierarchies, levels, row, strict=True)
        )
        for row in rows
    ]
    size = Counter(words)
    out = {key for key, count in size.items() if count < k}
    stars = sum(size[key] for key in out)
    if 0 < stars < k:  # the stars must be k too: the group joins that loses least by it
        whole = len(hierarchies)
        left = [key for key in size if key not in out]
        if not left:
            return float("inf")
        joins = min(
            sum(whole - n for word, n in zip(words, lost, strict=True) if word == key)
            for key in left
        )
        kept = sum(n for word, n in zip(words, lost, strict=True) if word not in out)
        least = [
            key
            for key in left
            if abs(
                sum(whole - n for word, n in zip(words, lost, strict=True) if word == key) - joins
            )
            < 1e-9
        ]
        totals = [kept + joins + stars * whole for key in least if stars + size[key] <= most]
        return min(totals, default=float("inf"))
    if stars > most:
        return float("inf")
    return sum(len(hierarchies) if word in out else n for word, n in zip(words, lost, strict=True))


def _cell(hierarchy: Hierarchy, level: int, value: str) -> float:
    word = hierarchy.words[level][hierarchy.words[0].index(value)]
    covered = hierarchy.words[level].count(word)
    return (covered - 1) / max(len(hierarchy.words[0]) - 1, 1)
