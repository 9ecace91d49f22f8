"""Means and how far chance may have moved them."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

CONFIDENCE: Final = 0.95


@dataclass(frozen=True)
class Interval:
    low: float
    high: float

    @property
    def half(self) -> float:
        return (self.high - self.low) / 2


@dataclass(frozen=True)
class Sample:
    """`n` answers, their mean, and the standard deviation of such answers, which was estimated
    with `freedom` degrees of freedom: n - 1 when it comes from these answers alone.

    The true mean lies within `slack` of `mean`: half a unit of the last decimal that is published.
    """

    n: int
    mean: float
    sd: float
    freedom: float
    slack: float = 0.0

    @property
    def variance(self) -> float:
        """Of the mean."""
        return self.sd**2 / self.n


def from_counts(values: Sequence[float], counts: Sequence[int]) -> Sample | None:
    """The sample in which `counts[i]` answered `values[i]`; None for fewer than two answers."""
    n = sum(counts)
    if n < 2:  # noqa: PLR2004 - one answer has no spread
        return None
    mean = sum(value * count for value, count in zip(values, counts, strict=True)) / n
    squares = sum(c * (v - mean) ** 2 for v, c in zip(values, counts, strict=True))
    return Sample(n, mean, math.sqrt(squares / (n - 1)), n - 1)


def mean_interval(sample: Sample, *, confidence: float = CONFIDENCE) -> Interval:
    """The interval by Student's t (NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.5.2), a
    rounded mean's slack added.
    """
    reach = t_quantile(sample.freedom, confidence) * math.sqrt(sample.variance) + sample.slack
    return Interval(sample.mean - reach, sample.mean + reach)


def t_quantile(freedom: float, confidence: float) -> float:
    """How many standard errors to each side, by Student's t."""
    from scipy.special import stdtrit  # noqa: PLC0415 - takes half a second to load

    return float(stdtrit(freedom, (1 + confidence) / 2))
