"""A group beside those it is compared with: what pages and pictures are made of."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from dialog.core.published import PublishedGroup, PublishedItem
from dialog.core.questionnaire import Item, Questionnaire, Scale, load
from dialog.core.statistics.figures import Spreads, of_item, of_score
from dialog.core.statistics.means import Interval, mean_interval
from dialog.results.blocks import Block, blocks, scored


@lru_cache(maxsize=16)
def form(questionnaire: str) -> Questionnaire:
    """The release's questionnaire; it never changes, so it is read once."""
    return load(questionnaire)


@lru_cache(maxsize=16)
def outline(questionnaire: str) -> tuple[Block, ...]:
    return blocks(form(questionnaire))


@dataclass(frozen=True)
class Compared:
    """A group, and those it is shown beside: its own unit at all levels, its parent, the whole."""

    group: PublishedGroup
    others: tuple[PublishedGroup, ...] = ()
    spreads: Spreads = field(default_factory=dict)

    def interval(self, name: str) -> Interval | None:
        """Where the mean of a score may lie, by chance."""
        sample = of_score(name, self.group, self.spreads)
        return None if sample is None else mean_interval(sample)

    def score(self, name: str) -> float | None:
        return score_of(self.group, name)

    def other_scores(self, name: str) -> tuple[float | None, ...]:
        return tuple(score_of(other, name) for other in self.others)

    def other_means(self, name: str) -> tuple[float | None, ...]:
        found = (other.items.get(name) for other in self.others)
        return tuple(item.mean if item else None for item in found)


def score_of(group: PublishedGroup, name: str) -> float | None:
    score = group.scores.get(name)
    return score.mean if score else None


def answered(block: Block, group: PublishedGroup) -> list[tuple[Item, PublishedItem]]:
    """The block's items that have figures in the group."""
    return [(item, group.items[item.name]) for item in block.items if item.name in group.items]


def shown_scales(questionnaire: Questionnaire, groups: Sequence[PublishedGroup]) -> list[Scale]:
    """The scales that at least one of the groups has a score of."""
    return [s for s in scored(questionnaire) if any(s.name in group.scores for group in groups)]


def item_interval(item: Item, shown: PublishedItem | None) -> Interval | None:
    """Where the mean of a question may lie, by chance."""
    sample = of_item(item, shown)
    return None if sample is None else mean_interval(sample)
