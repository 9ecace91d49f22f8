"""From published figures to samples: all that intervals and differences are computed from."""

from collections.abc import Mapping

from dialog.core.columns import category_values
from dialog.core.published import PublishedGroup, PublishedItem
from dialog.core.questionnaire import Item
from dialog.core.statistics.means import Sample, from_counts
from dialog.core.statistics.spreads import PublishedSpread

SLACK = 0.05  # a published mean has one decimal

Spreads = Mapping[str, PublishedSpread]


def of_item(item: Item, shown: PublishedItem | None) -> Sample | None:
    """A question's answers as numbers, from its published counts; None if they are not numbers,
    protected or coarsened.
    """
    values = category_values(item)
    if values is None or shown is None or shown.coarsened:
        return None
    return from_counts(values, [category.n or 0 for category in shown.categories])


def of_score(name: str, group: PublishedGroup, spreads: Spreads) -> Sample | None:
    """A group's score, with the spread of the whole round; None if either is not published."""
    score, spread = group.scores.get(name), spreads.get(name)
    if score is None or spread is None or spread.sd <= 0:
        return None
    return Sample(score.n, score.mean, spread.sd, spread.n - 1, SLACK)
