"""Pictures of published groups, as SVG. The only place that draws.

Everything is placed in CSS pixels on a white ground, with the page's font as outlines, so that a
picture looks the same on a phone, on paper and where the font is missing. The diverging colours
are ColorBrewer's BrBG, which the colour-blind can tell apart, the sequential ones one hue from
light to dark; on paper in grey the order and the numbers in the bars carry what colour does.
"""

import io
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, get_font
from matplotlib.ft2font import LoadFlags
from matplotlib.patches import Circle, Rectangle

from dialog.web import typefaces

FONTS = typefaces.FOLDER
REGULAR = FontProperties(fname=str(FONTS / "SourceSans3-Regular.ttf"))
BOLD = FontProperties(fname=str(FONTS / "SourceSans3-SemiBold.ttf"))
INK, SOFT, LINE, ACTION, GROUND = "#1d2428", "#4d575c", "#c9c5bd", "#0b5561", "#ffffff"
NARROW, WIDE = 340.0, 760.0
SIZE: Final = 15.0  # of text, in pixels
LINE_HEIGHT: Final = 19.0
HATCH: Final = "////"

mpl.rcParams["svg.hashsalt"] = "dialog"  # the same picture is the same bytes
mpl.rcParams["hatch.linewidth"] = 0.6
_ONE_AT_A_TIME = threading.Lock()  # matplotlib's caches are not made for threads


def width_of(text: str, size: float = SIZE) -> float:
    """Pixels that the text takes, but for kerning."""
    return size * sum(_advance(character) for character in text)


@cache
def _advance(character: str) -> float:
    """How far a character moves the pen at size 1."""
    font = get_font(str(FONTS / "SourceSans3-Regular.ttf"))
    font.set_size(100, 72)
    glyph = font.load_char(ord(character), flags=LoadFlags.NO_HINTING)
    return float(glyph.linearHoriAdvance) / 65536 / 100


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


class Canvas:
    """A white sheet of `width` × `height` pixels with its origin at the upper left."""

    def __init__(self, width: float, height: float) -> None:
        self.figure = Figure(figsize=(width / 96, height / 96), dpi=96, facecolor=GROUND)
        self.axes = self.figure.add_axes((0, 0, 1, 1))
        self.axes.set(xlim=(0, width), ylim=(height, 0))
        self.axes.set_axis_off()

    def text(
        self, x: float, y: float, text: str, *, align: str = "left", color: str = INK,
        size: float = SIZE, bold: bool = False, turned: bool = False,
    ) -> None:  # fmt: skip
        """One line with its middle at height `y`."""
        options: dict[str, Any] = {
            "ha": align,
            "va": "bottom" if turned else "center_baseline",
            "rotation": 90 if turned else 0,
        }
        font = (BOLD if bold else REGULAR).copy()
        font.set_size(size * 0.75)
        self.axes.text(x, y, text, color=color, fontproperties=font, parse_math=False, **options)

    def lines(self, x: float, y: float, lines: Sequence[str], **options: Any) -> None:
        """Lines below each other, the first with its middle at `y`."""
        for number, line in enumerate(lines):
            self.text(x, y + number * LINE_HEIGHT, line, **options)

    def box(
        self, x: float, y: float, width: float, height: float, color: str, *, hatch: bool = False
    ) -> None:
        self.axes.add_patch(
            Rectangle(
                (x, y),
                width,
                height,
                facecolor=color,
                edgecolor=INK if hatch else GROUND,
                linewidth=0.5 if hatch else 1.2,
                hatch=HATCH if hatch else None,
            )
        )

    def dot(self, x: float, y: float, radius: float, color: str, *, open_: bool = False) -> None:
        self.axes.add_patch(
            Circle(
                (x, y),
                radius,
                facecolor=GROUND if open_ else color,
                edgecolor=color,
                linewidth=1.8,
                zorder=3,
            )
        )

    def rule(
        self, start: tuple[float, float], end: tuple[float, float], color: str = LINE, *,
        width: float = 1, above: bool = False,
    ) -> None:  # fmt: skip
        """A straight line, behind everything else or above it."""
        across, down = zip(start, end, strict=True)
        order = 2.5 if above else 0.5
        self.axes.plot(across, down, color=color, linewidth=width * 0.75, zorder=order)

    def svg(self) -> bytes:
        buffer = io.BytesIO()
        with _ONE_AT_A_TIME:
            self.figure.savefig(
                buffer, format="svg", metadata={"Date": None, "Creator": None, "Type": None}
            )
        return buffer.getvalue()


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
    red, green, blue = mpl.colors.to_rgb(color)
    return INK if 0.299 * red + 0.587 * green + 0.114 * blue > 0.55 else GROUND  # noqa: PLR2004
