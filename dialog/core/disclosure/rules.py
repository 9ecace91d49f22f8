"""Where each question, filter and scale of a release may be shown: one pattern for each.

The groups come first; those of questions lie within them, the sensitive ones within the pattern
of their own k. A question is audited together with the groups, a filter's "ja" together with the
filter, a follow-up together with the "ja": the counts lie within each other, and what two of them
leave open separately they may settle jointly.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from dialog.core.columns import categories, filters
from dialog.core.disclosure.alike_before import Answers
from dialog.core.disclosure.earlier import Earlier, History
from dialog.core.disclosure.homogeneous import hide_homogeneous
from dialog.core.disclosure.let_on import let_on, name_of
from dialog.core.disclosure.policy import Policy
from dialog.core.disclosure.ranging import hide_known_values
from dialog.core.disclosure.record import Check, Record
from dialog.core.disclosure.repair import Repaired, protect_counts
from dialog.core.disclosure.settling import settle
from dialog.core.disclosure.sums import Layer, Pattern, Sums, own_counts, published_sums
from dialog.core.questionnaire import Item, Questionnaire, Scale, Test, items
from dialog.core.tabulation import Count, Table
from dialog.core.tree import Numbers
from dialog.core.written import SCALE

# Steps done, of how many: one for each question and scale; with earlier releases two, for first
# the groups are settled beside what they said of it.
Progress = Callable[[int, int], None]


def no_progress(_done: int, _of: int) -> None:
    """Nobody waits to be told."""


class Rules:
    """The patterns of a table's groups, items and scores, and the record of their audit."""

    def __init__(
        self,
        table: Table,
        questionnaire: Questionnaire,
        policy: Policy,
        *,
        allowed: Pattern,
        values: bool = True,
        earlier: Sequence[Earlier] = (),
        withheld: Collection[str] = (),
        progress: Progress = no_progress,
    ) -> None:
        """With `values`, what is published of the answers is audited too, and not only counts. Of
        the items and scales `withheld` nothing is shown, nor of scales with one of the items.
        """
        self._withheld = frozenset(withheld)
        self.table, self.policy, self._values = table, policy, values
        self.known = {i.name: i for i in items(questionnaire) if i.name in table.items}
        told = [self._with_let_on(one) for one in earlier]
        self._history = History(table.tree, table.levels, told)
        self.scales = {s.name: s for s in questionnaire.scales if s.name in table.scores}
        self.tests: Mapping[str, tuple[Test, ...]] = {
            question: tuple(test for test in tests if test in table.passing)
            for question, tests in filters(questionnaire).items()
        }
        self._checks: list[Check] = []
        self._met: list[Repaired] = []
        self._steps = self._count_steps(progress)
        self.groups = self._protect(table.n, policy.least, allowed, name="")
        next(self._steps)
        if self._history:
            self.groups = self._settled(self.groups)
        self._everybody = self._layer(table.n, self.groups, policy.least, name="")
        self._check("", policy.least, self.groups)
        self._nested = {policy.least: self.groups}
        self.items: dict[str, Pattern] = {}
        self.scores: dict[str, Pattern] = {}

    def _settled(self, groups: Pattern) -> Pattern:
        """The part of `groups` that betrays nobody beside what earlier releases said of questions
        and scales, also of those withheld now.
        """
        table, least = self.table, self.policy.least
        before = self._history.sums("", own_counts(table.tree, table.n))
        asked = [(name, table.items[name].n, [item]) for name, item in self.known.items()]
        for name, scale in self.scales.items():
            parts = [self.known[part] for part in scale.items]
            asked.append((SCALE + name, table.scores[name].n, parts))
        for test, passing in table.passing.items():  # of other filters it is looked after with them
            if test.item in self._withheld:
                asked.append((name_of(test), passing, [self.known[test.item]]))
        for name, counts, parts in asked:
            own = own_counts(table.tree, counts)
            said = Layer(own, self._history.sums(name, own), self.policy.k_of(*parts))
            groups = settle(table.tree, table.n, groups, before=before, said=said, k=least)
            next(self._steps)
        return groups

    def _count_steps(self, progress: Progress) -> Iterator[None]:
        """Tells how far it is, each time that it is asked for the next step."""
        once = len(self.known) + len(self.scales)
        again = once + sum(test.item in self._withheld for test in self.table.passing)
        of = once + again if self._history else once
        for done in range(of + 1):
            progress(done, of)
            yield

    def decide(self) -> Record:
        """Fill `items` and `scores`; gives the record of everything proved."""
        nothing = Pattern(self.groups.units & False, self.groups.levels & False)
        for name, item in self.known.items():
            self.items[name] = nothing if name in self._withheld else self._item(item)
            next(self._steps)
        for name, scale in self.scales.items():
            hidden = not self._withheld.isdisjoint([SCALE + name, *scale.items])
            self.scores[name] = nothing if hidden else self._score(scale)
            next(self._steps)
        return Record(
            self.policy.k,
            self.policy.k_sensitive,
            self.policy.insiders,
            tuple(self._checks),
            values=self._values,
            earlier=self._history.digests,
        )

    def _item(self, item: Item) -> Pattern:
        k = self.policy.k_of(item)
        count = self.table.items[item.name]
        name = item.name
        pattern = self._protect(count.n, k, self._within(k), outer=[self._everybody], name=name)
        for test, passing in self.table.passing.items():
            if test.item == item.name:  # a filter: its "ja" is the group of its follow-ups
                outer = [self._everybody, self._layer(count.n, pattern, k, name)]
                pattern &= self._protect(
                    passing, k, pattern, zero=True, outer=outer, name=name_of(test)
                )
        for test in self.tests.get(item.question, ()):
            pattern = self._follow_up(name, test, k, pattern)
        if count.categories is not None:
            pattern = self._history.same_answers(
                item, categories(item), Answers(count.n, count.categories), pattern, k
            )
            pattern = self._unlike(item, count.n, count.categories, pattern)
        return self._audited_values(item.name, item, count, pattern, k)

    def _unlike(self, item: Item, n: Numbers, given: Numbers, pattern: Pattern) -> Pattern:
        """The part of `pattern` where nobody subtracts their way to a group of one answer."""
        names = categories(item)
        while True:
            fewer = hide_homogeneous(self.table.tree, n, given, pattern=pattern)
            pattern = self._history.unlike(item.name, names, Answers(n, given), fewer)
            if pattern.size == fewer.size:
                return pattern

    def _follow_up(self, name: str, test: Test, k: int, pattern: Pattern) -> Pattern:
        """The part of `pattern` where the filter lets enough on, who then answer."""
        answered = self.table.items[name].n
        passing, of = self.table.passing[test], self.policy.k_of(self.known[test.item])
        pattern = self._protect(passing, k, pattern)  # the filter's own k may be smaller
        gone_on = self._layer(passing, self.items.get(test.item, pattern), of, name_of(test))
        return self._protect(answered, k, pattern, outer=[self._everybody, gone_on], name=name)

    def _score(self, scale: Scale) -> Pattern:
        parts = [self.known[part] for part in scale.items]
        k, count = self.policy.k_of(*parts), self.table.scores[scale.name]
        name = SCALE + scale.name
        pattern = self._protect(count.n, k, self._within(k), outer=[self._everybody], name=name)
        return self._audited_values(name, parts[0], count, pattern, k)

    def _audited_values(
        self, name: str, item: Item, count: Count, pattern: Pattern, k: int
    ) -> Pattern:
        """`pattern` without what would tell hidden values, entered in the record."""
        if not self._values:
            self._check(name, k, pattern)
            return pattern
        answers = () if count.categories is None else categories(item)
        ranged = hide_known_values(
            self.table.tree, item, count, pattern, k=k,
            earlier=lambda values: self._history.values(name, values, answers),
        )  # fmt: skip
        self._check(name, k, ranged.pattern, ranged.programs, ranged.scale)
        return ranged.pattern

    def _with_let_on(self, one: Earlier) -> Earlier:
        """An earlier release with what can be computed from it of its filters."""
        found = {
            name_of(test): let_on(
                self.known[test.item],
                test,
                one.counts.get(test.item, {}),
                one.answers.get(test.item, {}),
            )
            for test in self.table.passing
            if test.item in self.known
        }
        return replace(one, counts={**one.counts, **found})

    def _within(self, k: int) -> Pattern:
        if k not in self._nested:
            self._nested[k] = self._protect(self.table.n, k, self.groups)
        return self._nested[k]

    def _layer(self, counts: Numbers, pattern: Pattern, k: int, name: str | None = None) -> Layer:
        tree = self.table.tree
        own = own_counts(tree, counts)
        before = () if name is None else self._history.sums(name, own)
        return Layer(own, (published_sums(tree, pattern), *before), k)

    def _protect(
        self,
        counts: Numbers,
        k: int,
        allowed: Pattern,
        *,
        zero: bool = False,
        outer: list[Layer] | None = None,
        name: str | None = None,
    ) -> Pattern:
        """The part of `allowed` for a count; `name` is what it was called in earlier releases."""
        before: tuple[Sums, ...] = ()
        said = None
        if name is not None and self._history:
            said = self._history.said(name, counts)
            allowed = self._history.allowed(name, counts, allowed, k)
            before = self._history.sums(name, own_counts(self.table.tree, counts))
        repaired = protect_counts(
            self.table.tree,
            counts,
            k=k,
            allowed=allowed,
            zero=zero,
            outer=outer or (),
            before=before,
            said=said,
        )
        self._met.append(repaired)
        return repaired.pattern

    def _check(
        self, name: str, k: int, shown: Pattern, programs: int = 0, scale: float | None = None
    ) -> None:
        """Enter what was done since the last check."""
        self._checks.append(
            Check(
                item=name,
                k=k,
                published=shown.size,
                hidden=sum(one.hidden for one in self._met),
                programs=programs + sum(one.proof.programs for one in self._met),
                values=scale is not None,
                scale=scale,
            )
        )
        self._met = []
