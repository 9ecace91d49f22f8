"""How far two groups lie from each other: on the scale itself, and as an effect size.

Both groups are independent samples: two levels in a round, or two rounds, whose answers cannot
be linked. People who answer in both rounds answer alike, so the true uncertainty of a change is
rather smaller than is said here.
"""

import math
from dataclasses import dataclass
from typing import Final

from dialog.core.statistics.means import CONFIDENCE, Interval, Sample, t_quantile

NOT_WORTH_NAMING: Final = 0.2  # Cohen's "small" begins here; 0.5 is medium, 0.8 large


@dataclass(frozen=True)
class Difference:
    """`estimate` is the first group's mean less the second's, or the effect size."""

    estimate: float
    interval: Interval

    @property
    def certain(self) -> bool:
        """Whether the interval lies on one side of none at all."""
        return self.interval.low > 0 or self.interval.high < 0


def difference(first: Sample, second: Sample, *, confidence: float = CONFIDENCE) -> Difference:
    """The difference of means with Welch's interval (Welch 1947, Biometrika 34, 28-35), both
    means' slack added. Without any spread the interval is the difference.
    """
    estimate = first.mean - second.mean
    error = math.sqrt(first.variance + second.variance)
    reach = first.slack + second.slack
    if error > 0:
        reach += t_quantile(_freedom(first, second), confidence) * error
    return Difference(estimate, Interval(estimate - reach, estimate + reach))


def effect(first: Sample, second: Sample) -> Difference | None:
    """Hedges' g: the difference in standard deviations, corrected for small samples, with its
    interval of 95 % by the large-sample variance. None without any spread.

    Source: Borenstein, Hedges, Higgins and Rothstein 2009, Introduction to Meta-Analysis, formulas
    4.18-4.24; after Hedges 1981, Journal of Educational Statistics 6, 107-128. Their n1 + n2 is
    written as degrees of freedom + 2, since the spread may be better known than from the two.
    """
    freedom = first.freedom + second.freedom
    pooled = math.sqrt((first.freedom * first.sd**2 + second.freedom * second.sd**2) / freedom)
    if pooled == 0:
        return None
    d = (first.mean - second.mean) / pooled
    correction = 1 - 3 / (4 * freedom - 1)
    variance = 1 / first.n + 1 / second.n + d**2 / (2 * (freedom + 2))
    reach = correction * (1.959964 * math.sqrt(variance) + (first.slack + second.slack) / pooled)
    return Difference(correction * d, Interval(correction * d - reach, correction * d + reach))


def _freedom(first: Sample, second: Sample) -> float:
    """Degrees of freedom by Satterthwaite (1946, Biometrics Bulletin 2, 110-114)."""
    parts = [(one.variance, one.freedom) for one in (first, second)]
    total = sum(variance for variance, _freedom in parts)
    return total**2 / sum(variance**2 / freedom for variance, freedom in parts)
