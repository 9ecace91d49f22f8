"""One database session a request: committed when the view has succeeded, else rolled back."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask, current_app, g, request
from sqlalchemy import Engine
from sqlalchemy.orm import sessionmaker
from sqlmodel import Session

from dialog.storage.engine import make_sessions

WRITING_METHODS = {"POST", "PUT", "PATCH", "DELETE"}
FIRST_REFUSAL = 400


def use_database(app: Flask, engine: Engine) -> None:
    app.extensions["engine"] = engine
    app.extensions["sessions"] = {
        True: make_sessions(engine),
        False: make_sessions(engine, reading=True),
    }
    app.teardown_appcontext(_close)


def session() -> Session:
    """This request's session. GET and HEAD read only: on SQLite they take no write lock."""
    if "session" not in g:
        writing = not request or request.method in WRITING_METHODS
        g.session = _makers()[writing]()
        g.session_writes = writing
    opened: Session = g.session
    return opened


@contextmanager
def reading() -> Iterator[Session]:
    """A short session of its own for looking something up before slow work: a request that is
    hashing a password must not hold the only write lock meanwhile.
    """
    with _makers()[False]() as opened:
        yield opened


@contextmanager
def writing_a_note() -> Iterator[Session]:
    """A short session for a note that a GET may leave (when somebody was last seen, a chosen
    language). It does not wait for others who write: on SQLite it raises OperationalError.
    """
    engine: Engine = current_app.extensions["engine"]
    with make_sessions(engine, patient=False)() as opened:
        yield opened
        opened.commit()


def let_go() -> None:
    """Give back the connection and its lock, before slow work or a second session; what was
    loaded can still be read, what was written and not committed is lost.
    """
    opened: Session | None = g.get("session")
    if opened is not None:
        opened.close()


def settle(status: int) -> None:
    """Keep what the view wrote if it succeeded; a view that answers 400 or more wrote nothing."""
    opened: Session | None = g.get("session")
    if opened is None or not g.session_writes:
        return
    if status < FIRST_REFUSAL:
        opened.commit()
    else:
        opened.rollback()


def abandon() -> None:
    """Forget what this request wrote."""
    opened: Session | None = g.get("session")
    if opened is not None:
        opened.rollback()


def _makers() -> dict[bool, sessionmaker[Session]]:
    makers: dict[bool, sessionmaker[Session]] = current_app.extensions["sessions"]
    return makers


def _close(_error: BaseException | None) -> None:
    opened: Session | None = g.pop("session", None)
    if opened is not None:
        opened.close()
