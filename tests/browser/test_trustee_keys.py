"""A trustee makes a key, in a real browser."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Dialog, Page, expect

from dialog.core.ballots import keyfile, recovery, sealing
from dialog.core.ballots.encoding import encode
from tests.browser.conftest import Live, assert_accessible
from tests.browser.key_making import (
    PHRASE,
    SIZES,
    Traffic,
    block,
    fill_phrase,
    make,
    press,
    save,
    tab_to,
    type_sheet,
    write,
)
from tests.browser.trustee_pages import ROUND, TrusteeServer


@pytest.fixture
def server(live: Live) -> TrusteeServer:
    return TrusteeServer(live).start()


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
