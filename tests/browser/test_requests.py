"""Somebody unknown asks for a document in a browser, with script and without, and reads on."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from sqlmodel import select

from dialog.requests import answering
from dialog.requests.models import DisclosureRequest
from tests import makers
from tests.browser.conftest import Live, assert_accessible, fits, follow

pytestmark = pytest.mark.browser


def sent(page: Page) -> tuple[str, str]:
    """The number and the code of what was sent."""
    assert fits(page)
    assert_accessible(page)
    return page.text_content("[data-receipt-number]") or "", code_of(page)


def code_of(page: Page) -> str:
    shown = page.locator(".receipt-code:visible").last.text_content() or ""
    assert re.fullmatch(r"(\d{4} ){3}\d{4}", shown), shown
    return shown


@pytest.mark.parametrize("script", [True, False])
def test_the_code_that_was_shown_before_sending_opens_the_answer(
    live: Live, new_page: Callable[..., Page], *, script: bool
) -> None:
    page = new_page(360, java_script_enabled=script)
    codes = set()
    for _time in "12":
        page.goto(f"{live.base}/begar-ut")
        codes.add(code_of(page))
    assert len(codes) == 2
    follow(page.get_by_role("button", name="Skicka begäran"))  # without a text
    shown = code_of(page)
    assert shown in codes
    page.fill("#text", "Skrivelsen om bemanning")
    follow(page.get_by_role("button", name="Skicka begäran"))
    if not script:
        assert code_of(page) == shown
        return
    number, code = sent(page)
    assert code == shown
    with live.session() as db:
        request = db.exec(select(DisclosureRequest)).one()
        by = makers.person(db).id
        answering.question(db, request=request, text="Vilken skrivelse?", by=by)
        db.commit()
    page.goto(f"{live.base}/kvittens")
    page.fill("#number", number)
    page.fill("#code", code)
    follow(page.get_by_role("button", name="Läs"))
    assert_accessible(page)
    page.fill("textarea", "Den från i höstas")
    follow(page.get_by_role("button", name="Skicka svaret"))
    assert page.get_by_text("Den från i höstas").is_visible()
    assert "1234" not in page.url
    assert page.context.cookies() == []
    assert (
        page.evaluate("Object.keys(localStorage).length + Object.keys(sessionStorage).length") == 0
    )
