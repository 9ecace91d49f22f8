"""Streams as an ASGI server would drive them, without one."""

import asyncio
import re
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

from flask import Flask

from dialog.meetings import events
from dialog.meetings.live.streaming import Streams
from dialog.meetings.live_models import EventKind
from dialog.storage.engine import make_sessions


def numbers_in(text: str) -> list[int]:
    return [int(number) for number in re.findall(r'"nummer": (\d+)', text)]


def happen(app: Flask, meeting_id: UUID, times: int = 1) -> None:
    for _time in range(times):
        with make_sessions(app.extensions["engine"])() as session:
            events.tell(session, meeting_id=meeting_id, kind=EventKind.AGENDA)
            session.commit()


class Browser:
    """One stream, as an ASGI server would drive it."""

    def __init__(self, streams: Streams, address: str, query: str, cookie: str) -> None:
        self.scope = {
            "type": "http", "method": "GET", "path": address, "query_string": query.encode(),
            "headers": [(b"cookie", f"dialog={cookie}".encode())],
        }  # fmt: skip
        self.status, self.text = 0, ""
        self.gone = asyncio.Event()
        self.task = asyncio.ensure_future(streams(self.scope, self._receive, self._send))

    async def _receive(self) -> dict[str, Any]:
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: dict[str, Any]) -> None:
        self.status = message.get("status", self.status)
        self.text += message.get("body", b"").decode()

    async def until(self, number: int) -> list[int]:
        """The numbers of the events so far, once `number` is among them."""
        await self.told(f'"nummer": {number},')
        return numbers_in(self.text)

    async def told(self, words: str) -> None:
        """Wait until the words are there."""
        for _try in range(200):
            if words in self.text:
                return
            await asyncio.sleep(0.05)
        raise AssertionError(self.text)


def apart(doing: Coroutine[Any, Any, Any]) -> Any:
    """Run it in a loop of its own thread: a browser test before may have left one in this."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, doing).result()
