"""Answering after a meeting, on a phone: nobody is asked for a unit or a level."""

from playwright.sync_api import Page, expect
from sqlmodel import Session, select

from dialog.ballotbox.models import SealedBallot
from dialog.surveys import keys, secrets
from dialog.surveys.models import Invitation
from tests.browser.answering import block, to_review
from tests.browser.conftest import Live, assert_accessible
from tests.followups.cast import Cast


def test_three_answers_are_sent_without_a_place(live: Live, browser_page: Page) -> None:
    with live.app.test_request_context(), live.session() as db:
        cast = Cast(live.app, db)
        cast.plan()
        meeting, _held = cast.held_meeting("Möte")
        round_ = cast.round_of(meeting)
        query = select(Invitation.number).where(Invitation.round_id == round_.id)
        number = db.exec(query).first() or 0
        db.commit()
    secret = secrets.link_secret(keys.link_key(cast.settings), round_id=round_.id, number=number)
    page = browser_page
    page.goto(f"{live.base}/enkat/{round_.id}#{secret}")
    page.locator("#begin").wait_for()
    expect(page.locator("#place-heading")).to_be_hidden()
    expect(page.locator("#place-chooser")).to_be_hidden()
    assert "utan namn, enhet och nivå" in page.content()
    assert_accessible(page)
    page.locator("#begin").click()
    page.locator("label[for=q-kommunikation_1-4]").click()
    to_review(page)
    expect(page.locator("#review-count")).to_have_text("Du har svarat på 1 av 3 frågor.")
    page.locator("#send").click()
    expect(block(page, "done")).to_be_visible()
    with Session(live.box_app.extensions["engine"]) as box:
        assert len(box.exec(select(SealedBallot.ballot)).all()) == 1
