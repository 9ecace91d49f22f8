"""What the states of a round are called."""

from collections.abc import Mapping
from typing import Any, Final

from flask_babel import lazy_gettext

from dialog.surveys.models import RoundState

STATE_WORDS: Final[Mapping[RoundState, Any]] = {
    RoundState.DRAFT: lazy_gettext("utkast"),
    RoundState.REVIEW: lazy_gettext("väntar på granskning"),
    RoundState.APPROVED: lazy_gettext("godkänd"),
    RoundState.OPEN: lazy_gettext("öppen för svar"),
    RoundState.PAUSED: lazy_gettext("pausad"),
    RoundState.CLOSED: lazy_gettext("stängd"),
    RoundState.OPENED: lazy_gettext("svaren är öppnade"),
    RoundState.UNOPENED: lazy_gettext("avslutad utan att svaren öppnades"),
    RoundState.RELEASED: lazy_gettext("publicerad"),
    RoundState.ARCHIVED: lazy_gettext("arkiverad"),
    RoundState.CANCELLED: lazy_gettext("avbruten"),
}
