"""Sessions of people who have signed in, for requests over real HTTP."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from dialog.application import create_app
from dialog.people.models import Person
from dialog.settings import Settings
from dialog.storage.engine import make_sessions
from tests.conftest import sign_in


@dataclass(frozen=True)
class SignedIn:
    """What a browser sends with each request."""

    browser: str
    cookie: str

    @property
    def headers(self) -> dict[str, str]:
        return {"User-Agent": self.browser, "Cookie": self.cookie}


def sessions(settings: Settings, people: Sequence[tuple[str, str]]) -> list[SignedIn]:
    """A session for each (e-mail address, browser)."""
    with _database(settings) as (app, session):
        found = session.exec(
            select(Person).where(col(Person.email).in_([email for email, _ in people]))
        ).all()
        by_email = {person.email: person for person in found}
        made = []
        for email, browser in people:
            client = app.test_client()
            client.environ_base |= {"REMOTE_ADDR": "127.0.0.1", "HTTP_USER_AGENT": browser}
            sign_in(client, session, by_email[email])
            cookie = client.get_cookie(app.config["SESSION_COOKIE_NAME"])
            assert cookie is not None
            made.append(SignedIn(browser, f"{cookie.key}={cookie.value}"))
        return made


def emails(settings: Settings, *, most: int) -> list[str]:
    """Addresses of people there are."""
    with _database(settings) as (_app, session):
        return list(session.exec(select(Person.email).order_by(Person.email).limit(most)))


@contextmanager
def _database(settings: Settings) -> Iterator[tuple[Any, Session]]:
    app = create_app(settings)
    try:
        with make_sessions(app.extensions["engine"])() as session:
            yield app, session
    finally:
        app.extensions["engine"].dispose()
