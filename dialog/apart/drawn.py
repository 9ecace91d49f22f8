"""What the pages of a PDF draw, and what that needs: all else is taken out of their objects.

Contents are written anew: what does not draw, as comments, tags and alternative texts, is left out.
Of fonts, pictures, patterns and the like only those that contents name are kept.
"""

from collections.abc import Iterable
from typing import Any, Final

import pikepdf

from dialog.apart import jpegs
from dialog.core.documents.kinds import Fault, UnfitError

# ISO 32000-2, tables 31, 87, 93 and 74: what says how a page, picture, form and pattern looks.
_PAGE: Final = frozenset({"/Type", "/Parent", "/MediaBox", "/CropBox", "/Rotate", "/UserUnit",
                          "/Resources", "/Contents", "/Group"})  # fmt: skip
_PICTURE: Final = frozenset({"/Type", "/Subtype", "/Width", "/Height", "/ColorSpace", "/Intent",
                             "/BitsPerComponent", "/ImageMask", "/Mask", "/Decode", "/Interpolate",
                             "/SMask", "/SMaskInData", "/Matte", "/Filter", "/DecodeParms",
                             "/Length"})  # fmt: skip
_FORM: Final = frozenset({"/Type", "/Subtype", "/FormType", "/BBox", "/Matrix", "/Resources",
                          "/Group", "/PatternType", "/PaintType", "/TilingType", "/XStep", "/YStep",
                          "/Filter", "/DecodeParms", "/Length"})  # fmt: skip
# What any other object can have with it that is not drawn (as 14.3, 14.5, 14.7, 14.13).
_NOTES: Final = frozenset({"/Metadata", "/PieceInfo", "/Alternates", "/OPI", "/AF", "/Measure",
                           "/PtData", "/LastModified", "/StructParent", "/StructParents", "/Thumb",
                           "/OC", "/Parent"})  # fmt: skip
# Annex A: those that draw, and those of marked content and compatibility.
_OPERATORS: Final = frozenset(
    "b B b* B* BT c cm CS cs d d0 d1 Do ET f F f* G g gs h i j J K k l m M n q Q re RG rg ri s S SC"  # noqa: SIM905
    " sc SCN scn sh T* Tc Td TD Tf TJ Tj TL Tm Tr Ts Tw Tz v w W W* y ' \"".split()
)
_MARKS: Final = frozenset({"BMC", "BDC", "EMC", "MP", "DP", "BX", "EX"})
_PLACED: Final = "INLINE IMAGE"  # pikepdf's word for one that stands in the contents
_NAMING: Final = {"Do": "/XObject", "Tf": "/Font", "gs": "/ExtGState", "cs": "/ColorSpace",
                  "CS": "/ColorSpace", "scn": "/Pattern", "SCN": "/Pattern",
                  "sh": "/Shading"}  # fmt: skip
# Are used without being named (8.6.5.6).
_UNNAMED: Final = frozenset(
    ("/ColorSpace", name) for name in ("/DefaultGray", "/DefaultRGB", "/DefaultCMYK")
)
_OWN: Final = (0, 0)  # the number of an object that lies in another

Names = frozenset[tuple[str, str]]  # a category of resources, and a name in it


