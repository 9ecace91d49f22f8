"""What in a free text may point somebody out: found here, judged by a person.

Numbers, addresses and phone numbers have a form of their own. Names are those that are known to
exist, the roster's and the small units': somebody who is not in the roster, or is meant by "our
only midwife", is found by whoever reads the text and by no program.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from phonenumbers import Leniency, PhoneNumberMatcher

from dialog.core.identity_numbers import identity_numbers

MASK: Final = "[…]"
LAND: Final = "SE"  # of phone numbers without a country
_ADDRESS: Final = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_WORD: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_SHORT: Final = 3  # letters; shorter names are too often other words


class Pointer(StrEnum):
    IDENTITY = "identity"
    PHONE = "phone"
    ADDRESS = "address"
    NAME = "name"
    UNIT = "unit"


NEVER_SHOWN: Final = frozenset({Pointer.IDENTITY, Pointer.PHONE, Pointer.ADDRESS})


@dataclass(frozen=True)
class Mark:
    start: int
    end: int
    pointer: Pointer


@dataclass(frozen=True)
class Names:
    """Names in small letters: those that `given` holds are found in small letters too, those of
    `family`, which are often words, with a capital only.
    """

    given: frozenset[str] = frozenset()
    family: frozenset[str] = frozenset()
    units: Sequence[str] = ()


def names_of(people: Sequence[str], units: Sequence[str]) -> Names:
    """`people` are whole names, the given name first."""
    given: set[str] = set()
    family: set[str] = set()
    for whole in people:
        first, *rest = [part for part in whole.casefold().split() if len(part) >= _SHORT] or [""]
        given.add(first)
        family.update(rest)
    return Names(
        frozenset(given - {""}), frozenset(family), tuple(unit.casefold() for unit in units)
    )


def marks(text: str, names: Names) -> tuple[Mark, ...]:
    """Everything that points out, in order, none within another."""
    found: list[Mark] = []
    for mark in sorted(_all(text, names), key=lambda one: (one.start, -one.end)):
        if not found or mark.start >= found[-1].end:
            found.append(mark)
        elif mark.end > found[-1].end:  # overlapping: one mark over both
            found[-1] = Mark(found[-1].start, mark.end, found[-1].pointer)
    return tuple(found)


def masked(text: str, marked: Sequence[Mark]) -> str:
    """The text with MASK for each mark."""
    parts, at = [], 0
    for mark in marked:
        parts += [text[at : mark.start], MASK]
        at = mark.end
    return "".join([*parts, text[at:]])


def _all(text: str, names: Names) -> Iterator[Mark]:
    for start, end in identity_numbers(text):
        yield Mark(start, end, Pointer.IDENTITY)
    for address in _ADDRESS.finditer(text):
        yield Mark(*address.span(), Pointer.ADDRESS)
    for phone in PhoneNumberMatcher(text, LAND, leniency=Leniency.VALID):
        alone = phone.raw_string.startswith("(") and ")" not in phone.raw_string
        yield Mark(phone.start + alone, phone.end, Pointer.PHONE)
    for word in _WORD.finditer(text):
        if _is_name(word.group(), names):
            yield Mark(*word.span(), Pointer.NAME)
    small = text.casefold()
    for unit in names.units:
        if unit not in small:  # thousands of units, of which a text names one or none
            continue
        for named in re.finditer(rf"(?<!\w){re.escape(unit)}(?!\w)", text, re.IGNORECASE):
            yield Mark(*named.span(), Pointer.UNIT)


def _is_name(word: str, names: Names) -> bool:
    """A genitive's s is not of the name."""
    small = word.casefold()
    forms = {small, small.removesuffix("s")}
    if not forms.isdisjoint(names.given):
        return True
    return word[0].isupper() and not forms.isdisjoint(names.family)
