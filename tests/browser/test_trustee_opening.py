"""A trustee opens a layer of the ballots in a real browser: the same bytes as by the command."""

import hashlib
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from playwright.sync_api import Page, expect

from dialog.core.ballots import batch, keyfile, recovery, sealing
from tests.browser import trustee_pages as pages
from tests.browser.conftest import Live, assert_accessible
from tests.browser.key_making import Traffic, block, forms_of, press, tab_to, write
from tests.browser.trustee_pages import ROUND, TrusteeServer

PHRASE = "åtta röda cyklar i regn"
SIZES = [(360, "sv-SE"), (1440, "en-GB")]
ENOUGH = 60_000  # milliseconds for 5,000 ballots on a machine that is busy with other things


@pytest.fixture
def key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


@pytest.fixture
def server(live: Live, key: ec.EllipticCurvePrivateKey) -> TrusteeServer:
    server = TrusteeServer(live).start()
    server.registered = sealing.public_bytes(key.public_key())
    return server


@pytest.fixture
def file(key: ec.EllipticCurvePrivateKey, tmp_path: Path) -> Path:
    path = tmp_path / keyfile.name(ROUND, place=2)
    path.write_bytes(keyfile.lock(key, round_id=ROUND, layer=2, passphrase=PHRASE))
    return path


def bring_key(page: Page, server: TrusteeServer, file: Path) -> None:
    page.goto(server.opening_address)
    page.set_input_files("#opening-file", file)
    page.fill("#opening-passphrase", PHRASE)


def open_lock(page: Page) -> None:
    page.click("#opening-form [type=submit]")


@pytest.mark.parametrize("size", SIZES)
def test_fifty_ballots_are_opened_with_the_keyboard_alone(
    server: TrusteeServer,
    key: ec.EllipticCurvePrivateKey,
    file: Path,
    new_page: Callable[..., Page],
    size: tuple[int, str],
) -> None:
    width, locale = size
    server.batch, before = pages.sealed_batch(key, 50, broken=2)
    page = new_page(width, locale=locale)
    page.goto(server.opening_address)
    assert_accessible(page)
    tab_to(page, "#opening-file")
    page.set_input_files("#opening-file", file)
    write(page, "#opening-passphrase", PHRASE)
    page.keyboard.press("Enter")
    done = block(page, "handed-in")
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    expect(done).to_contain_text("52")
    expect(done.locator("#blanks")).to_contain_text("2 av" if locale == "sv-SE" else "2 of")
    left, record = pages.peeled_by_command(server.batch, key)
    assert server.handed_in == [(left, record.decode())]
    opened = list(batch.read(left))
    after = {ballot: at for at, ballot in enumerate(opened)}
    contents = sorted(before, key=lambda content: before[content])
    assert [after[content] for content in contents] != sorted(
        after[content] for content in contents
    )
    digest = re.sub(r"\s", "", done.locator(".digest").inner_text())
    assert digest == hashlib.sha256(left).hexdigest()
    press(page, "[data-block=handed-in] [data-reload]")
    expect(page.locator("#opening-file")).to_be_visible()  # loaded anew


def test_five_thousand_ballots_are_opened_while_the_page_stays_answering(
    server: TrusteeServer,
    key: ec.EllipticCurvePrivateKey,
    file: Path,
    new_page: Callable[..., Page],
) -> None:
    server.batch, _before = pages.sealed_batch(key, 5_000, length=4_096)
    page = new_page(1440)
    bring_key(page, server, file)
    page.evaluate(
        """() => {
            window.stages = new Set();
            window.slowest = 0;
            let last = performance.now();
            setInterval(() => {
                window.slowest = Math.max(window.slowest, performance.now() - last);
                last = performance.now();
                const text = document.querySelector("#progress-text").textContent;
                window.stages.add(text.split(":")[0]);
            }, 20);
        }"""
    )
    began = time.monotonic()
    open_lock(page)
    expect(page.locator("[data-block=handed-in]")).to_be_visible(timeout=ENOUGH)
    took = time.monotonic() - began
    print(
        f"5,000 ballots of 4 KiB: {took:.1f} s; the page waited {page.evaluate('slowest'):.0f} ms"
    )
    ((data, _record),) = server.handed_in
    assert batch.read(data).ballots == 5_000
    assert data == pages.peeled_by_command(server.batch, key)[0]
    assert {"Öppnar ditt lås", "Hämtar svaren"} & set(page.evaluate("[...stages]"))
    assert page.evaluate("slowest") < 2_000


