"""A plan tried before its round opens: day by day, as anybody and as a manager."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Live, Planned, assert_accessible, fits, follow

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [360, 1440])
def test_what_would_be_given_is_stepped_through_day_by_day(
    live: Live, new_page: Callable[..., Page], planned: Planned, width: int
) -> None:
    page = new_page(width)
    live.sign_in(page, planned.analyst)
    page.goto(f"{live.base}/omgangar/{planned.round_id}")
    follow(page.get_by_role("link", name="Pröva: vad kan begäras ut?"))
    there = page.locator('section[aria-labelledby="finns"]')
    assert "Svaren, en rad för varje" in there.inner_text()
    assert_accessible(page)
    assert fits(page)
    page.get_by_label("En chef för en enhet").check()
    follow(page.get_by_role("button", name="Visa"))
    page.wait_for_selector("#felruta:focus")
    page.get_by_label("Chefens enhet").fill("E113")
    follow(page.get_by_role("button", name="Visa"))
    page.wait_for_selector("text=Chefen för Barn- och ungdomspsykiatrin")
    assert "Barn och unga, medarbetare" in page.locator("main").inner_text()
    assert_accessible(page)
    assert fits(page)
    turns = page.locator('nav[aria-labelledby="dagar"] a')
    follow(turns.nth(turns.count() - 1))
    page.wait_for_selector("h2:has-text('Finns inte längre')")
    assert "Svaren, en rad för varje" not in there.inner_text()
    assert page.get_by_label("En chef för en enhet").is_checked()
    assert_accessible(page)
