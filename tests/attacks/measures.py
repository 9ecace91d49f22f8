"""What an attack found, in numbers, and how much of it may be luck.

`hits` are answers ascribed to the right person; `faults` are things that must not be at all.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tests.attacks import chance

MOST_HITS = 8  # in one run, where chance is 1
MOST_MEAN = 2.0  # over twenty runs
RUNS = 20
NEIGHBOURS = ", neighbours"  # ends the name of a number that ascribes nothing to anybody


@dataclass(frozen=True)
class Measure:
    """One number of one run of one attack. `expected` is its mean under chance, `spread` its
    standard deviation; a fault has neither.
    """

    name: str
    kind: str  # "hits", "correlation" or "faults"
    value: float
    expected: float = 0.0
    spread: float = 0.0
    of: int = 0  # how many answers or things were looked at
    about: str = ""  # the first fault, in words

    @property
    def most(self) -> float:
        """What chance may give in one run."""
        if self.kind == "faults":
            return 0.0
        if self.kind == "correlation":
            return chance.widest_correlation(self.of)
        return MOST_HITS if self.expected <= 1 else chance.most(self.expected)

    @property
    def passes(self) -> bool:
        return abs(self.value) <= self.most

    @property
    def alarm(self) -> float:
        """The probability that chance alone passes `most`."""
        if self.kind == "faults":
            return 0.0
        if self.kind == "correlation":
            return chance.ONE_IN_A_MILLION
        return chance.poisson_tail(int(self.most) + 1, max(self.expected, 1.0))


@dataclass(frozen=True)
class Series:
    """The same number over many runs."""

    measures: Sequence[Measure]

    @property
    def name(self) -> str:
        return self.measures[0].name

    @property
    def mean(self) -> float:
        return math.fsum(one.value for one in self.measures) / len(self.measures)

    @property
    def highest(self) -> float:
        return max((one.value for one in self.measures), key=abs)

    @property
    def most_mean(self) -> float:
        """What chance may give as the mean. Twenty runs are held to the promise's own bound."""
        first, runs = self.measures[0], len(self.measures)
        if first.kind == "faults":
            return 0.0
        if first.kind == "correlation":
            return chance.widest_correlation(min(one.of for one in self.measures), runs=runs)
        expected = math.fsum(max(one.expected, 1.0) for one in self.measures)
        if runs >= RUNS and first.expected <= 1:
            return MOST_MEAN
        return chance.most(expected) / runs

    @property
    def passes(self) -> bool:
        return all(one.passes for one in self.measures) and abs(self.mean) <= self.most_mean

    @property
    def alarm(self) -> float:
        """The probability (at most) that chance alone fails this series."""
        first, runs = self.measures[0], len(self.measures)
        alone = chance.any_of([one.alarm for one in self.measures])
        if first.kind == "faults" or runs == 1:
            return alone
        if first.kind == "correlation":
            return alone + chance.ONE_IN_A_MILLION
        expected = math.fsum(max(one.expected, 1.0) for one in self.measures)
        return alone + chance.poisson_tail(math.floor(self.most_mean * runs) + 1, expected)


def faults(name: str, found: Sequence[str], *, of: int) -> Measure:
    """Things that must not be; `of` says among how many they were looked for."""
    return Measure(name, "faults", len(found), of=of, about=found[0] if found else "")


def hits(name: str, value: int, *, of: int, expected: float = 1.0) -> Measure:
    return Measure(name, "hits", value, expected, math.sqrt(expected), of)


def correlation(name: str, value: float, *, of: int) -> Measure:
    return Measure(name, "correlation", value, 0.0, 1 / math.sqrt(max(1, of - 1)), of)


def linked(measures: Iterable[Measure]) -> float:
    """The largest share of answers that any one way ascribed to the right people."""
    ways = [one for one in measures if one.kind == "hits" and not one.name.endswith(NEIGHBOURS)]
    return max((one.value / one.of for one in ways if one.of), default=0.0)


def found(measures: Iterable[Measure]) -> int:
    """How many faults there are in all."""
    return int(sum(one.value for one in measures if one.kind == "faults"))


def series(runs: Iterable[Iterable[Measure]]) -> list[Series]:
    """The same numbers of several runs together. Not every number is there in every run."""
    by_name: dict[str, list[Measure]] = {}
    for measures in runs:
        for one in measures:
            by_name.setdefault(one.name, []).append(one)
    return [Series(ones) for ones in by_name.values()]
