"""What is promised at a meeting, and who can say afterwards whether it was done."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session, select

from dialog.commitments import gatherings
from dialog.commitments.models import Commitment, PromisedTo
from dialog.meetings import promising, registering
from tests.conftest import sign_in
from tests.meetings.cast import Cast


@pytest.fixture
def cast(app: Flask, db: Session) -> Cast:
    return Cast(app, db)


def test_a_promise_at_a_meeting_stands_on_its_page_and_is_answered_by_those_who_were_there(
    client: FlaskClient, db: Session, cast: Cast
) -> None:
    meeting = cast.invited()
    registering.check_in(db, meeting=meeting, person_id=cast.people[0].id)
    db.commit()
    sign_in(client, db, cast.secretary)
    given = {
        "title": "Schemat ses över",
        "promise": "Vi ser över schemat före sommaren.",
        "owner_title": "Verksamhetschefen",
        "owner_email": cast.people[1].email,
        "to_title": "De som var på mötet",
        "forvaltning": "",
        "owner_unit": "",
        "to_unit": "",
        "to_email": "",
        "series": "",
        "promised_to": PromisedTo.GATHERING.value,
    }
    answer = client.post(f"/moten/{meeting.id}/atagande", data=given)
    assert answer.status_code == 302, answer.text[answer.text.find("error-summary") :][:600]
    assert "Schemat ses över" in client.get(f"/moten/{meeting.id}").text
    made = db.exec(select(Commitment)).one()
    db.commit()
    assert (made.source_kind, made.source_id) == (promising.KIND, meeting.id)
    there = [
        gatherings.was_there(db, kind=promising.KIND, source_id=meeting.id, person_id=each.id)
        for each in cast.people
    ]
    assert there == [True, False, False, False]


def test_only_those_who_run_the_meeting_write_down_what_was_promised(
    client: FlaskClient, db: Session, cast: Cast
) -> None:
    meeting = cast.invited()
    sign_in(client, db, cast.people[0])
    assert client.get(f"/moten/{meeting.id}/atagande").status_code == 404
