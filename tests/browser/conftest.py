"""A real Chromium, and both applications served on this machine for it to visit."""

import os
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from flask import Flask
from playwright._impl._driver import compute_driver_executable
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    sync_playwright,
)
from sqlmodel import Session
from werkzeug.serving import BaseWSGIServer, make_server

from dialog.application import create_app
from dialog.ballotbox import create_box
from dialog.ballotbox.models import BoxRow
from dialog.people.models import Person
from dialog.storage.clock import today
from dialog.storage.engine import make_engine, make_sessions
from tests import compiled, makers
from tests.conftest import sign_in
from tests.ports import free_ports
from tests.results import cast as results
from tests.surveys.rounds.cast import Cast

# The first is the same Chromium without what a window needs: a quarter less work.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
# Only what is wrong is told: to tell all that is right takes as long again.
AXE = "axe.run({resultTypes: ['violations']}).then(({violations}) => violations)"
# Without a sandbox, for CI is root; without a graphics card, which the processor would play.
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-software-rasterizer"]


@dataclass(frozen=True)
class Live:
    """Both applications, running: the staff side on `localhost`, the ballot box on `127.0.0.1`."""

    app: Flask
    base: str  # "http://localhost:PORT"
    box: str  # "http://127.0.0.1:PORT"
    instance: Path
    box_app: Flask

    def session(self) -> Session:
        """A session on the staff side's database; commit before a page is to see it."""
        opened = make_sessions(self.app.extensions["engine"])()
        opened.info["settings"] = self.app.extensions["settings"]
        return opened

    def sign_in(self, page: Page, person: Person) -> None:
        """Give the page's browser a session of `person`, as after a successful sign-in."""
        client = self.app.test_client()
        # A session that moves to another browser is not fresh; this one begins in the page's.
        client.environ_base["HTTP_USER_AGENT"] = page.evaluate("navigator.userAgent")
        with self.session() as db:
            sign_in(client, db, person)
        cookie = client.get_cookie("dialog")
        assert cookie is not None
        page.context.add_cookies([{"name": "dialog", "value": cookie.value, "url": self.base}])


def lacking(path: str | None) -> str:
    """What this machine lacks for tests in a browser; empty: nothing."""
    if path is None:
        return "Chromium"
    driver, _script = compute_driver_executable()
    runs = subprocess.run([driver, "--version"], capture_output=True, check=False)
    return "" if runs.returncode == 0 else f"what drives the browser needs ({runs.stderr!r})"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium without a window. In CI a missing one is a failure, elsewhere a loud skip."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if missing := lacking(path):
        if os.environ.get("CI") == "true":
            pytest.fail(f"This machine lacks {missing}: run tools/browser.")
        pytest.skip(f"THIS MACHINE LACKS {missing}: NOTHING IN tests/browser WAS TESTED.")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def new_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Makes pages, each in a browser profile of its own: `new_page(360, locale="en-GB")`. A script
    error or something the content policy blocks fails the test.
    """
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            faults.append(message.text)

    def make(width: int = 360, **options: Any) -> Page:
        size = {"width": width, "height": 740 if width < 700 else 900}
        settings: dict[str, Any] = {"viewport": size, "locale": "sv-SE", **options}
        contexts.append(browser.new_context(**settings))
        page = contexts[-1].new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", listen)
        return page

    yield make
    for context in contexts:
        context.close()
    assert not faults


@pytest.fixture
def browser_page(new_page: Callable[..., Page]) -> Page:
    """A page as wide as a small phone."""
    return new_page(360, has_touch=True)


@pytest.fixture
def wide_page(new_page: Callable[..., Page]) -> Page:
    return new_page(1440)


@pytest.fixture
def live(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, empty_sqlite: bytes) -> Iterator[Live]:
    """Both applications on an empty instance with SQLite, until the test ends."""
    with both_served(tmp_path, empty_sqlite, monkeypatch) as made:
        yield made


@contextmanager
def both_served(folder: Path, empty: bytes, patch: pytest.MonkeyPatch) -> Iterator[Live]:
    """Both applications in `folder`, beginning with a copy of the database `empty`."""
    ports = free_ports(2)
    base, box_url = f"http://localhost:{ports[0]}", f"http://127.0.0.1:{ports[1]}"
    for name, value in {
        "DIALOG_INSTANCE": str(folder),
        "DIALOG_DEMO": "0",
        "DIALOG_BASE_URL": base,
        "DIALOG_BOX_URL": box_url,
        "DIALOG_LOG_LEVEL": "ERROR",
    }.items():
        patch.setenv(name, value)
    (folder / "dialog.db").write_bytes(empty)
    app = create_app()
    app.error_handler_spec[None][None].pop(Exception, None)  # a traceback tells more than a page
    box = create_box()
    for each in (app, box):
        each.jinja_env.bytecode_cache = compiled.TEMPLATES
    engine = box.extensions.get("engine") or make_engine(f"sqlite:///{folder}/box.db")
    BoxRow.metadata.create_all(engine)
    servers = [serve(app, ports[0]), serve(box, ports[1])]
    yield Live(app, base, box_url, folder, box)
    for server in servers:
        server.shutdown()
    app.extensions["engine"].dispose()
    engine.dispose()


@dataclass(frozen=True)
class Planned:
    """A round that opens tomorrow, and who may plan it."""

    analyst: Person
    round_id: UUID


@pytest.fixture
def planned(live: Live) -> Planned:
    """For a region with units so small that they may be joined."""
    with live.session() as db:
        units = results.region(db)
        cast = Cast(db, people=0, units=[units["E111"], units["E121"]])
        makers.staff(db, units, {"E111": 24, "E112": 14, "E113": 9, "E121": 30})
        round_ = cast.plan(opens_on=today() + timedelta(days=1))
        found = Planned(cast.analyst, round_.id)
        db.expunge_all()
    return found


def serve(app: Flask, port: int) -> BaseWSGIServer:
    """Serve in threads until `shutdown()` of what is returned."""
    server = make_server("127.0.0.1", port, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def follow(way: Locator) -> None:
    """Press what leads to another page, and wait for that page: what is looked at next is neither
    the old one nor one that goes while it is looked at.
    """
    with way.page.expect_navigation():
        way.click()


def fits(page: Page) -> bool:
    """Nothing sticks out to the side. Whoever looks has waited for the page: see `follow`."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def violations(page: Page) -> list[dict[str, Any]]:
    """All that axe finds wrong with the page as it stands."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found: list[dict[str, Any]] = page.evaluate(AXE)
    return found


def assert_accessible(page: Page) -> None:
    """Axe finds nothing to complain about on the page as it stands."""
    found = AxeResults({"violations": violations(page)})
    assert found.violations_count == 0, found.generate_report()
