"""What pages call where a disposal stands."""

from typing import Final

from flask_babel import lazy_gettext as _l

from dialog.retention.models import Outcome, RunState

STATES: Final = {
    RunState.LISTED: _l("Väntar på två personers godkännande"),
    RunState.CONFIRMED: _l("Godkänd av två. Gallringen pågår."),
    RunState.DONE: _l("Gallrad"),
    RunState.WITHDRAWN: _l("Tillbakadragen"),
}
OUTCOMES: Final = {
    Outcome.WAITING: _l("väntar"),
    Outcome.GONE: _l("gallrat"),
    Outcome.KEPT: _l("kvar, för det hade kommit något nytt eller flyttats till ett annat beslut"),
}