def test_the_sheet_opens_when_the_file_is_lost(
    server: TrusteeServer, key: ec.EllipticCurvePrivateKey, new_page: Callable[..., Page]
) -> None:
    server.batch, _before = pages.sealed_batch(key, 5)
    page = new_page(360)
    page.goto(server.opening_address)
    page.check("#opening-by-paper")
    other = recovery.sheet(keyfile.scalar(ec.generate_private_key(ec.SECP256R1())))
    for number, line in enumerate(other, start=1):
        page.fill(f"#opening-line-{number}", line)
    open_lock(page)
    expect(page.locator("#opening-line-1-fault")).to_contain_text("hör till en annan nyckel")
    for number, line in enumerate(recovery.sheet(keyfile.scalar(key)), start=1):
        page.fill(f"#opening-line-{number}", line)
    open_lock(page)
    block(page, "handed-in")


def damaged(name: str, key: ec.EllipticCurvePrivateKey) -> bytes:
    """A batch that is not the one to open."""
    whole, _before = pages.sealed_batch(key, 20)
    read = batch.read(whole)
    rest = whole[read.start :]
    changed = {
        "kom inte fram hel": whole[:-100],
        "annan omgång": batch.header(
            ROUND.__class__(int=7), ballots=20, length=read.length, layers=3
        )
        + rest,
        "annat antal lås": batch.header(ROUND, ballots=20, length=read.length, layers=2) + rest,
        "rätt ordning": whole[: read.start] + rest[-read.length :] + rest[read.length :],
        "ingen samling": b"<html>" + whole,
        "inte ett enda svar": pages.sealed_batch(ec.generate_private_key(ec.SECP256R1()), 20)[0],
    }
    return changed[name]


@pytest.mark.parametrize(
    "words",
    [
        "kom inte fram hel",
        "annan omgång",
        "annat antal lås",
        "rätt ordning",
        "ingen samling",
        "inte ett enda svar",
    ],
)
def test_a_wrong_batch_is_refused_in_a_sentence_and_the_right_one_goes_on(
    server: TrusteeServer,
    key: ec.EllipticCurvePrivateKey,
    file: Path,
    new_page: Callable[..., Page],
    words: str,
) -> None:
    right, _before = pages.sealed_batch(key, 20)
    server.batch = right
    page = new_page(360)
    bring_key(page, server, file)
    server.batch = damaged(words, key)
    open_lock(page)
    expect(block(page, "stopped")).to_contain_text(words)
    expect(page.locator("#take-along")).to_be_hidden()
    assert_accessible(page)
    assert server.handed_in == []
    server.batch = right
    press(page, "#again")
    block(page, "handed-in")
    assert server.handed_in[0][0] == pages.peeled_by_command(right, key)[0]


def test_what_is_stopped_has_changed_nothing_and_goes_on_when_asked(
    server: TrusteeServer,
    key: ec.EllipticCurvePrivateKey,
    file: Path,
    new_page: Callable[..., Page],
) -> None:
    server.batch, _before = pages.sealed_batch(key, 50)
    page = new_page(360)
    bring_key(page, server, file)
    page.route("**/batch", lambda _route: None)  # never answered
    open_lock(page)
    block(page, "working")
    assert_accessible(page)
    press(page, "#stop")
    expect(block(page, "stopped")).to_contain_text("Du avbröt")
    page.unroute("**/batch")
    press(page, "#again")
    block(page, "handed-in")
    assert len(server.handed_in) == 1


