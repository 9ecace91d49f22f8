"""Printed codes in a real browser: made by an analyst, typed by whoever took a slip."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Request, expect
from sqlmodel import Session, select

from dialog.ballotbox.models import SealedBallot
from dialog.surveys.models import Access, CodeStack, Round
from dialog.surveys.opening import exchange
from dialog.surveys.rounds import stacks
from tests.browser.answering import block, to_review
from tests.browser.conftest import Live, assert_accessible, fits, follow
from tests.surveys.rounds.cast import Cast

pytestmark = pytest.mark.browser


@pytest.fixture
def cast(live: Live) -> Cast:
    return Cast(live.session())


@pytest.fixture
def round_(live: Live, cast: Cast) -> Round:
    settings = live.app.extensions["settings"]
    opened = cast.opened_to_all(settings, access=Access.CODES, reminders=[])
    exchange.announce(opened, settings)
    return opened


def codes(live: Live, cast: Cast, round_: Round) -> tuple[CodeStack, list[str]]:
    """A stack for the first unit, as the slips give it."""
    settings = live.app.extensions["settings"]
    stack = stacks.make(cast.db, round_=round_, count=10, by=None, unit=cast.units[0])
    found = [slip.code for slip in stacks.slips(cast.db, stack=stack, settings=settings)]
    cast.db.commit()
    return stack, found


def type_code(page: Page, live: Live, code: str) -> None:
    page.goto(f"{live.base}/kod")
    page.get_by_label("Kod").fill(code.lower())
    page.get_by_role("button", name="Gå till enkäten").click()


def ballots(live: Live) -> int:
    with Session(live.box_app.extensions["engine"]) as db:
        return len(db.exec(select(SealedBallot)).all())


def test_a_typed_code_goes_all_the_way_once_and_never_with_a_session(
    live: Live, cast: Cast, round_: Round, new_page: Callable[..., Page]
) -> None:
    _stack, (code, *_others) = codes(live, cast, round_)
    page = new_page(360, has_touch=True)
    sent: list[Request] = []
    page.on("request", lambda request: sent.append(request))  # noqa: PLW0108 - a builtin will not do
    live.sign_in(page, cast.people[0])  # who holds the code is nobody's business, signed in or not
    type_code(page, live, code)
    expect(page.get_by_text("inte vem som fick den").first).to_be_visible()
    assert_accessible(page)
    expect(page.get_by_label("Sök din enhet")).to_be_visible()  # the stack tells no level
    page.locator("#begin").click()
    to_review(page)
    page.locator("#send").click()
    expect(block(page, "done")).to_be_visible()
    assert ballots(live) == 1
    told = [each for each in sent if each.url.endswith(("/place", "/issue"))]
    assert len(told) == 2
    assert all("cookie" not in each.all_headers() for each in told)
    del sent[:]
    page.evaluate("sessionStorage.clear()")
    page.goto(f"{live.base}/enkat/{round_.id}")  # without a code the session is asked
    expect(block(page, "unknown")).to_be_visible()
    assert ["cookie" in each.all_headers() for each in sent if each.url.endswith("/place")] == [
        True
    ]
    again = new_page(360)
    type_code(again, live, code)
    expect(block(again, "answered")).to_contain_text("den här har använts")
    assert_accessible(again)


def test_a_code_of_a_withdrawn_pile_is_told_so_before_and_after_answering(
    live: Live, cast: Cast, round_: Round, new_page: Callable[..., Page]
) -> None:
    stack, found = codes(live, cast, round_)
    page = new_page(360)
    type_code(page, live, found[0])
    page.locator("#begin").click()
    to_review(page)
    stacks.withdraw(cast.db, round_=round_, stack=stack, by=None)
    cast.db.commit()
    page.locator("#send").click()
    expect(block(page, "withdrawn")).to_be_visible()
    type_code(page, live, found[1])
    expect(block(page, "withdrawn")).to_contain_text("ny lapp")
    assert_accessible(page)
    assert ballots(live) == 0


@pytest.mark.parametrize("width", [360, 1440])
def test_an_analyst_makes_fetches_and_withdraws_a_pile(
    live: Live, cast: Cast, round_: Round, new_page: Callable[..., Page], width: int
) -> None:
    page = new_page(width)
    live.sign_in(page, cast.analyst)
    page.goto(f"{live.base}/omgangar/{round_.id}")
    follow(page.get_by_role("link", name="Koder på papper", exact=True))
    assert_accessible(page)
    page.get_by_label("Antal koder").fill("12")
    page.get_by_label("Antal koder").press("Enter")
    expect(page.get_by_text("12 koder är gjorda")).to_be_visible()
    assert_accessible(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Hämta arken").click()
    assert download.value.suggested_filename == "lappar.pdf"
    follow(page.get_by_role("link", name="Dra tillbaka"))
    assert_accessible(page)
    page.get_by_label("Skriv antalet koder i högen").fill("12")
    follow(page.get_by_role("button", name="Dra tillbaka högen"))
    expect(page.get_by_text("Tillbakadragen", exact=True)).to_be_visible()
    assert fits(page)


@pytest.mark.parametrize("width", [360, 1440])
def test_the_paper_form_prints_alone(
    live: Live, cast: Cast, round_: Round, new_page: Callable[..., Page], width: int
) -> None:
    page = new_page(width)
    live.sign_in(page, cast.analyst)
    page.goto(f"{live.base}/omgangar/{round_.id}/pappersformular")
    assert_accessible(page)
    assert fits(page)
    page.emulate_media(media="print")
    assert not page.get_by_text("Skriv ut sidan").is_visible()
    assert not page.locator("header").is_visible()
    assert page.get_by_text("läser dina svar").is_visible()
