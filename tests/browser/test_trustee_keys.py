"""A trustee makes a key and tests its copies, in a real browser."""

import base64
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives.asymmetric import ec
from playwright.sync_api import Dialog, Page, Request, expect

from dialog.core.ballots import keyfile, recovery, sealing
from dialog.core.ballots.encoding import encode
from dialog.trustee.commands import trustee
from tests.browser.conftest import Live, assert_accessible
from tests.browser.trustee_pages import ROUND, TITLE, TrusteeServer

PHRASE = "åtta röda cyklar i regn"
SIZES = [(360, "sv-SE"), (1440, "en-GB")]


@pytest.fixture
def server(live: Live) -> TrusteeServer:
    return TrusteeServer(live).start()


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


@pytest.mark.parametrize(("width", "locale"), SIZES)
def test_a_key_is_made_and_its_copy_tested_with_the_keyboard_alone(
    server: TrusteeServer, new_page: Callable[..., Page], tmp_path: Path, width: int, locale: str
) -> None:
    page = new_page(width, locale=locale)
    made = make(page, server, tmp_path)
    point = sealing.public_bytes(made.private.public_key())
    assert server.registered == point
    assert made.code == recovery.check_code(point)
    assert recovery.read_sheet("\n".join(made.lines)) == keyfile.scalar(made.private)
    assert made.file.name == keyfile.name(ROUND, place=2)
    press(page, "[data-block=registered] [data-to-test]")
    block(page, "test")
    tab_to(page, "#test-file")
    page.set_input_files("#test-file", made.file)
    write(page, "#test-passphrase", made.phrase)
    page.keyboard.press("Enter")
    block(page, "tested")
    assert server.own_tested
    press(page, "[data-block=tested] [data-reload]")
    expect(block(page, "home")).to_contain_text("Berit Ahl")  # who is to have a copy now


@pytest.mark.parametrize(("width", "locale"), SIZES)
def test_no_step_has_anything_that_axe_finds_or_is_wider_than_the_screen(
    server: TrusteeServer, new_page: Callable[..., Page], tmp_path: Path, width: int, locale: str
) -> None:
    page = new_page(width, locale=locale)
    seen = []

    def look(name: str) -> None:
        block(page, name)
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate("document.activeElement.matches('h2, body, input, button')")
        seen.append(page.locator("main").inner_text())

    page.goto(server.key_address)
    look("begin")
    page.click("#begin-making")
    page.click("#phrase-form [type=submit]")  # with its fault
    look("phrase")
    fill_phrase(page, PHRASE)
    look("file")
    page.click("#file-on")
    look("file")
    save(page, tmp_path / "key.json")
    page.click("#file-on")
    look("sheet")
    code = page.locator("[data-block=sheet] .check-code").inner_text()
    page.click("#sheet-on")
    page.click("#code-form [type=submit]")
    look("code")
    page.fill("#typed-code", code)
    page.click("#code-form [type=submit]")
    look("registered")
    page.click("[data-block=registered] [data-to-test]")
    look("test")
    for way in ("paper", "elsewhere", "file"):
        page.check(f"#test-by-{way}")
        page.click("#test-form [type=submit]")  # with its faults
        look("test")
    page.set_input_files("#test-file", tmp_path / "key.json")
    page.fill("#test-passphrase", PHRASE)
    page.click("#test-form [type=submit]")
    look("tested")
    page.goto(server.key_address)
    look("home")
    page.click("[data-to-begin]")
    look("begin")
    page.click("#have-file")
    look("existing")
    if locale.startswith("en"):
        swedish = {word for text in seen for word in re.findall(r"\b\w*[åäö]\w*", text)}
        assert swedish <= {"hösten"}  # the round's own title


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


def test_nothing_secret_is_in_any_request(
    server: TrusteeServer, new_page: Callable[..., Page], tmp_path: Path
) -> None:
    page = new_page(1440)
    traffic = Traffic(page)
    made = make(page, server, tmp_path)
    page.click("[data-block=registered] [data-to-test]")
    page.set_input_files("#test-file", made.file)
    page.fill("#test-passphrase", made.phrase)
    page.click("#test-form [type=submit]")
    block(page, "tested")
    page.click("[data-block=tested] [data-reload]")
    page.click("[data-to-test]")
    type_sheet(page, made.lines)
    page.click("#test-form [type=submit]")
    block(page, "tested")
    lines = [line.encode() for line in made.lines]
    lines += [line.replace(" ", "").encode() for line in made.lines[:3]]
    scalar = keyfile.scalar(made.private)
    traffic.assert_without(scalar, made.phrase.encode(), made.file.read_bytes(), *lines)
    assert any(
        encode(server.registered).encode() in one for one in traffic.sent
    )  # it would be seen


