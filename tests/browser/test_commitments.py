"""A promise on phones: recorded, accepted, reported, answered, seen by everybody, and followed."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import select

from dialog.commitments.models import Commitment
from dialog.storage.clock import today
from tests.browser.conftest import Live, assert_accessible, fits, follow
from tests.commitments.cast import Cast

pytestmark = pytest.mark.browser


def check(page: Page) -> None:
    assert fits(page)
    assert_accessible(page)


def send(page: Page) -> None:
    follow(page.locator("form button.btn-primary, form button.btn-danger").last)


def done(page: Page) -> None:
    """Send, and see that the page says so."""
    send(page)
    expect(page.locator(".notice[role=status]")).to_be_visible()


def record(page: Page, cast: Cast) -> None:
    """With a unit that does not exist first: what was typed stays."""
    page.locator("#title").fill("Fler datorer på avdelningen")
    page.locator("#question").fill("Vi står i kö för att skriva journal.")
    page.locator("#promise").fill("Varje avdelning får två datorer till.")
    page.locator("#series").fill("Ledningen möter vården")
    page.locator("#owner_title").fill("Vårddirektören")
    page.locator("#owner_email").fill(cast.owner.email)
    page.locator("#to_title").fill("Barnmorskorna")
    page.locator("[name=promised_to][value=unit]").check()
    page.locator("#to_unit").fill("Avdelning 99")
    send(page)
    expect(page.locator("#felruta")).to_be_focused()
    check(page)
    expect(page.locator("#promise")).to_have_value("Varje avdelning får två datorer till.")
    page.locator("#to_unit").fill("Verksamhet Elva")
    done(page)
    check(page)


def test_a_promise_is_recorded_kept_and_confirmed_on_phones(
    live: Live, new_page: Callable[..., Page]
) -> None:
    with live.session() as db, live.app.test_request_context():
        cast = Cast(db)
        page = new_page(360, has_touch=True)
        live.sign_in(page, cast.secretary)
        page.goto(f"{live.base}/ataganden")
        follow(page.locator("a.btn-primary"))
        record(page, cast)
        address = page.url

        live.sign_in(page, cast.owner)
        page.goto(live.base)
        follow(page.get_by_role("link", name="Fler datorer på avdelningen").first)
        expect(page).to_have_url(address)
        follow(page.get_by_role("link", name="Anta åtagandet"))
        check(page)
        page.locator("#due").fill((today() + timedelta(days=20)).isoformat())
        done(page)
        follow(page.get_by_role("link", name="Redovisa att det är gjort"))
        page.locator("#text").fill("Datorerna är på plats.")
        done(page)
        check(page)

        live.sign_in(page, cast.people[0])
        page.goto(live.base)
        follow(page.locator("a[href$='/svara']"))
        check(page)
        page.keyboard.press("Tab")
        page.get_by_label("Nej, det är inte gjort").check()
        page.locator("#words").fill("Vi väntar på två.")
        done(page)
        expect(page.get_by_text("Du har svarat ”Nej, det är inte gjort”")).to_be_visible()
        follow(page.get_by_role("link", name="Ändra mitt svar"))
        expect(page.locator("#words")).to_have_value("Vi väntar på två.")
        page.get_by_label("Ja, det är gjort").check()
        done(page)

        made = db.exec(select(Commitment)).one()
        db.commit()
        for number, person in enumerate(cast.people[1:12]):
            cast.answer(made, person.id, yes=number < 8)
        cast.over(made)
        page.context.clear_cookies()
        page.goto(f"{live.base}/ni-sa-vi-gjorde")
        check(page)
        follow(page.get_by_role("link", name="Fler datorer på avdelningen"))
        expect(
            page.get_by_text("9 av 12 som svarade säger att det är gjort.").first
        ).to_be_visible()
        check(page)
        assert cast.owner.name not in page.content()


def test_somebody_follows_by_mail_and_leaves_again(
    live: Live, new_page: Callable[..., Page]
) -> None:
    with live.session() as db, live.app.test_request_context():
        cast = Cast(db, people=0)
        cast.accepted()
        page = new_page(360, has_touch=True, locale="en-GB")
        page.goto(f"{live.base}/ni-sa-vi-gjorde")
        follow(page.get_by_role("link", name="Get mail when something happens"))
        page.locator("#email").fill("vem@example.org")
        page.locator("#what").select_option("series:Ledningen möter vården")
        send(page)
        expect(page.get_by_role("heading", name="Look in your e-mail")).to_be_visible()
        check(page)
        cast.work()
        letter = next(one for one in cast.letters() if "vem@example.org" in one)
        found = re.search(r"http\S+/folj/[a-z2-7]{32}", letter.partition("\n\n")[2])
        assert found is not None
        page.goto(found[0])
        check(page)
        follow(page.get_by_role("button", name="Yes, send me mail"))
        expect(page.get_by_text("You follow it now.")).to_be_visible()
        follow(page.get_by_role("button", name="End it and delete my address"))
        expect(page.get_by_role("heading", name="The mail has ended")).to_be_visible()
        check(page)
