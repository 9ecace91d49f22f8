"""A meeting that is held, its stream in a process of its own, and what people do in its room."""

import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

import psutil
from playwright.sync_api import Page, expect
from sqlmodel import select

from dialog.meetings import agenda, door, steps
from dialog.meetings.live_models import MeetingVote
from dialog.meetings.models import ItemKind
from dialog.meetings.states import Action
from dialog.serving import ASGI
from tests.browser.conftest import Live, follow
from tests.meetings.cast import Cast

SOON = 1_000  # ms: all views follow within a second


@dataclass
class Room:
    live: Live
    cast: Cast
    address: str
    stream: psutil.Popen | None = None

    def start_stream(self) -> None:
        """The stream in a process of its own, as `dialog run` starts it."""
        port = int(self.live.base.rsplit(":", 1)[1]) + 2
        command = (
            sys.executable, "-m", "granian", *ASGI, "--factory", "wsgi:stream", "--host",
            "127.0.0.1", "--port", str(port), "--no-access-log", "--log-level", "warning",
        )  # fmt: skip
        self.stream = psutil.Popen(command, env=os.environ, start_new_session=True)
        deadline = time.monotonic() + 30
        while not any(
            each.laddr.port == port and each.status == psutil.CONN_LISTEN
            for process in (self.stream, *self.stream.children(recursive=True))
            for each in process.net_connections()
        ):
            assert time.monotonic() < deadline, "no stream"
            time.sleep(0.05)

    def kill_stream(self) -> None:
        assert self.stream is not None
        os.killpg(self.stream.pid, signal.SIGKILL)
        self.stream.wait(10)

    def open(self, page: Page, where: str, person: int | None = None) -> Page:
        self.live.sign_in(page, self.cast.secretary if person is None else self.cast.people[person])
        page.goto(f"{self.live.base}/moten/{self.address}/{where}")
        expect(page.locator("[data-state=following]")).to_be_visible()
        return page


@contextmanager
def held(live: Live) -> Iterator[Room]:
    """Until the stream has ended."""
    with live.app.test_request_context(), live.session() as db:
        cast = Cast(live.app, db)
        meeting = cast.invited(guests=True)
        for title in ("Läget i verksamheten", "Frågor till ledningen"):
            line = agenda.Line(title, ItemKind.DIALOGUE, minutes=20)
            agenda.add(db, meeting=meeting, line=line, by=cast.secretary.id)
        steps.take(db, meeting=meeting, action=Action.BEGIN, by=cast.secretary.id)
        for person in cast.people:
            door.enter(db, meeting=meeting, person_id=person.id)
        db.commit()
        address = str(UUID(str(meeting.id)))
        made = Room(live, cast, address)
    made.start_stream()
    yield made
    if made.stream is not None and made.stream.poll() is None:
        made.kill_stream()


def ask(phone: Page, text: str, *, guest: bool = False) -> None:
    follow(phone.get_by_role("link", name="Ställ en fråga"))
    phone.get_by_label("Din fråga").fill(text)
    if not guest:
        phone.get_by_label("Nej, utan namn").check()
    follow(phone.get_by_role("button", name="Skicka frågan"))
    assert len(phone.locator(".receipt").inner_text().replace(" ", "")) == 16
    follow(phone.get_by_role("link", name="Till mötesrummet"))


def open_a_poll(lead: Page) -> None:
    follow(lead.get_by_role("link", name="Ny omröstning"))
    lead.get_by_label("Fråga", exact=True).fill("Går vi hem?")
    lead.get_by_label("Svarsalternativ").fill("Ja\nNej")
    follow(lead.get_by_role("button", name="Spara omröstningen"))
    follow(lead.get_by_role("button", name="Öppna omröstningen"))


def votes_of(room: Room) -> list[list[int | str]]:
    with room.live.session() as db:
        return [row.choices for row in db.exec(select(MeetingVote))]
