"""Somebody compares a survey's fingerprint with the one on the noticeboard."""

import hashlib
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from dialog.core.ballots import fingerprint
from dialog.surveys.models import ReceiptList
from tests.browser.answering import OpenRound, open_round
from tests.browser.conftest import Live, assert_accessible


@pytest.fixture
def opened(live: Live) -> OpenRound:
    return open_round(live)


def address(opened: OpenRound, after: str = "") -> str:
    return f"{opened.live.base}/kontroll/{opened.round.id}{after}"


def words(opened: OpenRound) -> list[str]:
    return list(fingerprint.words(opened.round.manifest))


def compare(page: Page, text: str) -> str:
    """By keyboard: into the field, on to the button, and what is said then."""
    page.locator("#published").fill(text)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    verdict = page.locator("#verdict")
    expect(verdict).not_to_be_empty()
    return verdict.inner_text()


@pytest.mark.parametrize(("width", "language"), [(360, "sv"), (1440, "en")])
def test_both_servers_are_asked_and_the_words_compared(
    opened: OpenRound, new_page: Callable[..., Page], width: int, language: str
) -> None:
    page = new_page(width)
    page.goto(address(opened, f"?lang={language}"))
    same = {"sv": "Båda servrarna visar samma", "en": "Both servers show the same"}
    expect(page.locator("#servers")).to_contain_text(same[language])
    ten = words(opened)
    matches = {"sv": "Det stämmer.", "en": "They match."}
    assert compare(page, ", ".join(ten).upper()).startswith(matches[language])
    other = {"sv": "Det stämmer inte", "en": "They do not match"}
    assert compare(page, " ".join(reversed(ten))).startswith(other[language])
    assert "zebra" in compare(page, " ".join([*ten[:9], "zebra"]))
    assert "9" in compare(page, " ".join(ten[:9]))
    assert_accessible(page)
    page.goto(address(opened, f"/anslag?lang={language}"))
    assert page.locator(".fingerprint-words li").all_inner_texts() == ten
    assert_accessible(page)


def test_the_notices_code_leads_to_a_page_that_compares_by_itself(
    opened: OpenRound, browser_page: Page
) -> None:
    right = hashlib.sha256(opened.round.manifest).hexdigest()
    browser_page.goto(address(opened, f"#{right}"))
    expect(browser_page.locator("#verdict")).to_contain_text("Det stämmer.")
    browser_page.goto("about:blank")
    browser_page.goto(address(opened, "#" + "0" * 64))
    expect(browser_page.locator("#verdict")).to_contain_text("Det stämmer inte")


@pytest.mark.parametrize("whose", ["/enkat/", "/rounds/"])
def test_a_server_that_shows_another_manifest_is_told_of(
    opened: OpenRound, browser_page: Page, whose: str
) -> None:
    def other(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.body() + b" ")

    browser_page.route(f"**{whose}*/manifest.json", other)
    browser_page.goto(address(opened))
    expect(browser_page.locator("#servers")).to_contain_text("på olika sätt")


def test_a_manifest_that_both_servers_changed_does_not_have_the_words_on_the_page(
    opened: OpenRound, browser_page: Page
) -> None:
    browser_page.route("**/manifest.json", lambda route: route.fulfill(
        response=(answer := route.fetch()), body=answer.body() + b" "
    ))  # fmt: skip
    browser_page.goto(address(opened))
    expect(browser_page.locator("#servers")).to_contain_text("är inte enkätens")


def test_the_respondents_own_page_shows_the_words_of_what_it_was_given(
    opened: OpenRound, browser_page: Page
) -> None:
    browser_page.goto(opened.links[0])
    browser_page.get_by_text("Mer om nyckeln").click()
    browser_page.locator("#fingerprint > summary").click()
    shown = browser_page.locator("#fingerprint-value li")
    expect(shown).to_have_count(10)
    assert shown.all_inner_texts() == words(opened)
    assert_accessible(browser_page)


def test_a_receipt_is_found_on_the_list_without_being_sent(
    opened: OpenRound, new_page: Callable[..., Page]
) -> None:
    with opened.live.session() as db:
        receipts = sorted(hashlib.sha256(bytes([i])).digest() for i in range(3))
        db.add(ReceiptList(round_id=opened.round.id, receipts=b"".join(receipts)))
        db.commit()
    page = new_page(360)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url + (request.post_data or "")))
    page.goto(address(opened))
    mine = receipts[1].hex()
    field, found = page.get_by_label("Ditt kvitto"), page.locator("#found")
    field.fill(f"{mine[:4]} {mine[4:8]} {mine[8:12]} {mine[12:16]}".upper())
    field.press("Enter")
    expect(found).to_contain_text("Ditt svar är med.")
    field.fill("0000 1111 2222 3333")
    field.press("Enter")
    expect(found).to_contain_text("finns inte på listan")
    field.fill("hej")
    field.press("Enter")
    expect(found).to_contain_text("minst 16 tecken")
    assert_accessible(page)
    assert not any(mine[:8] in url or "00001111" in url for url in asked)
