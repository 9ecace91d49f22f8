"""Anonymise a file of rows: what goes in comes out coarser, in an order that tells nothing."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from dialog.core.disclosure.microdata.demands import Demands, Distance, unmeetable
from dialog.core.disclosure.microdata.faults import Fault
from dialog.core.disclosure.microdata.hierarchy import Hierarchy
from dialog.core.disclosure.microdata.recoding import Method, Recoding, recode
from dialog.core.disclosure.microdata.risk import Risk, risk
from dialog.core.disclosure.microdata.table import Sensitive, Table, encode, encode_sensitive
from dialog.core.tree import Numbers
from dialog.exports.delimited import Delimited


@dataclass(frozen=True)
class Wish:
    """What is asked for. `population` is how many people the rows come from, if that is known."""

    quasi: tuple[str, ...]
    sensitive: tuple[str, ...] = ()
    demands: Demands = field(default_factory=Demands)
    method: Method = Method.LOCAL
    suppression: float = 0.05
    seed: int = 0
    population: int | None = None


@dataclass(frozen=True)
class Anonymised:
    """Columns as they are published, and what is known of how they came to be."""

    header: tuple[str, ...]
    columns: tuple[Sequence[str], ...]
    recoding: Recoding
    before: Risk


def check_columns(data: Delimited, wish: Wish) -> list[Fault]:
    """Whether the named columns are there, each once."""
    faults = []
    asked = (*wish.quasi, *wish.sensitive)
    for name in dict.fromkeys(asked):
        if name not in data.header:
            about = {"columns": ", ".join(data.header)}
            faults.append(Fault(name, "no_column", about=about))
        elif name in wish.quasi and name in wish.sensitive:
            faults.append(Fault(name, "both"))
        elif asked.count(name) > 1:
            faults.append(Fault(name, "twice"))
    return faults


def encode_rows(
    data: Delimited, hierarchies: Mapping[str, Hierarchy], wish: Wish
) -> tuple[Table, list[Fault]]:
    """The rows as numbers, and every fault there is. All columns and hierarchies must be there."""
    leaves, faults = [], []
    for name in wish.quasi:
        found, missing = encode(hierarchies[name], data.column(name), data.lines)
        leaves.append(found)
        faults += missing
    sensitive = tuple(encode_sensitive(name, data.column(name)) for name in wish.sensitive)
    table = Table(
        tuple(hierarchies[name] for name in wish.quasi), np.stack(leaves, axis=1), sensitive
    )
    faults += unmeetable(table, wish.demands)
    if wish.demands.distance is Distance.ORDERED:
        faults += [_no_number(column) for column in sensitive if not column.numeric]
    return table, faults


def _no_number(column: Sensitive) -> Fault:
    wrong = next(value for value in column.values if not value.strip().isdecimal())
    return Fault(column.name, "not_a_number", about={"value": wrong})


def anonymise(
    data: Delimited,
    table: Table,
    wish: Wish,
    *,
    progress: Callable[[float], None] = lambda _share: None,
) -> Anonymised:
    """The rows as they are published. Their order in `data` changes nothing in what comes out."""
    order = by_content(data.columns)
    recoding = recode(
        table.take(order),
        wish.demands,
        method=wish.method,
        suppression=wish.suppression,
        seed=wish.seed,
        progress=progress,
    )
    columns: list[Sequence[str]] = []
    for name, column in zip(data.header, data.columns, strict=True):
        if name in wish.quasi:
            columns.append(recoding.words[:, wish.quasi.index(name)].tolist())
        else:
            columns.append([column[row] for row in order])
    known = zip(*(data.column(name) for name in wish.quasi), strict=True)
    return Anonymised(
        data.header,
        shuffled(columns, wish.seed),
        recoding,
        risk(known, k=wish.demands.k, population=wish.population),
    )


def by_content(columns: Sequence[Sequence[str | float | None]]) -> Numbers:
    """The order of rows sorted by what they hold: nothing is left of the order they came in."""
    coded = []
    for column in columns:
        values = sorted(set(column), key=lambda value: (str(type(value)), value))
        position = {value: at for at, value in enumerate(values)}
        coded.append(np.array([position[value] for value in column]))
    return np.lexsort(coded[::-1])


def shuffled(columns: Sequence[Sequence[str]], seed: int) -> tuple[Sequence[str], ...]:
    """Rows sorted by what is published of them, then shuffled: whoever undoes the shuffling (the
    seed is no secret) meets the sorted rows.
    """
    order = by_content(columns).tolist()
    random.Random(seed).shuffle(order)  # noqa: S311 - for reproduction, hides nothing
    return tuple([column[row] for row in order] for column in columns)
