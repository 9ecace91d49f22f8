"""A registrar cuts up a batch on a phone: with a script the letters are shown as they are marked,
without one before they are taken in.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from sqlmodel import col, select

from dialog.diary.models import DiaryAuthority
from dialog.people.models import Role
from dialog.submissions.models import Submission
from tests import makers
from tests.browser.conftest import Live, follow
from tests.browser.incoming import wait

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("script", [True, False])
def test_the_letters_are_seen_before_they_are_taken_in(
    live: Live, new_page: Callable[..., Page], *, script: bool
) -> None:
    with live.app.test_request_context(), live.session() as db:
        db.add(DiaryAuthority(name="Regionstyrelsen", letters="RS"))
        registrar = makers.person(db, "Rut Registrator", Role.REGISTRAR)
        batch = wait(db, live.app.extensions["settings"], by=registrar.id)
        db.refresh(registrar)
        db.expunge_all()
    page = new_page(360, java_script_enabled=script)
    live.sign_in(page, registrar)
    page.goto(f"{live.base}/inkomna-skrivelser/bunt/{batch}")
    letters = page.locator("[data-letters] li")
    page.locator("[name=begins][value='3']").check()  # a separating page: it is skipped
    if not script:
        assert letters.all_inner_texts() == ["Brev 1: sida 1–2, 4–5"]
        follow(page.get_by_role("button", name="Ta emot 1 brev"))
    assert letters.all_inner_texts() == ["Brev 1: sida 1–2", "Brev 2: sida 4–5"]
    follow(page.get_by_role("button", name="Ta emot 2 brev"))
    assert page.get_by_text("2 brev är mottagna").is_visible()
    with live.session() as db:
        subjects = db.exec(select(Submission.subject).order_by(col(Submission.receipt_serial)))
        assert list(subjects) == ["Måndagens post, brev 1", "Måndagens post, brev 2"]
