"""What outcomes and marks are called."""

from typing import Any, Final

from flask_babel import lazy_gettext

from dialog.core.pointers import Pointer
from dialog.reviewing.models import Outcome

OUTCOMES: Final[dict[Outcome, Any]] = {
    Outcome.QUOTED: lazy_gettext("Visas som citat"),
    Outcome.SUMMARISED: lazy_gettext("Visas som sammanfattning"),
    Outcome.WITHHELD: lazy_gettext("Visas inte"),
}
POINTERS: Final[dict[Pointer, Any]] = {
    Pointer.IDENTITY: lazy_gettext("personnummer"),
    Pointer.PHONE: lazy_gettext("telefonnummer"),
    Pointer.ADDRESS: lazy_gettext("e-postadress"),
    Pointer.NAME: lazy_gettext("namn"),
    Pointer.UNIT: lazy_gettext("liten enhet"),
}
