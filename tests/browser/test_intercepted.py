"""Somebody stands between one respondent's browser and the servers: reads everything, or hands that
one another key than everybody else has.
"""

import json
from collections.abc import Callable
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from playwright.sync_api import Page, Request, Route, expect

from dialog.core.ballots import blind, manifest, sealing
from dialog.core.ballots.encoding import canonical, decode, encode
from tests.attacks.plaintext import broken, forms, packed, pieces
from tests.attacks.searching import Needles
from tests.browser.answering import OpenRound, block, open_round
from tests.browser.conftest import Live
from tests.browser.test_answering_sending import KEPT, SECRETIVE, prepare

PLANTED = (SECRETIVE.encode(), b'"answers":{', b'"story":"')


def lock() -> str:
    return encode(sealing.public_bytes(ec.generate_private_key(ec.SECP256R1()).public_key()))


RSA = rsa.generate_private_key(public_exponent=65537, key_size=2048)
FORGERIES: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "another-lock": lambda _told: {"holders": [lock()]},
    "one-lock-more": lambda told: {"holders": [*told["holders"], lock()]},
    "a-key-to-mark-the-token": lambda _told: {"token_key": encode(manifest.spki(RSA.public_key()))},
    "a-length-of-its-own": lambda told: {"length": told["length"] + 1},
    "another-box": lambda told: {"box": told["box"].replace("127.0.0.1", "localhost")},
}


@pytest.fixture
def opened(live: Live) -> OpenRound:
    return open_round(live)


class Interceptor:
    """Keeps all that a page sends: addresses, headers, bodies."""

    def __init__(self, page: Page) -> None:
        self.sent: list[bytes] = []
        self.posted: list[str] = []
        page.context.on("request", self._note)

    def _note(self, request: Request) -> None:
        if request.method == "POST":
            self.posted.append(request.url.rsplit("/", 1)[-1])
        head = f"{request.method} {request.url} {json.dumps(request.headers)} ".encode()
        self.sent.append(head + (request.post_data_buffer or b""))

    def found(self, *secrets: bytes) -> list[str]:
        """What can be read of these, in any of the spellings that attackers know."""
        needles = Needles({form: one.decode() for one in secrets for form in forms(one)})
        parts = Needles({piece: (one, at) for one in secrets for at, piece in pieces(one)})
        read = []
        for sent in self.sent:
            read += [what for _, what in needles.find(sent)]
            read += [*broken(parts, sent), *packed(needles, sent)]
        return read


def test_whoever_reads_all_traffic_of_the_browser_finds_no_answer(
    opened: OpenRound, browser_page: Page
) -> None:
    interceptor = Interceptor(browser_page)
    prepare(browser_page, opened.links[0])
    assert interceptor.posted == ["place"]  # nothing of an answer is sent while it is written
    browser_page.locator("#send").click()
    expect(block(browser_page, "done")).to_be_visible()
    assert interceptor.posted == ["place", "issue", "ballots"]
    assert [ballot["answers"]["story"] for ballot in opened.ballots()] == [SECRETIVE]
    assert interceptor.found(*PLANTED) == []
    # The same interceptor does see an answer when one is sent, however it is spelt.
    for spelt in ("text", "btoa('a' + text)", "[...text].reverse().join('')"):
        send = f"text => fetch('/kod', {{method: 'POST', body: {spelt}}}).then(() => 0)"
        browser_page.evaluate(send, SECRETIVE)
        assert interceptor.found(*PLANTED) == [SECRETIVE]
        interceptor.sent.clear()


@pytest.mark.parametrize("forgery", FORGERIES)
def test_one_respondent_who_is_handed_another_key_sends_nothing(
    opened: OpenRound, browser_page: Page, forgery: str
) -> None:
    def forge(route: Route) -> None:
        answer = route.fetch()
        told = json.loads(answer.body())
        route.fulfill(response=answer, body=canonical(told | FORGERIES[forgery](told)))

    browser_page.route("**/enkat/*/manifest.json", forge)
    prepare(browser_page, opened.links[0])
    interceptor = Interceptor(browser_page)
    browser_page.locator("#send").click()
    expect(block(browser_page, "mismatch")).to_be_visible()
    assert interceptor.posted == []
    assert browser_page.evaluate(KEPT)["ballots"] == 0
    assert opened.ballots() == []
    browser_page.unroute("**/enkat/*/manifest.json")  # what everybody else has
    browser_page.reload()
    expect(block(browser_page, "mismatch")).to_be_hidden()


def test_a_token_signed_with_a_key_of_ones_own_is_not_spent(
    opened: OpenRound, browser_page: Page
) -> None:
    """It would mark this one ballot in the box for whoever has that key."""
    signer = blind.Signer.of(RSA)

    def sign(route: Route) -> None:
        asked = json.loads(route.request.post_data or "")
        number = int.from_bytes(decode(asked["blinded"])) % signer.n
        signed = blind.blind_sign(signer, number.to_bytes(256))
        route.fulfill(json={"signature": encode(signed)})

    browser_page.route("**/issue", sign)
    prepare(browser_page, opened.links[0])
    interceptor = Interceptor(browser_page)
    browser_page.locator("#send").click()
    expect(block(browser_page, "failed")).to_be_visible()
    assert "ballots" not in interceptor.posted
    assert opened.ballots() == []
