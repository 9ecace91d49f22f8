"""The sheet that pictures are drawn on, by matplotlib.

`charts` loads this module when something is drawn: matplotlib takes a third of every start.
"""

import io
import threading
from collections.abc import Sequence
from functools import cache
from typing import Any, Final

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, get_font
from matplotlib.ft2font import LoadFlags
from matplotlib.patches import Circle, Rectangle

from dialog.results.drawing.charts import GROUND, INK, LINE, LINE_HEIGHT, SIZE
from dialog.web import typefaces

FONTS = typefaces.FOLDER
REGULAR = FontProperties(fname=str(FONTS / "SourceSans3-Regular.ttf"))
BOLD = FontProperties(fname=str(FONTS / "SourceSans3-SemiBold.ttf"))
HATCH: Final = "////"

mpl.rcParams["svg.hashsalt"] = "dialog"  # the same picture is the same bytes
mpl.rcParams["hatch.linewidth"] = 0.6
_ONE_AT_A_TIME = threading.Lock()  # matplotlib's caches are not made for threads


@cache
def advance(character: str) -> float:
    """How far a character moves the pen at size 1."""
    font = get_font(str(FONTS / "SourceSans3-Regular.ttf"))
    font.set_size(100, 72)
    glyph = font.load_char(ord(character), flags=LoadFlags.NO_HINTING)
    return float(glyph.linearHoriAdvance) / 65536 / 100


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
