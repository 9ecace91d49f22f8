"""Minutes are saved as they are typed: with two editors, and without a connection."""

from collections.abc import Callable
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from dialog.minutes.models import MinutesSection
from dialog.people.models import Person, Role
from tests import makers
from tests.browser.conftest import Live
from tests.browser.minutes import write_minutes

pytestmark = pytest.mark.browser


@pytest.fixture
def written(live: Live) -> tuple[Person, str]:
    """A secretary, and the address where the draft is written."""
    with live.app.test_request_context(), live.session() as db:
        secretary = makers.person(db, "Sara Sekreterare", Role.SECRETARY)
        attester = makers.person(db, "Olga Justerare")
        made = write_minutes(db, secretary=secretary, attester=attester)
        db.commit()
        db.refresh(secretary)
        db.expunge_all()
    return secretary, f"{live.base}/anteckningar/{made.by_state['drafting']}/skriv"


def opened(live: Live, page: Page, written: tuple[Person, str]) -> Page:
    live.sign_in(page, written[0])
    page.goto(written[1])
    return page


def text_in(live: Live, page: Page) -> str:
    """What is kept of the second section."""
    key = page.locator(".minutes-section").nth(1).get_attribute("id") or ""
    with live.session() as db:
        return db.get_one(MinutesSection, UUID(key.removeprefix("a-"))).text


def test_the_second_of_two_editors_sees_both_texts_and_decides(
    live: Live, new_page: Callable[..., Page], written: tuple[Person, str]
) -> None:
    one, two = (opened(live, new_page(800), written) for _number in range(2))
    one.locator("textarea").nth(1).fill("Den ena")
    expect(one.get_by_text("Sparat", exact=True)).to_be_visible()
    assert text_in(live, one) == "Den ena"
    two.locator("textarea").nth(1).fill("Den andra")
    section = two.locator(".minutes-section").nth(1)
    expect(section.get_by_role("alert")).to_contain_text("Någon annan har sparat")
    expect(section.locator("[data-theirs-text]")).to_contain_text("Den ena")
    expect(section.locator("textarea")).to_have_value("Den andra")
    two.wait_for_timeout(1500)
    assert text_in(live, one) == "Den ena"  # nothing is saved until the writer says so
    section.get_by_role("button").click()
    expect(two.get_by_text("är sparat.")).to_be_visible()
    assert text_in(live, one) == "Den andra"


def test_what_is_typed_while_the_connection_is_cut_is_saved_when_it_is_back(
    live: Live, browser_page: Page, written: tuple[Person, str]
) -> None:
    page = opened(live, browser_page, written)
    page.route("**/skriv/*", lambda route: route.abort())
    page.locator("textarea").nth(1).fill("Skrivet utan nät")
    expect(page.get_by_text("Ingen kontakt med servern.")).to_be_visible()
    page.unroute("**/skriv/*")
    expect(page.get_by_text("Sparat", exact=True)).to_be_visible(timeout=10_000)
    assert text_in(live, page) == "Skrivet utan nät"
