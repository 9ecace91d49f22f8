"""What all pictures of published groups have in common: colours, text that fits, and keys.

Everything is placed in CSS pixels on a white ground, with the page's font as outlines, so that a
picture looks the same on a phone, on paper and where the font is missing. The diverging colours
are ColorBrewer's BrBG, which the colour-blind can tell apart, the sequential ones one hue from
light to dark; on paper in grey the order and the numbers in the bars carry what colour does.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from dialog.results.drawing.canvas import Canvas

INK, SOFT, LINE, ACTION, GROUND = "#1d2428", "#4d575c", "#c9c5bd", "#0b5561", "#ffffff"
NARROW, WIDE = 340.0, 760.0
SIZE: Final = 15.0  # of text, in pixels
LINE_HEIGHT: Final = 19.0


def width_of(text: str, size: float = SIZE) -> float:
    """Pixels that the text takes, but for kerning."""
    from dialog.results.drawing.canvas import advance  # noqa: PLC0415 - with it comes matplotlib

    return size * sum(advance(character) for character in text)


def wrap(text: str, width: float, size: float = SIZE) -> list[str]:
    """Lines no wider than `width` pixels; a longer word is cut, with a hyphen."""
    if not text:
        return []
    lines = [""]
    for word in text.split():
        rest = word
        joined = f"{lines[-1]} {rest}".strip()
        if width_of(joined, size) <= width:
            lines[-1] = joined
            continue
        if lines[-1]:
            lines.append("")
        while width_of(rest, size) > width and len(rest) > 2:  # noqa: PLR2004 - one to keep
            cut = max(
                1,
                next(
                    n
                    for n in range(len(rest), 0, -1)
                    if n == 1 or width_of(rest[:n] + "-", size) <= width
                ),
            )
            lines[-1] = rest[:cut] + "-"
            lines.append("")
            rest = rest[cut:]
        lines[-1] = rest
    return lines


def sheet(width: float, height: float) -> "Canvas":
    """A white sheet of `width` × `height` pixels."""
    from dialog.results.drawing.canvas import Canvas  # noqa: PLC0415 - with it comes matplotlib

    return Canvas(width, height)


@dataclass(frozen=True)
class Key:
    """A colour (or a mark) and what it stands for."""

    text: str
    color: str


def key_rows(keys: Sequence[Key], width: float) -> list[list[tuple[float, Key]]]:
    """The keys of a legend in rows, each with its place from the left."""
    rows: list[list[tuple[float, Key]]] = [[]]
    x = 0.0
    for key in keys:
        needed = 20 + width_of(key.text, 14) + 14
        if rows[-1] and x + needed > width:
            rows.append([])
            x = 0.0
        rows[-1].append((x, key))
        x += needed
    return rows


def ink_on(color: str) -> str:
    """Black or white, whichever can be read on the colour."""
    red, green, blue = (part / 255 for part in bytes.fromhex(color.removeprefix("#")))
    return INK if 0.299 * red + 0.587 * green + 0.114 * blue > 0.55 else GROUND  # noqa: PLR2004
