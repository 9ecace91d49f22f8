"""A meeting with many streams, over loopback: how soon all hear of what happens, and what it takes.

Real processes as `dialog run` starts them: one stream and then two, killed in the middle.
DIALOG_STREAMS says how many browsers (2,000).
"""

import asyncio
import os
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from uuid import UUID

import psutil
from flask import Flask

from dialog.application import create_app
from dialog.meetings import events
from dialog.meetings.live_models import EventKind
from dialog.settings import Settings
from dialog.storage.engine import make_sessions
from tests.bench import Figure, streams
from tests.bench.streams import STREAMS, Browser

EVENTS = 20
UNHEARD = 5  # events while no stream runs


def run() -> list[Figure]:
    return [figure for processes in (1, 2) for figure in _with(processes)]


def _with(processes: int) -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DIALOG_INSTANCE"] = folder
        settings, ports = streams.here()
        app = create_app(settings)
        address, browsers = streams.invite(app)
        meeting = Meeting(app, settings, address, browsers, ports[1 : 1 + processes])
        return list(asyncio.run(meeting.measure()))


class Meeting:
    """One meeting that has begun, those who follow it, and the ports of its streams."""

    def __init__(
        self,
        app: Flask,
        settings: Settings,
        address: str,
        browsers: list[Browser],
        ports: list[int],
    ) -> None:
        self._app, self._settings, self._ports = app, settings, ports
        self._address, self._browsers = address, browsers
        self._last = 0

    async def measure(self) -> list[Figure]:
        with self._streams() as running, self._followed():
            began = time.monotonic()
            await asyncio.wait_for(streams.all_open(self._browsers), 120)
            opened = time.monotonic() - began
            delays = [delay for _event in range(EVENTS) for delay in await self._delays()]
            memory = streams.memory(running)
        for _event in range(UNHEARD):
            await self._happen()
        began = time.monotonic()
        with self._streams(), self._followed():
            await streams.heard_by_all(self._browsers, self._last)
            back = time.monotonic() - began
        every = set(range(1, self._last + 1))
        missed = sum(every != set(browser.heard) for browser in self._browsers)
        twice = sum(each.twice for each in self._browsers)
        name = f"meeting, {STREAMS} streams, processes: {len(self._ports)}"
        return [
            Figure(f"{name}: all open after", opened, "s"),
            Figure(f"{name}: median from commit to heard", statistics.median(delays), "s", 0.3),
            Figure(f"{name}: last from commit to heard", max(delays), "s", 1.0),
            Figure(f"{name}: memory", memory, "MB", 400),
            Figure(f"{name}: all back after kill -9 and a new start", back, "s", 10),
            Figure(f"{name}: streams that missed an event", missed, "", 0),
            Figure(f"{name}: events heard twice", twice, "", 0),
        ]

    @contextmanager
    def _streams(self) -> Iterator[list[psutil.Process]]:
        name = "stream of meetings"
        with ExitStack() as stack:
            each = [streams.started(name, self._settings, port=port) for port in self._ports]
            yield [stack.enter_context(one) for one in each]

    def _followed(self) -> AbstractContextManager[None]:
        return streams.followed(self._browsers, self._ports, self._address)

    async def _delays(self) -> list[float]:
        """From the moment of a commit until each has heard, s."""
        sent = await self._happen()
        await streams.heard_by_all(self._browsers, self._last)
        await asyncio.sleep(0.3)
        return [browser.heard[self._last] - sent for browser in self._browsers]

    async def _happen(self) -> float:
        return await asyncio.to_thread(self._write)

    def _write(self) -> float:
        with make_sessions(self._app.extensions["engine"])() as session:
            meeting = UUID(self._address.rsplit("/", 1)[1])
            self._last = events.tell(session, meeting_id=meeting, kind=EventKind.AGENDA)
            session.commit()
        return time.monotonic()
