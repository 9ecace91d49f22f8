"""What the protection of a round costs, and which variable costs the others most.

The cost of a variable to the others is measured: the rows are recoded once more without it. For
large rounds that is done on every n-th row in the order of content, which is said beside it.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any, Final

import numpy as np

from dialog.core.disclosure.microdata.demands import unmeetable
from dialog.core.disclosure.microdata.recoding import recode
from dialog.core.disclosure.microdata.risk import risk
from dialog.core.disclosure.microdata.table import Table
from dialog.exports.anonymising import Wish

SAMPLE: Final = 6_000  # rows


def of_others(
    table: Table, wish: Wish, *, progress: Callable[[float], None]
) -> dict[str, tuple[float, float]]:
    """For each variable: the mean loss of the others with it and without it. Empty for one alone,
    and for one without which too few rows would be left to compare.
    """
    step = max(1, -(-len(table) // SAMPLE))
    some = table.take(np.arange(0, len(table), step))
    if len(wish.quasi) == 1 or unmeetable(some, wish.demands):
        return {}
    together = recode(some, wish.demands, method=wish.method, seed=wish.seed).loss
    found = {}
    for at, name in enumerate(wish.quasi):
        progress(at / len(wish.quasi))
        others = [other for other in range(len(wish.quasi)) if other != at]
        fewer = Table(
            tuple(some.hierarchies[other] for other in others),
            some.leaves[:, others],
            some.sensitive,
        )
        apart = recode(fewer, wish.demands, method=wish.method, seed=wish.seed).loss
        found[name] = (float(together[others].mean()), float(apart.mean()))
    return found


def groups_of(columns: Sequence[Iterable[Any]]) -> list[tuple[list[str], int]]:
    """The protected groups: what is published of each, and how many rows have it. No group is
    smaller than k, so this tells no more than an export does.
    """
    counted = Counter(zip(*columns, strict=True))
    return [([str(word) for word in words], count) for words, count in sorted(counted.items())]


def risk_of(report: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    """The risk in an export with only these of the quasi-identifiers; see core's `risk`."""
    places = [at for at, name in enumerate(report["quasi"]) if name in set(names)]
    rows = (
        tuple(words[at] for at in places)
        for words, count in report["groups"]
        for _row in range(count)
    )
    return asdict(risk(rows, k=report["k"]))


def loss_of(report: Mapping[str, Any], names: Sequence[str]) -> float:
    """The mean loss LM of these quasi-identifiers, from 0 to 1; 0 if there are none."""
    lost = [report["loss"][name] for name in report["quasi"] if name in set(names)]
    return sum(lost) / len(lost) if lost else 0.0
