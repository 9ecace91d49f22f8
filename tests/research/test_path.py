"""From an application to the package, as people do it: over HTTP, with the worker between."""

import io
import zipfile
from hashlib import sha256

from flask.testing import FlaskClient
from sqlmodel import Session, select

from dialog.research.models import DataApplication, DataFetch, State
from dialog.storage.clock import today
from tests.conftest import sign_in
from tests.research.cast import ALL, PLANTED, Cast


def test_a_researcher_applies_two_approve_and_the_named_people_fetch(
    client: FlaskClient, db: Session
) -> None:
    cast = Cast(db)
    sign_in(client, db, cast.researcher)
    begun = client.post(
        "/forskning/ny", data={"title": "Tystnad och röst", "rounds": [str(cast.round.id)]}
    )
    application = db.exec(select(DataApplication)).one()
    page = f"/forskning/{application.id}"
    db.commit()
    assert begun.location == f"{page}/del/huvudman"
    after = {
        "huvudman": {
            "principal": "Exempelstads universitet",
            "signatory": "Petra Prefekt",
            "signatory_function": "prefekt",
            "signed_on": str(today()),
        },
        "syfte": {"title": "Tystnad och röst", "purpose": "Att förstå.", "language": "sv"},
        "etikprovning": {
            "ethics": "approval",
            "ethics_number": "2026-01234-01",
            "ethics_on": "2026-01-10",
        },
        "personer": {
            "people": f"Frida Forsmark, {cast.researcher.email}\nKalle <{cast.colleague.email}>"
        },
        "villkor": {"use_until": f"{today().year + 1}-12-31", "accepted": "y"},
    }
    variables = f"{page}/variabler/{cast.round.id}"
    db.commit()
    for slug, typed in after.items():
        assert client.get(f"{page}/del/{slug}").status_code == 200
        answer = client.post(f"{page}/del/{slug}", data=typed)
        assert answer.status_code == 302, answer.text
    answer = client.post(variables, data={"variabel": list(ALL), "visa": "1"})
    assert "Vad skyddet kostar" in client.get(answer.location).text
    assert "inte angivet" not in client.get(page).text
    assert client.post(f"{page}/lamna-in").location == page
    for who in (cast.first, cast.second):
        sign_in(client, db, who)
        assert "Godkänn" in client.get(page).text
        assert client.get(f"{page}/godkann").status_code == 200
        assert client.post(f"{page}/godkann").location == page
    cast.work()
    ready = [letter for letter in cast.letters() if cast.colleague.email in letter]
    assert len(ready) == 1
    assert page in ready[0]
    application = db.get_one(DataApplication, application.id)
    assert application.state is State.GENERATED
    assert application.number == f"F {today().year}-1"
    export, round_id = cast.export(application), cast.round.id
    package, digest = f"{page}/paket/{export.id}", export.sha256
    sign_in(client, db, cast.colleague)
    assert "Hämta paketet" in client.get(page).text
    fetched = client.post(package)
    assert sha256(fetched.data).hexdigest() == digest
    with zipfile.ZipFile(io.BytesIO(fetched.data)) as archive:
        names = {name.split("/", 1)[1] for name in archive.namelist()}
        assert {"data.csv", "data.sav", "data.dta", "codebook.pdf", "report.html"} <= names
        assert not any(PLANTED.encode() in archive.read(name) for name in archive.namelist())
    db.expire_all()
    note = db.exec(select(DataFetch)).one()
    assert (note.person_id, note.sha256) == (cast.colleague.id, export.sha256)
    assert note.parameters["variables"] == list(ALL)
    db.commit()
    client.post("/logga-ut")
    public = client.get(f"/forskning/uttag/{round_id}").text
    assert "Exempelstads universitet" in public
    assert export.sha256 in public
    for name in (cast.researcher.name, cast.colleague.name, cast.first.name):
        assert name not in public
