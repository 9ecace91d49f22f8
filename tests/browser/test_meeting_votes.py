"""Votes from a phone whose connection is cut: kept, sent once, and never lost unsaid."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Live, assert_accessible, follow
from tests.browser.meeting_room import SOON, Room, held, open_a_poll, votes_of

pytestmark = pytest.mark.browser


@pytest.fixture
def room(live: Live) -> Iterator[Room]:
    with held(live) as made:
        yield made


def test_a_vote_whose_connection_is_cut_is_kept_on_the_phone_and_sent_when_it_is_back(
    room: Room, new_page: Callable[..., Page]
) -> None:
    lead = room.open(new_page(1440), "rum/leda")
    open_a_poll(lead)
    phone = room.open(new_page(360), "rum", person=0)
    vote = phone.get_by_role("button", name="Skicka min röst")
    expect(vote).to_be_visible(timeout=2 * SOON)
    assert_accessible(phone)
    phone.get_by_label("Nej", exact=True).check()
    phone.context.set_offline(True)
    vote.click()
    expect(phone.get_by_text("Det kom inte fram")).to_be_visible()
    assert votes_of(room) == []
    phone.context.set_offline(False)
    expect(phone.get_by_text("Din röst är mottagen")).to_be_visible()
    expect(lead.get_by_text("1 har röstat.")).to_be_visible()
    expect(phone.get_by_label("Nej", exact=True)).to_be_checked()
    assert votes_of(room) == [[1]]
    follow(lead.get_by_role("button", name="Stäng och visa resultatet"))
    expect(lead.get_by_text("1 har röstat.")).to_be_visible()
    expect(phone.get_by_text("Färre än 10 röstade")).to_be_visible(timeout=2 * SOON)


def test_a_vote_that_is_cut_off_in_the_middle_counts_once_also_after_the_page_is_opened_anew(
    room: Room, new_page: Callable[..., Page]
) -> None:
    open_a_poll(room.open(new_page(1440), "rum/leda"))
    phone = room.open(new_page(360), "rum", person=0)
    cut: list[str] = []

    def take_and_cut(route: Route) -> None:
        """The server has the vote, and the phone hears nothing of it."""
        route.fetch()
        cut.append(route.request.url)
        route.abort("connectionreset")

    phone.context.route("**/rost", take_and_cut)
    phone.get_by_label("Ja", exact=True).check()
    phone.get_by_role("button", name="Skicka min röst").click()
    expect(phone.get_by_text("Det kom inte fram")).to_be_visible()
    assert cut
    assert votes_of(room) == [[0]]
    phone.goto("about:blank")  # the page is closed while the vote waits
    phone.context.unroute("**/rost")
    phone.goto(f"{room.live.base}/moten/{room.address}/rum")
    expect(phone.get_by_text("Din röst är mottagen")).to_be_visible()
    expect(phone.get_by_label("Ja", exact=True)).to_be_checked()
    assert votes_of(room) == [[0]]
    waiting = "Object.entries(localStorage).filter(([key]) => key.endsWith(':waiting'))[0][1]"
    assert phone.evaluate(waiting) == "{}"


def test_who_votes_too_late_after_a_cut_is_told_so(
    room: Room, new_page: Callable[..., Page]
) -> None:
    lead = room.open(new_page(1440), "rum/leda")
    open_a_poll(lead)
    phone = room.open(new_page(360), "rum", person=0)
    phone.get_by_label("Ja", exact=True).check()
    phone.context.set_offline(True)
    phone.get_by_role("button", name="Skicka min röst").click()
    expect(phone.get_by_text("Det kom inte fram")).to_be_visible()
    follow(lead.get_by_role("button", name="Stäng och visa resultatet"))
    phone.context.set_offline(False)
    expect(phone.get_by_text("Omröstningen är inte öppen.")).to_be_visible()
    assert votes_of(room) == []


def test_what_a_vote_was_refused_for_is_still_said_when_the_poll_has_gone_from_the_page(
    room: Room, new_page: Callable[..., Page]
) -> None:
    lead = room.open(new_page(1440), "rum/leda")
    open_a_poll(lead)
    phone = room.open(new_page(360), "rum", person=0)
    phone.route("**/handelser*", lambda route: route.abort())  # it does not hear of the closing
    phone.reload()
    phone.get_by_label("Ja", exact=True).check()
    follow(lead.get_by_role("button", name="Stäng och visa resultatet"))
    phone.get_by_role("button", name="Skicka min röst").click()
    expect(phone.get_by_text("Omröstningen är inte öppen.")).to_be_visible()
    phone.unroute("**/handelser*")
    expect(phone.get_by_role("button", name="Skicka min röst")).to_be_hidden(timeout=10_000)
    expect(phone.get_by_text("Omröstningen är inte öppen.")).to_be_visible()
