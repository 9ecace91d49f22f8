"""Signing in and giving roles in a real browser: by keyboard, on a phone, in both languages."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import select

from dialog.people import password_links
from dialog.people.accounts import set_password
from dialog.people.models import Person, Role, RoleGrant
from tests import makers
from tests.browser.conftest import Live, assert_accessible, fits

pytestmark = pytest.mark.browser
PASSWORD = "fyra ord i en rad"


def administrator(live: Live) -> Person:
    with live.session() as db:
        boss = makers.administrator(db)
        set_password(db, person_id=boss.id, password=PASSWORD)
        db.commit()
        return boss


def enter(page: Page, live: Live, email: str) -> None:
    page.goto(f"{live.base}/logga-in")
    page.locator("#email").fill(email)
    page.locator("#password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{live.base}/")


def test_one_signs_in_by_keyboard_alone_and_errors_take_the_focus(
    live: Live, browser_page: Page
) -> None:
    boss, page = administrator(live), browser_page
    page.goto(f"{live.base}/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.goto(f"{live.base}/logga-in")
    assert_accessible(page)
    page.locator("#email").focus()
    page.keyboard.type(boss.email)
    page.keyboard.press("Tab")
    page.keyboard.type("fel lösenord")
    page.keyboard.press("Enter")
    expect(page.locator("#felruta")).to_be_focused()
    assert page.title().startswith("Det finns något att rätta")
    assert_accessible(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#password")).to_be_focused()
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Hej Admin Adamsson")
    assert_accessible(page)


def test_a_link_fills_in_its_code_and_leaves_the_address(live: Live, browser_page: Page) -> None:
    page = browser_page
    with live.session() as db:
        anna = makers.person(db)
        key = password_links.link_key(live.app.extensions["settings"].keys)
        secret = password_links.make_link(db, person_id=anna.id, key=key)
        db.commit()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url + str(request.headers)))
    page.goto(f"{live.base}/valj-losenord#{secret}")
    expect(page.locator("[data-code-filled]")).to_be_visible()
    expect(page.locator("#code")).to_be_hidden()
    assert page.url == f"{live.base}/valj-losenord"
    assert_accessible(page)
    page.locator("#new_password").fill(PASSWORD)
    page.get_by_label("Visa lösenordet").check()
    assert page.locator("#new_password").get_attribute("type") == "text"
    page.get_by_role("button", name="Spara lösenordet").click()
    page.wait_for_url(f"{live.base}/")
    assert "Anna Almgren" in page.locator("h1").inner_text()
    assert not any(secret in each for each in asked)


def test_the_code_can_be_typed_where_no_script_runs(
    live: Live, new_page: Callable[..., Page]
) -> None:
    page = new_page(360, java_script_enabled=False)
    with live.session() as db:
        anna = makers.person(db)
        key = password_links.link_key(live.app.extensions["settings"].keys)
        secret = password_links.make_link(db, person_id=anna.id, key=key)
        db.commit()
    page.goto(f"{live.base}/valj-losenord")
    page.locator("#code").fill(password_links.grouped(secret).upper())
    page.locator("#new_password").fill(PASSWORD)
    page.get_by_role("button", name="Spara lösenordet").click()
    page.wait_for_url(f"{live.base}/")


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1440, "dark")])
def test_the_pages_of_people_are_accessible_and_fit(
    live: Live, new_page: Callable[..., Page], width: int, scheme: str
) -> None:
    page = new_page(width, color_scheme=scheme)
    boss = administrator(live)
    with live.session() as db:
        long_name = "Åsa-Margareta Ängström-Wilhelmsdotter"
        long_address = "asa-margareta.angstrom-wilhelmsdotter@regionhalsan.example.org"
        anna = makers.person(db, long_name, *Role, email=long_address)
        for number in range(60):
            makers.person(db, f"Person {number:02}")
    enter(page, live, boss.email)
    for path in (
        "/personer",
        "/personer?sok=finns-inte",
        "/personer/ny",
        f"/personer/{anna.id}",
        "/konto",
        "/konto/losenord",
        "/glomt-losenordet",
        "/glomt-losenordet/skickat",
        "/valj-losenord",
        "/finns-inte",
    ):
        page.goto(live.base + path)
        assert page.locator("h1").count() == 1, path
        assert fits(page), path
        assert_accessible(page)


def test_roles_are_given_with_keyboard(live: Live, wide_page: Page) -> None:
    page, boss = wide_page, administrator(live)
    with live.session() as db:
        anna = makers.person(db)
    enter(page, live, boss.email)
    page.goto(f"{live.base}/personer?sok=almgren")
    page.get_by_role("link", name="Anna Almgren").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Analytiker").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Spara roller").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("Rollerna är sparade och gäller genast.")
    expect(page.get_by_label("Analytiker")).to_be_checked()
    with live.session() as db:
        assert db.exec(select(RoleGrant.role).where(RoleGrant.person_id == anna.id)).all() == [
            Role.ANALYST
        ]


def test_a_page_open_for_too_long_keeps_what_was_typed(live: Live, browser_page: Page) -> None:
    page, boss = browser_page, administrator(live)
    enter(page, live, boss.email)
    page.goto(f"{live.base}/personer/ny")
    page.locator("#name").fill("Ny Nyman")
    page.locator("#email").fill("ny.nyman@example.org")
    page.locator("form[method=post] [name=csrf_token]").last.evaluate("e => e.value = 'gammal'")
    page.get_by_role("button", name="Lägg till").click()
    expect(page.locator("h1")).to_have_text("Sidan har stått öppen för länge")
    assert_accessible(page)
    page.get_by_role("button", name="Skicka igen").click()
    expect(page.locator("h1")).to_have_text("Ny Nyman")
