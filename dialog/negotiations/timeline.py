"""A line of days from above to below, as far apart as there is time between them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from dialog.negotiations.wordings import NEGOTIATION

LEAST: Final = 46.0  # between two points, for their words to be read
MOST: Final = 110.0
A_DAY: Final = 4.5
TOP: Final = 22.0


@dataclass(frozen=True)
class Point:
    """What is to be done by a day; `y` is where it stands on the picture, from above."""

    key: str
    on: date
    y: float
    passed: bool


@dataclass(frozen=True)
class Line:
    points: Sequence[Point]
    height: float


def draw(days: Mapping[str, date | None], *, today: date) -> Line:
    """`days` by the keys of `Wording.last_days`, in whose order those of the same day stand."""
    order = list(NEGOTIATION.last_days)
    known = [(on, key) for key, on in days.items() if on is not None]
    known.sort(key=lambda each: (each[0], order.index(each[1])))
    points: list[Point] = []
    y = TOP
    for on, key in known:
        if points:
            y += min(MOST, max(LEAST, (on - points[-1].on).days * A_DAY))
        points.append(Point(key, on, y, passed=on < today))
    return Line(points, y + TOP)
