"""The order in which names stand in lists: the Swedish alphabet, and 2 before 10."""

import re

_DIGITS = re.compile(r"(\d+)")
_LAST_LETTERS = str.maketrans("åäöæø", "{|}|}")  # after z, in this order


def by_name(name: str) -> tuple[tuple[str, int], ...]:
    """A sort key for names of units: "Avdelning 2" before "Avdelning 10", å ä ö after z."""
    parts = _DIGITS.split(name.casefold().translate(_LAST_LETTERS))
    return tuple(("", int(part)) if place % 2 else (part, 0) for place, part in enumerate(parts))
