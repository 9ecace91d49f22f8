"""Names for the codebook, made from what people read: "Är det lätt?" becomes `ar_det_latt`."""

import re
import unicodedata
from collections.abc import Collection, Iterator

from dialog.core.questionnaire import Questionnaire, items, questions

LONGEST = 32  # the JSON form allows 40: room for a number that tells two apart


def variable_name(text: str, *, taken: Collection[str], otherwise: str = "f") -> str:
    """a-z, 0-9 and _, beginning with a letter, not in `taken`. `otherwise` is used for a text
    without any letter, and before one that begins with a digit.
    """
    return _free(plain(text), taken, otherwise)


def plain(text: str) -> str:
    """Lower case without accents, words joined by _, cut between words."""
    letters = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", letters)
    name = ""
    for word in words:
        longer = f"{name}_{word}" if name else word
        if len(longer) > LONGEST:
            break
        name = longer
    return name or (words[0][:LONGEST] if words else "")


def _free(wanted: str, taken: Collection[str], otherwise: str) -> str:
    if not wanted:
        wanted = otherwise
    elif wanted[0].isdigit():
        wanted = f"{otherwise}_{wanted}"
    name, number = wanted, 1
    while name in taken:
        number += 1
        name = f"{wanted}_{number}"
    return name


def names_in(questionnaire: Questionnaire) -> frozenset[str]:
    """Every name of a section, question, matrix row or scale."""
    return frozenset(_names(questionnaire))


def _names(questionnaire: Questionnaire) -> Iterator[str]:
    yield from (section.name for section in questionnaire.sections)
    yield from (question.name for question in questions(questionnaire))
    yield from (item.name for item in items(questionnaire))
    yield from (scale.name for scale in questionnaire.scales)
