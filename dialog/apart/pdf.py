"""PDF files: whether one is whole and does nothing by itself, and its pages drawn and read."""

from collections.abc import Iterator
from typing import Any, Final

import pikepdf
import pypdfium2

from dialog.core.documents.kinds import Fault, UnfitError

PAGES: Final = 3_000
WIDTH, HEIGHT = 1_400, 4_000  # of a drawn page, in pixels, at most
TEXT: Final = 20_000  # characters of a page
# Keys of dictionaries, and kinds of actions and annotations, by which a PDF does something or
# carries other files (ISO 32000-2, 7.11, 12.6, 12.7.8, 13).
_KEYS: Final = frozenset({"/JS", "/JavaScript", "/EmbeddedFile", "/EmbeddedFiles", "/EF", "/XFA",
                          "/RichMediaContent", "/3DD"})  # fmt: skip
_ACTIONS: Final = frozenset({"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/Rendition",
                             "/Movie", "/Sound", "/GoToE", "/GoToR", "/Thread",
                             "/RichMediaExecute"})  # fmt: skip
_UNASKED: Final = frozenset({"/OpenAction", "/AA"})  # an action that nobody has asked for
_OWN: Final = (0, 0)  # the number of an object that lies in another


def look(path: str) -> dict[str, Any]:
    """How many pages there are. Raises UnfitError if it is broken, locked or active."""
    try:
        with pikepdf.open(path) as file:
            for each in file.objects:
                if any(_does_something(part) for part in _parts(each)):
                    raise UnfitError(Fault.ACTIVE)
            number = len(file.pages)
    except pikepdf.PasswordError:
        raise UnfitError(Fault.LOCKED) from None
    except (pikepdf.PdfError, ValueError, RuntimeError, RecursionError):
        raise UnfitError(Fault.BROKEN) from None
    if number > PAGES:
        raise UnfitError(Fault.BOMB)
    if not number:
        raise UnfitError(Fault.BROKEN)
    opened(path).close()
    return {"pages": number}


def page(path: str, number: str, out: str) -> dict[str, Any]:
    """Draw a page (from 1) to `out` as PNG; gives its text, as the file has it."""
    document = opened(path)
    try:
        found = document[int(number) - 1]
        width, height = found.get_size()
        found.render(scale=min(WIDTH / width, HEIGHT / height)).to_pil().save(out, "PNG")
        text = found.get_textpage().get_text_bounded()[:TEXT]
    except (pypdfium2.PdfiumError, ZeroDivisionError, ValueError):
        raise UnfitError(Fault.BROKEN) from None
    return {"text": text.replace("\r\n", "\n").encode("utf-8", "ignore").decode()}


def words(path: str) -> dict[str, Any]:
    """What is written on each page."""
    return {"pages": [page.get_textpage().get_text_bounded() for page in opened(path)]}


def opened(path: str) -> pypdfium2.PdfDocument:
    try:
        document = pypdfium2.PdfDocument(path)
        document[0].get_size()
    except (pypdfium2.PdfiumError, IndexError):
        raise UnfitError(Fault.BROKEN) from None
    return document


def _parts(whole: Any) -> Iterator[Any]:
    """Each dictionary that lies in an object itself; what it refers to is an object of its own."""
    waiting = [whole]
    while waiting:
        each = waiting.pop()
        if isinstance(each, pikepdf.Array):
            waiting += [part for part in each if _holds(part)]
        elif isinstance(each, pikepdf.Dictionary | pikepdf.Stream):
            yield each
            waiting += [part for _key, part in each.items() if _holds(part)]


def _holds(part: Any) -> bool:
    return isinstance(part, pikepdf.Array | pikepdf.Dictionary) and not part.is_indirect


def _does_something(part: Any) -> bool:
    keys = set(part.keys())
    return (
        bool(keys & _KEYS)
        or ("/S" in keys and _name(part["/S"]) in _ACTIONS)
        or (bool(keys & _UNASKED) and any(_name(each.get("/S")) == "/URI" for each in _begun(part)))
    )


def _begun(part: Any) -> Iterator[Any]:
    """The actions that begin without a click on a link, and those that follow on them."""
    begun, seen = part.get("/AA"), set()
    waiting = [part.get("/OpenAction")]
    if isinstance(begun, pikepdf.Dictionary):
        waiting += [each for _event, each in begun.items()]
    while waiting:
        each = waiting.pop()
        if isinstance(each, pikepdf.Array):
            waiting += list(each)
        elif isinstance(each, pikepdf.Dictionary) and (
            each.objgen == _OWN or each.objgen not in seen
        ):
            seen.add(each.objgen)
            yield each
            waiting.append(each.get("/Next"))


def _name(value: Any) -> str:
    return str(value) if isinstance(value, pikepdf.Name) else ""
