"""What is published of a group: the only thing that pages, charts and files are made of.

A figure that is not here is protected. Nothing in this module knows a response.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

AT_LEAST, AT_MOST = ">=90", "<=10"


@dataclass(frozen=True)
class PublishedCategory:
    """How many gave one answer: `n` and `share` (whole percent), or only a `bound` of the share."""

    n: int | None
    share: int | None
    bound: str = ""

    @property
    def middle(self) -> float:
        """The share to draw: of a bound, the bound itself."""
        return float(self.bound[2:]) if self.bound else float(self.share or 0)


@dataclass(frozen=True)
class PublishedItem:
    """`n` answered. The categories are in the order of the item's own; none for numbers. A
    `coarsened` item has a category with nearly everybody in it, and then no mean.
    """

    n: int
    mean: float | None
    categories: tuple[PublishedCategory, ...] = ()
    coarsened: bool = False


@dataclass(frozen=True)
class PublishedScore:
    n: int
    mean: float


@dataclass(frozen=True)
class PublishedGroup:
    """A unit at one level (empty: all). Without `n` the group is protected, and nothing more is
    said of it; a question or score that is not in `items` or `scores` is protected in it.
    """

    unit: str
    name: str
    parent: str
    depth: int
    level: str = ""
    n: int | None = None
    rate: int | None = None
    items: Mapping[str, PublishedItem] = field(default_factory=dict)
    scores: Mapping[str, PublishedScore] = field(default_factory=dict)

    @property
    def protected(self) -> bool:
        return self.n is None


def percent(part: int, whole: int) -> int:
    """A share in whole percent, halves upwards."""
    return (200 * part + whole) // (2 * whole)


def one_decimal(number: float) -> float:
    """Halves upwards; what a computer stores of a decimal must not decide."""
    return int(number * 10 + 0.5 + 1e-9) / 10 if number >= 0 else -one_decimal(-number)


def dump(group: PublishedGroup) -> str:
    """The figures of a group as JSON, always the same bytes for the same figures."""
    if group.protected:
        return ""
    cells = {
        "n": group.n,
        "rate": group.rate,
        "items": {name: _write(item) for name, item in group.items.items()},
        "scores": {name: [score.n, score.mean] for name, score in group.scores.items()},
    }
    return json.dumps(cells, separators=(",", ":"))


def load(cells: str, **place: Any) -> PublishedGroup:
    """The group at `place` (unit, name, parent, depth, level) with the figures of `dump`."""
    if not cells:
        return PublishedGroup(**place)
    read = json.loads(cells)
    return PublishedGroup(
        **place,
        n=read["n"],
        rate=read["rate"],
        items={name: _read(*item) for name, item in read["items"].items()},
        scores={name: PublishedScore(*score) for name, score in read["scores"].items()},
    )


def _write(item: PublishedItem) -> list[Any]:
    counts = [category.bound or category.n for category in item.categories]
    return [item.n, item.mean, counts, int(item.coarsened)]


def _read(n: int, mean: float | None, counts: list[int | str], coarsened: int) -> PublishedItem:
    return PublishedItem(n, mean, tuple(category(one, n) for one in counts), bool(coarsened))


def category(count: int | str, n: int) -> PublishedCategory:
    """A category from its count, or from its bound, among `n` who answered."""
    if isinstance(count, str):
        return PublishedCategory(None, None, count)
    return PublishedCategory(count, percent(count, n))
