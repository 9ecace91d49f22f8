"""A meeting in three browsers at once: whoever leads it, the wall, and a phone."""

import re
from collections.abc import Callable, Iterator
from uuid import UUID

import pytest
import sqlalchemy as sa
from playwright.sync_api import Page, expect
from sqlmodel import col

from dialog.meetings.live import codes, guests, slips
from dialog.meetings.models import Meeting
from dialog.people.models import SignIn
from tests.browser.conftest import Live, assert_accessible, follow
from tests.browser.meeting_room import SOON, Room, ask, held, open_a_poll, votes_of

pytestmark = pytest.mark.browser


@pytest.fixture
def room(live: Live) -> Iterator[Room]:
    with held(live) as made:
        yield made


def test_what_the_leader_does_is_seen_on_the_wall_and_on_a_phone_within_a_second(
    room: Room, new_page: Callable[..., Page]
) -> None:
    lead = room.open(new_page(1440), "rum/leda")
    wall = room.open(new_page(1440), "rum/skarm")
    phone = room.open(new_page(360), "rum", person=0)
    follow(lead.get_by_role("button", name="Börja Läget i verksamheten"))
    for page in (wall, phone):
        now = page.locator(".live-now")
        expect(now).to_contain_text("Läget i verksamheten", timeout=SOON)
        expect(now).to_contain_text("20 min kvar")
    ask(phone, "Varför är schemat så sent?")
    expect(lead.get_by_text("Varför är schemat så sent?").first).to_be_visible(timeout=2 * SOON)
    expect(wall.get_by_text("schemat")).to_have_count(0)
    follow(lead.get_by_role("button", name=re.compile("^Visa ?:")))
    for page in (wall, phone):
        expect(page.get_by_text("Varför är schemat så sent?").first).to_be_visible(timeout=SOON)
        assert_accessible(page)
    assert_accessible(lead)


def test_a_phone_that_was_cut_off_says_so_and_catches_up(
    room: Room, new_page: Callable[..., Page]
) -> None:
    lead = room.open(new_page(1440), "rum/leda")
    phone = room.open(new_page(360), "rum", person=0)
    phone.context.set_offline(True)
    expect(phone.get_by_text("Ingen kontakt med servern").first).to_be_visible()
    follow(lead.get_by_role("button", name="Börja Läget i verksamheten"))
    follow(lead.get_by_role("button", name="Klar Läget i verksamheten"))
    follow(lead.get_by_role("button", name="Börja Frågor till ledningen"))
    expect(phone.locator(".live-now")).not_to_contain_text("ledningen")
    phone.context.set_offline(False)
    expect(phone.locator(".live-now")).to_contain_text("Frågor till ledningen")
    expect(phone.locator("[data-state=following]")).to_be_visible()


def test_browsers_follow_on_when_the_stream_is_killed_and_who_is_signed_out_then_is_told(
    room: Room, new_page: Callable[..., Page]
) -> None:
    lead = room.open(new_page(1440), "rum/leda")
    phone = room.open(new_page(360), "rum", person=0)
    room.kill_stream()
    follow(lead.get_by_role("button", name="Börja Läget i verksamheten"))
    expect(phone.locator(".live-now")).to_contain_text("Läget i verksamheten")
    room.start_stream()
    follow(lead.get_by_role("button", name="Klar Läget i verksamheten"))
    expect(phone.locator(".live-now")).to_contain_text("Ingen punkt är uppe")
    with room.live.session() as db:
        db.execute(sa.delete(SignIn).where(col(SignIn.person_id) == room.cast.people[0].id))
        db.commit()
    room.kill_stream()
    expect(phone.get_by_text("Du kan inte följa mötet längre").first).to_be_visible()
    expect(phone.locator("#rum")).to_be_empty()
    expect(phone.get_by_role("link", name="Ställ en fråga")).to_be_hidden()
    expect(lead.locator("[data-state=following]")).to_be_visible()


