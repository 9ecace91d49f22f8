"""The agenda is put in another order, before the meeting and while it is held."""

from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlmodel import Session

from dialog.meetings import agenda, steps
from dialog.meetings.live_models import EventKind, MeetingEvent
from dialog.meetings.models import ItemState, Meeting
from dialog.meetings.states import Action
from tests.conftest import sign_in
from tests.meetings.cast import Cast


@pytest.fixture
def cast(app: Flask, db: Session) -> Cast:
    return Cast(app, db)


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    meeting = cast.invited()
    for title in "ABCD":
        agenda.add(cast.db, meeting=meeting, line=agenda.Line(title), by=cast.secretary.id)
    cast.db.commit()
    return meeting


def keys(cast: Cast, meeting: Meeting) -> dict[str, UUID]:
    """The items in their order."""
    cast.db.expire_all()
    items = agenda.items_of(cast.db, meeting=meeting)
    found = {item.title: item.id for item in items}
    cast.db.commit()
    return found


@pytest.mark.parametrize(
    ("press", "order"),
    [
        ("plats D A", "DABC"),
        ("plats A C", "BACD"),
        ("plats B", "ACDB"),
        ("plats B C", "ABCD"),
        ("upp C", "ACBD"),
        ("ned C", "ABDC"),
        ("upp A", "ABCD"),
        ("ned D", "ABCD"),
    ],
)
def test_an_item_is_put_before_another_or_last_or_moved_one_step(
    cast: Cast, meeting: Meeting, press: str, order: str
) -> None:
    what, item, *before = press.split()
    at = keys(cast, meeting)
    lead = sign_in(cast.app.test_client(), cast.db, cast.secretary)
    cast.db.commit()
    data = {"fore": str(at[before[0]])} if before else {}
    lead.post(f"/moten/{meeting.id}/dagordning/{at[item]}/{what}", data=data)
    assert "".join(keys(cast, meeting)) == order
    last = cast.db.get(MeetingEvent, (meeting.id, meeting.events))
    assert last
    assert last.kind is EventKind.AGENDA
    cast.db.commit()


def test_what_is_only_proposed_or_gone_and_who_does_not_lead_change_nothing(
    cast: Cast, meeting: Meeting
) -> None:
    at = keys(cast, meeting)
    wish = agenda.Line("E")
    proposed = agenda.add(cast.db, meeting=meeting, line=wish, by=None, proposed=True).id
    cast.db.commit()
    lead = sign_in(cast.app.test_client(), cast.db, cast.secretary)
    other = sign_in(cast.app.test_client(), cast.db, cast.people[0])
    cast.db.commit()
    address = f"/moten/{meeting.id}/dagordning"
    page = lead.post(f"{address}/{proposed}/plats", follow_redirects=True)
    assert "Punkten står inte på dagordningen." in page.text
    assert other.post(f"{address}/{at['D']}/plats", data={"fore": str(at["A"])}).status_code == 404
    lead.post(f"{address}/{at['A']}/plats", data={"fore": str(uuid4())})  # it was taken away
    assert "".join(keys(cast, meeting)) == "BCDAE"


@pytest.mark.parametrize("what", ["borja", "klar", "bordlagg"])
def test_what_happens_to_an_item_in_a_meeting_happens_only_while_it_is_held(
    cast: Cast, meeting: Meeting, what: str
) -> None:
    at = keys(cast, meeting)
    lead = sign_in(cast.app.test_client(), cast.db, cast.secretary)
    cast.db.commit()
    address = f"/moten/{meeting.id}/dagordning/{at['A']}/{what}"
    assert "Det går bara medan mötet pågår." in lead.post(address, follow_redirects=True).text
    assert {item.state for item in agenda.items_of(cast.db, meeting=meeting)} == {ItemState.LISTED}
    cast.db.commit()


@pytest.mark.parametrize("actions", [[Action.CANCEL], [Action.BEGIN, Action.END, Action.CLOSE]])
def test_the_agenda_of_a_meeting_that_is_laid_to_rest_or_cancelled_stays_as_it_is(
    cast: Cast, meeting: Meeting, actions: list[Action]
) -> None:
    wish = agenda.Line("E")
    proposed = agenda.add(cast.db, meeting=meeting, line=wish, by=None, proposed=True).id
    for action in actions:
        steps.take(cast.db, meeting=meeting, action=action, by=cast.secretary.id)
    cast.db.commit()
    at = keys(cast, meeting)
    lead = sign_in(cast.app.test_client(), cast.db, cast.secretary)
    cast.db.commit()
    address = f"/moten/{meeting.id}/dagordning"
    for press in (f"{at['B']}/upp", f"{at['B']}/ta-tillbaka", f"{proposed}/satt-upp"):
        page = lead.post(f"{address}/{press}", follow_redirects=True)
        assert "Dagordningen kan inte ändras." in page.text
        assert "satt-upp" not in page.text
    page = lead.post(f"{address}/{at['A']}", data={"title": "Annat", "kind": "other"})
    assert page.status_code == 422
    assert "Dagordningen kan inte ändras." in page.text
    assert keys(cast, meeting) == at
