"""What the employer sends: § 19, for the parties to know, under a reservation; and the minutes."""

import io

from flask import Flask
from sqlmodel import Session, select

from dialog.core.negotiating.matters import State
from dialog.core.negotiating.rules import Paragraph
from dialog.documents.models import Document
from dialog.minutes.models import Minutes, MinutesState
from dialog.negotiations.models import (
    MblAcknowledgement,
    MblReceipt,
    MblReservation,
    MblSending,
    MblStep,
)
from dialog.people.accounts import keep_password
from dialog.people.models import Role
from dialog.people.passwords import hash_password
from dialog.unions.models import Mandate
from tests import makers
from tests.negotiations.cast import TITLE, Cast
from tests.negotiations.taking import take
from tests.unions.cast import days_ago

PASSWORD = "ett långt lösenord"


def test_information_is_seen_when_it_is_sent_and_each_organisation_gives_a_receipt(
    app: Flask, db: Session
) -> None:
    cast = Cast(app, db)
    db.get_one(Mandate, cast.mandates[cast.vera.id]).notice_email = "vera@facket.example"
    matter = cast.matter(Paragraph.INFORMED)
    page = f"/forhandlingar/{matter}"
    vera, ture, secretary = (cast.browser(each) for each in (cast.vera, cast.ture, cast.secretary))
    listed = f"/facklig-samverkan/{cast.body.id}/forhandlingar"
    assert vera.get(page).status_code == 404
    assert TITLE not in vera.get(listed).text
    words = {"words": "Vi har köpt in nya datorer."}
    assert secretary.post(f"{page}/skicka", data=words).status_code == 302
    assert secretary.post(f"{page}/skicka", data=words).status_code == 302  # pressed twice
    assert vera.post(f"{page}/skicka", data=words).status_code == 404
    (sending,) = db.exec(select(MblSending)).all()
    db.commit()
    mail = {message["To"].addresses[0].addr_spec: message for message in cast.mails()}
    assert set(mail) == {"vera@facket.example", cast.ture.email}
    for message in mail.values():
        assert message["Sensitivity"] == "Private"
        assert not any(word in str(message) for word in (TITLE, "datorer", "MBL", "Ljung", "Björk"))

    own = f"{page}/utskick/{sending.id}"
    assert words["words"] in vera.get(own).text
    assert "inte noterat" in secretary.get(page).text.partition("Vårdförbundet Ljung: öppnat")[2]
    assert "Läkarfacket Björk: inte öppnat" in secretary.get(page).text
    assert secretary.post(f"{own}/notera").status_code == 404
    for client in (vera, vera, ture):
        assert client.post(f"{own}/notera").status_code == 302
    assert cast.stands(matter).state is State.NOTED
    assert all(receipt.noted_at for receipt in db.exec(select(MblReceipt)))
    db.commit()
    more = {"words": "De kommer i mars."}
    assert secretary.post(f"{page}/skicka", data=more).status_code == 302
    assert cast.stands(matter).state is State.INFORMED  # it is not noted by all any more
    (newer,) = db.exec(select(MblSending).where(MblSending.words == more["words"])).all()
    db.commit()
    for client in (vera, ture):
        client.post(f"{page}/utskick/{newer.id}/notera")
    assert cast.stands(matter).state is State.NOTED


def test_a_document_under_a_reservation_opens_after_each_person_has_read_that(
    app: Flask, db: Session
) -> None:
    cast = Cast(app, db)
    matter = cast.matter()
    page = f"/forhandlingar/{matter}"
    vera, ture, secretary = (cast.browser(each) for each in (cast.vera, cast.ture, cast.secretary))
    words = "Får inte lämnas vidare."
    secretary.post(f"{page}/forbehall", data={"words": words})
    (reservation,) = db.exec(select(MblReservation)).all()
    db.commit()
    folder = f"/handlingar/till/mbl-reservation/{reservation.id}"
    handed = {"file": (io.BytesIO(b"Hemlig kalkyl"), "kalkyl.txt")}
    assert vera.post(folder, data=handed).status_code == 404
    handed = {"file": (io.BytesIO(b"Hemlig kalkyl"), "kalkyl.txt")}
    assert secretary.post(folder, data=handed).status_code == 302
    (document,) = db.exec(select(Document)).all()
    db.commit()
    addresses = (f"/handlingar/{document.id}", f"/handlingar/{document.id}/1/fil")
    before = f"/forhandlingar/forbehall/{document.id}"
    assert words in vera.get(page).text
    for address in addresses:
        assert vera.get(address).location == before
    assert words in vera.get(before).text
    assert vera.post(before).location == addresses[0]
    assert vera.post(before).status_code == 302
    with vera.get(addresses[1]) as answer:
        assert answer.data == b"Hemlig kalkyl"
    assert ture.get(addresses[1]).location == before  # each person
    assert cast.browser(cast.kalle).get(before).status_code == 404
    with secretary.get(addresses[1]) as answer:  # who hands it out need not read that
        assert answer.status_code == 200
    (kept,) = db.exec(select(MblAcknowledgement)).all()
    assert kept.person_id == cast.vera.id
    db.commit()
    assert "Vera Vald" in secretary.get(page).text.partition("förbehållet är läst av")[2]
    assert "Vera Vald" not in ture.get(page).text


