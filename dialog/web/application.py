"""Flask with two promises: a view's work is settled before it is answered, and no log line holds
a value.
"""

from types import TracebackType
from typing import Any

from flask import Flask, Response

from dialog.web.database import settle
from dialog.web.logs import log_unexpected


class Application(Flask):
    """The staff application's kind of Flask."""

    def dispatch_request(self) -> Response:
        """Run the view, then commit. Here and not after the request, so that a commit that fails
        is an error like any other: rolled back, noted and answered with a page and status 500.
        """
        response: Response = self.make_response(super().dispatch_request())
        settle(response.status_code)
        return response

    def log_exception(
        self, exc_info: tuple[type, BaseException, TracebackType] | tuple[None, None, None] | Any
    ) -> None:
        """Flask would log the path and the message; either may hold an identifier or a name."""
        if exc_info[1] is not None:
            log_unexpected(exc_info[1])
