"""The rules of a release: what may be counted, with which k, and what each figure may say."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from dialog.core.columns import filters
from dialog.core.disclosure.homogeneous import hide_homogeneous
from dialog.core.disclosure.suppression import CROSSED_DEPTH, Pattern, protect_counts
from dialog.core.disclosure.values import Figures, publish_item, publish_score
from dialog.core.levels import Level
from dialog.core.published import PublishedGroup, PublishedItem, PublishedScore, percent
from dialog.core.questionnaire import Item, Kind, Questionnaire, Scale, Test, items
from dialog.core.tabulation import Count, Floats, Table
from dialog.core.tree import Numbers, Tree

LEVELS = tuple(level.value for level in Level)


@dataclass(frozen=True)
class Policy:
    """The smallest group that anything is said of; a larger one for sensitive questions."""

    k: int = 10
    k_sensitive: int = 20

    def k_of(self, *asked: Item) -> int:
        sensitive = any(item.sensitive for item in asked)
        return max(self.k, self.k_sensitive) if sensitive else self.k


@dataclass(frozen=True)
class Place:
    """A unit as the release shows it. `invited` counts it and all below it; 0: not known."""

    name: str
    invited: int = 0


@dataclass(frozen=True)
class Tables:
    """What was declared before the round opened: by unit (else the whole only), by level."""

    units: bool = True
    levels: bool = True


ALL_TABLES = Tables()


def declared(tree: Tree, levels: tuple[str, ...], tables: Tables) -> Pattern:
    """The closed set of tables: every unit; levels of region, förvaltning and verksamhet; elected
    representatives of the whole region only.
    """
    units = (tree.depth == 0) | tables.units
    crossed = np.zeros((len(tree), len(levels)), dtype=bool)
    crossed[units & (tree.depth <= CROSSED_DEPTH)] = tables.levels
    if Level.ELECTED in levels:
        crossed[tree.depth > 0, levels.index(Level.ELECTED)] = False
    return Pattern(units, crossed)


def protect(
    table: Table,
    *,
    questionnaire: Questionnaire,
    policy: Policy,
    places: Mapping[str, Place],
    tables: Tables = ALL_TABLES,
) -> Iterator[PublishedGroup]:
    """Every declared group in tree order, with the figures that may be published of it.

    `places` holds each unit by code. What depends on the answers is only which figures are there,
    never which groups are listed or in which order.
    """
    rules = _Rules(table, questionnaire, policy)
    listed = declared(table.tree, table.levels, tables)
    shown = rules.groups(listed)
    for unit in np.flatnonzero(listed.units):
        code = table.tree.codes[unit]
        for column in (-1, *np.flatnonzero(listed.levels[unit])):
            yield _group(rules, shown, int(unit), int(column), places[code])


class _Rules:
    """Where each item and score may be shown: one pattern for each."""

    def __init__(self, table: Table, questionnaire: Questionnaire, policy: Policy) -> None:
        self.table, self.policy = table, policy
        self.known = {i.name: i for i in items(questionnaire) if i.name in table.items}
        self.scales = {s.name: s for s in questionnaire.scales if s.name in table.scores}
        self.tests: Mapping[str, tuple[Test, ...]] = {
            question: tuple(test for test in tests if test in table.passing)
            for question, tests in filters(questionnaire).items()
        }
        self.items: dict[str, Pattern] = {}
        self.scores: dict[str, Pattern] = {}

        self._nested: dict[int, Pattern] = {}

    def groups(self, allowed: Pattern) -> Pattern:
        """The pattern of the groups; those of items and scores lie within it, the sensitive ones
        within that of their own k.
        """
        ordinary = self._protect(self.table.n, self.policy.k, allowed)
        self._nested[self.policy.k] = ordinary
        for name, item in self.known.items():
            self.items[name] = self._item(item)
        for name, scale in self.scales.items():
            k = self.policy.k_of(*(self.known[part] for part in scale.items))
            self.scores[name] = self._protect(self.table.scores[name].n, k, self._within(k))
        return ordinary

    def _item(self, item: Item) -> Pattern:
        k = self.policy.k_of(item)
        pattern = self._protect(self.table.items[item.name].n, k, self._within(k))
        for test, passing in self.table.passing.items():
            if test.item == item.name:  # a filter: its "ja" is the group of its follow-ups
                pattern &= self._protect(passing, k, pattern, zero=True)
        for test in self.tests.get(item.question, ()):
            pattern &= self._protect(self.table.passing[test], k, pattern)
        count = self.table.items[item.name]
        if count.categories is None:
            return pattern
        return hide_homogeneous(self.table.tree, count.n, count.categories, pattern=pattern)

    def _within(self, k: int) -> Pattern:
        if k not in self._nested:
            self._nested[k] = self._protect(self.table.n, k, self._nested[self.policy.k])
        return self._nested[k]

    def _protect(self, counts: Numbers, k: int, allowed: Pattern, *, zero: bool = False) -> Pattern:
        return protect_counts(self.table.tree, counts, k=k, allowed=allowed, zero=zero)


def _group(rules: _Rules, shown: Pattern, unit: int, column: int, place: Place) -> PublishedGroup:
    table, tree = rules.table, rules.table.tree
    parent = int(tree.parent[unit])
    here = PublishedGroup(
        unit=tree.codes[unit],
        name=place.name,
        parent=tree.codes[parent] if parent >= 0 else "",
        depth=int(tree.depth[unit]),
        level=table.levels[column] if column >= 0 else "",
    )
    if not _visible(shown, unit, column):
        return here
    n = int(_at(table.n, unit, column))
    published = _items(rules, unit, column)
    return PublishedGroup(
        unit=here.unit,
        name=here.name,
        parent=here.parent,
        depth=here.depth,
        level=here.level,
        n=n,
        rate=percent(n, place.invited) if column < 0 and place.invited >= n else None,
        items=published,
        scores=_scores(rules, unit, column, published),
    )


def _items(rules: _Rules, unit: int, column: int) -> dict[str, PublishedItem]:
    found: dict[str, PublishedItem] = {}
    for name, item in rules.known.items():
        if not _visible(rules.items[name], unit, column):
            continue
        # Where a filter is hidden or coarsened, how many went on would give its share away.
        let_on = [found.get(test.item) for test in rules.tests.get(item.question, ())]
        if all(by is not None and not by.coarsened for by in let_on):
            found[name] = publish_item(_figures(item, rules.table.items[name], unit, column))
    return found


def _scores(
    rules: _Rules, unit: int, column: int, published: Mapping[str, PublishedItem]
) -> dict[str, PublishedScore]:
    found: dict[str, PublishedScore] = {}
    for name, scale in rules.scales.items():
        if _visible(rules.scores[name], unit, column):
            score = _score(rules.table.scores[name], scale, unit, column, published)
            if score is not None:
                found[name] = score
    return found


def _score(
    count: Count, scale: Scale, unit: int, column: int, published: Mapping[str, PublishedItem]
) -> PublishedScore | None:
    total = 0.0 if count.total is None else _at(count.total, unit, column)
    parts = [published.get(name) for name in scale.items]
    return publish_score(int(_at(count.n, unit, column)), total, parts)


def _figures(item: Item, count: Count, unit: int, column: int) -> Figures:
    counts: tuple[int, ...] = ()
    if count.categories is not None:
        here = count.categories[unit]
        counts = tuple((here.sum(axis=0) if column < 0 else here[column]).tolist())
    total = None if item.kind is Kind.DATE else count.total
    return Figures(
        n=int(_at(count.n, unit, column)),
        counts=counts,
        total=None if total is None else _at(total, unit, column),
        several=item.kind is Kind.MULTIPLE,
        most=0 if count.most is None or total is None else int(count.most[unit, column + 1]),
    )


def _visible(pattern: Pattern, unit: int, column: int) -> bool:
    return bool(pattern.units[unit] if column < 0 else pattern.levels[unit, column])


def _at(counts: Numbers | Floats, unit: int, column: int) -> float:
    """At one level, or at all (-1)."""
    return float(counts[unit].sum() if column < 0 else counts[unit, column])
