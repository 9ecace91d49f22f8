"""The days on which something changes of what there is of a round."""

from datetime import date
from typing import Any

from flask_babel import gettext as _

from dialog.rehearsing.calendar import A_DAY, Calendar
from dialog.rehearsing.paper import Paper, until
from dialog.surveys.models import Round


def turns(
    round_: Round, found: list[Paper], days: Calendar, *, opened: bool = True
) -> list[tuple[date, list[str]]]:
    """The first day first, with what changes on it."""
    closing = _("omgången stänger, och svaren öppnas tidigast samma dag")
    events: list[tuple[date, Any]] = [
        (days.opens, _("omgången öppnar")),
        (days.opened, closing if opened else _("omgången stänger, och inga svar öppnas")),
    ]
    if opened and days.published != days.opened:
        events.append((days.published, _("resultatet kan publiceras")))
    events += [
        (one.until + A_DAY, _("%(what)s finns inte längre", what=one.title))
        for one in found
        if one.until is not None and one.name != "sealed"
    ]
    last = until(round_, "unit")
    if opened and last is not None:
        events.append((last + A_DAY, _("enheten finns inte längre på svaren och fritexterna")))
    changes: dict[date, list[str]] = {}
    for day, what in sorted(events, key=lambda event: event[0]):
        changes.setdefault(day, []).append(str(what))
    return list(changes.items())
