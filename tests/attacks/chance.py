"""What chance alone would give, so that a success of an attack can be told from luck.

Under the promise a trace of n answers is a random permutation of the n people, whatever order it
is held against. Then the number of places where both agree is very nearly Poisson with mean 1
(Montmort), the number of neighbours in one who are neighbours in the other, in the same direction,
is nearly Poisson with mean 1 as well, and Spearman's rank correlation has mean 0 and variance
1 / (n - 1) exactly and is nearly normal.
"""

import itertools
import math
from collections.abc import Hashable, Sequence
from statistics import NormalDist

ONE_IN_A_MILLION = 1e-6


def agreeing(first: Sequence[Hashable], second: Sequence[Hashable], *, shift: int = 0) -> int:
    """Places where both say the same, `second` moved along by `shift`; ends are not joined."""
    first, second = (first, second[shift:]) if shift >= 0 else (first[-shift:], second)
    return sum(1 for one, other in zip(first, second, strict=False) if one == other)


def rank_correlation(first: Sequence[Hashable], second: Sequence[Hashable]) -> float:
    """Spearman's, of those who stand in both."""
    place = {who: at for at, who in enumerate(second)}
    common = [who for who in first if who in place]
    n = len(common)
    if n < 2:
        return 0.0
    rank = {who: at for at, who in enumerate(sorted(common, key=place.__getitem__))}
    squares = sum((at - rank[who]) ** 2 for at, who in enumerate(common))
    return 1 - 6 * squares / (n * (n * n - 1))


def neighbours(first: Sequence[Hashable], second: Sequence[Hashable]) -> int:
    """Pairs that follow each other in both: what stays of an order that was cut and rearranged."""
    after = dict(itertools.pairwise(second))
    return sum(1 for one, next_ in itertools.pairwise(first) if after.get(one) == next_)


def poisson_tail(least: int, mean: float) -> float:
    """The probability of `least` or more where `mean` are expected."""
    term, below = math.exp(-mean), 0.0
    for count in range(least):
        below += term
        term *= mean / (count + 1)
    if below < 0.5:
        return 1 - below
    total, count = 0.0, least
    while term > total * 1e-17 and count < least + 10_000:
        total += term
        count += 1
        term *= mean / count
    return total


def most(mean: float, *, alarm: float = ONE_IN_A_MILLION) -> int:
    """The largest count that chance passes more often than once in 1 / `alarm` times."""
    count = math.ceil(mean)
    while poisson_tail(count + 1, mean) > alarm:
        count += 1
    return count


def widest_correlation(n: int, *, runs: int = 1, alarm: float = ONE_IN_A_MILLION) -> float:
    """The rank correlation of n, or its mean over `runs`, that chance passes either way once in
    1 / `alarm` times.
    """
    return NormalDist().inv_cdf(1 - alarm / 2) / math.sqrt(max(1, n - 1) * runs)


def any_of(alarms: Sequence[float]) -> float:
    """The probability that at least one of independent false alarms is raised (at most)."""
    return min(1.0, math.fsum(alarms))
