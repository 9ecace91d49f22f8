"""Which tables of a round's result its plan lets be published."""

from dialog.core.disclosure.policy import Tables
from dialog.surveys.models import Round


def of(round_: Round) -> Tables:
    """What the plan does not say yes to is not published."""
    return Tables(bool(round_.tables.get("units")), bool(round_.tables.get("levels")))
