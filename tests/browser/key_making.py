"""A trustee at their own computer: what they press, write and have in hand, and what is sent."""

import base64
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives.asymmetric import ec
from playwright.sync_api import Page, Request, expect

from dialog.core.ballots import keyfile, sealing
from dialog.trustee.commands import trustee
from tests.browser.trustee_pages import ROUND, TrusteeServer

PHRASE = "åtta röda cyklar i regn"


SIZES = [(360, "sv-SE"), (1440, "en-GB")]


def block(page: Page, name: str) -> Any:
    """Waits for the step that is shown."""
    shown = page.locator(f"[data-block={name}]")
    expect(shown).to_be_visible()
    expect(page.locator("[data-block]:visible")).to_have_count(1)
    return shown


def tab_to(page: Page, selector: str) -> None:
    """Move the focus to the element as somebody without a mouse does."""
    for _ in range(60):
        if page.evaluate("selector => document.activeElement?.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"{selector} cannot be reached by the keyboard")


def press(page: Page, selector: str, key: str = "Enter") -> None:
    tab_to(page, selector)
    page.keyboard.press(key)


def write(page: Page, selector: str, text: str) -> None:
    tab_to(page, selector)
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(text)


@dataclass
class Made:
    """What somebody has in hand after making a key."""

    file: Path
    phrase: str
    lines: list[str]
    code: str
    texts: list[str] = field(default_factory=list)

    @property
    def private(self) -> ec.EllipticCurvePrivateKey:
        return keyfile.unlock(keyfile.load(self.file.read_bytes()), passphrase=self.phrase)


class HasKeyPage(Protocol):
    @property
    def key_address(self) -> str: ...


def make(page: Page, server: HasKeyPage, folder: Path) -> Made:
    """Make and register a key by the keyboard alone, with the suggested passphrase."""
    page.goto(server.key_address)
    press(page, "#begin-making")
    block(page, "phrase")
    press(page, "#use-suggestion")
    phrase = page.input_value("#phrase")
    write(page, "#phrase-again", phrase)
    page.keyboard.press("Enter")
    block(page, "file")
    with page.expect_download() as download:
        press(page, "#save-file")
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    expect(page.locator("#file-saved")).to_contain_text(file.name)
    press(page, "#file-on")
    sheet = block(page, "sheet")
    lines = sheet.locator("#sheet-lines li").all_inner_texts()
    code = sheet.locator(".check-code").inner_text()
    press(page, "#sheet-on")
    block(page, "code")
    write(page, "#typed-code", code.upper().replace(" ", ""))
    page.keyboard.press("Enter")
    expect(block(page, "registered").locator(".check-code")).to_have_text(code)
    return Made(file, phrase, lines, code)


def fill_phrase(page: Page, phrase: str) -> None:
    page.fill("#phrase", phrase)
    page.fill("#phrase-again", phrase)
    page.click("#phrase-form [type=submit]")


def save(page: Page, path: Path) -> None:
    with page.expect_download() as download:
        page.click("#save-file")
    download.value.save_as(path)


def forms_of(secret: bytes) -> set[bytes]:
    """The ways in which bytes could stand in a request."""
    standard = base64.b64encode(secret)
    url = base64.urlsafe_b64encode(secret)
    decimal = ",".join(map(str, secret)).encode()
    forms = {secret, secret.hex().encode(), secret.hex().upper().encode(), decimal, standard, url}
    return forms | {one.rstrip(b"=") for one in (standard, url)}


class Traffic:
    """Everything that a page sends."""

    def __init__(self, page: Page) -> None:
        self.sent: list[bytes] = []
        page.context.on("request", self._note)

    def _note(self, request: Request) -> None:
        headers = json.dumps(request.all_headers()) if request.method == "POST" else ""
        body = request.post_data_buffer or b""
        self.sent.append(f"{request.method} {request.url} {headers}".encode() + body)

    def assert_without(self, *secrets: bytes) -> None:
        assert self.sent
        for secret in secrets:
            for form in forms_of(secret):
                assert not [one[:80] for one in self.sent if form in one]


def type_sheet(page: Page, lines: list[str], *, name: str = "test") -> None:
    page.check(f"#{name}-by-paper")
    for number, line in enumerate(lines, start=1):
        page.fill(f"#{name}-line-{number}", line)


def registered_key(server: TrusteeServer, folder: Path) -> tuple[ec.EllipticCurvePrivateKey, Path]:
    """A key that the command made, and its file with PHRASE."""
    key = ec.generate_private_key(ec.SECP256R1())
    server.registered = sealing.public_bytes(key.public_key())
    path = folder / keyfile.name(ROUND, place=server.layer)
    path.write_bytes(keyfile.lock(key, round_id=ROUND, layer=server.layer, passphrase=PHRASE))
    return key, path


def run_command(*words: str) -> str:
    finished = CliRunner().invoke(trustee, list(words))
    assert finished.exit_code == 0, finished.output
    return finished.output