def test_words_are_written_on_a_phone_and_a_closed_poll_waits_for_whoever_leads(
    room: Room, new_page: Callable[..., Page]
) -> None:
    lead = room.open(new_page(1440), "rum/leda")
    follow(lead.get_by_role("link", name="Ny omröstning"))
    lead.get_by_label("Fråga", exact=True).fill("Hur är det?")
    lead.get_by_label("Ordmoln").check()
    follow(lead.get_by_role("button", name="Spara omröstningen"))
    phone = room.open(new_page(360), "rum", person=0)
    follow(lead.get_by_role("button", name="Öppna omröstningen"))
    send = phone.get_by_role("button", name="Skicka min röst")
    expect(send).to_be_visible(timeout=2 * SOON)
    send.click()
    expect(phone.get_by_text("Skriv minst ett ord.")).to_be_visible()
    phone.get_by_label("Ord 1").fill("lugnt")
    phone.get_by_label("Ord 3").fill("19121212-1212")
    send.click()
    expect(phone.get_by_text("Det står ett personnummer")).to_be_visible()
    phone.get_by_label("Ord 3").fill("roligt")
    send.click()
    expect(phone.get_by_text("Din röst är mottagen")).to_be_visible()
    phone.reload()
    expect(phone.get_by_label("Ord 2")).to_have_value("roligt")  # as this browser remembers
    assert_accessible(phone)
    expect(lead.get_by_text("1 har röstat.")).to_be_visible()
    follow(lead.get_by_role("button", name="Stäng omröstningen"))
    expect(phone.get_by_text("Färre än 10 röstade")).to_be_visible(timeout=2 * SOON)


def test_who_asks_for_the_floor_is_seen_by_all_and_gets_it_from_whoever_leads(
    room: Room, new_page: Callable[..., Page]
) -> None:
    lead = room.open(new_page(1440), "rum/leda")
    wall = room.open(new_page(1440), "rum/skarm")
    phone = room.open(new_page(360), "rum", person=0)
    other = room.open(new_page(360), "rum", person=1)
    expect(phone.get_by_role("button", name="Begär ordet")).to_be_hidden()
    follow(lead.get_by_role("link", name="Öppna talarlistan"))
    lead.get_by_label("Deltagarna kan begära ordet").check()
    lead.get_by_label("Minuter för ett inlägg").fill("2")
    follow(lead.get_by_role("button", name="Spara"))
    expect(phone.get_by_role("button", name="Begär ordet")).to_be_visible(timeout=2 * SOON)
    follow(phone.get_by_role("button", name="Begär ordet"))
    for page in (wall, other):
        expect(page.get_by_text("Person 0")).to_be_visible(timeout=2 * SOON)
    expect(phone.get_by_text("Person 0 (första gången) – du")).to_be_visible()
    follow(other.get_by_role("button", name="Begär ordet"))
    expect(phone.locator(".floor-queue li")).to_have_count(2, timeout=2 * SOON)
    follow(other.get_by_role("button", name="Ta tillbaka"))
    expect(lead.locator(".floor-queue li")).to_have_count(1, timeout=2 * SOON)
    follow(lead.get_by_role("button", name="Ge ordet Person 0"))
    for page in (wall, other):
        expect(page.locator(".floor-now")).to_contain_text("Person 0", timeout=2 * SOON)
        expect(page.locator(".floor-now")).to_contain_text("av 2.00")
    expect(other.get_by_role("button", name="Begär replik")).to_be_visible()
    expect(phone.get_by_role("button", name="Begär replik")).to_be_hidden()
    lead.get_by_label("Någon i rummet").fill("Mikrofon 2")
    follow(lead.get_by_role("button", name="Sätt på listan"))
    expect(other.get_by_text("Mikrofon 2")).to_be_visible(timeout=2 * SOON)
    for page in (lead, wall, phone, other):
        assert_accessible(page)
    follow(lead.get_by_role("button", name="Har talat klart"))
    expect(wall.get_by_text("Ingen har ordet just nu.")).to_be_visible(timeout=2 * SOON)


