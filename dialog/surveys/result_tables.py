"""Which tables of a round's result its plan lets be published."""

from typing import Any, Final

from dialog.core.disclosure.policy import Tables
from dialog.surveys.models import Round

WHOLE: Final[dict[str, bool]] = {"whole": True}  # in place of tables: all answers together


def of(round_: Round) -> Tables:
    """What the plan does not say yes to is not published."""
    return Tables(bool(round_.tables.get("units")), bool(round_.tables.get("levels")))


def is_whole(tables: dict[str, Any]) -> bool:
    """Whether all answers are told together and nothing else: then no answer has a unit or a
    level, neither in its ballot nor where it is stored.
    """
    return bool(tables.get("whole"))
