"""One database session a request: committed when the view returns, rolled back when it raises."""

from flask import Flask, Response, current_app, g, request
from sqlalchemy import Engine
from sqlalchemy.orm import sessionmaker
from sqlmodel import Session

from dialog.storage.engine import make_sessions

WRITING_METHODS = {"POST", "PUT", "PATCH", "DELETE"}


def use_database(app: Flask, engine: Engine) -> None:
    app.extensions["engine"] = engine
    app.extensions["sessions"] = {
        True: make_sessions(engine),
        False: make_sessions(engine, reading=True),
    }
    app.after_request(_commit)
    app.teardown_appcontext(_close)


def session() -> Session:
    """This request's session. GET and HEAD read only: on SQLite they take no write lock."""
    if "session" not in g:
        writing = not request or request.method in WRITING_METHODS
        makers: dict[bool, sessionmaker[Session]] = current_app.extensions["sessions"]
        g.session = makers[writing]()
        g.session_writes = writing
    opened: Session = g.session
    return opened


def _commit(response: Response) -> Response:
    opened: Session | None = g.get("session")
    if opened is not None and g.session_writes and not g.get("refused", False):
        opened.commit()
    return response


def _close(_error: BaseException | None) -> None:
    opened: Session | None = g.pop("session", None)
    if opened is not None:
        opened.close()
