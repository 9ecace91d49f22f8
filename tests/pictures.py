"""`make pictures`: the README's pictures, taken of the demo that `make run` shows.

The demo is started on an instance of its own and ended by its process id.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from dialog.demo import CAST, EMPLOYEE, PASSWORD
from tests.browser.conftest import NAMES
from tests.ports import free_ports

FOLDER: Final = Path(__file__).parent.parent / "docs" / "pictures"
PHONE: Final = ViewportSize(width=360, height=740)
WIDE: Final = ViewportSize(width=1280, height=900)
ANALYST: Final = CAST[0].email


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, demo(Path(folder)) as address:
        path = next(filter(None, map(shutil.which, NAMES)))
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
            answering(browser, link_of(Path(folder), EMPLOYEE, "Erfarenheter"))
            reading(browser, address)
            browser.close()


@contextmanager
def demo(instance: Path) -> Iterator[str]:
    """`dialog run` with the demo loaded; the address of the staff application."""
    ports = free_ports(2)
    address = f"http://localhost:{ports[0]}"
    told = {
        **os.environ,
        "DIALOG_INSTANCE": str(instance),
        "DIALOG_BASE_URL": address,
        "DIALOG_BOX_URL": f"http://127.0.0.1:{ports[1]}",
        "DIALOG_DEMO": "1",
    }
    command = [sys.executable, "-m", "dialog", "run"]
    process = subprocess.Popen(command, env=told, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    try:
        for line in process.stdout:
            if "Ctrl-C" in line:
                break
        yield address
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)


def link_of(instance: Path, person: str, word: str) -> str:
    """The link in the person's invitation whose subject has the word.

    The worker may still be sending it.
    """
    for _ in range(60):
        for path in instance.rglob("*.eml"):
            mail = message_from_bytes(path.read_bytes(), policy=policy.default)
            body = mail.get_body(("plain",))
            found = re.search(r"http\S+/enkat/\S+#\S+", body.get_content() if body else "")
            if found and person in str(mail["To"]) and word in str(mail["Subject"]):
                return found.group()
        time.sleep(1)
    raise RuntimeError(f"no invitation to {person}")


def answering(browser: Browser, link: str) -> None:
    page = browser.new_page(viewport=PHONE, locale="sv-SE")
    page.goto(link)
    page.locator("#begin").wait_for()
    take(page, "answer-start")
    page.locator("#begin").click()
    page.wait_for_function("scrollY == 0")
    take(page, "answer-question")


def reading(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport=PHONE, locale="sv-SE")
    page.goto(f"{address}/logga-in")
    page.locator("input[type=email]").fill(ANALYST)
    page.locator("input[type=password]").fill(PASSWORD)
    page.locator("form button[type=submit]").first.click()
    page.goto(f"{address}/resultat")
    page.get_by_role("link", name="Samtalsklimat hösten 2026").first.click()
    page.set_viewport_size(WIDE)
    page.reload()
    take(page, "result-wide")
    page.set_viewport_size(PHONE)
    page.get_by_role("link", name="Närhälsan").first.click()
    take(page, "result-phone")
    page.goto(f"{address}/enkater")
    page.get_by_role("link", name="Samtalsklimat").first.click()
    take(page, "builder-phone")


def take(page: Page, name: str) -> None:
    page.wait_for_load_state("networkidle")
    page.screenshot(path=FOLDER / f"{name}.png")


if __name__ == "__main__":
    main()
