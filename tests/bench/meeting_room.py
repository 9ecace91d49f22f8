"""A meeting with many streams, over loopback: how soon all hear of what happens, and what it takes.

Real processes as `dialog run` starts them: the staff application and the stream, which is killed in
the middle. DIALOG_STREAMS says how many browsers (2,000).
"""

import asyncio
import contextlib
import os
import re
import signal
import socket
import statistics
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

import psutil
from flask import Flask

from dialog import serving
from dialog.application import create_app
from dialog.meetings import events, planning, steps
from dialog.meetings.live_models import EventKind
from dialog.meetings.models import MeetingInvitation
from dialog.meetings.planning import Plan
from dialog.meetings.states import Action
from dialog.people.accounts import add_person
from dialog.people.models import Role
from dialog.settings import Settings, from_environment
from dialog.storage.clock import now
from dialog.storage.engine import make_sessions
from dialog.storage.migrating import upgrade
from tests.bench import Figure
from tests.conftest import sign_in
from tests.ports import free_ports

STREAMS = int(os.environ.get("DIALOG_STREAMS", "2000"))
EVENTS = 20
AT_ONCE = 50  # browsers that connect at the same moment
_NUMBER = re.compile(rb'"nummer": (\d+)')


@dataclass
class Browser:
    """One stream: when it heard of each number."""

    cookie: str
    heard: dict[int, float] = field(default_factory=dict)
    twice: int = 0
    open: bool = False

    async def follow(self, port: int, address: str, gate: asyncio.Semaphore) -> None:
        async with gate:
            reader, writer = await _connected(port)
            writer.write(
                f"GET {address}/handelser?vy=rum&efter={max(self.heard, default=0)} HTTP/1.1\r\n"
                f"Host: localhost:{port}\r\nCookie: dialog={self.cookie}\r\n\r\n".encode()
            )
            self._hear(await reader.readuntil(b"event: puls"))
            self.open = True
        with contextlib.suppress(OSError):
            while data := await reader.read(65_536):
                self._hear(data)
        writer.close()

    def _hear(self, data: bytes) -> None:
        for number in map(int, _NUMBER.findall(data)):
            self.twice += number in self.heard
            self.heard[number] = time.monotonic()


async def _connected(port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """Try until the server is there, as browsers do."""
    while True:
        with contextlib.suppress(OSError):
            return await asyncio.open_connection("127.0.0.1", port, limit=2**22)
        await asyncio.sleep(0.25)


def run() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        base, stream, box = free_ports(3)
        os.environ.update(
            DIALOG_INSTANCE=folder, DIALOG_LOG_LEVEL="ERROR",
            DIALOG_BASE_URL=f"http://localhost:{base}", DIALOG_BOX_URL=f"http://127.0.0.1:{box}",
            DIALOG_STREAM_URL=f"http://localhost:{stream}",
        )  # fmt: skip
        settings = from_environment()
        upgrade("staff", settings.database_url)
        return list(asyncio.run(_measure(settings, stream)))


async def _measure(settings: Settings, port: int) -> list[Figure]:
    app = create_app(settings)
    address, browsers = _invite(app)
    meeting = address.rsplit("/", 1)[1]
    running = _stream(settings)
    try:
        _wait(port)
        began = time.monotonic()
        following = _follow(browsers, port, address)
        await asyncio.wait_for(_all_open(browsers), 120)
        opened = time.monotonic() - began
        delays, last = [], 0
        for _event in range(EVENTS):
            last, sent = await asyncio.to_thread(_happen, app, meeting)
            await _heard(browsers, last)
            delays += [browser.heard[last] - sent for browser in browsers]
            await asyncio.sleep(0.3)
        memory = sum(
            each.memory_info().rss for each in (running, *running.children(recursive=True))
        )
        os.killpg(running.pid, signal.SIGKILL)
        running.wait(10)
        for task in following:
            task.cancel()
        for _event in range(5):  # nobody hears of these yet
            last, _sent = await asyncio.to_thread(_happen, app, meeting)
        running = _stream(settings)
        _wait(port)
        began = time.monotonic()
        following = _follow(browsers, port, address)
        await _heard(browsers, last)
        back = time.monotonic() - began
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(running.pid, signal.SIGKILL)
    missed = sum(set(range(1, last + 1)) != set(browser.heard) for browser in browsers)
    name = f"meeting, {STREAMS} streams"
    return [
        Figure(f"{name}: all open after", opened, "s"),
        Figure(f"{name}: median from commit to heard", statistics.median(delays), "s", 0.3),
        Figure(f"{name}: last from commit to heard", max(delays), "s", 1.0),
        Figure(f"{name}: memory of the stream", memory / 2**20, "MB", 400),
        Figure(f"{name}: all back after kill -9", back, "s", 10),
        Figure(f"{name}: streams that missed an event", missed, "", 0),
        Figure(f"{name}: events heard twice", sum(each.twice for each in browsers), "", 0),
    ]


def _invite(app: Flask) -> tuple[str, list[Browser]]:
    """A meeting that has begun, and a signed-in browser for each who is invited."""
    browsers = []
    with make_sessions(app.extensions["engine"])() as session:
        secretary = add_person(
            session, name="Sara", email="sara@example.org", roles=[Role.SECRETARY]
        )
        starts = now() + timedelta(hours=1)
        plan = Plan(title="Stort möte", starts_at=starts, ends_at=starts + timedelta(hours=1))
        meeting = planning.create(session, by=secretary.id, plan=plan)
        steps.take(session, meeting=meeting, action=Action.BEGIN, by=secretary.id)
        for number in range(STREAMS):
            person = add_person(session, name=f"P {number}", email=f"p{number}@example.org")
            session.add(MeetingInvitation(meeting_id=meeting.id, person_id=person.id, told=0))
            cookie = sign_in(app.test_client(), session, person).get_cookie("dialog")
            browsers.append(Browser(cookie.value if cookie else ""))
        session.commit()
        return f"/moten/{meeting.id}", browsers


def _happen(app: Flask, meeting: str) -> tuple[int, float]:
    with make_sessions(app.extensions["engine"])() as session:
        number = events.tell(session, meeting_id=UUID(meeting), kind=EventKind.AGENDA)
        session.commit()
    return number, time.monotonic()


def _stream(settings: Settings) -> psutil.Popen:
    parts = serving.parts(
        os.environ, base_url=settings.base_url, box_url=settings.box_url,
        stream_url=settings.stream_url,
    )  # fmt: skip
    part = next(part for part in parts if part.name == "stream of meetings")
    return psutil.Popen(part.command, env=part.environment, start_new_session=True,
                        stdout=subprocess.DEVNULL)  # fmt: skip


def _wait(port: int) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    raise TimeoutError


def _follow(browsers: list[Browser], port: int, address: str) -> list[asyncio.Task[None]]:
    gate = asyncio.Semaphore(AT_ONCE)
    return [asyncio.ensure_future(each.follow(port, address, gate)) for each in browsers]


async def _all_open(browsers: list[Browser]) -> None:
    while not all(each.open for each in browsers):  # noqa: ASYNC110 - thousands of flags
        await asyncio.sleep(0.02)


async def _heard(browsers: list[Browser], number: int) -> None:
    deadline = time.monotonic() + 120
    while not all(number in browser.heard for browser in browsers):
        if time.monotonic() > deadline:
            raise TimeoutError
        await asyncio.sleep(0.02)
