"""Areas of pages that are to be redacted, each with its reason."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Self

MOST: Final = 500  # areas of one document
REASON: Final = 200  # characters
LEAST: Final = 0.001  # of a side: a smaller area hides nothing


@dataclass(frozen=True)
class Area:
    """A rectangle on a page (from 1), in parts of its sides, 0–1 from the upper left corner."""

    page: int
    left: float
    top: float
    right: float
    bottom: float
    reason: str

    def __post_init__(self) -> None:
        """Raises ValueError where it is not a rectangle on a page, or has no reason."""
        if not (0 <= self.left < self.right <= 1 and 0 <= self.top < self.bottom <= 1):
            raise ValueError("not on the page")
        if min(self.right - self.left, self.bottom - self.top) < LEAST or self.page < 1:
            raise ValueError("hides nothing")
        if not self.reason.strip() or len(self.reason) > REASON:
            raise ValueError("no reason")

    def touches(self, left: float, top: float, right: float, bottom: float) -> bool:
        """Whether anything of a rectangle lies in it."""
        return left < self.right and right > self.left and top < self.bottom and bottom > self.top

    def as_json(self) -> list[Any]:
        return [self.page, self.left, self.top, self.right, self.bottom, self.reason]

    @classmethod
    def from_json(cls, value: Sequence[Any]) -> Self:
        """Raises ValueError or TypeError for what is no area."""
        page, *sides, reason = value
        left, top, right, bottom = (float(side) for side in sides)
        return cls(int(page), left, top, right, bottom, str(reason))


def on(areas: Iterable[Area], page: int) -> list[Area]:
    return [area for area in areas if area.page == page]
