"""Pictures of scores: one unit against what is above it, and many units in a heat map."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from dialog.results.drawing.charts import (
    ACTION,
    GROUND,
    LINE,
    LINE_HEIGHT,
    NARROW,
    SOFT,
    WIDE,
    Key,
    ink_on,
    key_rows,
    sheet,
    width_of,
    wrap,
)

if TYPE_CHECKING:
    from dialog.results.drawing.canvas import Canvas

SMALL: Final = 14.0
AMBER: Final = "#a6611a"
PALE: Final = "#f3f2ee"
STEPS: Final = ("#eef5f3", "#cfe6e3", "#a3d0cc", "#6fb3b1", "#3f9397", "#1a7079", "#0b4f5a")


@dataclass(frozen=True)
class Score:
    """One scale: its name, its ends, the mean here and those it is compared with, as written."""

    title: str
    ends: tuple[float, float]
    mean: float | None
    written: str
    others: tuple[float | None, ...] = ()
    interval: tuple[float, float] | None = None
    beside: bool = False  # the others count as much: they are shown where this one is not


def dots(scores: Sequence[Score], names: Sequence[str], protected: str, *, wide: bool) -> bytes:
    """A dot for each scale here, an open dot and a tick for what it is compared with."""
    full = WIDE if wide else NARROW
    label = 260.0 if wide else 0.0
    start, end = label + 12, full - 52
    wrapped = [wrap(score.title, (label or full - 52) - 12) for score in scores]
    heights = [
        max(34.0, len(text) * LINE_HEIGHT + 14) if wide else len(text) * LINE_HEIGHT + 42
        for text in wrapped
    ]
    keys = key_rows([Key(name, color) for name, color in zip(names, _MARKS, strict=False)], full)
    top = 26.0 * len(keys) + 12
    canvas = sheet(full, top + sum(heights) + 30)
    for number, row in enumerate(keys):
        for x, key in row:
            _mark(canvas, list(names).index(key.text), x + 8, 12 + 26.0 * number)
            canvas.text(x + 20, 12 + 26.0 * number, key.text, size=SMALL)
    y = top
    for score, text, height in zip(scores, wrapped, heights, strict=True):
        line_y = y + height / 2 if wide else y + len(text) * LINE_HEIGHT + 14
        text_y = line_y - (len(text) - 1) * LINE_HEIGHT / 2 if wide else y + 8
        canvas.lines(0, text_y, text)
        canvas.rule((start, line_y), (end, line_y), LINE, width=2)
        low, high = score.ends
        for end_value in (low, high):
            x = _at(end_value, score, start, end)
            canvas.rule((x, line_y - 4), (x, line_y + 4), LINE, width=2)
            if y == top or not wide:
                below = line_y + 14 if not wide else top + sum(heights) + 12
                canvas.text(x, below, f"{end_value:g}", align="center", size=12, color=SOFT)
        if score.mean is None and not (score.beside and any(v is not None for v in score.others)):
            middle = (start + end) / 2
            canvas.box(middle - width_of(protected, SMALL) / 2 - 6, line_y - 9,
                       width_of(protected, SMALL) + 12, 18, GROUND)  # fmt: skip
            canvas.text(middle, line_y, protected, align="center", color=SOFT, size=SMALL)
        else:
            values = (score.mean, *score.others)
            if score.interval is not None:
                low, high = score.ends
                reach = (_at(min(max(one, low), high), score, start, end) for one in score.interval)
                left, right = reach
                canvas.rule((left, line_y), (right, line_y), ACTION, width=5, above=True)
            for number, value in reversed(list(enumerate(values))):
                if value is not None:
                    _mark(canvas, number, _at(value, score, start, end), line_y)
            canvas.text(full, line_y, score.written, align="right", bold=True)
        y += height
    return canvas.svg()


_MARKS: Final = (ACTION, AMBER, SOFT)


def _mark(canvas: "Canvas", number: int, x: float, y: float) -> None:
    """A full dot, an open dot, a tick: told apart without colour."""
    if number == 0:
        canvas.dot(x, y, 7, ACTION)
    elif number == 1:
        canvas.dot(x, y, 5.5, AMBER, open_=True)
    else:
        canvas.rule((x, y - 10), (x, y + 10), SOFT, width=3, above=True)


def _at(value: float, score: Score, start: float, end: float) -> float:
    low, high = score.ends
    return start + (end - start) * (value - low) / (high - low)


@dataclass(frozen=True)
class HeatRow:
    """A unit and its scores, with how they are written; None is protected."""

    text: str
    means: tuple[float | None, ...]
    written: tuple[str, ...]
    strong: bool = False  # what the others are compared with


def heat(titles: Sequence[str], rows: Sequence[HeatRow], *, wide: bool) -> bytes:
    """Rows of units, a column for each scale, darker for higher; every cell holds its number."""
    full = WIDE if wide else NARROW
    label = 290.0 if wide else 128.0
    cell = (full - label) / max(1, len(titles))
    turned = any(width_of(word, SMALL) > cell - 6 for title in titles for word in title.split())
    heads = [wrap(title, 150.0 if turned else cell - 6, SMALL) for title in titles]
    head = (
        max(width_of(line, SMALL) for lines in heads for line in lines) + 16
        if turned
        else max(len(lines) for lines in heads) * LINE_HEIGHT + 10
    )
    wrapped = [wrap(row.text, label - 12, SMALL) for row in rows]
    heights = [max(32.0, len(text) * (LINE_HEIGHT - 2) + 12) for text in wrapped]
    canvas = sheet(full, head + sum(heights) + 4)
    for number, lines in enumerate(heads):
        x = label + cell * (number + 0.5)
        for at, line in enumerate(lines):
            if turned:
                shift = (at - (len(lines) - 1) / 2) * LINE_HEIGHT + 5
                canvas.text(x + shift, head - 8, line, size=SMALL, turned=True, align="center")
            else:
                y = head - 14 - (len(lines) - 1 - at) * LINE_HEIGHT
                canvas.text(x, y, line, size=SMALL, align="center")
    low, high = _limits(rows)
    y = head
    for row, text, height in zip(rows, wrapped, heights, strict=True):
        first = y + height / 2 - (len(text) - 1) * (LINE_HEIGHT - 2) / 2
        for at, line in enumerate(text):
            canvas.text(0, first + at * (LINE_HEIGHT - 2), line, size=SMALL, bold=row.strong)
        for number, (mean, written) in enumerate(zip(row.means, row.written, strict=True)):
            x = label + cell * number
            color = PALE if mean is None else _color(mean, low, high)
            canvas.box(x, y, cell, height, color)
            ink = SOFT if mean is None else ink_on(color)
            middle = x + cell / 2
            canvas.text(middle, y + height / 2, written or "–", align="center", color=ink,
                        bold=row.strong)  # fmt: skip
        y += height
    return canvas.svg()


def _limits(rows: Sequence[HeatRow]) -> tuple[float, float]:
    """The lowest and highest mean shown, at least one step of the scale apart."""
    known = [mean for row in rows for mean in row.means if mean is not None]
    if not known:
        return 0.0, 1.0
    low, high = min(known), max(known)
    missing = max(0.0, 1.0 - (high - low)) / 2
    return low - missing, high + missing


def _color(mean: float, low: float, high: float) -> str:
    return STEPS[min(len(STEPS) - 1, int((mean - low) / (high - low) * len(STEPS)))]
