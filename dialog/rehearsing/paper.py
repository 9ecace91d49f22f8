"""A document of a round that somebody may ask for: since when and until when it is there.

What is disposed of goes by the very duties that the worker does (`rounds.disposing`).
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dialog.rehearsing.columns import Columns
from dialog.surveys.models import Round
from dialog.surveys.rounds import disposing


class There(StrEnum):
    NOT_YET = "not-yet"
    NOW = "now"
    GONE = "gone"


@dataclass(frozen=True)
class Paper:
    """`since` None: it is there already, or comes before the opening; `until` None: it is kept, or
    if it is `disposed` of, nobody has said when. Both are whole days. `earliest`: it may come later
    than on `since`. `tables`: those of the database that it is written from; `columns`: of the one
    that is shown by example.
    """

    name: str
    title: str
    about: str
    since: date | None = None
    until: date | None = None
    earliest: bool = False
    disposed: bool = False
    tables: tuple[str, ...] = ()
    columns: Columns | None = None
    public: bool = False  # on pages that anybody can read

    def on(self, day: date) -> There:
        if self.since is not None and day < self.since:
            return There.NOT_YET
        return There.GONE if self.until is not None and self.until < day else There.NOW


def until(round_: Round, *kinds: str) -> date | None:
    """The last day of what the first of these of `disposing.KINDS` takes away; None: no day is
    decided.
    """
    days = [disposing.KINDS[kind].until(round_) for kind in kinds]
    return min((day for day in days if day is not None), default=None)


def units_gone(round_: Round, day: date) -> bool:
    """Whether the unit on the answers is disposed of on `day`."""
    return disposing.has_passed(round_, kind=disposing.KINDS["unit"], day=day)
