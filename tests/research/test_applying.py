"""The form in parts: what it takes, what it keeps, and what it says of what is missing."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session

from dialog.research import applying
from dialog.research.completeness import missing
from dialog.research.models import Ethics
from dialog.research.people_lines import read_lines
from dialog.storage.clock import STOCKHOLM, now, today
from dialog.surveys.models import RoundStep
from tests.conftest import sign_in
from tests.research.cast import Cast


def sentences(db: Session, cast: Cast, **changed: object) -> list[str]:
    application = cast.draft()
    applying.change(db, application=application, **changed)
    return [lack.sentence for lack in missing(db, application=application)]


def test_an_ethical_approval_is_dated_before_the_collection_or_is_an_opinion(
    db: Session,
) -> None:
    cast = Cast(db)
    opened = now() - timedelta(days=60)
    db.add(
        RoundStep(round_id=cast.round.id, at=opened, action="open", before="approved", after="open")
    )
    db.commit()
    day = opened.astimezone(STOCKHOLM).date()
    assert sentences(db, cast) == []
    (late,) = sentences(db, cast, ethics_on=day)
    assert "före insamlingen" in late
    assert sentences(db, cast, ethics_on=day - timedelta(days=1)) == []
    assert sentences(db, cast, ethics=Ethics.ADVISORY, ethics_on=day) == []
    assert len(sentences(db, cast, ethics=Ethics.NONE)) == 1
    assert sentences(db, cast, ethics=Ethics.NONE, ethics_reasons="Inga personuppgifter.") == []
    for number in ("2026-1234-01", "2026-01234", "dnr 2026-01234-01", ""):
        assert len(sentences(db, cast, ethics_number=number)) == 1, number
    assert len(sentences(db, cast, use_until=today(), accepted=False, signed_on=None)) == 3
    db.commit()


def test_a_form_with_a_fault_keeps_what_was_typed_and_saves_nothing(
    client: FlaskClient, db: Session
) -> None:
    cast = Cast(db)
    page = f"/forskning/{cast.draft().id}"
    sign_in(client, db, cast.researcher)
    typed = {"ethics": "approval", "ethics_number": "12-34", "ethics_reasons": "Något annat"}
    answer = client.post(f"{page}/del/etikprovning", data=typed)
    assert answer.status_code == 422
    for each in ("12-34", "Något annat", "2026-01234-01"):
        assert each in answer.text
    people = "Anna utan adress\nBo, bo@example.org\n, c@example.org\nDag, dag@ex ample"
    answer = client.post(f"{page}/del/personer", data={"people": people})
    assert answer.status_code == 422
    assert "Rad 1 saknar e-postadress" in answer.text
    assert "Rad 3 saknar namn" in answer.text
    assert "Anna utan adress" in answer.text
    assert cast.colleague.email in client.get(f"{page}/del/personer").text
    lacking = client.post(f"{page}/del/villkor", data={"use_until": ""})
    assert lacking.status_code == 302  # a draft may lack anything
    assert client.post(f"{page}/lamna-in").status_code == 422
    unknown = client.post(f"{page}/variabler/{cast.round.id}", data={"variabel": ["more", "age"]})
    assert unknown.status_code == 302
    assert "<code>more</code>" not in client.get(page).text


def test_people_are_read_as_they_are_written(app: Flask) -> None:
    with app.test_request_context():
        people, faults = read_lines(
            "Anna Al, ANNA@example.org\nBo Ek <bo@example.org>\nCia\tcia@example.org;\n"
            "dag@example.org, Dag Dal\n\nAnna Igen, anna@example.org"
        )
    assert faults == []
    assert [(each.name, each.email) for each in people] == [
        ("Anna Al", "anna@example.org"),
        ("Bo Ek", "bo@example.org"),
        ("Cia", "cia@example.org"),
        ("Dag Dal", "dag@example.org"),
    ]


@pytest.mark.parametrize("chosen", [("voice",), ("age", "voice"), ("unit", "age", "profession")])
def test_the_preview_tells_what_is_lost_and_what_costs_most(
    client: FlaskClient, db: Session, chosen: tuple[str, ...]
) -> None:
    cast = Cast(db)
    page = f"/forskning/{cast.draft().id}/variabler/{cast.round.id}"
    sign_in(client, db, cast.researcher)
    client.post(page, data={"variabel": list(chosen), "visa": "1"})
    shown = client.get(page).text
    assert ("Inget av det du har valt behöver göras grövre" in shown) is (chosen == ("voice",))
    assert ("Alla tillsammans" in shown) is (chosen != ("voice",))
    assert ("Mest förlorar" in shown) is (len(chosen) == 3)