def type_sheet(page: Page, lines: list[str], *, name: str = "test") -> None:
    page.check(f"#{name}-by-paper")
    for number, line in enumerate(lines, start=1):
        page.fill(f"#{name}-line-{number}", line)


def test_the_page_keeps_nothing_secret_once_the_key_is_registered(
    server: TrusteeServer, new_page: Callable[..., Page], tmp_path: Path
) -> None:
    page = new_page(360)
    made = make(page, server, tmp_path)
    values = page.eval_on_selector_all("input", "all => all.map(one => one.value)")
    whole = page.content() + "".join(values)
    for secret in (made.phrase, *made.lines):
        assert secret not in whole
    kept = page.evaluate(
        """async () => [localStorage.length, sessionStorage.length,
                        (await indexedDB.databases()).length, (await caches.keys()).length]"""
    )
    assert kept == [0, 0, 0, 0]


def test_leaving_with_a_key_that_is_not_registered_is_warned_about(
    server: TrusteeServer, new_page: Callable[..., Page], tmp_path: Path
) -> None:
    page = new_page(360)
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.goto(server.key_address)
    page.click("#begin-making")
    fill_phrase(page, PHRASE)
    save(page, tmp_path / "key.json")
    page.evaluate("() => { location.href = '/' }")
    expect(page.locator("#file-saved")).to_be_visible()
    assert asked == ["beforeunload"]
    page.click("#file-on")
    code = page.locator("[data-block=sheet] .check-code").inner_text()
    page.click("#sheet-on")
    page.fill("#typed-code", code)
    page.click("#code-form [type=submit]")
    block(page, "registered")
    page.goto(server.live.base)
    assert asked == ["beforeunload"]


@pytest.mark.parametrize(
    ("phrase", "again", "words"),
    [
        ("", "", "Skriv en lösenfras"),
        ("för kort", "för kort", "8 av minst 12"),
        ("121212121212", "121212121212", "För enkel"),
        (PHRASE, "åtta röda cyklar i snö", "olika"),
    ],
)
def test_a_weak_or_mistyped_passphrase_goes_no_further(
    server: TrusteeServer,
    new_page: Callable[..., Page],
    phrase: str,
    again: str,
    words: str,
) -> None:
    page = new_page(360)
    page.goto(server.key_address)
    page.click("#begin-making")
    page.fill("#phrase", phrase)
    page.fill("#phrase-again", again)
    page.click("#phrase-form [type=submit]")
    expect(block(page, "phrase").locator(".field-error:visible")).to_contain_text(words)
    assert page.evaluate("document.activeElement.getAttribute('aria-invalid')") == "true"
    assert page.input_value("#phrase") == phrase


def test_the_file_comes_before_the_sheet_and_the_right_code_before_the_registration(
    server: TrusteeServer, new_page: Callable[..., Page], tmp_path: Path
) -> None:
    page = new_page(360)
    page.goto(server.key_address)
    page.click("#begin-making")
    fill_phrase(page, PHRASE)
    page.click("#file-on")
    expect(page.locator("#file-fault")).to_contain_text("Spara nyckelfilen")
    save(page, tmp_path / "key.json")
    page.click("#file-on")
    page.click("#sheet-on")
    page.fill("#typed-code", "0000 0000")
    page.click("#code-form [type=submit]")
    expect(page.locator("#typed-code-fault")).to_contain_text("stämmer inte")
    assert not server.registered


def test_a_lost_connection_or_session_loses_nothing_while_a_key_is_registered(
    server: TrusteeServer, new_page: Callable[..., Page], tmp_path: Path
) -> None:
    page = new_page(360)
    page.goto(server.key_address)
    page.click("#begin-making")
    fill_phrase(page, PHRASE)
    save(page, tmp_path / "key.json")
    page.click("#file-on")
    code = page.locator("[data-block=sheet] .check-code").inner_text()
    page.click("#sheet-on")
    page.fill("#typed-code", code)
    page.route("**/registrera", lambda route: route.abort())
    page.click("#code-form [type=submit]")
    expect(page.locator("#typed-code-fault")).to_contain_text("Ingen kontakt")
    page.unroute("**/registrera")
    page.route("**/registrera", lambda route: route.fulfill(status=401, body="{}"))
    page.click("#code-form [type=submit]")
    expect(page.locator("#typed-code-fault")).to_contain_text("inte längre inloggad")
    page.unroute("**/registrera")
    page.context.clear_cookies()  # the page's token is of a session that has ended
    page.click("#code-form [type=submit]")
    block(page, "registered")
    assert server.registered


