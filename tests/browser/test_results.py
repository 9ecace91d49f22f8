"""A result as people meet it: on a phone, by keyboard, printed."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import select

from dialog.desk import Duty
from dialog.people.models import Person
from dialog.results.models import Release
from dialog.results.publishing import making, releases
from dialog.storage import outbox
from dialog.surveys.rounds import publishing
from tests.browser.conftest import Live, assert_accessible, fits
from tests.results import cast
from tests.surveys.rounds.cast import desk_of

pytestmark = pytest.mark.browser
SIZES = {**cast.SIZES, "E111": 60, "E112": 44, "E121": 52, "E221": 70}


@pytest.fixture
def release(live: Live) -> Release:
    with live.app.app_context(), live.session() as db:
        round_ = cast.opened_round(db, cast.answers(sizes=SIZES))
        made = releases.publish(db, round_=round_, by=round_.author_id)
        db.commit()
        return made


def enter(live: Live, page: Page) -> None:
    with live.session() as db:
        person = db.exec(select(Person)).one()
    live.sign_in(page, person)


def loaded_pictures(page: Page) -> int:
    page.evaluate("document.querySelectorAll('img').forEach(each => { each.loading = 'eager' })")
    page.wait_for_load_state("networkidle")
    return int(
        page.evaluate(
            "[...document.querySelectorAll('img.chart')].filter(each => each.naturalWidth).length"
        )
    )


@pytest.mark.parametrize("width", [360, 1440])
def test_a_result_can_be_read_on_a_phone_and_on_a_desk(
    live: Live, release: Release, new_page: Callable[..., Page], width: int
) -> None:
    page = new_page(width)
    enter(live, page)
    for path in ("", "/R", "/V11", "/E111", "/E113", "/V11?niva=staff"):
        page.goto(f"{live.base}/resultat/{release.id}{path}")
        assert fits(page), path
        assert loaded_pictures(page) == page.locator("img.chart").count()
        assert_accessible(page)


def test_a_phone_gets_the_narrow_picture_and_a_desk_the_wide_one(
    live: Live, release: Release, new_page: Callable[..., Page]
) -> None:
    for width, wide in ((360, False), (1440, True)):
        page = new_page(width)
        page.goto(f"{live.base}/resultat/{release.id}/R")
        loaded_pictures(page)
        shown = page.locator("img.chart").first.evaluate("each => each.currentSrc")
        assert ("bred=1" in shown) == wide


def test_from_the_whole_to_a_unit_by_keyboard_alone(
    live: Live, release: Release, wide_page: Page
) -> None:
    page = wide_page
    enter(live, page)
    page.goto(f"{live.base}/resultat")
    press_on(page, "Samtalsklimat hösten")
    press_on(page, "Regionhälsan")
    press_on(page, "Barn och unga")
    expect(page.get_by_role("heading", level=1)).to_have_text("Barn och unga")
    summary = page.locator("summary").first
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("table", name="Skalor, medelvärde")).to_be_visible()


def press_on(page: Page, name: str) -> None:
    link = page.get_by_role("link", name=name, exact=True).first
    link.focus()
    expect(link).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_load_state()


def test_every_picture_says_what_it_shows_and_has_its_table(
    live: Live, release: Release, browser_page: Page
) -> None:
    browser_page.goto(f"{live.base}/resultat/{release.id}/R")
    pictures = browser_page.locator("img.chart")
    assert pictures.count() > 5
    for number in range(pictures.count()):
        assert "tabellen" in (pictures.nth(number).get_attribute("alt") or "")
    sections = browser_page.locator("section:has(img.chart)")
    for number in range(sections.count()):
        assert sections.nth(number).locator("table").count() > 0


def test_a_result_can_be_read_in_the_dark(
    live: Live, release: Release, new_page: Callable[..., Page]
) -> None:
    page = new_page(360, color_scheme="dark")
    page.goto(f"{live.base}/resultat/{release.id}/R")
    assert_accessible(page)


@pytest.mark.parametrize(("width", "language"), [(360, "sv-SE"), (1440, "en-GB")])
def test_who_publishes_sees_how_far_it_is_and_then_the_result(
    live: Live, new_page: Callable[..., Page], width: int, language: str
) -> None:
    with live.app.app_context(), live.session() as db:
        round_id = cast.opened_round(db, cast.answers(sizes=SIZES)).id
    page = new_page(width, locale=language)
    enter(live, page)
    page.goto(f"{live.base}/resultat/publicera/{round_id}")
    page.locator("main button[type=submit]").click()
    expect(page.locator("[data-follow]")).to_be_visible()
    desk = desk_of(live.app)
    seen: list[str] = []

    def look() -> None:
        if len(seen) < 2:
            page.wait_for_timeout(3_500)  # the page asks every three seconds
            seen.append(page.locator("[data-follow] .lead").inner_text())
            assert_accessible(page)
            assert fits(page)

    with live.session() as db:
        [row] = outbox.lease(db, limit=1, kinds=(publishing.KIND,))
        duty = Duty(row.id, row.kind, row.payload, row.leased_until)
        db.commit()
    finish = making.make(replace(desk, meanwhile=look), duty)
    assert finish is not None
    with live.session() as db:
        finish(db)
        db.commit()
    page.wait_for_url(f"{live.base}/resultat/*-*")
    assert len(set(seen)) == 2
    assert page.locator("h1").inner_text() == "Samtalsklimat hösten"
