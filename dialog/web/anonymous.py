"""Answers that are the same for everybody: they know no session, and caches may be told so."""

from flask import Flask, Request, Response, g
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin

from dialog.web.repeating import repeat


class Sessions(SecureCookieSessionInterface):
    """Flask's sessions, left alone where a view has called `for_everybody`. Otherwise every answer
    says `Vary: Cookie`, because the sign-in looks into the session on its way out.
    """

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Without a cookie there is nothing to verify: answering comes without one, at all hours,
        and making ready for it cost 0.08 ms a time.
        """
        if self.get_cookie_name(app) not in request.cookies:
            return self.session_class()
        return super().open_session(app, request)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if not g.get("for_everybody", False):
            super().save_session(app, session, response)


def use_sessions(app: Flask) -> None:
    app.session_interface = Sessions()


def for_everybody() -> None:
    """This answer depends on its address alone, sets no cookie, and leaves no line in the log."""
    without_traces()
    repeat()


def without_traces() -> None:
    """This answer sets no cookie and leaves no line in the log, whatever it depends on."""
    g.for_everybody = g.unlogged = True
