"""The two applications as WSGI callables: `wsgi:staff()` and `wsgi:box()`."""

import os
import sys
from collections.abc import Callable
from typing import Final

from flask import Flask

from dialog.core.configuration import WrongSettingError
from dialog.core.errors import RefusedError

NOT_LOADED: Final = 4  # gunicorn then stops instead of trying for ever


def staff() -> Flask:
    from dialog.application import create_app  # noqa: PLC0415 - each process loads only its own side

    return _made(create_app)


def box() -> Flask:
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
