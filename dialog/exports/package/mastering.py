"""One master recoding for a round, and every export derived from it.

Two exports that were each protected by itself can undo each other: what one shows fine, the other
shows coarse, and rows that are known by their answers join the two. So a round is protected once,
with all quasi-identifiers that anybody may get; an export is a choice of columns of that, in a new
order. Whatever is joined from such exports is at most the master itself.
"""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from dialog.core.disclosure.microdata.demands import unmeetable
from dialog.core.disclosure.microdata.faults import Fault
from dialog.core.disclosure.microdata.hierarchy import SUPPRESSED, Hierarchy
from dialog.core.disclosure.microdata.recoding import Recoding, recode
from dialog.core.disclosure.microdata.risk import Risk, risk
from dialog.core.disclosure.microdata.table import Table, encode, encode_sensitive
from dialog.core.questionnaire import Text
from dialog.exports.anonymising import Wish, by_content
from dialog.exports.package.variables import Category, Dataset, Form, Value, Variable

REMOVED = Text(sv="Borttaget för att skydda", en="Removed to protect")


@dataclass(frozen=True)
class Master:
    """The protected rows of a round, and what protecting them took."""

    dataset: Dataset
    wish: Wish
    recoding: Recoding
    before: Risk


def protect(
    dataset: Dataset,
    hierarchies: Mapping[str, Hierarchy],
    wish: Wish,
    *,
    progress: Callable[[float], None] = lambda _share: None,
) -> tuple[Master | None, list[Fault]]:
    """Recode the quasi-identifiers of `wish`, or list why that cannot be done.

    The leaves of a hierarchy are what `spoken` makes of the values.
    """
    ordered = in_order(dataset)
    columns = dict(zip(ordered.names, ordered.columns, strict=True))
    variables = dict(zip(ordered.names, ordered.variables, strict=True))
    table, faults = encode_table(ordered, hierarchies, wish)
    faults += unmeetable(table, wish.demands)
    if faults:
        return None, faults
    recoding = recode(
        table,
        wish.demands,
        method=wish.method,
        suppression=wish.suppression,
        seed=wish.seed,
        progress=progress,
    )
    for number, name in enumerate(wish.quasi):
        words: list[Value] = recoding.words[:, number].tolist()
        variables[name] = _published(variables[name], words)
        columns[name] = words
    known = (
        spoken(ordered.variables[at], ordered.columns[at]) for at in _places(ordered, wish.quasi)
    )
    before = risk(zip(*known, strict=True), k=wish.demands.k, population=wish.population)
    rows = Dataset(tuple(variables.values()), tuple(columns.values()))
    return Master(rows, wish, recoding, before), []


def in_order(dataset: Dataset) -> Dataset:
    """The rows sorted by what they hold: nothing is left of the order they came in."""
    order = by_content(dataset.columns).tolist()
    return Dataset(
        dataset.variables, tuple([column[row] for row in order] for column in dataset.columns)
    )


def encode_table(
    dataset: Dataset, hierarchies: Mapping[str, Hierarchy], wish: Wish
) -> tuple[Table, list[Fault]]:
    """The rows as numbers, in their order, and which values are in no hierarchy."""
    leaves, faults = [], []
    for name, at in zip(wish.quasi, _places(dataset, wish.quasi), strict=True):
        said = spoken(dataset.variables[at], dataset.columns[at])
        found, wrong = encode(hierarchies[name], said, range(1, len(said) + 1))
        leaves.append(found)
        faults += wrong
    sensitive = tuple(
        encode_sensitive(name, spoken(dataset.variables[at], dataset.columns[at]))
        for name, at in zip(wish.sensitive, _places(dataset, wish.sensitive), strict=True)
    )
    trees = tuple(hierarchies[name] for name in wish.quasi)
    return Table(trees, np.stack(leaves, axis=1), sensitive), faults


def _places(dataset: Dataset, names: Sequence[str]) -> list[int]:
    return [dataset.names.index(name) for name in names]


def spoken(variable: Variable, column: Sequence[Value]) -> list[str]:
    """Each value as its hierarchy calls it: the option's name, the number, or nothing."""
    names = {category.code: category.name for category in variable.categories}
    return ["" if value is None else names.get(value) or str(value) for value in column]  # type: ignore[arg-type]


def _published(variable: Variable, words: Sequence[Value]) -> Variable:
    """The variable with published words for values; their meaning where it is known."""
    texts = {category.name: category.text for category in variable.categories}
    texts[SUPPRESSED] = REMOVED
    categories = tuple(
        Category(word, texts[word], word, missing=word == SUPPRESSED)
        for word in sorted({str(word) for word in words})
        if word in texts
    )
    return replace(variable, form=Form.TEXT, categories=categories, ordered=False, quasi=True)


def derive(master: Master, names: Sequence[str], *, seed: int = 0) -> Dataset:
    """The chosen variables of the master in its order of columns; rows in their own order."""
    return choose(master.dataset, names, seed=seed)


def choose(rows: Dataset, names: Sequence[str], *, seed: int = 0) -> Dataset:
    """The same of the rows of a master that was kept."""
    chosen = [at for at, name in enumerate(rows.names) if name in set(names)]
    columns = [rows.columns[at] for at in chosen]
    order = by_content(columns).tolist()
    kept = tuple(rows.variables[at] for at in chosen)
    told = f"{seed} {' '.join(variable.name for variable in kept)}"
    random.Random(told).shuffle(order)  # noqa: S311 - for reproduction, hides nothing
    return Dataset(kept, tuple([column[row] for row in order] for column in columns))
