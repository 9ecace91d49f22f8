"""Why the making of a result has stopped, in plain words."""

from typing import Any, Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from dialog.surveys.rounds.publishing import Progress

_MEMORY: Final = _l("Minnet i servern räckte inte.")
_DATABASE: Final = _l("Databasen gick inte att nå, eller tog inte emot resultatet.")
_FILES: Final = _l("Det gick inte att läsa eller skriva filer på servern. Disken kan vara full.")
# By the name of the error: its own words may tell what is nobody's business.
CAUSES: Final[dict[str, Any]] = {
    "MemoryError": _MEMORY,
    "OperationalError": _DATABASE,
    "InterfaceError": _DATABASE,
    "DBAPIError": _DATABASE,
    "TimeoutError": _DATABASE,
    "OSError": _FILES,
    "PermissionError": _FILES,
    "FileNotFoundError": _FILES,
}


def cause(progress: Progress | None) -> str:
    """What went wrong, as far as it is known."""
    if progress is None:
        return str(_("Uppdraget att göra resultatet finns inte kvar."))
    if known := CAUSES.get(progress.problem):
        return str(known)
    if progress.problem:
        return str(_("Ett fel i programmet (%(name)s).", name=progress.problem))
    return str(_("Vad som gick fel är inte känt."))
