"""The respondent's page: for a round and a language the same bytes for everybody.

It knows no session, sets no cookie and holds no token, so it can be cached anywhere, and nobody
can be given a page of his own.
"""

import threading
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask import Response, abort, current_app, request
from flask.blueprints import BlueprintSetupState
from flask_babel import force_locale
from sqlalchemy import Engine
from sqlmodel import Session

from dialog.settings import Settings
from dialog.storage.clock import now
from dialog.surveys import client_script, programmes
from dialog.surveys.answering.page_content import PageContent, content_of
from dialog.surveys.holders import functions
from dialog.surveys.models import Round, RoundState
from dialog.web.anonymous import for_everybody
from dialog.web.static_files import A_YEAR

STATES = {
    RoundState.APPROVED: "early",
    RoundState.OPEN: "open",
    RoundState.PAUSED: "paused",
    RoundState.CLOSED: "closed",
    RoundState.OPENED: "closed",
    RoundState.UNOPENED: "closed",
    RoundState.RELEASED: "closed",
    RoundState.ARCHIVED: "closed",
}
ROUND = sa.inspect(Round).local_table
CACHING = "public, max-age=60"
SEEN_FOR = timedelta(seconds=1)
Seen = sa.Row[RoundState, datetime | None, str, str, str]  # in the order of _look's columns


@dataclass(frozen=True)
class Kept:
    """A rendered page and what it was rendered for."""

    version: tuple[Any, ...]
    body: bytes
    etag: str


class Pages:
    """The pages a process has rendered, by round and language."""

    def __init__(self) -> None:
        self._pages: dict[tuple[UUID, str], Kept] = {}
        self._seen: dict[UUID, tuple[datetime, Seen]] = {}
        self._lock = threading.Lock()

    def of(self, round_id: UUID, language: str, at: datetime) -> Kept | None:
        """The page as it is now, rendered when something of it has changed; None: there is none."""
        version = self._version(round_id, at)
        if version is None:
            return None
        kept = self._pages.get((round_id, language))
        if kept is None or kept.version != version:
            with self._lock:
                kept = self._render(round_id, language, version)
                self._pages[round_id, language] = kept
        return kept

    def _version(self, round_id: UUID, at: datetime) -> tuple[Any, ...] | None:
        """What the page depends on, without the questionnaire: that is frozen before it is shown.
        The round is looked up at most once in SEEN_FOR: a whole ward may come at once.
        """
        seen = self._seen.get(round_id)
        if seen is None or not seen[0] <= at < seen[0] + SEEN_FOR:
            row = _look(round_id)
            if row is None:
                return None
            seen = self._seen[round_id] = (at, row)
        row = seen[1]
        if row.state not in STATES:
            return None
        state = STATES[row.state]
        if state in {"open", "paused"} and row.closes_at is not None and row.closes_at <= at:
            state = "closed"
        return (state, row.closes_at, row.script, row.title, row.sender)

    def _render(self, round_id: UUID, language: str, version: tuple[Any, ...]) -> Kept:
        with Session(_reading()) as session, force_locale(language):
            round_ = session.get_one(Round, round_id)
            known = functions(session, round_=round_)  # frozen at approval
            content = content_of(
                round_,
                language=language,
                state=version[0],
                holders=known,
                programme=programmes.of_round(session, round_=round_),  # as frozen as they
            )
            body = render(content, language)
        return Kept(version, body, sha256(body).hexdigest()[:32])


def use_pages(state: BlueprintSetupState) -> None:
    state.app.extensions["answer_pages"] = Pages()


def render(content: PageContent, language: str) -> bytes:
    """Without Flask's context processors: they would ask who is looking."""
    template = current_app.jinja_env.get_template("surveys/answering/page.html")
    return template.render(page=content, language=language).encode()


def answer_page(round_id: UUID) -> Response:
    for_everybody()
    language = "en" if request.args.get("lang") == "en" else "sv"
    pages: Pages = current_app.extensions["answer_pages"]
    kept = pages.of(round_id, language, now())
    if kept is None:
        abort(404)
    response = Response(kept.body, mimetype="text/html")
    response.set_etag(kept.etag)
    response.headers["Cache-Control"] = CACHING
    response.headers["Referrer-Policy"] = "no-referrer"
    response.make_conditional(request)
    return response


def script(digest: str) -> Response:
    """The script that a round was opened with, as long as the round needs it."""
    for_everybody()
    settings: Settings = current_app.extensions["settings"]
    path = client_script.path(settings, digest=digest)
    if not digest.isalnum() or not path.exists():
        abort(404)
    response = Response(path.read_bytes(), mimetype="text/javascript")
    response.headers["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    return response


def _look(round_id: UUID) -> Seen | None:
    columns = (ROUND.c.state, ROUND.c.closes_at, ROUND.c.script, ROUND.c.title, ROUND.c.sender)
    with _reading().connect() as connection:
        return connection.execute(sa.select(*columns).where(ROUND.c.id == round_id)).first()


def _reading() -> Engine:
    engine: Engine = current_app.extensions["engine"]
    return engine.execution_options(reading=True)
