"""Small neighbours joined before the opening, and read as one result afterwards."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from sqlmodel import select

from dialog.organisation.models import Unit
from dialog.people.models import Person
from dialog.results.publishing import releases
from dialog.surveys.models import Response, Round
from tests.browser.conftest import Live, Planned, assert_accessible, fits, follow
from tests.results import cast as results

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [360, 1440])
def test_groups_are_proposed_accepted_altered_and_read_in_the_result(
    live: Live, new_page: Callable[..., Page], planned: Planned, width: int
) -> None:
    page = new_page(width)
    live.sign_in(page, planned.analyst)
    page.goto(f"{live.base}/omgangar/{planned.round_id}/plan/grupper")
    assert "Om 60 % svarar får 70 %" in page.locator("main").inner_text()
    page.get_by_text("Läs förslaget och välj en grupp i taget").click()
    assert_accessible(page)
    assert fits(page)
    follow(page.get_by_role("button", name="Använd hela förslaget"))
    page.wait_for_selector("text=Grupperna är tillagda.")
    assert "får 100 %" in page.locator("main").inner_text()
    assert_accessible(page)
    assert fits(page)
    follow(page.get_by_role("link", name="Ändra"))
    page.get_by_label("Gruppens namn").fill("Eken och psykiatrin")
    assert_accessible(page)
    assert fits(page)
    follow(page.get_by_role("button", name="Spara gruppen"))
    page.wait_for_selector("h3:has-text('Eken och psykiatrin')")

    release_id = released(live, planned.round_id)
    page.goto(f"{live.base}/resultat/{release_id}/E113")
    assert "redovisas tillsammans" in page.locator("main").inner_text()
    assert_accessible(page)
    assert fits(page)
    follow(page.get_by_role("link", name="Läs det"))
    page.wait_for_selector("h1:has-text('Eken och psykiatrin')")
    assert "20 svar" in page.locator("main").inner_text()
    assert_accessible(page)
    assert fits(page)


def released(live: Live, round_id: object) -> object:
    """A result with the groups that were decided, of answers as an opening stores them."""
    with live.session() as db:
        planned = db.get_one(Round, round_id)
        units = {unit.code: unit for unit in db.exec(select(Unit))}
        author = db.get_one(Person, planned.author_id)
        opened = results.opened_round(db, results.answers(), units=units, author=author)
        (group,) = opened.result_groups = planned.result_groups
        inside = [units[code].id for code in group["units"]]
        for row in db.exec(select(Response)):
            if row.unit_id in inside:
                row.unit_id, row.result_group = units["V11"].id, group["code"]
                db.add(row)
        db.commit()
        made = releases.publish(db, round_=opened, by=author.id)
        db.commit()
        return made.id
