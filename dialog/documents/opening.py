"""What a file is, by opening it: every byte of a text or a container is looked at, none is kept."""

import codecs
import re
from pathlib import Path
from typing import BinaryIO, Final

from dialog.apart import running as apart
from dialog.core.documents import names, recognising
from dialog.core.documents.kinds import Fault, Kind, UnfitError
from dialog.core.documents.recognising import HEAD, Family

CHUNK: Final = 2**16
_NOT_WRITTEN: Final = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")


def kind_of(path: Path, *, name: str) -> Kind:
    """By content; a name decides only between texts. Of PDF and pictures the beginning is looked
    at: `dialog.apart` opens them, and containers. Raises UnfitError; BusyError.
    """
    with path.open("rb") as file:
        found = recognising.family(file.read(HEAD))
        file.seek(0)
        if found is Family.TEXT:
            return _text(file, names.ending(names.tidy(name)))
    if found is Family.CONTAINER:
        return Kind(apart.have("recognise", path)["kind"])
    return Kind(found.value)


def _text(file: BinaryIO, ending: str) -> Kind:
    """UTF-8, or what Windows writes: only that no sign controls a machine."""
    if ending not in ("", "txt", "csv"):
        raise UnfitError(Fault.UNKNOWN)
    decoder = codecs.getincrementaldecoder("utf-8")()
    utf8 = True
    while part := file.read(CHUNK):
        if _NOT_WRITTEN.search(part):
            raise UnfitError(Fault.UNKNOWN)
        if utf8:
            try:
                decoder.decode(part)
            except UnicodeDecodeError:
                utf8 = False
    return Kind.CSV if ending == "csv" else Kind.TEXT
