"""Applying, deciding and fetching in a real browser, narrow and wide, in both languages."""

from collections.abc import Callable
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from dialog.research.models import DataApplication
from tests.browser.conftest import Live, assert_accessible, fits, follow
from tests.research.cast import Cast

pytestmark = pytest.mark.browser


def check(page: Page) -> None:
    assert_accessible(page)
    assert fits(page), page.url


def save(page: Page) -> None:
    check(page)
    follow(page.locator("button.btn-primary"))


def write(page: Page, address: str, colleague: str) -> None:
    """From a new application to one that is handed in, part by part."""
    page.goto(address)
    check(page)
    page.locator("#title").fill("Tystnad och röst")
    page.get_by_label("Samtalsklimat hösten").check()
    follow(page.locator("button.btn-primary"))
    page.locator("#principal").fill("Exempelstads universitet")
    page.locator("#signatory").fill("Petra Prefekt")
    page.locator("#signatory_function").fill("prefekt")
    page.locator("#signed_on").fill("2026-11-02")
    save(page)
    page.locator("#purpose").fill("Att förstå när människor säger ifrån.")
    save(page)
    page.locator("[name=ethics][value=none]").check()
    page.locator("#ethics_number").fill("tolv")
    save(page)
    expect(page.locator("#felruta")).to_be_focused()
    expect(page.locator("#ethics_number")).to_have_value("tolv")
    page.locator("#ethics_number").fill("")
    page.locator("#ethics_reasons").fill("Uppgifterna är avidentifierade.")
    save(page)
    save(page)  # the rounds are chosen
    follow(page.locator("button[name=alla]"))
    expect(page.locator("#kostnad table")).to_be_visible()
    save(page)
    page.locator("#people").fill(f"Kalle Kollberg, {colleague}")
    save(page)
    page.locator("#use_until").fill("2028-12-31")
    page.locator("#accepted").check()
    check(page)
    follow(page.locator("button.btn-primary"))
    check(page)
    follow(page.locator("a.btn-primary"))
    check(page)
    follow(page.locator("button.btn-primary"))


@pytest.mark.parametrize(("width", "locale"), [(360, "sv-SE"), (1440, "en-GB")])
def test_an_application_is_written_decided_and_fetched(
    live: Live, new_page: Callable[..., Page], width: int, locale: str
) -> None:
    cast = Cast(live.session())
    page = new_page(width, locale=locale)
    live.sign_in(page, cast.researcher)
    write(page, f"{live.base}/forskning/ny", cast.colleague.email)
    address = page.url
    for who in (cast.first, cast.second):
        live.sign_in(page, who)
        page.goto(address)
        check(page)
        follow(page.locator("a.btn-primary"))
        check(page)
        follow(page.locator("button.btn-primary"))
    expect(page.locator("progress")).to_be_visible()
    check(page)
    cast.work()
    # The page follows the work, and shows the package when it is there.
    expect(page.locator("#paket")).to_be_visible(timeout=15_000)
    live.sign_in(page, cast.colleague)
    page.goto(address)
    check(page)
    with page.expect_download() as fetched:
        page.locator("form[action*=paket] button").click()
    assert fetched.value.suggested_filename.endswith(".zip")
    page.context.clear_cookies()
    page.goto(f"{live.base}/forskning/uttag/{cast.round.id}")
    check(page)
    with live.session() as db:
        assert db.get_one(DataApplication, UUID(address.rpartition("/")[2])).state == "fetched"
