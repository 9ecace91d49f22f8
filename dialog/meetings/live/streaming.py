"""The stream of meetings: an ASGI application that holds thousands of open answers in one thread.

Who may follow a meeting is asked of the staff application itself, with the browser's own cookie;
its answer is also how a stream begins. After that the hub looks, and what everybody is shown is
made once for all that look at the same page in the same language. In a body's meeting, where a few
follow, it is asked again before each part: who has stopped acting there is sent no more.
"""

import asyncio
import random
import re
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Final
from uuid import UUID

from flask import Flask
from flask_babel import force_locale
from werkzeug.test import EnvironBuilder, run_wsgi_app

from dialog.meetings import events
from dialog.meetings.live import asgi, messages, showing
from dialog.meetings.live.asgi import Receive, Send
from dialog.meetings.live.hub import Hub
from dialog.meetings.models import Meeting
from dialog.settings import Settings
from dialog.storage.engine import make_sessions

PULSE_EVERY: Final = 10.0  # seconds
OPEN_FOR: Final = (240.0, 360.0)  # seconds; not all end at the same moment
SERVER_ERROR: Final = 500  # from here on it is not said whether one may
AT_MOST: Final = 500  # events in one message; who is further behind gets the rest in the next
_ADDRESS: Final = re.compile(r"/moten/([0-9a-f-]{36})/handelser")
_KNOWN: Final = ("cookie", "user-agent", "accept-language", "last-event-id")


@dataclass(frozen=True)
class Follower:
    """A stream that may be: of which meeting, what it shows, and how far it has come."""

    meeting_id: UUID
    view: str
    language: str
    number: int
    first: str
    inside: bool  # of a body's meeting: asked again before each part


Ask = Callable[[], Awaitable[Follower | int]]  # whether the browser may follow; if not, a status


class Streams:
    """An ASGI application (asgi.readthedocs.io, HTTP and lifespan)."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._settings: Settings = app.extensions["settings"]
        self._sessions = make_sessions(app.extensions["engine"], reading=True)
        self._hub = Hub(self._look)
        self._made: dict[tuple[UUID, str, str], tuple[int, asyncio.Task[str]]] = {}

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await asgi.lifespan(receive, send)
            return
        if scope["path"] == "/health":
            await self._answer(send, 200, b"ok")
            return
        if scope["method"] != "GET" or not (found := _ADDRESS.fullmatch(scope["path"])):
            await self._answer(send, 404)
            return
        ask = partial(asyncio.to_thread, self._ask, scope, UUID(found[1]))
        follower = await ask()
        if isinstance(follower, int):
            await self._answer(send, 403 if follower < SERVER_ERROR else 503)
            return
        await self._start(send, 200, messages.TYPE)
        self._hub.follow(follower.meeting_id)
        left = asyncio.ensure_future(asgi.left(receive))
        telling = asyncio.ensure_future(self._tell(follower, send, ask))
        try:
            await asyncio.wait({left, telling}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._hub.leave(follower.meeting_id)
            for task in (left, telling):
                task.cancel()
            await asyncio.gather(left, telling, return_exceptions=True)

    async def _tell(self, follower: Follower, send: Send, ask: Ask) -> None:
        number = follower.number
        await asgi.part(send, follower.first)
        until = time.monotonic() + random.uniform(*OPEN_FOR)  # noqa: S311 - no secret
        while time.monotonic() < until:
            newest = await self._hub.newer(follower.meeting_id, than=number, within=PULSE_EVERY)
            text = messages.message(messages.PULSE, {})
            if newest is not None:
                number, text = await self._newer(follower, number, newest)
            if follower.inside and isinstance(await ask(), int):
                break
            await asgi.part(send, text)
        await asgi.part(send, messages.over(after=random.randint(0, 1_000)), more=False)  # noqa: S311 - no secret

    async def _newer(self, follower: Follower, after: int, newest: int) -> tuple[int, str]:
        """What has happened after a number, and the page then; made once for all that ask."""
        happened = await self._once(
            (follower.meeting_id, "events", str(after)),
            newest,
            lambda: self._events(follower.meeting_id, after, newest),
        )
        page = ""
        if follower.view in showing.VIEWS:
            page = await self._once(
                (follower.meeting_id, follower.view, follower.language),
                newest,
                lambda: self._page(follower),
            )
        return min(newest, after + AT_MOST), happened + page

    async def _once(self, key: tuple[UUID, str, str], number: int, make: Callable[[], str]) -> str:
        kept = self._made.get(key)
        if kept is None or kept[0] < number:
            if len(self._made) > AT_MOST:
                self._made.clear()
            kept = number, asyncio.ensure_future(asyncio.to_thread(make))
            self._made[key] = kept
        try:
            return await asyncio.shield(kept[1])
        except BaseException:
            self._made.pop(key, None)
            raise

    def _ask(self, scope: dict[str, Any], meeting_id: UUID) -> Follower | int:
        """Ask the staff application whether this browser may follow the meeting; if not, the status
        of its answer.
        """
        headers = {
            name.decode("latin-1"): value.decode("latin-1")
            for name, value in scope["headers"]
            if name.decode("latin-1").lower() in _KNOWN
        }
        query = scope["query_string"].decode("latin-1")
        environ = EnvironBuilder(
            path=scope["path"], query_string=query, headers=headers,
            base_url=self._settings.base_url, environ_overrides={messages.STREAM: True},
        ).get_environ()  # fmt: skip
        body, status, given = run_wsgi_app(self._app.wsgi_app, environ, buffered=True)
        if not status.startswith("200 "):
            return int(status[:3])
        return Follower(
            meeting_id=meeting_id,
            view=given["X-View"],
            language=given["Content-Language"],
            number=int(given["X-Number"]),
            first=b"".join(body).decode(),
            inside=bool(given["X-Inside"]),
        )

    def _look(self, meetings: Any) -> dict[UUID, int]:
        with self._sessions() as session:
            return events.last_of(session, meetings=meetings)

    def _events(self, meeting_id: UUID, after: int, newest: int) -> str:
        number = min(AT_MOST, newest - after)  # there are no gaps
        with self._sessions() as session:
            found = events.newer(session, meeting_id=meeting_id, than=after, at_most=number)
            return messages.happened(found)

    def _page(self, follower: Follower) -> str:
        with (
            self._app.test_request_context(base_url=self._settings.base_url),
            force_locale(follower.language),
            self._sessions() as session,
        ):
            meeting = session.get_one(Meeting, follower.meeting_id)
            return messages.shown(showing.html(session, meeting=meeting, view=follower.view))

    async def _answer(self, send: Send, status: int, body: bytes = b"") -> None:
        await self._start(send, status, "text/plain; charset=utf-8")
        await send({"type": "http.response.body", "body": body, "more_body": False})

    async def _start(self, send: Send, status: int, kind: str) -> None:
        headers = {
            "Content-Type": kind,
            "Cache-Control": "no-store",
            "X-Accel-Buffering": "no",  # nginx passes on each part as it comes
            "Access-Control-Allow-Origin": self._settings.base_url,
            "Access-Control-Allow-Credentials": "true",
            "Vary": "Origin",
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "default-src 'none'",
        }
        pairs = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
        await send({"type": "http.response.start", "status": status, "headers": pairs})
