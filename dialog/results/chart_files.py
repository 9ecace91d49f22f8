"""Pictures of a release, drawn when first asked for and then kept with its files."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from dialog.results.models import Release
from dialog.results.release_files import folder
from dialog.storage.files import write_whole

DRAWN_BY = ("canvas", "charts", "drawings", "score_drawings", "contrast_drawings", "pictures")
DRAWING = hashlib.sha256(
    b"".join(Path(__file__).with_name(f"{name}.py").read_bytes() for name in DRAWN_BY)
).hexdigest()[:12]  # pictures drawn by an older version are drawn again


def kept(files: Path, release: Release, what: tuple[str, ...], draw: Callable[[], bytes]) -> Path:
    """The file of the picture `what` (unit, level, kind, language, width), drawn if it is not
    there. Its name says nothing: a file name must not tell which unit it is about.
    """
    name = hashlib.sha256("\0".join(what).encode()).hexdigest()[:32]
    path = folder(files, release) / f"charts-{DRAWING}" / f"{name}.svg"
    if not path.exists():
        write_whole(path, [draw()])
    return path