def test_a_document_under_a_reservation_is_for_the_parties_alone(app: Flask, db: Session) -> None:
    cast = Cast(app, db)
    vera, ture, secretary = (cast.browser(each) for each in (cast.vera, cast.ture, cast.secretary))
    of_body = f"/facklig-samverkan/{cast.body.id}/forhandlingar"
    page = vera.post(f"{of_body}/begar", data={"title": TITLE}).location
    words = "Får inte lämnas vidare."
    folder = secretary.post(f"{page}/forbehall", data={"words": words}).location
    handed = {"file": (io.BytesIO(b"Hemlig kalkyl"), "kalkyl.txt")}
    assert secretary.post(folder, data=handed).status_code == 302
    (document,) = db.exec(select(Document)).all()
    db.commit()
    before = f"/forhandlingar/forbehall/{document.id}"
    for address in (
        folder,
        before,
        f"/handlingar/{document.id}",
        f"/handlingar/{document.id}/1/fil",
    ):
        assert ture.get(address).status_code == 404, address
    assert ture.post(before).status_code == 404
    assert "kalkyl.txt" not in ture.get(page).text
    assert words not in ture.get(page).text
    assert vera.get(before).status_code == 200
    assert "kalkyl.txt" in vera.get(page).text


def test_each_party_hands_in_its_own_documents_and_takes_away_no_others(
    app: Flask, db: Session
) -> None:
    cast = Cast(app, db)
    matter = cast.matter()
    vera, ture, secretary = (cast.browser(each) for each in (cast.vera, cast.ture, cast.secretary))
    shown = vera.get(f"/forhandlingar/{matter}").text
    folder = shown.partition('href="/handlingar/till/mbl-party/')[2].partition('"')[0]
    for client, answer in ((ture, 404), (secretary, 404), (vera, 302)):
        handed = {"file": (io.BytesIO(b"Vi vill mer."), "yttrande.txt")}
        address = f"/handlingar/till/mbl-party/{folder}"
        assert client.post(address, data=handed).status_code == answer
    (document,) = db.exec(select(Document)).all()
    assert document.author_id is None  # it would tell whose union is whose
    db.commit()
    for client in (ture, secretary):
        assert "yttrande.txt" in client.get(f"/forhandlingar/{matter}").text
        assert client.post(f"/handlingar/{document.id}/ta-bort").status_code == 404


def test_minutes_tell_the_claims_and_the_outcome_and_are_attested_on_another_day(
    app: Flask, db: Session
) -> None:
    cast = Cast(app, db)
    keep_password(db, person_id=cast.vera.id, password_hash=hash_password(PASSWORD))
    matter = cast.matter()
    page = f"/forhandlingar/{matter}"
    vera, negotiator = cast.browser(cast.vera), cast.browser(cast.negotiator)
    vera.post(f"{page}/yrkanden/nytt", data={"text": "Vi yrkar på två chefer."})
    claim = vera.get(page).text.partition(f"{page}/yrkanden/")[2].partition("/lagg-fram")[0]
    vera.post(f"{page}/yrkanden/{claim[-36:]}/lagg-fram", data={"edition": "1"})
    take(negotiator, matter, "borja", days_ago(9))
    begun = negotiator.post(f"{page}/protokoll").location
    minutes = db.exec(select(Minutes)).one()
    db.commit()
    assert minutes.title == f"11 § MBL: {TITLE}"
    assert vera.get(f"{page}/protokoll", follow_redirects=True).status_code == 404  # a draft
    own = f"/anteckningar/{minutes.id}"
    assert begun.startswith(own)
    assert negotiator.get(f"{own}/skriv").status_code == 200
    told = makers.person(db, "Nora Negotson", Role.NEGOTIATOR)
    cast.mandates[told.id] = cast.mandate(told, union=1).id
    assert cast.browser(told).get(f"{own}/skriv").status_code == 404  # now she is of the union
    negotiator.post(f"{own}/justerare", data={"person": str(cast.vera.id)})
    assert "Förhandlingen är inte avslutad" in negotiator.get(f"{own}/skicka").text
    take(negotiator, matter, "enighet", days_ago(8), reason="En chef till.")
    assert negotiator.post(f"{own}/skicka").status_code == 302
    assert all(TITLE not in str(message) for message in cast.mails())
    assert TITLE in vera.get("/").text
    assert TITLE not in cast.browser(cast.vera, acting=False).get("/").text
    shown = vera.get(own).text
    for words in ("Vi yrkar på två chefer.", "avslutades i enighet", "Vårdförbundet Ljung"):
        assert words in shown
    mandate = db.get_one(Mandate, cast.mandates[cast.vera.id])
    for ends_on, there in ((days_ago(1), 1), (None, 0)):  # while it has ended, another is chosen
        mandate.ends_on = ends_on
        db.commit()
        chosen = negotiator.get(f"{own}/justerare").text
        assert chosen.count("kan inte justera längre") == there
    attested = vera.post(f"{own}/justera", data={"password": PASSWORD, "number": "1"})
    assert attested.status_code == 302, attested.text
    found = db.exec(select(Minutes).execution_options(populate_existing=True)).one()
    assert found.state is MinutesState.LOCKED
    days = {step.action: step.day for step in db.exec(select(MblStep))}
    db.commit()
    assert days["attested"] > days["agree"] == days_ago(8)
    assert cast.browser(cast.vera, acting=False).get(own).status_code in {302, 404}
    mandate.ends_on = days_ago(1)
    db.commit()
    assert cast.browser(cast.vera, acting=False).get(own).status_code == 404
    assert cast.browser(cast.kalle).get(own).status_code == 404
