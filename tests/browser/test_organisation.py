"""The organisation in a real browser: importing by keyboard, choosing an audience, and axe."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from dialog.organisation import importing
from tests import makers
from tests.browser.conftest import Live, assert_accessible, fits, follow
from tests.organisation.rosters import PEOPLE, UNITS, roster

pytestmark = pytest.mark.browser


@pytest.fixture
def files(tmp_path: Path) -> Callable[..., tuple[str, str]]:
    """Writes the two files and gives their paths."""

    def write(units: str = UNITS, people: str = PEOPLE) -> tuple[str, str]:
        (tmp_path / "units.csv").write_text(units, encoding="utf-8")
        (tmp_path / "people.csv").write_text(people, encoding="utf-8")
        return str(tmp_path / "units.csv"), str(tmp_path / "people.csv")

    return write


def enter(live: Live, page: Page, *, imported: bool = False) -> None:
    with live.session() as db:
        who = makers.administrator(db)
        if imported:
            importing.apply(db, roster=roster())
            db.commit()
    live.sign_in(page, who)


def looks_right(page: Page) -> None:
    """Axe is content, and nothing sticks out to the side."""
    assert_accessible(page)
    assert fits(page)


def choose(page: Page, files: tuple[str, str]) -> None:
    page.get_by_label("Fil med enheter").set_input_files(files[0])
    page.get_by_label("Fil med personer").set_input_files(files[1])
    page.get_by_role("button", name="Visa vad som ändras").press("Enter")


@pytest.mark.parametrize("width", [360, 1440])
def test_an_organisation_is_imported_from_an_empty_page(
    live: Live, new_page: Callable[..., Page], files: Callable[..., tuple[str, str]], width: int
) -> None:
    page = new_page(width)
    enter(live, page)
    page.goto(f"{live.base}/organisation")
    looks_right(page)
    follow(page.get_by_role("link", name="Läs in organisationen"))
    looks_right(page)
    choose(page, files())
    expect(page.get_by_role("heading", level=1)).to_have_text("Det här ändras")
    looks_right(page)
    page.get_by_role("button", name="Spara ändringarna").press("Enter")
    expect(page.get_by_role("status").first).to_have_text("Organisationen är inläst.")
    page.locator("summary", has_text="Regionhälsan").press("Enter")
    expect(page.get_by_role("link", name="Barn", exact=True)).to_be_visible()
    looks_right(page)
    page.get_by_role("link", name="Barn", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Barn")
    looks_right(page)


def test_faults_take_the_focus_and_say_where_they_are(
    live: Live, browser_page: Page, files: Callable[..., tuple[str, str]]
) -> None:
    enter(live, browser_page)
    browser_page.goto(f"{live.base}/organisation/import")
    choose(browser_page, files(people=PEOPLE.replace("F02,staff", "F99,staff")))
    summary = browser_page.locator("#felruta")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("people.csv, rad 4, kolumn unit")
    looks_right(browser_page)


def test_a_number_is_typed_before_many_leave(
    live: Live, browser_page: Page, files: Callable[..., tuple[str, str]]
) -> None:
    enter(live, browser_page, imported=True)
    browser_page.goto(f"{live.base}/organisation/import")
    choose(browser_page, files(people=PEOPLE.rpartition("David")[0]))
    browser_page.get_by_role("button", name="Spara ändringarna").click()
    expect(browser_page.locator("#felruta")).to_be_focused()
    looks_right(browser_page)
    browser_page.get_by_label("Antal personer som slutar").fill("3")
    browser_page.get_by_role("button", name="Spara ändringarna").click()
    expect(browser_page.get_by_role("status").first).to_have_text("Organisationen är inläst.")


def test_a_search_finds_a_unit(live: Live, browser_page: Page) -> None:
    enter(live, browser_page, imported=True)
    browser_page.goto(f"{live.base}/organisation")
    browser_page.get_by_label("Enhetens namn eller kod").fill("barn")
    browser_page.keyboard.press("Enter")
    expect(browser_page.get_by_role("link", name="Barn", exact=True)).to_be_visible()
    looks_right(browser_page)
