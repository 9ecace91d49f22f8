"""What a release must not say, one function for each: what is wrong, read from its files alone."""

from collections.abc import Iterator, Mapping
from itertools import product

from dialog.core.published import one_decimal
from tests.protecting.attacker import Seen


def thin(seen: Seen, k: int) -> list[str]:
    """Figures of fewer than k."""
    return [
        f"{item} {place}: {n}"
        for item, counts in seen.counts.items()
        for place, n in counts.items()
        if n < k
    ]


def unanimous(seen: Seen) -> list[str]:
    """Groups and questions of which it is said that everybody gave the same answer, or how many
    gave one where nearly all gave another; and those whose mean is at an end of the scale.
    """
    groups: dict[tuple[str, str, str], list[dict[str, str]]] = {}
    for row in seen.rows:
        groups.setdefault((row["item"], row["unit"], row["level"]), []).append(row)
    return [" ".join(group) for group, rows in groups.items() if _tells_that_all_agree(rows)]


def _tells_that_all_agree(rows: list[dict[str, str]]) -> bool:
    names = [float(row["category"]) for row in rows if row["category"]]
    ends = {min(names), max(names)} if names else set()
    bounded = any(row["share"] == ">=90" for row in rows)
    return any(
        row["share"] == "100"
        or (row["mean"] and float(row["mean"]) in ends)
        or (bounded and row["category"] and row["n"])
        for row in rows
    )


def solved(seen: Seen) -> list[str]:
    """Hidden categories of coarsened groups that n, bounds and mean leave one number for."""
    bounds: dict[tuple[str, str, str], dict[str, str]] = {}
    means: dict[tuple[str, str, str], str] = {}
    for row in seen.rows:
        group = (row["unit"], row["level"], row["item"])
        if row["category"] and not row["n"] and row["share"]:
            bounds.setdefault(group, {})[row["category"]] = row["share"]
        elif row["item"] and not row["category"]:
            means[group] = row["mean"]
    told = []
    for group, shares in bounds.items():
        n = seen.counts[group[2]][group[:2]]
        possible = list(_tables(shares, n, means[group]))
        for at, name in enumerate(shares):
            if len({table[at] for table in possible}) == 1:
                told.append(f"{group} {name}")
    return told


def _tables(shares: Mapping[str, str], n: int, mean: str) -> Iterator[tuple[int, ...]]:
    """All counts of the categories that agree with what is published of them."""
    ranges = [
        range(-(-n * 9 // 10), n + 1) if share == ">=90" else range(n // 10 + 1)
        for share in shares.values()
    ]
    for table in product(*ranges):
        if sum(table) == n and (not mean or float(mean) == _mean(shares, table)):
            yield table


def _mean(shares: Mapping[str, str], table: tuple[int, ...]) -> float:
    worth = sum(float(name) * count for name, count in zip(shares, table, strict=True))
    return one_decimal(worth / sum(table))
