"""From what was said to what came of it, over HTTP, as the people who do it."""

from datetime import timedelta

from flask.testing import FlaskClient
from sqlmodel import Session, select

from dialog.commitments.models import Commitment, CommitmentVoice
from dialog.core.commitments import State, Verdict
from dialog.storage.clock import today
from tests.commitments.cast import SERIES, Cast
from tests.conftest import sign_in

PUBLIC = "/ni-sa-vi-gjorde"


def proposal(cast: Cast) -> dict[str, str]:
    return {
        "title": "Fler datorer på avdelningen",
        "question": "Vi står i kö för att skriva journal.",
        "promise": "Varje avdelning får två datorer till.",
        "said_on": today().isoformat(),
        "series": SERIES,
        "forvaltning": "",
        "owner_title": "Vårddirektören",
        "owner_email": cast.owner.email,
        "owner_unit": "",
        "due": "",
        "to_title": "Barnmorskorna",
        "promised_to": "unit",
        "to_unit": "Verksamhet Elva (V11)",
        "to_email": "",
    }


def test_a_promise_is_proposed_accepted_kept_and_confirmed_for_all_to_see(
    client: FlaskClient, db: Session, outside: Cast
) -> None:
    cast = outside
    assert "Inget har lovats här än" in client.get(PUBLIC).text
    sign_in(client, db, cast.secretary)
    page = client.post("/ataganden/nytt", data=proposal(cast)).location
    assert "Väntar på svar" in client.get(page).text
    made = db.exec(select(Commitment)).one()
    db.commit()
    client.post("/logga-ut")
    assert made.title not in client.get(PUBLIC).text  # nobody has promised it yet
    assert client.get(f"{PUBLIC}/{made.id}").status_code == 404

    sign_in(client, db, cast.owner)
    due = today() + timedelta(days=30)
    assert client.post(f"{page}/anta", data={"due": due.isoformat()}).location == page
    assert client.post(f"{page}/beratta", data={"text": "De är beställda."}).location == page
    assert client.post(f"{page}/klart", data={"text": "De är på plats."}).location == page

    for place, who in enumerate(cast.people[:11]):
        sign_in(client, db, who)
        confirms = "ja" if place < 8 else "nej"
        answer = client.post(f"{page}/svara", data={"confirms": confirms, "words": ""})
        assert answer.location == page
    assert "Du har svarat ”Nej, det är inte gjort”" in client.get(page).text
    client.post("/logga-ut")
    public = client.get(f"{PUBLIC}/{made.id}").text
    assert "Redovisat som gjort" in public
    assert "8 av 11" not in public  # not while answers are taken

    db.refresh(made)
    db.commit()
    cast.over(made)
    assert (made.state, made.verdict) == (State.CONFIRMED, Verdict.CONFIRMED)
    public = client.get(f"{PUBLIC}/{made.id}").text
    for words in (
        "Gjort och bekräftat",
        "8 av 11",
        "De är beställda.",
        "Vi står i kö",
        "Vårddirektören",
    ):
        assert words in public
    for person in (cast.owner, cast.secretary, *cast.people):
        assert person.name not in public
    assert db.exec(select(CommitmentVoice)).all() == []
    db.commit()
    assert "1 är gjort och bekräftat" in client.get(PUBLIC).text

    sign_in(client, db, cast.secretary)
    assert client.post(f"{page}/avsluta", data={"reason": ""}).location == page
    db.refresh(made)
    assert made.state is State.CLOSED
    assert "Gjort och bekräftat" in client.get(f"{PUBLIC}/{made.id}").text
