"""A page as tagged PDF/UA-1, set by typst from a template of ours and words that go in as data."""

import json
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from dialog.web import typefaces

ROOT: Final = Path(__file__).parent.parent  # of the package
_UNDRAWN: Final = "could not be displayed with font"  # typst: no typeface has the sign
_PICTURES: Final = 0x1F000  # emoji begin here
_LATIN: Final = 0x250  # what every typeface has ends here
_PUNCTUATION: Final = range(0x2000, 0x2070)


def pdf(template: Path, data: dict[str, Any]) -> bytes:
    """The same bytes for the same input. Nothing in `data` is ever read as markup: the template has
    it as JSON in `sys.inputs.data`, and may import others of ours: "/minutes/blocks.typ". A sign
    that no typeface has, which PDF/UA does not let be left out, stands with its name in Unicode:
    first emoji and the like, then, where that is not enough, all that is not Latin.
    """
    for named in (_is_none, is_picture):
        try:
            return _set(template, _spelled(data, named))
        except RuntimeError as problem:  # typst's own
            if _UNDRAWN not in str(problem):
                raise
    return _set(template, _spelled(data, _is_foreign))


def is_picture(sign: str) -> bool:
    """Whether a sign is hardly in any typeface: emoji, ideographs, and what is no sign at all."""
    return (
        ord(sign) >= _PICTURES
        or unicodedata.east_asian_width(sign) in "WF"
        or (unicodedata.category(sign) in {"Cc", "Cn", "Co", "Cs"} and sign not in "\n\t")
    )


def name_of(sign: str) -> str:
    """What is set in place of it: "[grinning face]"."""
    return f"[{unicodedata.name(sign, f'U+{ord(sign):04X}').lower()}]"


def _is_none(_sign: str) -> bool:
    return False


def _is_foreign(sign: str) -> bool:
    return is_picture(sign) or (ord(sign) >= _LATIN and ord(sign) not in _PUNCTUATION)


def _spelled(data: Any, named: Callable[[str], bool]) -> Any:
    """The same with the names of some signs in place of them."""
    if isinstance(data, str):
        return "".join(name_of(sign) if named(sign) else sign for sign in data)
    if isinstance(data, dict):
        return {key: _spelled(value, named) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [_spelled(each, named) for each in data]
    return data


def _set(template: Path, data: Any) -> bytes:
    import typst  # noqa: PLC0415 - heavy

    made: bytes = typst.compile(
        str(template),
        root=str(ROOT),
        font_paths=[str(typefaces.FOLDER)],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards="ua-1",
        format="pdf",
    )
    return made
