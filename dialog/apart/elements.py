"""The elements of an XML part, one at a time as it is read: none is kept, and none unfolds."""

from collections.abc import Callable, Mapping
from typing import IO, Final
from xml.parsers import expat

from dialog.core.documents.kinds import Fault, UnfitError

CHUNK: Final = 2**16


def each(part: IO[bytes], tell: Callable[[str, Mapping[str, str]], None]) -> None:
    """Call `tell` with the name of each element, without its namespace, and its attributes, whose
    names are "namespace name" where they have one. Nothing is told of an empty part. Raises
    UnfitError for a document type, which could define what unfolds, and for what is no XML.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = lambda name, given: tell(name.rpartition(" ")[2], given)
    try:
        chunk = part.read(CHUNK)
        while chunk:
            after = part.read(CHUNK)
            parser.Parse(chunk, not after)
            chunk = after
    except (expat.ExpatError, LookupError):  # an encoding that there is not, too
        raise UnfitError(Fault.BROKEN) from None


def _refuse(*_doctype: object) -> None:
    raise UnfitError(Fault.BROKEN)
