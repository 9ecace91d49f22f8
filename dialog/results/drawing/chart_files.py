"""Pictures of a release, drawn when first asked for and then kept with its files."""

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path

from dialog.results.models import Release
from dialog.results.release_files import folder
from dialog.storage.files import write_whole

DRAWN_BY = ("canvas", "charts", "drawings", "score_drawings", "contrast_drawings", "pictures")


def version(modules: Iterable[str]) -> str:
    """Of these modules' files, for names: what an older version has drawn is drawn again."""
    found = b"".join(Path(module).read_bytes() for module in modules)
    return hashlib.sha256(found).hexdigest()[:12]


DRAWING = version(str(Path(__file__).with_name(f"{name}.py")) for name in DRAWN_BY)


def kept(files: Path, release: Release, what: tuple[str, ...], draw: Callable[[], bytes]) -> Path:
    """The file of the picture `what` (unit, level, kind, language, width), drawn if it is not
    there. Its name says nothing: a file name must not tell which unit it is about.
    """
    name = hashlib.sha256("\0".join(what).encode()).hexdigest()[:32]
    path = folder(files, release) / f"charts-{DRAWING}" / f"{name}.svg"
    if not path.exists():
        write_whole(path, [draw()])
    return path