def registered_key(server: TrusteeServer, folder: Path) -> tuple[ec.EllipticCurvePrivateKey, Path]:
    """A key that the command made, and its file with PHRASE."""
    key = ec.generate_private_key(ec.SECP256R1())
    server.registered = sealing.public_bytes(key.public_key())
    path = folder / keyfile.name(ROUND, place=server.layer)
    path.write_bytes(keyfile.lock(key, round_id=ROUND, layer=server.layer, passphrase=PHRASE))
    return key, path


def test_a_deputy_tests_the_other_copy_and_cannot_make_a_key(
    server: TrusteeServer, new_page: Callable[..., Page], tmp_path: Path
) -> None:
    server.is_deputy = True
    page = new_page(360)
    page.goto(server.key_address)
    expect(block(page, "home")).to_contain_text("Nyckelhållaren ska göra nyckeln först")
    assert page.locator("[data-to-begin], [data-to-test]").count() == 0
    _key, file = registered_key(server, tmp_path)
    page.reload()
    page.click("[data-to-test]")
    page.set_input_files("#test-file", file)
    page.fill("#test-passphrase", PHRASE)
    page.click("#test-form [type=submit]")
    block(page, "tested")
    assert (server.own_tested, server.deputy_tested) == (False, True)


def test_a_copy_is_tested_from_paper_and_each_line_is_looked_at_as_it_is_typed(
    server: TrusteeServer, new_page: Callable[..., Page], tmp_path: Path
) -> None:
    key, _file = registered_key(server, tmp_path)
    lines = recovery.sheet(keyfile.scalar(key))
    page = new_page(360)
    page.goto(server.key_address)
    page.click("[data-to-test]")
    page.check("#test-by-paper")
    page.locator("#test-line-1").press_sequentially(lines[0].lower()[:8])
    expect(page.locator("#test-line-1-fault")).to_be_hidden()  # more is to come
    page.fill("#test-line-1", lines[0].lower())
    expect(page.locator("#test-line-1-right")).to_be_visible()
    slipped = lines[1][:-1] + ("7" if lines[1][-1] != "7" else "8")
    page.fill("#test-line-2", slipped)
    expect(page.locator("#test-line-2-fault")).to_contain_text("Rad 2 stämmer inte")
    page.fill("#test-line-3", lines[2])
    page.fill("#test-line-4", lines[3][:2])
    page.click("#test-form [type=submit]")
    expect(page.locator("#test-line-4-fault")).to_contain_text("Rad 4 är för kort")
    assert page.evaluate("document.activeElement.id") == "test-line-2"
    page.fill("#test-line-2", lines[1])
    page.fill("#test-line-4", lines[3])
    page.click("#test-form [type=submit]")
    block(page, "tested")
    assert server.own_tested


WRONG_FILES: dict[str, Callable[[ec.EllipticCurvePrivateKey], bytes]] = {
    "ingen nyckelfil": lambda _key: b'{"some": "thing"}',
    "skadad": lambda key: keyfile.lock(key, round_id=ROUND, layer=2, passphrase=PHRASE)[:200],
    "annan omgång": lambda key: keyfile.lock(
        key, round_id=ROUND.__class__(int=7), layer=2, passphrase=PHRASE
    ),
    "annan nyckelhållare": lambda key: keyfile.lock(
        key, round_id=ROUND, layer=1, passphrase=PHRASE
    ),
    "annan nyckel än": lambda _key: keyfile.lock(
        ec.generate_private_key(ec.SECP256R1()), round_id=ROUND, layer=2, passphrase=PHRASE
    ),
    "öppnar inte filen": lambda key: keyfile.lock(
        key, round_id=ROUND, layer=2, passphrase="en helt annan fras"
    ),
}


