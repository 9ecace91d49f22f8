"""The two applications that browser tests visit."""

from playwright.sync_api import Page

from tests.browser.conftest import Live


def test_both_applications_are_served(live: Live, browser_page: Page) -> None:
    answer = browser_page.goto(f"{live.base}/nowhere")
    assert answer is not None
    assert answer.status == 404
    assert browser_page.locator("h1").inner_text() == "Sidan finns inte"
    assert browser_page.request.get(f"{live.box}/nowhere").status == 404
