"""How gunicorn serves: what it may write down, and what its workers must share."""

import sys
from typing import Any, Final

from gunicorn.glogging import Logger

from dialog.settings import from_environment

# How gunicorn's messages begin that would name an address, a path or bytes of a request.
UNREADABLE: Final = "Invalid request from"
FAILED: Final = ("Error handling", "Socket error", "HTTP/2", "Exception in post_request")


class QuietLogger(Logger):  # type: ignore[misc]  # gunicorn has no types
    """No line for a request, whatever level and whatever access log is asked for."""

    def access(self, *_args: Any, **_named: Any) -> None:
        """Writes nothing."""

    def debug(self, *_args: Any, **_named: Any) -> None:
        """Writes nothing: these lines hold the whole configuration, and bytes of requests."""

    def warning(self, msg: str, *args: Any, **named: Any) -> None:
        if msg.startswith(UNREADABLE):
            super().warning("A request could not be read.")
        else:
            super().warning(msg, *args, **named)

    def exception(self, msg: Any, *args: Any, **named: Any) -> None:
        if str(msg).startswith(FAILED):
            kind = sys.exc_info()[0]
            self.error("A request failed: %s", kind.__name__ if kind else "unknown")
        else:
            super().exception(msg, *args, **named)


def on_starting(server: Any) -> None:
    """Say what several workers of the staff application need, while somebody is looking."""
    if server.app.app_uri != "wsgi:staff()" or server.cfg.workers < 2:  # noqa: PLR2004 - several
        return
    if from_environment().limits_url.startswith("memory"):
        server.log.warning(
            "DIALOG_LIMITS_URL is memory://, so each of %s workers counts failed attempts for"
            " itself and lets as many through. With redis://… they count together.",
            server.cfg.workers,
        )


def post_fork(_server: Any, worker: Any) -> None:
    """No two workers share a connection to the database: each opens its own."""
    worker.app.wsgi().extensions["engine"].dispose(close=False)