class Drawn:
    """Of one file, whose objects are changed. Raises UnfitError where contents cannot be read to
    their end: what they draw then is not known.
    """

    def __init__(self, file: pikepdf.Pdf) -> None:
        self._file = file
        self._done: dict[tuple[int, int], Names] = {}

    def leave(self, page: Any) -> None:
        """Nothing else of the page."""
        _only(page, _PAGE)
        contents, names = self._contents(page)
        page.Contents = self._file.make_stream(contents)
        page.Resources = self._named(page.get("/Resources"), names)
        self._each(page.get("/Group"))
        if self._file.get_warnings():
            raise UnfitError(Fault.BROKEN)

    def _contents(self, of: Any) -> tuple[bytes, Names]:
        """What a page, form, pattern or glyph draws, and the names that it uses."""
        kept: list[Any] = []
        names = set(_UNNAMED)
        for each in pikepdf.parse_content_stream(of):
            what = str(each.operator)
            if what == _PLACED:
                names |= {("/ColorSpace", name) for name in _spaces(each.operands[0].obj)}
            elif what in _MARKS:
                continue
            elif what not in _OPERATORS:  # a number that is none, for example: what was drawn?
                raise UnfitError(Fault.BROKEN)
            elif what in _NAMING:
                names |= {(_NAMING[what], name) for name in _names_in(each.operands)}
            kept.append(each)
        return pikepdf.unparse_content_stream(kept), frozenset(names)

    def _named(self, given: Any, names: Iterable[tuple[str, str]]) -> Any:
        """Those of the given resources that are named, also by forms without resources of their
        own. Some names are not there: nothing is drawn by them.
        """
        kept, waiting = pikepdf.Dictionary(), sorted(names)
        while waiting:
            category, name = waiting.pop()
            among = given.get(category) if isinstance(given, pikepdf.Dictionary) else None
            if not isinstance(among, pikepdf.Dictionary) or name not in among:
                continue
            if _draws(category, among[name]) and name not in kept.get(category, ()):
                if category not in kept:
                    kept[category] = pikepdf.Dictionary()
                kept[category][name] = among[name]
                waiting += self._clean(among[name])
        return kept

    def _clean(self, thing: Any) -> Names:
        """Take out of an object, and what it refers to, what is not drawn. Gives the names that it
        looks for where it is used.
        """
        if not isinstance(thing, pikepdf.Dictionary | pikepdf.Stream | pikepdf.Array):
            return frozenset()
        if thing.objgen != _OWN:
            if thing.objgen in self._done:
                return self._done[thing.objgen]
            self._done[thing.objgen] = frozenset()  # one that refers to itself comes here again
        names = self._cleaned(thing)
        if thing.objgen != _OWN:
            self._done[thing.objgen] = names
        return names

    def _cleaned(self, thing: Any) -> Names:
        if isinstance(thing, pikepdf.Array):
            return self._each(thing)
        if isinstance(thing, pikepdf.Stream) and _is(thing, "/Image"):
            _only(thing, _PICTURE)
            jpegs.clean(thing, self._file)
            return self._each(thing) | {("/ColorSpace", name) for name in _spaces(thing)}
        if isinstance(thing, pikepdf.Stream) and (_is(thing, "/Form") or "/PatternType" in thing):
            _only(thing, _FORM)
            return self._with_contents(thing, [thing])
        if _is(thing, "/Type3") and "/CharProcs" in thing:
            return self._with_contents(thing, [each for _name, each in thing.CharProcs.items()])
        return self._each(thing)

    def _with_contents(self, thing: Any, streams: list[Any]) -> Names:
        names: set[tuple[str, str]] = set()
        for each in streams:
            contents, used = self._contents(each)
            each.write(contents)
            names |= used
        if "/Resources" not in thing:
            return self._each(thing) | names
        thing.Resources = self._named(thing.Resources, names)
        return self._each(thing)

    def _each(self, thing: Any) -> Names:
        """What an object refers to; resources and glyphs are seen to where they are used."""
        if isinstance(thing, pikepdf.Array):
            parts = list(thing)
        elif isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
            for key in set(thing.keys()) & _NOTES:
                del thing[key]
            parts = [part for key, part in thing.items() if key not in ("/Resources", "/CharProcs")]
        else:
            parts = []
        return frozenset().union(*(self._clean(part) for part in parts))


def _is(thing: Any, subtype: str) -> bool:
    return bool(thing.get("/Subtype") == subtype)


def _draws(category: str, thing: Any) -> bool:
    """Whether what is named is of a kind that can be drawn: `Do` passes over anything else."""
    return category != "/XObject" or (
        isinstance(thing, pikepdf.Stream) and (_is(thing, "/Image") or _is(thing, "/Form"))
    )


def _only(thing: Any, keys: frozenset[str]) -> None:
    for key in set(thing.keys()) - keys:
        del thing[key]


def _names_in(parts: Iterable[Any]) -> list[str]:
    return [str(part) for part in parts if isinstance(part, pikepdf.Name)]


def _spaces(picture: Any) -> list[str]:
    """The colours of a picture in the contents, by name; the resources may have them or not."""
    space = picture.get("/ColorSpace", pikepdf.Array())
    return _names_in(space if isinstance(space, pikepdf.Array) else [space])
