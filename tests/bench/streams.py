"""Browsers that follow a meeting over loopback, thousands in one process, and what serves them."""

import asyncio
import contextlib
import itertools
import os
import re
import signal
import socket
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta

import psutil
from flask import Flask

from dialog import serving
from dialog.meetings import planning, steps
from dialog.meetings.models import MeetingInvitation
from dialog.meetings.planning import Plan
from dialog.meetings.states import Action
from dialog.people.accounts import add_person
from dialog.people.models import Role
from dialog.settings import Settings, from_environment
from dialog.storage.clock import now
from dialog.storage.engine import make_sessions
from dialog.storage.migrating import upgrade
from tests.conftest import sign_in
from tests.ports import free_ports

STREAMS = int(os.environ.get("DIALOG_STREAMS", "2000"))
AT_ONCE = 50  # browsers that connect at the same moment
Started = contextlib.AbstractContextManager[psutil.Process]
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


def invite(app: Flask) -> tuple[str, list[Browser]]:
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


def here() -> tuple[Settings, list[int]]:
    """Settings and databases for a folder of one's own: the ports of the staff application and of
    two streams.
    """
    base, box, *streams = free_ports(4)
    os.environ.update(
        DIALOG_LOG_LEVEL="ERROR",
        DIALOG_BASE_URL=f"http://localhost:{base}", DIALOG_BOX_URL=f"http://127.0.0.1:{box}",
    )  # fmt: skip
    settings = from_environment()
    upgrade("staff", settings.database_url)
    return settings, [base, *streams]


@contextlib.contextmanager
def started(name: str, settings: Settings, *, port: int) -> Iterator[psutil.Process]:
    """One of the processes that `dialog run` starts, once it answers at the port; at the end it is
    killed with all that it has started.
    """
    parts = serving.parts(
        os.environ, base_url=settings.base_url, box_url=settings.box_url,
        stream_url=f"http://localhost:{port}",
    )  # fmt: skip
    part = next(part for part in parts if part.name == name)
    part.start()
    assert part.process
    try:
        _wait(port)
        yield psutil.Process(part.process.pid)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(part.process.pid, signal.SIGKILL)
        part.process.wait(10)


def memory(processes: Iterable[psutil.Process]) -> float:
    """What they hold with their children, MB; what several share is counted once (PSS)."""
    whole = [one for each in processes for one in (each, *each.children(recursive=True))]
    return float(sum(each.memory_full_info().pss for each in whole)) / 2**20


def _wait(port: int) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    raise TimeoutError


@contextlib.contextmanager
def followed(browsers: list[Browser], ports: list[int], address: str) -> Iterator[None]:
    """All of them follow the meeting, at the ports in turn, until the end."""
    gate = asyncio.Semaphore(AT_ONCE)
    turns = zip(browsers, itertools.cycle(ports), strict=False)
    tasks = [asyncio.ensure_future(each.follow(port, address, gate)) for each, port in turns]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()


async def all_open(browsers: list[Browser]) -> None:
    while not all(each.open for each in browsers):  # noqa: ASYNC110 - thousands of flags
        await asyncio.sleep(0.02)


async def heard_by_all(browsers: list[Browser], number: int) -> None:
    deadline = time.monotonic() + 120
    while not all(number in browser.heard for browser in browsers):
        if time.monotonic() > deadline:
            raise TimeoutError
        await asyncio.sleep(0.02)
