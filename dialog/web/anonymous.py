"""Answers that are the same for everybody: they know no session, and caches may be told so."""

from flask import Flask, Response, g
from flask.sessions import SecureCookieSessionInterface, SessionMixin

from dialog.web.repeating import repeat


class Sessions(SecureCookieSessionInterface):
    """Flask's sessions, left alone where a view has called `for_everybody`. Otherwise every answer
    says `Vary: Cookie`, because the sign-in looks into the session on its way out.
    """

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if not g.get("for_everybody", False):
            super().save_session(app, session, response)


def use_sessions(app: Flask) -> None:
    app.session_interface = Sessions()


def for_everybody() -> None:
    """This answer depends on its address alone, sets no cookie, and leaves no line in the log."""
    g.for_everybody = g.unlogged = True
    repeat()
