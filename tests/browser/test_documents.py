"""Documents in a browser: a file that is too large is told before it is sent, and a page is
redacted by drawing on it or by keys alone.
"""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from dialog.core.documents.kinds import MOST
from dialog.meetings import agenda, planning
from dialog.meetings.planning import Plan
from dialog.people.models import Person, Role
from tests import makers
from tests.browser.conftest import Live
from tests.browser.documents import hand_in

pytestmark = pytest.mark.browser


@pytest.fixture
def opened(live: Live, new_page: Callable[..., Page]) -> Callable[[str], Page]:
    """A secretary's browser at the list of an item's documents, or at where its PDF is redacted."""
    settings = live.app.extensions["settings"]
    with live.app.test_request_context(), live.session() as db:
        secretary: Person = makers.person(db, "Sara Sekreterare", Role.SECRETARY)
        meeting = planning.create(db, by=secretary.id, plan=Plan("Dialogmöte"))
        item = agenda.add(db, meeting=meeting, line=agenda.Line("Läget"), by=secretary.id).id
        documents = hand_in(db, settings, item=item, by=secretary)
        db.commit()
        db.refresh(secretary)
        db.expunge_all()
    addresses = {
        "list": f"/handlingar/till/agenda-item/{item}",
        "redact": f"/handlingar/{documents[0]}/maska",
    }

    def at(what: str) -> Page:
        page = new_page(1000)
        live.sign_in(page, secretary)
        page.goto(live.base + addresses[what])
        return page

    return at


def test_a_file_that_is_too_large_is_told_before_it_is_sent(
    opened: Callable[[str], Page], tmp_path: Path
) -> None:
    page, large = opened("list"), tmp_path / "a.pdf"
    with large.open("wb") as file:
        file.truncate(MOST + 1)
    page.get_by_label("Fil").set_input_files(large)
    expect(page.get_by_role("alert")).to_contain_text("Filen är för stor")
    assert page.get_by_label("Fil").input_value() == ""
    small = tmp_path / "b.txt"
    small.write_text("Underlag")
    page.get_by_label("Fil").set_input_files(small)
    expect(page.get_by_role("alert")).to_be_empty()
    page.get_by_role("button", name="Lägg till").click()
    expect(page.get_by_text("Handlingen är tillagd.")).to_be_visible()


def test_an_area_is_drawn_on_the_page(opened: Callable[[str], Page]) -> None:
    page = opened("redact")
    page.locator(".document-drawn").scroll_into_view_if_needed()
    box = page.locator(".document-drawn svg").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * 0.75, box["y"] + 100)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.25, box["y"] + 40)
    page.mouse.up()
    page.get_by_label("Skäl").fill("Sekretess")
    page.locator("button[name=lagg-till]:visible").click()
    expect(page.get_by_text("Sida 1: Sekretess")).to_be_visible()
    ((number, left, top, right, bottom, reason),) = json.loads(
        page.locator("[name=areas]").input_value()
    )
    assert (number, reason) == (1, "Sekretess")
    assert (left, right) == (pytest.approx(0.25, abs=0.01), pytest.approx(0.75, abs=0.01))
    assert top < bottom < 0.2


def test_a_line_is_redacted_by_keys_alone(opened: Callable[[str], Page]) -> None:
    page = opened("redact")
    page.get_by_label("Senaste läget").focus()
    page.keyboard.press("Space")
    for _time in range(5):
        page.keyboard.press("Tab")
    page.keyboard.type("Personuppgift")
    page.keyboard.press("Enter")  # adds: it is the first button of the form
    expect(page.get_by_text("Sida 1: Personuppgift")).to_be_visible()
    page.get_by_role("button", name="Gör den maskade kopian").press("Enter")
    expect(page.get_by_role("heading", name="Underlag, rättat (maskad).pdf")).to_be_visible()
    page.get_by_text("Sidans text").click()
    expect(page.locator(".document-text")).to_have_text("████")
