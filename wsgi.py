"""The two applications as WSGI callables, `wsgi:staff()` and `wsgi:box()`, and `wsgi:stream()`, the
ASGI application that tells browsers at once what happens in meetings.
"""

import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from flask import Flask

from dialog.core.configuration import WrongSettingError
from dialog.core.errors import RefusedError
from dialog.loading import to_stay

if TYPE_CHECKING:
    from dialog.meetings.live.streaming import Streams

NOT_LOADED: Final = 4  # gunicorn then stops instead of trying for ever


def staff() -> Flask:
    with to_stay():
        from dialog.application import create_app  # noqa: PLC0415 - each process loads only its own side

        return _made(create_app)


def stream() -> "Streams":
    """What happens in meetings, as events; an ASGI application."""
    with to_stay():
        from dialog.meetings.live.streaming import Streams  # noqa: PLC0415 - only in its process

        return Streams(staff())


def box() -> Flask:
    with to_stay():
        from dialog.ballotbox import create_box  # noqa: PLC0415 - each process loads only its own side

        return _made(create_box)


def _made(create: Callable[[], Flask]) -> Flask:
    """The application; or a sentence for the operator, and the end of the process."""
    os.umask(0o077)  # what Dialog writes is its owner's alone, unless it says otherwise
    try:
        return create()
    except (RefusedError, WrongSettingError) as refused:
        print(refused, file=sys.stderr)  # noqa: T201 - there is no log yet
        sys.exit(NOT_LOADED)
