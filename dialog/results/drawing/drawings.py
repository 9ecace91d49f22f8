"""What the pictures look like: bars, columns, dots and heat maps, laid out for phone or page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from dialog.core.published import PublishedItem
from dialog.results.blocks import Style
from dialog.results.drawing.charts import (
    ACTION,
    INK,
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

BAR: Final = 24.0
SMALL: Final = 14.0  # text in bars and keys
EMPTY: Final = "#e7e4de"
SPREAD_COLORS: Final = {
    4: ("#a6611a", "#dfc27d", "#80cdc1", "#018571"),
    5: ("#a6611a", "#dfc27d", EMPTY, "#80cdc1", "#018571"),
    6: ("#8c510a", "#d8b365", "#f6e8c3", "#c7eae5", "#5ab4ac", "#01665e"),
    7: ("#8c510a", "#d8b365", "#f6e8c3", EMPTY, "#c7eae5", "#5ab4ac", "#01665e"),
}
STACK_COLORS: Final = ("#018571", "#a3d9d0", EMPTY)


@dataclass(frozen=True)
class Line:
    """One question in a picture: its text, its figures, and how they are written."""

    text: str
    item: PublishedItem | None
    shares: tuple[str, ...] = ()
    mean: str = ""


@dataclass(frozen=True)
class Words:
    """What a picture says besides its figures."""

    answers: tuple[str, ...] = ()
    protected: str = ""
    mean: str = ""


def bars(lines: Sequence[Line], words: Words, *, style: Style, wide: bool) -> bytes:
    """A bar for each question, its answers side by side; the middle of the scale in one line."""
    full = WIDE if wide else NARROW
    label_width = 330.0 if wide else full - 46
    wrapped = [wrap(line.text, label_width - (16 if wide else 0)) for line in lines]
    if not wide:  # the mean stands at the end of the first line
        wrapped = [
            text or [""] * bool(line.mean) for text, line in zip(wrapped, lines, strict=True)
        ]
    colors = _colors(style, len(words.answers))
    keys = key_rows([Key(*pair) for pair in zip(words.answers, colors, strict=False)], full)
    heights = [_row_height(text, wide=wide) for text in wrapped]
    top = 26.0 * len(keys) + 14
    canvas = sheet(full, top + sum(heights) + 8)
    _legend(canvas, keys)
    if words.mean:
        canvas.text(full, top - 2, words.mean, align="right", color=SOFT, size=SMALL)
    alone = all(not line.text for line in lines)
    left, right = (0.0 if alone else label_width, full - 56) if wide else (0.0, full)
    frame = _Frame.over(lines, style, left, right)
    y = top + 8
    for line, text, height in zip(lines, wrapped, heights, strict=True):
        text_y = y + (height - 16 - len(text) * LINE_HEIGHT) / 2 + 9 if wide else y + 8
        canvas.lines(0, text_y, text)
        bar_y = y + (height - 16 - BAR) / 2 if wide else y + len(text) * LINE_HEIGHT + 3
        mean_y = bar_y + BAR / 2 if wide else y + 8
        canvas.text(full, mean_y, line.mean, align="right", bold=True)
        if style is Style.SPREAD and line.item is not None:
            canvas.rule((frame.middle, bar_y - 3), (frame.middle, bar_y + BAR + 4), SOFT, width=1.5)
        if line.item is None:
            canvas.text(left, bar_y + BAR / 2, words.protected, color=SOFT, size=SMALL)
        else:
            _bar(canvas, frame, line, bar_y, colors)
        y += height
    return canvas.svg()


@dataclass(frozen=True)
class _Frame:
    """Where bars begin, how long 100 % is, and where the middle of the scale stands."""

    start: float
    unit: float
    middle: float
    spread: bool

    @classmethod
    def over(cls, lines: Sequence[Line], style: Style, left: float, right: float) -> "_Frame":
        if style is not Style.SPREAD:
            return cls(left, (right - left) / 100, left, spread=False)
        sides = [_sides(line.item) for line in lines if line.item is not None]
        before = max((side[0] for side in sides), default=50.0)
        after = max((side[1] for side in sides), default=50.0)
        unit = (right - left) / max(before + after, 100)
        return cls(left, unit, left + before * unit, spread=True)

    def first(self, item: PublishedItem) -> float:
        return self.middle - _sides(item)[0] * self.unit if self.spread else self.start


def _sides(item: PublishedItem) -> tuple[float, float]:
    """Percent before and after the middle of the scale; the middle answer is halved."""
    shares = _drawn(item)
    half, odd = divmod(len(shares), 2)
    middle = shares[half] / 2 if odd else 0.0
    return sum(shares[:half]) + middle, sum(shares[half + odd :]) + middle


def _drawn(item: PublishedItem) -> list[float]:
    """Percent of each answer; of a coarsened question only the bound of the one that holds most."""
    return [
        (one.middle if one.bound.startswith(">") else 0.0) if item.coarsened else one.middle
        for one in item.categories
    ]


def _bar(canvas: "Canvas", frame: _Frame, line: Line, y: float, colors: Sequence[str]) -> None:
    if line.item is None:
        return
    x = frame.first(line.item)
    for part, share, color in zip(_drawn(line.item), line.shares, colors, strict=True):
        width = part * frame.unit
        if width > 0:
            canvas.box(x, y, width, BAR, color)
            if width >= width_of(share, SMALL) + 6:
                middle = x + width / 2
                canvas.text(
                    middle, y + BAR / 2, share, align="center", color=ink_on(color), size=SMALL
                )
        x += width


def _row_height(text: Sequence[str], *, wide: bool) -> float:
    if wide:
        return max(BAR, len(text) * LINE_HEIGHT) + 16
    return len(text) * LINE_HEIGHT + BAR + 20


def _legend(canvas: "Canvas", rows: Sequence[Sequence[tuple[float, Key]]]) -> None:
    for number, row in enumerate(rows):
        y = 12 + 26.0 * number
        for x, key in row:
            canvas.box(x, y - 7, 14, 14, key.color)
            canvas.text(x + 20, y, key.text, size=SMALL)


def _colors(style: Style, number: int) -> tuple[str, ...]:
    if style is Style.SPREAD:
        known = SPREAD_COLORS.get(number)
        if known is not None:
            return known
        ends = SPREAD_COLORS[7]
        return tuple(ends[round(at * 6 / (number - 1))] for at in range(number))
    return STACK_COLORS[:number] if number > 2 else (STACK_COLORS[0], EMPTY)[:number]  # noqa: PLR2004


def answer_bars(line: Line, words: Words, *, wide: bool) -> bytes:
    """A bar for each answer to one question."""
    full = WIDE if wide else NARROW
    label_width = 300.0 if wide else full - 60
    wrapped = [wrap(text, label_width - (16 if wide else 0)) for text in words.answers]
    heights = [_row_height(text, wide=wide) - (4 if wide else 8) for text in wrapped]
    canvas = sheet(full, sum(heights) + 8)
    shown = line.item.categories if line.item else ()
    y = 6.0
    for text, height, category, share in zip(wrapped, heights, shown, line.shares, strict=True):
        start, space = (label_width, full - label_width - 80) if wide else (0.0, full - 80)
        bar_y = y + (height - 12 - BAR) / 2 if wide else y + len(text) * LINE_HEIGHT
        text_y = y + (height - 12 - len(text) * LINE_HEIGHT) / 2 + 9 if wide else y + 6
        canvas.lines(0, text_y, text)
        canvas.box(start, bar_y, space, BAR - 4, EMPTY)
        canvas.box(start, bar_y, space * category.middle / 100, BAR - 4, ACTION)
        canvas.text(start + space + 8, bar_y + BAR / 2 - 2, share, bold=True, size=SMALL)
        y += height
    return canvas.svg()


def columns(line: Line, words: Words, *, ends: tuple[str, str], wide: bool) -> bytes:
    """A column for each point of a scale of numbers, its ends in words below."""
    full, tall = (WIDE, 180.0) if wide else (NARROW, 150.0)
    canvas = sheet(full, tall + 68)
    categories = line.item.categories if line.item else ()
    step = full / max(1, len(categories))
    highest = max((one.middle for one in categories), default=0) or 1
    for number, (category, share) in enumerate(zip(categories, line.shares, strict=True)):
        height = (tall - 24) * category.middle / highest
        x = number * step
        canvas.box(x + step * 0.1, tall - height, step * 0.8, max(height, 1), ACTION)
        written = share if wide else share.removesuffix(" %")
        if width_of(written, SMALL) <= step:
            middle = x + step / 2
            canvas.text(middle, tall - height - 11, written, align="center", size=SMALL)
        canvas.text(x + step / 2, tall + 14, words.answers[number], align="center", bold=True)
    canvas.rule((0, tall), (full, tall), INK, above=True)
    canvas.lines(0, tall + 38, wrap(ends[0], full / 2 - 8, SMALL), size=SMALL, color=SOFT)
    lines = wrap(ends[1], full / 2 - 8, SMALL)
    canvas.lines(full, tall + 38, lines, size=SMALL, color=SOFT, align="right")
    return canvas.svg()