def test_pages_that_were_open_before_the_meeting_began_get_the_speakers_list(
    room: Room, new_page: Callable[..., Page]
) -> None:
    with room.live.app.test_request_context(), room.live.session() as db:
        room.cast.db = db
        room.address = str(room.cast.invited().id)
    lead = room.open(new_page(1440), "rum/leda")
    phone = room.open(new_page(360), "rum", person=0)
    other = room.open(new_page(1440), "rum/leda")
    follow(other.get_by_role("link", name="Börja mötet"))
    follow(other.get_by_role("button", name="Börja mötet"))
    expect(lead.get_by_label("Någon i rummet")).to_be_visible(timeout=2 * SOON)
    expect(phone.get_by_role("button", name="Begär ordet")).to_be_hidden()
    follow(lead.get_by_role("link", name="Öppna talarlistan"))
    lead.get_by_label("Deltagarna kan begära ordet").check()
    follow(lead.get_by_role("button", name="Spara"))
    follow(phone.get_by_role("button", name="Begär ordet"))
    expect(lead.get_by_role("button", name="Ge ordet Person 0")).to_be_visible(timeout=2 * SOON)


def test_two_write_in_their_groups_note_and_whoever_leads_follows(
    room: Room, new_page: Callable[..., Page]
) -> None:
    lead = room.open(new_page(1440), "rum/leda")
    wall = room.open(new_page(1440), "rum/skarm")
    follow(lead.get_by_role("link", name="Dela in i grupper"))
    lead.get_by_label("Uppgift").fill("Vad gör vi först?")
    lead.get_by_label("Antal grupper").fill("2")
    lead.get_by_label("Var och en väljer själv").check()
    assert_accessible(lead)
    follow(lead.get_by_role("button", name="Börja grupparbetet"))
    expect(wall.get_by_text("Vad gör vi först?")).to_be_visible(timeout=2 * SOON)
    phones = [room.open(new_page(360), "rum", person=person) for person in (0, 1)]
    for phone in phones:
        follow(phone.get_by_role("link", name="Till min grupp"))
        assert_accessible(phone)
        follow(phone.get_by_role("button", name="Grupp 1"))
    one, two = (phone.get_by_label("Gruppens text") for phone in phones)
    one.fill("Schemat")
    expect(phones[0].get_by_text("Sparat", exact=True)).to_be_visible()
    expect(two).to_have_value("Schemat")  # is brought in
    expect(lead.get_by_text("Schemat")).to_be_visible()
    assert_accessible(phones[1])
    phones[1].route("**/nu", lambda route: route.abort())  # does not see what comes now
    one.fill("Schemat och lokalerna")
    expect(phones[0].get_by_text("Sparat", exact=True)).to_be_visible()
    two.fill("Schemat och lönen")
    conflict = phones[1].get_by_role("alert")
    expect(conflict).to_contain_text("Schemat och lokalerna")
    expect(two).to_have_value("Schemat och lönen")
    two.fill("Schemat, lokalerna och lönen")
    follow(phones[1].get_by_role("button", name="Spara"))
    expect(lead.get_by_text("Schemat, lokalerna och lönen")).to_be_visible()
    follow(lead.get_by_role("button", name="Avsluta grupperna"))
    expect(phones[0].get_by_text("Grupperna är avslutade.")).to_be_visible(timeout=2 * SOON)
    expect(wall.get_by_text("Vad gör vi först?")).to_have_count(0)
    follow(lead.get_by_role("link", name="Dela in i grupper"))
    lead.get_by_label("Uppgift").fill("Och sedan?")
    follow(lead.get_by_role("button", name="Börja grupparbetet"))
    expect(phones[0].get_by_role("link", name="Till min grupp")).to_be_visible(timeout=2 * SOON)
    expect(phones[0].get_by_text("Och sedan?")).to_be_hidden()  # it is another group's task
    assert_accessible(phones[0])


