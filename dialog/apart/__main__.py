"""`python -m dialog.apart WORK GIVEN…`: bounds first, then the work; the answer is JSON."""

import json
import sys
from importlib import import_module
from typing import Final

from dialog.core.documents.kinds import MEGABYTE, Fault, UnfitError

MEMORY: Final = 1_200 * MEGABYTE
WRITTEN: Final = 200 * MEGABYTE
SECONDS: Final = 20
WORKS: Final = {
    "cut": "dialog.apart.cutting:cut",
    "lines": "dialog.apart.redacting:lines",
    "look": "dialog.apart.pdf:look",
    "page": "dialog.apart.pdf:page",
    "read": "dialog.apart.reading:read",
    "recognise": "dialog.apart.containers:recognise",
    "redact": "dialog.apart.redacting:redact",
    "redraw": "dialog.apart.pictures:redraw",
    "sheets": "dialog.apart.sheets:sheets",
    "take-apart": "dialog.apart.mails:take_apart",
    "words": "dialog.apart.pdf:words",
}


def bound() -> None:
    """So much memory and time as any honest file needs, and no copy of the memory on disk."""
    import resource  # noqa: PLC0415 - not on every system on which this is checked

    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, WRITTEN),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def main() -> None:
    bound()
    module, _, name = WORKS[sys.argv[1]].partition(":")
    try:
        told = getattr(import_module(module), name)(*sys.argv[2:])
    except UnfitError as unfit:
        told = {"fault": unfit.fault}
    except MemoryError:
        told = {"fault": Fault.BOMB}
    sys.stdout.write(json.dumps(told))


main()