def test_a_connection_lost_while_handing_in_is_tried_again_with_the_same_bytes(
    server: TrusteeServer,
    key: ec.EllipticCurvePrivateKey,
    file: Path,
    new_page: Callable[..., Page],
    tmp_path: Path,
) -> None:
    server.batch, _before = pages.sealed_batch(key, 50)
    page = new_page(1440)
    bring_key(page, server, file)

    def lose(route: Any) -> None:
        if route.request.method == "POST":
            route.fetch()  # it arrives, but its answer does not
            route.abort()
        else:
            route.continue_()

    page.route("**/batch", lose)
    open_lock(page)
    expect(block(page, "stopped")).to_contain_text("Ingen kontakt")
    page.unroute("**/batch")
    with page.expect_download() as download, page.expect_download() as record:
        press(page, "#take-along")
    assert {download.value.suggested_filename[-5:], record.value.suggested_filename[-5:]} <= {
        "batch",
        ".json",
    }
    server.failures = 1
    press(page, "#again")
    expect(block(page, "stopped")).to_contain_text("Vänta en minut")
    press(page, "#again")
    block(page, "handed-in")
    assert len(server.handed_in) == 2
    assert server.handed_in[0] == server.handed_in[1]


def test_a_session_that_has_ended_is_said_and_nothing_is_lost(
    server: TrusteeServer,
    key: ec.EllipticCurvePrivateKey,
    file: Path,
    new_page: Callable[..., Page],
) -> None:
    server.batch, _before = pages.sealed_batch(key, 5)
    page = new_page(360)
    bring_key(page, server, file)
    page.route("**/batch", lambda route: route.fulfill(status=401, body="{}"))
    open_lock(page)
    expect(block(page, "stopped")).to_contain_text("inte längre inloggad")
    page.unroute("**/batch")
    page.context.clear_cookies()  # signed in anew, in another session
    press(page, "#again")
    block(page, "handed-in")


def test_no_request_holds_the_key_the_passphrase_or_a_plaintext(
    server: TrusteeServer,
    key: ec.EllipticCurvePrivateKey,
    file: Path,
    new_page: Callable[..., Page],
) -> None:
    inner = [ec.generate_private_key(ec.SECP256R1()) for _ in range(2)]
    holders = [sealing.public_bytes(each.public_key()) for each in (*inner, key)]
    plain = b'{"answers":{"story":"Planterat svar"}}'
    ballots = [
        sealing.seal(sealing.pad(plain + bytes([65 + i]), 300), holders, round_id=ROUND)
        for i in range(10)
    ]
    ballots.sort(key=lambda ballot: hashlib.sha256(ballot).digest())
    first = batch.header(ROUND, ballots=10, length=len(ballots[0]), layers=3)
    server.batch = first + b"".join(ballots)
    page = new_page(360)
    traffic = Traffic(page)
    bring_key(page, server, file)
    open_lock(page)
    block(page, "handed-in")
    scalar = keyfile.scalar(key)
    traffic.assert_without(scalar, PHRASE.encode(), plain, file.read_bytes())
    lines = (line.replace(" ", "").encode() for line in recovery.sheet(scalar)[:3])
    traffic.assert_without(*lines)
    # What the browser tells of a large body is not the body: it is looked at where it arrives.
    ((body, _record),) = server.handed_in
    assert len(batch.read(body).ballot(0)) == 300 + 2 * sealing.OVERHEAD
    assert not [form for secret in (scalar, plain) for form in forms_of(secret) if form in body]


@pytest.mark.parametrize(("width", "locale"), SIZES)
def test_more_than_five_thousand_are_opened_by_the_command_and_the_page_says_how(
    server: TrusteeServer,
    key: ec.EllipticCurvePrivateKey,
    new_page: Callable[..., Page],
    width: int,
    locale: str,
) -> None:
    server.batch, _before = pages.sealed_batch(key, 1)
    server.count = 5_001
    page = new_page(width, locale=locale)
    page.goto(server.opening_address)
    expect(page.locator(".command")).to_contain_text(
        f"dialog trustee open {keyfile.name(ROUND, place=2)}"
    )
    expect(page.locator("main")).to_contain_text("5 001" if locale == "sv-SE" else "5,001")
    assert page.locator("#opening-form").count() == 0
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    with page.expect_download() as download:
        page.click("a[download]")
    assert Path(download.value.path()).read_bytes() == server.batch
