"""What a published question may say: never that (nearly) everybody gave the same answer.

If one category holds at least 90 % of those who answered, whoever is in the group is known to
have given it. Then only "minst 90 %" is published, and with it goes all from which the exact
share could be computed: of a question with one answer all other categories ("högst 10 %": their
counts would sum to what is missing) and the mean (5,0 says that everybody gave a 5). Of a
question with several answers only the category itself: each counts for itself. Of a number the
mean, when nine in ten gave the same number. Other zeros stay: that nobody answered "2" among
answers that vary tells nothing of anybody.

A score is published only where all its questions are, and none of them coarsened: else the
hidden mean could be computed from the score and the other means.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from dialog.core.published import (
    AT_LEAST,
    AT_MOST,
    PublishedItem,
    PublishedScore,
    category,
    one_decimal,
)


@dataclass(frozen=True)
class Figures:
    """The true figures of one item in one group. `several`: more than one answer was possible;
    `most`: how many gave the most frequent number (numbers only).
    """

    n: int
    counts: tuple[int, ...] = ()
    total: float | None = None
    several: bool = False
    most: int = 0


def dominates(count: int, n: int) -> bool:
    """At least 90 %."""
    return count * 10 >= n * 9


def publish_item(true: Figures) -> PublishedItem:
    mean = None if true.total is None else one_decimal(true.total / true.n)
    most = [dominates(count, true.n) for count in true.counts]
    if true.several:
        shown = [
            AT_LEAST if all_of_them else count
            for count, all_of_them in zip(true.counts, most, strict=True)
        ]
        return PublishedItem(
            true.n, mean, tuple(category(one, true.n) for one in shown), coarsened=any(most)
        )
    if any(most):
        bounds = [AT_LEAST if all_of_them else AT_MOST for all_of_them in most]
        return PublishedItem(
            true.n, None, tuple(category(one, true.n) for one in bounds), coarsened=True
        )
    if true.most and dominates(true.most, true.n):
        return PublishedItem(true.n, None, coarsened=True)
    return PublishedItem(true.n, mean, tuple(category(one, true.n) for one in true.counts))


def publish_score(
    n: int, total: float, parts: Iterable[PublishedItem | None]
) -> PublishedScore | None:
    """The mean score of `n`, None if one of its items is protected or coarsened."""
    if any(part is None or part.coarsened for part in parts):
        return None
    return PublishedScore(n, one_decimal(total / n))
