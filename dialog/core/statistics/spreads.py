"""The spread and the reliability of a scale over a whole round, and when they may be published.

They are the only statistics that are not computed from counts and means which are published
anyway: squares are sums too, and a sum of squares of each group would say of a hidden group what
subtraction says of its mean. So there is one of each for the whole round and none for any part
of it, and this module decides whether even that may be said. Why these rules are enough:
docs/decisions/0029-statistics-from-what-is-published.md.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from dialog.core.questionnaire import Scale
from dialog.core.score_columns import Columns, item_numbers, score_each
from dialog.core.statistics.reliability import Reliability, reliability
from dialog.core.tree import Floats, Numbers

ENOUGH: Final = 50  # responses; fewer measure alpha badly (Terwee et al. 2012, COSMIN checklist)
DECIMALS: Final = 2


@dataclass(frozen=True)
class Spread:
    """What is true of a scale over the whole: `n` have a score, `complete` of them answered every
    item; `sd` of the scores; `within` the sum of squares around the means of each unit and level.
    """

    n: int
    complete: int
    sd: float
    within: float
    reliability: Reliability | None


@dataclass(frozen=True)
class PublishedSpread:
    """What may be said of it. Without `alpha` the reliability is withheld."""

    n: int
    sd: float
    alpha: float | None = None
    alpha_low: float | None = None
    alpha_high: float | None = None


def measure(scale: Scale, columns: Columns, place: Numbers) -> Spread:
    """`place[r]` numbers the unit and level that response r belongs to."""
    numbers = item_numbers(scale, columns, len(place))
    scores = score_each(scale, columns, len(place))
    given = ~np.isnan(scores)
    complete = numbers[:, ~np.isnan(numbers).any(axis=0)]
    n = int(given.sum())
    return Spread(
        n=n,
        complete=complete.shape[1],
        sd=float(scores[given].std(ddof=1)) if n > 1 else 0.0,
        within=_within(scores[given], place[given]),
        reliability=reliability(complete),
    )


def publish_spread(true: Spread, *, length: float, k: int) -> PublishedSpread | None:
    """What may be published of a scale of this `length`, None if nothing.

    A hidden group of fewer than k must be free to lie a quarter of the scale further up or down,
    the sum of all squares being known: what varies inside units and levels must be able to take
    that up. And who did not answer every item must not be few: alpha is about the others.
    """
    if true.n < max(ENOUGH, k) or true.within < k * (length / 4) ** 2:
        return None
    sd = round(true.sd, DECIMALS)
    left_out = true.n - true.complete
    told = true.reliability
    if told is None or true.complete < max(ENOUGH, k) or 0 < left_out < k:
        return PublishedSpread(true.n, sd)
    low, high = told.interval.low, told.interval.high
    return PublishedSpread(
        true.n, sd, *(round(number, DECIMALS) for number in (told.alpha, low, high))
    )


def _within(scores: Floats, place: Numbers) -> float:
    if not len(scores):
        return 0.0
    n = np.bincount(place)
    total = np.bincount(place, weights=scores)
    squares = np.bincount(place, weights=scores**2)
    return float((squares - total**2 / np.maximum(n, 1)).sum())