@pytest.mark.parametrize("words", WRONG_FILES)
def test_a_wrong_file_or_passphrase_is_told_in_a_sentence_and_tried_again(
    server: TrusteeServer, new_page: Callable[..., Page], tmp_path: Path, words: str
) -> None:
    key, file = registered_key(server, tmp_path)
    wrong = tmp_path / "dialog-nyckel-wrong.json"
    wrong.write_bytes(WRONG_FILES[words](key))
    page = new_page(360)
    page.goto(server.key_address)
    page.click("[data-to-test]")
    page.set_input_files("#test-file", wrong)
    page.fill("#test-passphrase", PHRASE)
    page.click("#test-form [type=submit]")
    expect(block(page, "test").locator(".field-error:visible")).to_contain_text(words)
    assert not server.own_tested
    assert page.input_value("#test-passphrase") == PHRASE
    page.set_input_files("#test-file", file)
    page.click("#test-form [type=submit]")
    block(page, "tested")


def run_command(*words: str) -> str:
    finished = CliRunner().invoke(trustee, list(words))
    assert finished.exit_code == 0, finished.output
    return finished.output


def test_a_key_that_stays_on_another_computer_is_registered_and_tested_by_the_command(
    server: TrusteeServer, new_page: Callable[..., Page], tmp_path: Path
) -> None:
    phrase = tmp_path / "phrase.txt"
    phrase.write_text(PHRASE)
    words = run_command(
        "--language", "en", "keygen", "--round", str(ROUND), "--place", "2",
        "--folder", str(tmp_path), "--passphrase-file", str(phrase),
    )  # fmt: skip
    code, point = re.findall(r": (\w{4} \w{4}|[\w-]{87})$", words, re.MULTILINE)
    page = new_page(360)
    page.goto(server.key_address)
    page.click("#have-file")
    page.check("#existing-by-elsewhere")
    page.fill("#public-key", point[:-1] + "_A")
    page.click("#existing-form [type=submit]")
    expect(page.locator("#public-key-fault")).to_contain_text("ingen öppen nyckel")
    page.fill("#public-key", point)
    page.click("#existing-form [type=submit]")
    block(page, "code")
    page.fill("#typed-code", code)
    page.click("#code-form [type=submit]")
    page.click("[data-block=registered] [data-to-test]")
    page.check("#test-by-elsewhere")
    for given, words in ((f"{0:063}", "64 tecken"), (f"{0:064}", "öppnade inte provsvaret")):
        page.fill("#test-answer", given)
        page.click("#test-form [type=submit]")
        expect(page.locator("[data-block=test] .field-error:visible")).to_contain_text(words)
    with page.expect_download() as download:
        page.click("#fetch-test")
    test = tmp_path / download.value.suggested_filename
    expect(page.locator("[data-block=test] .command")).to_contain_text(test.name)
    download.value.save_as(test)
    key = tmp_path / keyfile.name(ROUND, place=2)
    page.reload()  # it may be days until the answer is brought back
    page.locator("[data-to-test]:visible").click()
    page.check("#test-by-elsewhere")
    answer = run_command("test", str(key), str(test), "--passphrase-file", str(phrase))
    page.fill("#test-answer", answer)
    page.click("#test-form [type=submit]")
    block(page, "tested")
    assert server.own_tested


def test_a_key_file_that_was_not_registered_in_time_is_registered_later(
    server: TrusteeServer, new_page: Callable[..., Page], tmp_path: Path
) -> None:
    _key, file = registered_key(server, tmp_path)
    point, server.registered = server.registered, b""
    page = new_page(360)
    page.goto(server.key_address)
    page.click("#have-file")
    page.set_input_files("#existing-file", file)
    page.fill("#existing-passphrase", PHRASE)
    page.click("#existing-form [type=submit]")
    block(page, "code")
    page.fill("#typed-code", recovery.check_code(point))
    page.click("#code-form [type=submit]")
    block(page, "registered")
    assert server.registered == point


def test_what_is_printed_is_the_sheet_alone(
    server: TrusteeServer, new_page: Callable[..., Page], tmp_path: Path
) -> None:
    page = new_page(1440)
    page.goto(server.key_address)
    page.evaluate("window.print = () => { window.printed = true }")
    page.click("#begin-making")
    fill_phrase(page, PHRASE)
    save(page, tmp_path / "key.json")
    page.click("#file-on")
    lines = block(page, "sheet").locator("#sheet-lines li").all_inner_texts()
    page.click("#print-sheet")
    assert page.evaluate("window.printed")
    page.emulate_media(media="print")
    printed = page.locator("body").inner_text()
    for text in (TITLE, "Återställningsblad", "2 av 2", *lines):
        assert text in printed
    for text in ("Din nyckel", "Steg 3", "Skriv ut", "fortsätt", "Logga in", PHRASE):
        assert text not in printed
