"""The front pages and the pages for everybody, looked at by axe in both widths and schemes."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from dialog.people.models import Role
from dialog.surveys.models import Access, RoundState
from tests import makers
from tests.browser.conftest import Live, assert_accessible, fits
from tests.home.test_front import invite, release, round_

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("width", "scheme", "language"),
    [(360, "light", "sv-SE"), (1440, "dark", "en-GB"), (360, "dark", "en-GB")],
)
def test_the_front_and_information_pages_are_accessible_and_fit(
    live: Live, new_page: Callable[..., Page], width: int, scheme: str, language: str
) -> None:
    page = new_page(width, color_scheme=scheme, locale=language)
    with live.session() as db:
        author, everything = makers.analyst(db), makers.person(db, "Alla Roller", *Role)
        place = makers.unit(db, "R", name="Regionen")
        makers.post(db, everything, place)
        round_(db, author, "Öppen för alla", RoundState.OPEN, Access.LINK)
        for state in RoundState:
            made = round_(db, author, f"Enkät {state.value}", state)
            invite(db, made, everything, place)
            if state is RoundState.RELEASED:
                release(db, made, place)
        person = db.merge(everything)
    paths = ["/", "/om", "/om/anonymitet", "/om/behorigheter", "/tillganglighet"]
    for path in paths:
        look(page, live, path)
    live.sign_in(page, person)
    for path in ("/", "/konto/om-mig"):
        look(page, live, path)


def look(page: Page, live: Live, path: str) -> None:
    page.goto(live.base + path)
    assert page.locator("h1").count() == 1, path
    assert fits(page), path
    assert_accessible(page)


def test_the_language_is_changed_on_the_page_one_is_on(live: Live, browser_page: Page) -> None:
    page = browser_page
    page.goto(f"{live.base}/om/anonymitet")
    page.get_by_role("link", name="English").click()
    page.wait_for_url(f"{live.base}/om/anonymitet")
    expect(page.locator("h1")).to_have_text("How your answers are protected")
    assert page.locator("html").get_attribute("lang") == "en"


def test_pages_can_be_read_at_two_hundred_per_cent(
    live: Live, new_page: Callable[..., Page]
) -> None:
    page = new_page(640)
    for path in ("/", "/om/behorigheter", "/logga-in"):
        page.goto(live.base + path)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert fits(page), path
