"""A plan tried before its round opens: day by day, as anybody and as a manager."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page

from dialog.storage.clock import today
from tests.browser.conftest import Live, assert_accessible
from tests.browser.test_result_groups import fill, fits
from tests.results import cast as results
from tests.surveys.rounds.cast import Cast

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [360, 1440])
def test_what_would_be_given_is_stepped_through_day_by_day(
    live: Live, new_page: Callable[..., Page], width: int
) -> None:
    with live.session() as db:
        units = results.region(db)
        cast = Cast(db, people=0, units=[units["E111"], units["E121"]])
        fill(db, units)
        round_ = cast.plan(opens_on=today() + timedelta(days=1))
        analyst, round_id = cast.analyst, round_.id
        db.expunge_all()
    page = new_page(width)
    live.sign_in(page, analyst)
    page.goto(f"{live.base}/omgangar/{round_id}")
    page.get_by_role("link", name="Pröva: vad kan begäras ut?").click()
    there = page.locator('section[aria-labelledby="finns"]')
    assert "Svaren, en rad för varje" in there.inner_text()
    assert_accessible(page)
    assert fits(page)
    page.get_by_label("En chef för en enhet").check()
    page.get_by_role("button", name="Visa").click()
    page.wait_for_selector("#felruta:focus")
    page.get_by_label("Chefens enhet").fill("E113")
    page.get_by_role("button", name="Visa").click()
    page.wait_for_selector("text=Chefen för Barn- och ungdomspsykiatrin")
    assert "Barn och unga, medarbetare" in page.locator("main").inner_text()
    assert_accessible(page)
    assert fits(page)
    turns = page.locator('nav[aria-labelledby="dagar"] a')
    turns.nth(turns.count() - 1).click()
    page.wait_for_selector("h2:has-text('Finns inte längre')")
    assert "Svaren, en rad för varje" not in there.inner_text()
    assert page.get_by_label("En chef för en enhet").is_checked()
    assert_accessible(page)
