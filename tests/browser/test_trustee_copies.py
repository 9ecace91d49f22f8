"""Copies of a key are tested, from the file, from paper and by the command, in a real browser."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from playwright.sync_api import Page, expect

from dialog.core.ballots import keyfile, recovery
from tests.browser.conftest import Live
from tests.browser.key_making import PHRASE, block, fill_phrase, registered_key, run_command, save
from tests.browser.trustee_pages import ROUND, TITLE, TrusteeServer

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


@pytest.fixture
def server(live: Live) -> TrusteeServer:
    return TrusteeServer(live).start()


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
