"""The picture of how commitments stand: bars in a table, so that the picture is its own table."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from flask_babel import gettext as _
from flask_babel import ngettext

from dialog.commitments.words import STANDINGS
from dialog.core.commitments import Standing
from dialog.web.i18n import all_of

LENGTH: Final = 100  # of the longest bar, in the picture's own units


@dataclass(frozen=True)
class Bar:
    standing: Standing
    name: Any
    number: int
    length: float


@dataclass(frozen=True)
class Figure:
    """`sentence` is the finding in words."""

    total: int
    sentence: str
    bars: tuple[Bar, ...]


def figure(counts: Mapping[Standing, int]) -> Figure:
    """A bar for each standing, in their order; of those that are seldom, none where there are
    none.
    """
    always = {Standing.KEPT, Standing.UNDER_WAY, Standing.LATE}
    longest = max(counts.values(), default=0) or 1
    bars = tuple(
        Bar(each, name, number, LENGTH * number / longest)
        for each, (name, _kind) in STANDINGS.items()
        if (number := counts.get(each, 0)) or each in always
    )
    total = sum(counts.values())
    return Figure(total, _sentence(counts, total), bars)


def _sentence(counts: Mapping[Standing, int], total: int) -> str:
    of = {each: counts.get(each, 0) for each in Standing}
    parts = [
        ngettext(
            "%(num)s är gjort och bekräftat", "%(num)s är gjorda och bekräftade", of[Standing.KEPT]
        ),
        ngettext("%(num)s pågår", "%(num)s pågår", of[Standing.UNDER_WAY]),
        ngettext("%(num)s är försenat", "%(num)s är försenade", of[Standing.LATE]),
    ]
    whole = ngettext("Av %(num)s åtagande", "Av %(num)s åtaganden", total)
    return str(_("%(whole)s: %(parts)s.", whole=whole, parts=all_of(parts)))
