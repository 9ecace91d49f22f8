"""The picture of the three questions over meetings: a line of dots for each, with its gaps."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from dialog.results.drawing.charts import (
    ACTION,
    LINE,
    LINE_HEIGHT,
    NARROW,
    SOFT,
    WIDE,
    sheet,
    width_of,
    wrap,
)

if TYPE_CHECKING:
    from dialog.results.drawing.canvas import Canvas

SMALL: Final = 13.0
PLOT: Final = 96.0  # the height of one question's picture
LEAST_APART: Final = 34.0  # between dots, for their numbers to be read


@dataclass(frozen=True)
class Row:
    """A question: its text, and after each meeting its mean with how it is written (None: none)."""

    text: str
    means: tuple[tuple[float, str] | None, ...]


def lines(
    rows: Sequence[Row],
    names: Sequence[str],
    ends: tuple[int, int],
    gap: str,
    *,
    wide: bool,
) -> bytes:
    """`names` are of the meetings, short, `ends` of the answers; `gap` explains the mark of what is
    not shown.
    """
    full = WIDE if wide else NARROW
    start, end = 26.0, full - 16
    texts = [wrap(row.text, full) for row in rows]
    heights = [len(text) * LINE_HEIGHT + 18 + PLOT + 34 for text in texts]
    has_gap = any(mean is None for row in rows for mean in row.means)
    notes = wrap(gap, full - 20, SMALL) if has_gap else []
    canvas = sheet(full, sum(heights) + len(notes) * LINE_HEIGHT + 10)
    places = _places(len(names), start, end)
    top = 0.0
    for row, text, height in zip(rows, texts, heights, strict=True):
        canvas.lines(0, top + 10, text, bold=True)
        base = top + len(text) * LINE_HEIGHT + 18
        _grid(canvas, base, (start, end), ends)
        _line(canvas, row, places, base, ends)
        for x, name in zip(places, names, strict=True):
            canvas.text(x, base + PLOT + 16, name, align="center", size=SMALL, color=SOFT)
        top += height
    for number, note in enumerate(notes):
        if not number:
            _gap(canvas, 6, top + 8)
        canvas.text(20, top + 8 + number * LINE_HEIGHT, note, size=SMALL, color=SOFT)
    return canvas.svg()


def _places(count: int, start: float, end: float) -> list[float]:
    """Where the meetings stand: from the left, and no further apart than a line needs."""
    if count == 1:
        return [start + LEAST_APART]
    step = min((end - start - 2 * 14) / (count - 1), 120.0)
    return [start + 14 + number * step for number in range(count)]


def _height(mean: float, base: float, ends: tuple[int, int]) -> float:
    low, high = ends
    return base + PLOT - PLOT * (mean - low) / (high - low)


def _grid(
    canvas: "Canvas", base: float, across: tuple[float, float], ends: tuple[int, int]
) -> None:
    start, end = across
    for value in range(ends[0], ends[1] + 1):
        y = _height(value, base, ends)
        canvas.rule((start, y), (end, y), LINE)
        canvas.text(start - 8, y, str(value), align="right", size=12, color=SOFT)


def _line(
    canvas: "Canvas", row: Row, places: Sequence[float], base: float, ends: tuple[int, int]
) -> None:
    spots = [
        None if mean is None else (x, _height(mean[0], base, ends), mean[1])
        for x, mean in zip(places, row.means, strict=True)
    ]
    for one, other in pairwise(spots):
        if one is not None and other is not None:  # a gap is not drawn over
            canvas.rule(one[:2], other[:2], ACTION, width=2.5, above=True)
    crowded = len(places) > 1 and places[1] - places[0] < LEAST_APART
    for number, (x, spot) in enumerate(zip(places, spots, strict=True)):
        if spot is None:
            _gap(canvas, x, base + PLOT / 2)
            continue
        canvas.dot(x, spot[1], 5.5, ACTION)
        if crowded and number % 2 and number + 1 < len(places):
            continue
        below = spot[1] < base + 20
        wider = width_of(spot[2], SMALL)
        canvas.box(x - wider / 2 - 2, spot[1] + (8 if below else -25), wider + 4, 16, "#ffffff")
        y = spot[1] + (17 if below else -16)
        canvas.text(x, y, spot[2], align="center", size=SMALL, bold=True)


def _gap(canvas: "Canvas", x: float, y: float) -> None:
    """A cross, which is read in grey and by the colour-blind."""
    for sign in (-1, 1):
        canvas.rule((x - 5, y - 5 * sign), (x + 5, y + 5 * sign), SOFT, width=1.6, above=True)
