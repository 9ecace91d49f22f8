"""How much of a word is seen on a page."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Final

RUN: Final = 2  # neighbouring letters: of small and thin ones a single one often cannot be told


class Seen(StrEnum):
    WHOLE = "whole"
    PARTLY = "partly"
    NOT = "not"


def seen(letters: Sequence[bool]) -> Seen:
    """Of a word, from whether each of its letters and figures is. Without any it counts as seen."""
    if 2 * sum(letters) < len(letters):
        return Seen.NOT
    runs = zip(*(letters[at:] for at in range(RUN)), strict=False)
    return Seen.PARTLY if any(not any(run) for run in runs) else Seen.WHOLE
