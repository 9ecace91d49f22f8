"""Pictures of differences: a dot with its interval on each side of none at all."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dialog.results.drawing.charts import (
    ACTION,
    INK,
    LINE,
    LINE_HEIGHT,
    NARROW,
    SOFT,
    WIDE,
    sheet,
    width_of,
    wrap,
)

SMALL = 14.0


@dataclass(frozen=True)
class Row:
    """A scale's difference with the ends of its interval, and how it is written."""

    title: str
    estimate: float
    low: float
    high: float
    written: str
    certain: bool


def forest(
    rows: Sequence[Row], sides: tuple[str, str], write: Callable[[float], str], *, wide: bool
) -> bytes:
    """A line for each row; a full dot where the interval leaves none out, else an open one.
    `sides` say what it means to lie left and right of the middle, `write` how a number is written.
    """
    full = WIDE if wide else NARROW
    label = 260.0 if wide else 0.0
    start, end = label + 12, full - 60
    wrapped = [wrap(row.title, (label or full - 60) - 12) for row in rows]
    heights = [
        max(34.0, len(text) * LINE_HEIGHT + 14) if wide else len(text) * LINE_HEIGHT + 34
        for text in wrapped
    ]
    left, right = (wrap(side, (end - start) / 2 - 10, SMALL) for side in sides)
    top = max(len(left), len(right)) * LINE_HEIGHT + 12
    canvas = sheet(full, top + sum(heights) + 26)
    middle, reach = (start + end) / 2, _reach(rows)
    for number, line in enumerate(left):
        y = 10 + number * LINE_HEIGHT
        canvas.text(middle - 10, y, line, align="right", size=SMALL, color=SOFT)
    canvas.lines(middle + 10, 10, right, size=SMALL, color=SOFT)
    canvas.rule((middle, 2), (middle, top + sum(heights)), SOFT, width=1.5)
    y = top
    for row, text, height in zip(rows, wrapped, heights, strict=True):
        line_y = y + height / 2 if wide else y + len(text) * LINE_HEIGHT + 12
        canvas.lines(0, line_y - (len(text) - 1) * LINE_HEIGHT / 2 if wide else y + 8, text)
        canvas.rule((start, line_y), (end, line_y), LINE)
        low, at, high = (
            middle + (end - start) / 2 * value / reach
            for value in (row.low, row.estimate, row.high)
        )
        canvas.rule((low, line_y), (high, line_y), ACTION, width=3, above=True)
        canvas.dot(at, line_y, 6, ACTION, open_=not row.certain)
        canvas.text(full, line_y, row.written, align="right", bold=row.certain)
        y += height
    for value in (-reach, 0.0, reach):
        x = middle + (end - start) / 2 * value / reach
        shown = write(value)
        x = min(max(x, start + width_of(shown, 12) / 2), end)
        canvas.text(x, y + 10, shown, align="center", size=12, color=INK)
    return canvas.svg()


def _reach(rows: Sequence[Row]) -> float:
    """The end of the axis: enough for every interval, in halves."""
    most = max((max(abs(row.low), abs(row.high)) for row in rows), default=0.5)
    return max(0.5, math.ceil(most * 2) / 2)
