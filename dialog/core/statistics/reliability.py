"""How well the questions of a scale go together: Cronbach's alpha."""

from dataclasses import dataclass

from dialog.core.statistics.means import CONFIDENCE, Interval
from dialog.core.tree import Floats


@dataclass(frozen=True)
class Reliability:
    alpha: float
    interval: Interval


def reliability(answers: Floats, *, confidence: float = CONFIDENCE) -> Reliability | None:
    """Alpha of `answers[item, response]`, none missing, reversed items turned round; None for
    fewer than two items or two responses, or where nothing varies.

    Sources: Cronbach 1951, Psychometrika 16, 297-334; the interval by Feldt, Woodruff and Salih
    1987, Applied Psychological Measurement 11, 93-103, formulas 6 and 7.
    """
    items, n = answers.shape
    if items < 2 or n < 2:  # noqa: PLR2004 - see above
        return None
    total = float(answers.sum(axis=0).var(ddof=1))
    if total <= 0:
        return None
    own = float(answers.var(axis=1, ddof=1).sum())
    alpha = items / (items - 1) * (1 - own / total)
    return Reliability(alpha, _interval(alpha, n, items, confidence))


def _interval(alpha: float, n: int, items: int, confidence: float) -> Interval:
    from scipy.special import fdtri  # noqa: PLC0415 - takes half a second to load

    one, other = n - 1, (n - 1) * (items - 1)
    tail = (1 - confidence) / 2
    low, high = (1 - (1 - alpha) * float(fdtri(one, other, at)) for at in (1 - tail, tail))
    return Interval(low, high)
