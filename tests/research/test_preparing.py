"""Making a round ready for researchers, over HTTP."""

import io
from typing import Any

from flask.testing import FlaskClient
from sqlmodel import Session

from dialog.research.models import Preparing, RoundData
from dialog.surveys.models import RoundState
from tests.conftest import sign_in
from tests.research.cast import Cast


def upload(name: str, text: str) -> dict[str, Any]:
    return {f"hierarki-{name}": (io.BytesIO(text.encode()), f"{name}.csv")}


def test_an_analyst_says_what_people_could_be_recognised_by_and_the_worker_recodes(
    client: FlaskClient, db: Session
) -> None:
    cast = Cast(db, prepared=False)
    page = f"/forskning/omgang/{cast.round.id}"
    for who in (cast.researcher, cast.first, cast.colleague):
        sign_in(client, db, who)
        assert client.get(page).status_code == 404
    sign_in(client, db, cast.analyst)
    first = client.get(page).text
    ticked = [
        part.split('value="')[1].split('"')[0]
        for part in first.split("<input")
        if "checked" in part
    ]
    assert ticked == ["age", "profession", "hours"]  # proposed: not what is sensitive or thought
    typed = {"quasi": ["age", "profession"], "k": "9", "l": "1", "t": "1"}
    low = client.post(page, data=typed)
    assert low.status_code == 422
    assert "från 10 till 100" in low.text
    broken = client.post(page, data={**typed, "k": "12", **upload("age", "30;a;*\n31;a\n")})
    assert broken.status_code == 422
    assert "age.csv: rad 2" in broken.text
    hierarchy = client.get(f"{page}/hierarkier/age.csv").text
    assert "\n18;15-19;" in hierarchy
    own = hierarchy.replace("15-19", "unga")
    asked = client.post(page, data={**typed, "k": "12", **upload("age", own)})
    assert asked.status_code == 302
    assert "<progress" in client.get(page).text
    cast.work()
    data = db.get_one(RoundData, cast.round.id)
    assert (data.state, data.k) == (Preparing.READY, 12)
    assert data.report["after"]["prosecutor_highest"] <= 1 / 12
    assert "unga" in str(data.hierarchies["age"])
    db.commit()
    assert "Omgången är klar att ansöka om" in client.get(page).text


def test_a_round_that_is_not_published_cannot_be_prepared(client: FlaskClient, db: Session) -> None:
    cast = Cast(db, prepared=False)
    cast.round.state = RoundState.OPENED
    db.commit()
    sign_in(client, db, cast.analyst)
    page = f"/forskning/omgang/{cast.round.id}"
    assert client.get(page).status_code == 404
    sign_in(client, db, cast.researcher)
    assert "ingen omgång att ansöka om" in client.get("/forskning/ny").text
