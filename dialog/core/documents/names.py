"""What a document is called: made safe to show, and never used as the name of a file of ours."""

import re
import unicodedata
from typing import Final

from dialog.core.documents.kinds import PICTURES, RULES, Fault, Kind, UnfitError

MOST: Final = 120  # characters, the ending among them
_OF_ANOTHER_SYSTEM: Final = re.compile(r'[<>:"|?*]')


def ending(name: str) -> str:
    """Without the point, in small letters; empty where there is none."""
    stem, point, end = name.rpartition(".")
    return end.strip().lower() if point and stem else ""


def shown(given: str, kind: Kind, *, otherwise: str) -> str:
    """`given` as it may be shown and offered for saving: without folders, without signs that are
    not seen or turn the direction of writing, not too long, and with an ending of its kind.
    `otherwise`: what it is called if nothing is left. Raises UnfitError where its ending says
    another kind; a picture's is mended, for it is drawn anew.
    """
    name = tidy(given)
    stem, end = (name[: -len(ending(name)) - 1], ending(name)) if ending(name) else (name, "")
    allowed = RULES[kind].endings
    if end and end not in allowed:
        if kind not in PICTURES or end not in _picture_endings():
            raise UnfitError(Fault.MISNAMED)
        end = ""
    end = end or allowed[0]
    stem = stem[: MOST - len(end) - 1].rstrip(" .") or otherwise
    return f"{stem}.{end}"


def tidy(given: str) -> str:
    last = unicodedata.normalize("NFC", given).replace("\\", "/").rpartition("/")[2]
    seen = "".join(sign if _is_seen(sign) else " " for sign in last)
    return " ".join(_OF_ANOTHER_SYSTEM.sub(" ", seen).split()).strip(" .")


def _is_seen(sign: str) -> bool:
    """Not what controls, turns direction or belongs to nobody (Unicode's categories C*)."""
    return not unicodedata.category(sign).startswith("C")


def _picture_endings() -> set[str]:
    return {end for kind in PICTURES for end in RULES[kind].endings}
