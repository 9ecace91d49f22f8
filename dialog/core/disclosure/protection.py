"""From a round's counts to its published groups, and the record of what was proved of them."""

from collections.abc import Collection, Iterator, Mapping, Sequence

import numpy as np

from dialog.core.disclosure.earlier import Earlier
from dialog.core.disclosure.hiding import hide_one
from dialog.core.disclosure.policy import ALL_TABLES, Place, Policy, Tables, declared
from dialog.core.disclosure.record import Record
from dialog.core.disclosure.repair import BeyondRepairError
from dialog.core.disclosure.rules import Progress, Rules, no_progress
from dialog.core.disclosure.sums import Pattern
from dialog.core.disclosure.values import Figures, publish_item, publish_score
from dialog.core.published import PublishedGroup, PublishedItem, PublishedScore, percent
from dialog.core.questionnaire import Item, Kind, Questionnaire, Scale
from dialog.core.tabulation import Count, Table
from dialog.core.tree import Floats, Numbers


class Protection:
    """What may be published of a table. `record` says what the audit proved. Without `values` only
    counts are audited, which takes seconds where the ranges of hidden values take minutes.

    With `earlier` releases of the same people, all is audited together with them; `unseen` are the
    places of the table that only say who was where then. Of the items `withheld` nothing is shown.
    Raises UntoldError, BeyondRepairError.
    """

    def __init__(
        self,
        table: Table,
        *,
        questionnaire: Questionnaire,
        policy: Policy,
        places: Mapping[str, Place],
        tables: Tables = ALL_TABLES,
        values: bool = True,
        progress: Progress = no_progress,
        earlier: Sequence[Earlier] = (),
        unseen: Collection[str] = (),
        withheld: Collection[str] = (),
    ) -> None:
        self._table, self._places, self._least = table, places, policy.least
        self._listed = declared(table.tree, table.levels, tables, unseen)
        allowed = self._listed
        while True:
            try:
                self._rules = Rules(
                    table,
                    questionnaire,
                    policy,
                    allowed=allowed,
                    values=values,
                    earlier=earlier,
                    withheld=withheld,
                    progress=progress,
                )
                self.record: Record = self._rules.decide()
            except BeyondRepairError as beyond:
                allowed = _without(table, allowed, beyond)
            else:
                break

    @property
    def whole_hidden(self) -> bool:
        """Whether a whole of at least k may not be shown: an earlier release would betray what
        has changed. (Of several trees one may be too small to be shown in any case.)
        """
        roots = self._table.tree.roots
        enough = self._table.n[roots].sum(axis=1) >= self._least
        return bool((enough & ~self._rules.groups.units[roots]).any())

    def groups(self) -> Iterator[PublishedGroup]:
        """Every declared group in tree order, with the figures that may be published of it.

        `places` holds each unit by code. What depends on the answers is only which figures are
        there, never which groups are listed or in which order.
        """
        for unit in np.flatnonzero(self._listed.units):
            code = self._table.tree.codes[unit]
            for column in (-1, *np.flatnonzero(self._listed.levels[unit])):
                yield _group(self._rules, int(unit), int(column), self._places[code])


def _without(table: Table, allowed: Pattern, beyond: BeyondRepairError) -> Pattern:
    """`allowed` without a group that a question of an earlier release would betray. Raises the
    error again where there is none.
    """
    fewer = Pattern(allowed.units.copy(), allowed.levels.copy())
    hide_one(table.tree, table.n, fewer, beyond.outer)
    if (fewer.units == allowed.units).all() and (fewer.levels == allowed.levels).all():
        raise beyond
    return fewer


def _group(rules: Rules, unit: int, column: int, place: Place) -> PublishedGroup:
    table, tree = rules.table, rules.table.tree
    parent = int(tree.parent[unit])
    here = PublishedGroup(
        unit=tree.codes[unit],
        name=place.name,
        parent=tree.codes[parent] if parent >= 0 else "",
        depth=int(tree.depth[unit]) if place.depth is None else place.depth,
        level=table.levels[column] if column >= 0 else "",
    )
    if not _visible(rules.groups, unit, column):
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


def _items(rules: Rules, unit: int, column: int) -> dict[str, PublishedItem]:
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
    rules: Rules, unit: int, column: int, published: Mapping[str, PublishedItem]
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
