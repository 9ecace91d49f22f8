"""Planning, approving and running a round in a real browser, by keyboard, narrow and wide."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page
from sqlmodel import select

from dialog.storage.clock import today
from dialog.surveys.models import Access, Round, RoundState
from dialog.surveys.rounds import planning
from tests.browser.conftest import Live, assert_accessible, fits, follow
from tests.surveys.rounds.cast import Cast

pytestmark = pytest.mark.browser


def press_on(page: Page, name: str) -> None:
    """Find a button or link by Tab alone and press Enter on it."""
    for _ in range(80):
        page.keyboard.press("Tab")
        focused = page.evaluate("document.activeElement.innerText || ''")
        if focused.strip() == name:
            page.keyboard.press("Enter")
            return
    pytest.fail(f"No way to {name} by Tab")


@pytest.fixture
def cast(live: Live) -> Cast:
    return Cast(live.session())


def state(live: Live) -> RoundState:
    with live.session() as db:
        return RoundState(db.exec(select(Round.state)).one())


@pytest.mark.parametrize("width", [360, 1440])
def test_a_round_is_planned_approved_and_opened_in_the_browser(
    live: Live, cast: Cast, new_page: Callable[..., Page], width: int
) -> None:
    page = new_page(width)
    live.sign_in(page, cast.analyst)
    page.goto(f"{live.base}/enkater/{cast.survey.id}/ny-omgang")
    assert_accessible(page)
    page.get_by_label("Omgångens namn").fill("Samtalsklimat hösten")
    follow(page.get_by_role("button", name="Börja planera"))
    page.get_by_label("F1").check()
    page.get_by_label("F2").check()
    for heading in ("Vilka får frågan?", "Hur får de frågan?"):
        assert page.locator("h1").inner_text() == heading
        assert_accessible(page)
        assert fits(page)
        if heading.startswith("Hur"):
            page.get_by_label("Vem står bakom enkäten?").fill("Regiondirektören")
        follow(page.get_by_role("button", name="Spara och fortsätt"))
    day = today()
    page.get_by_label("Stänger").first.fill(str(day + timedelta(days=14)))
    page.get_by_label("Första påminnelsen").fill(str(day + timedelta(days=7)))
    for part in ("when", "results", "groups", "keys"):
        assert_accessible(page)
        assert fits(page)
        role: Any = "link" if part == "groups" else "button"
        follow(page.get_by_role(role, name=re.compile("ortsätt$")))
    kept = {"Deltagarlistan": 30, "Enheten på svaren": 40, "Fritexterna": 50, "Svaren": 60}
    for what, days in kept.items():
        field = page.get_by_label(f"{what} sparas till och med", exact=True)
        field.fill(str(day + timedelta(days=days)))
    page.get_by_label("Ingen bestämmelse om sekretess").check()
    page.get_by_label("Konsekvensbedömningens nummer").fill("KB 1")
    follow(page.get_by_role("button", name="Spara", exact=True))
    assert page.locator(".round-missing").all_inner_texts() == []
    assert_accessible(page)
    assert fits(page)
    press_on(page, "Lämna till granskning")
    page.wait_for_url("**/lamna-till-granskning")
    press_on(page, "Lämna till granskning")
    page.wait_for_selector("text=Väntar på granskning sedan")

    other = new_page(width)
    live.sign_in(other, cast.approver)
    other.goto(page.url)
    follow(other.get_by_role("link", name="Granska planen"))
    assert_accessible(other)
    assert fits(other)
    follow(other.get_by_role("link", name="Godkänn …"))
    follow(other.get_by_role("button", name="Godkänn omgången"))
    assert state(live) is RoundState.APPROVED

    page.reload()
    follow(page.get_by_role("link", name="Öppna nu"))
    assert "15 personer" in page.locator("main").inner_text()
    follow(page.get_by_role("button", name="Öppna omgången nu"))
    page.wait_for_selector("text=Öppen för svar sedan")
    assert state(live) is RoundState.OPEN
    assert_accessible(page)


def test_a_fault_moves_the_focus_to_the_summary_and_keeps_what_was_typed(
    live: Live, cast: Cast, browser_page: Page
) -> None:
    round_ = cast.plan()
    live.sign_in(browser_page, cast.analyst)
    browser_page.goto(f"{live.base}/omgangar/{round_.id}/plan/resultat")
    browser_page.get_by_label("Minsta grupp", exact=True).fill("3")
    browser_page.get_by_role("button", name="Spara och fortsätt").click()
    browser_page.wait_for_selector("#felruta:focus")
    assert browser_page.get_by_label("Minsta grupp", exact=True).input_value() == "3"
    assert_accessible(browser_page)
    browser_page.locator("#felruta a").click()
    assert browser_page.evaluate("document.activeElement.id") == "k"


def test_the_poster_of_an_open_link_prints_without_the_rest(
    live: Live, cast: Cast, wide_page: Page
) -> None:
    settings = live.app.extensions["settings"]
    round_ = cast.opened_to_all(settings, access=Access.LINK, reminders=[])
    live.sign_in(wide_page, cast.analyst)
    wide_page.goto(f"{live.base}/omgangar/{round_.id}/affisch")
    assert_accessible(wide_page)
    wide_page.emulate_media(media="print")
    assert not wide_page.get_by_text("Skriv ut sidan").is_visible()
    assert not wide_page.locator("header").is_visible()
    assert wide_page.get_by_alt_text("QR-kod").is_visible()


def test_the_mail_of_a_plan_can_be_read_on_a_phone(
    live: Live, cast: Cast, browser_page: Page
) -> None:
    round_ = cast.plan()
    live.sign_in(browser_page, cast.analyst)
    browser_page.goto(f"{live.base}/omgangar/{round_.id}/mejl")
    assert fits(browser_page)
    assert_accessible(browser_page)
    assert planning.NO_SECRECY not in browser_page.content()