def test_the_agenda_is_put_in_another_order_by_dragging_or_by_a_button_and_all_see_it(
    room: Room, new_page: Callable[..., Page]
) -> None:
    lead = room.open(new_page(1440), "rum/leda")
    phone = room.open(new_page(360), "rum", person=0)
    expect(phone.locator(".live-next")).to_contain_text("Läget i verksamheten")
    items = lead.locator(".agenda-item")
    items.nth(1).locator("[data-handle]").hover()
    lead.mouse.down()
    box = items.nth(0).bounding_box()
    assert box is not None
    lead.mouse.move(box["x"] + 20, box["y"] + 4, steps=6)
    lead.mouse.up()
    expect(phone.locator(".live-next")).to_contain_text("Frågor till", timeout=2 * SOON)
    expect(items.nth(0)).to_contain_text("Frågor till ledningen")
    items.nth(0).locator("[data-handle]").hover()
    lead.mouse.down()
    lead.mouse.move(box["x"] + 20, box["y"] + 900, steps=6)
    lead.keyboard.press("Escape")
    lead.mouse.up()
    expect(items.nth(0)).to_contain_text("Frågor till ledningen")
    lead.get_by_role("button", name="Flytta upp Läget i verksamheten").focus()
    lead.keyboard.press("Enter")
    expect(phone.locator(".live-next")).to_contain_text("Läget", timeout=2 * SOON)
    expect(items.nth(0)).to_contain_text("Läget i verksamheten")


def test_a_guest_joins_by_the_code_follows_asks_and_votes_with_a_slip(
    room: Room, new_page: Callable[..., Page]
) -> None:
    lead = room.open(new_page(1440), "rum/leda")
    open_a_poll(lead)
    keys = room.live.app.extensions["settings"].keys
    with room.live.app.test_request_context(), room.live.session() as db:
        meeting = db.get_one(Meeting, UUID(room.address))
        typed, scanned = slips.make(db, keys, meeting=meeting, count=2)
        db.commit()
    code = codes.shown(guests.code(keys, meeting_id=UUID(room.address)))
    phone = new_page(360)
    phone.goto(f"{room.live.base}/logga-in")
    follow(phone.get_by_role("link", name="Gå med i ett möte med en kod"))
    phone.get_by_label("Mötets kod").fill(code.lower())
    follow(phone.get_by_role("button", name="Gå vidare"))
    follow(phone.get_by_role("button", name="Gå med i mötet"))
    expect(phone.locator("[data-state=following]")).to_be_visible()
    assert_accessible(phone)
    ask(phone, "Varför är det så kallt?", guest=True)
    follow(lead.get_by_role("button", name="Börja Läget i verksamheten"))
    expect(phone.locator(".live-now")).to_contain_text("Läget i verksamheten", timeout=SOON)
    phone.get_by_label("Ja", exact=True).check()
    phone.get_by_role("button", name="Skicka min röst").click()
    expect(phone.get_by_text("Du behöver en lapp för att rösta.")).to_be_visible()
    phone.get_by_label("Lappens kod").fill("BBBB-BBBB-BBBB")
    phone.get_by_role("button", name="Använd lappen").click()
    expect(phone.get_by_text("Ingen lapp till mötet har den koden")).to_be_visible()
    phone.get_by_label("Lappens kod").fill(codes.shown(typed))
    phone.keyboard.press("Enter")
    expect(phone.get_by_text("Din röst är mottagen")).to_be_visible()  # what waited was sent
    expect(phone.get_by_label("Lappens kod")).to_be_hidden()
    assert votes_of(room) == [[0]]
    other = new_page(360)
    other.goto(f"{room.live.base}/m/{code}#{codes.shown(scanned)}")
    assert "#" not in other.url
    follow(other.get_by_role("button", name="Gå med i mötet"))
    expect(other.get_by_label("Lappens kod")).to_be_hidden()
    other.get_by_label("Nej", exact=True).check()
    other.get_by_role("button", name="Skicka min röst").click()
    expect(other.get_by_text("Din röst är mottagen")).to_be_visible()
    assert sorted(votes_of(room)) == [[0], [1]]
