"""A PDF cut into several: new files of some of its pages each, with what is drawn on them.

A page goes over as it is, not as a picture of it. Nothing else does: no outline, note, tag,
property, file or script, nothing that another page alone shows, and no former version of anything.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import pikepdf

from dialog.apart.drawn import Drawn
from dialog.core.documents.kinds import MOST, Fault, UnfitError

TOGETHER: Final = 4 * MOST  # bytes: what several pages show is written once for each file


def cut(path: str, folder: str, given: str) -> dict[str, Any]:
    """Write 1.pdf, 2.pdf … to `folder`. `given` is JSON: the pages (from 1) of each, none of all.
    The same pages come to the same bytes. Gives how many pages there were. Raises UnfitError.
    """
    try:
        with pikepdf.open(path) as source:
            if _hides(source.Root.get("/OCProperties", pikepdf.Dictionary())):
                raise UnfitError(Fault.HIDDEN)
            # What notes and fields show becomes part of the page; the rest of them is left.
            source.generate_appearance_streams()
            source.flatten_annotations()
            every = range(1, len(source.pages) + 1)
            room = TOGETHER
            for number, pages in enumerate(json.loads(given), 1):
                room -= _write(source, pages or every, Path(folder) / f"{number}.pdf")
                if room < 0:
                    raise UnfitError(Fault.BOMB)
            return {"pages": len(every)}
    except pikepdf.PasswordError:
        raise UnfitError(Fault.LOCKED) from None
    except (pikepdf.PdfError, ValueError, RuntimeError, RecursionError):
        raise UnfitError(Fault.BROKEN) from None


def _hides(layers: Any) -> bool:
    """Whether some layer may not be seen: without its properties each would be (ISO 32000-2,
    8.11.4.3).
    """
    every = [layers.get("/D", pikepdf.Dictionary()), *layers.get("/Configs", pikepdf.Array())]
    return any(
        len(each.get("/OFF", pikepdf.Array())) or str(each.get("/BaseState", "/ON")) != "/ON"
        for each in every
    )


def _write(source: pikepdf.Pdf, pages: Sequence[int], out: Path) -> int:
    """Gives how many bytes it came to."""
    with pikepdf.new() as made:
        drawn = Drawn(made)
        for number in pages:
            made.pages.append(source.pages[number - 1])
            drawn.leave(made.pages[-1].obj)
        made.save(out, deterministic_id=True)
    return out.stat().st_size
