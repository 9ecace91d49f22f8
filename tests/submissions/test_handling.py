"""What the authority does with a letter, by its pages."""

from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from threading import Barrier, Thread

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session, select

from dialog.core.submissions import State
from dialog.documents import queries as documents
from dialog.documents.models import DocumentVersion
from dialog.storage.clock import now, today
from dialog.submissions.handling import figures, reminding, replying
from dialog.submissions.handling_models import SubmissionReply
from dialog.submissions.models import Submission
from dialog.worker import Worker
from tests import makers
from tests.submissions.office import Office

DUE = today() + timedelta(days=20)


@pytest.fixture
def office(app: Flask, db: Session) -> Office:
    return Office(app, db)


def page_of(letter: Submission) -> str:
    return f"/inkomna-skrivelser/{letter.id}"


REGISTERED = {
    "where": "nytt", "matter_subject": "Bemanning", "subject": "Bemanning i sommar",
    "correspondent": "Läkarfacket Björk, Vårdförbundet Ljung",
}  # fmt: skip


def registered(office: Office, letter: Submission, **more: str) -> FlaskClient:
    registrar = office.browser(office.registrar)
    answer = registrar.post(f"{page_of(letter)}/diariefor", data={**REGISTERED, **more})
    assert answer.location == f"{page_of(letter)}/tilldela", answer.text
    return registrar


def assigned(office: Office, letter: Submission, **more: str) -> FlaskClient:
    """Registered and given to Hans; his browser."""
    registrar = registered(office, letter, **more)
    given = {"handler": str(office.handler.id), "promised_on": DUE.isoformat()}
    assert registrar.post(f"{page_of(letter)}/tilldela", data=given).location == page_of(letter)
    return office.browser(office.handler)


def proposed(
    office: Office, letter: Submission, text: str = "Vi **anställer** fler.", **more: str
) -> None:
    handler = assigned(office, letter, **more)
    written = {"text": text, "seen": "0", "propose": "1"}
    assert handler.post(f"{page_of(letter)}/svar", data=written).status_code == 302


def test_a_letter_is_registered_with_its_files_and_the_second_registrar_is_told(
    office: Office,
) -> None:
    letter = office.received()
    registrar = office.browser(office.registrar)
    assert "Bemanning i sommar" in registrar.get("/inkomna-skrivelser").text
    form = registrar.get(f"{page_of(letter)}/diariefor").text
    assert "/diarium?q=Bemanning+i+sommar&amp;namnd=RS" in form
    assert 'value="Läkarfacket Björk, Vårdförbundet Ljung"' in form
    registered(office, letter, withheld_subject="y")
    late = registrar.post(f"{page_of(letter)}/diariefor", data=REGISTERED)
    assert (late.status_code, "diarieförd" in late.text) == (422, True)
    matter, line = office.lines()
    assert (line.subject, line.public_subject) == ("Bemanning i sommar", None)
    assert line.correspondent == REGISTERED["correspondent"]
    assert office.again(letter).line_id == line.id
    kept = documents.documents_of(office.db, about="diary-line", about_ids=[line.id])[line.id]
    assert [each.version.name for each in kept] == ["Skrivelse.pdf", "Schema.pdf"]
    assert len({each.sha256 for each in office.db.exec(select(DocumentVersion)).all()}) == 2
    office.db.commit()
    assert (office.faults(), matter.document) == ([], 0)


def test_a_letter_goes_into_a_matter_that_is_there_but_not_into_another_boards(
    office: Office,
) -> None:
    first, second = office.received(), office.received("Mer om bemanning")
    registrar = registered(office, first)
    wrong = {**REGISTERED, "where": "befintligt", "number": "HSN 2026-00001"}
    refused = registrar.post(f"{page_of(second)}/diariefor", data=wrong)
    assert (refused.status_code, "inget ärende HSN 2026-00001" in refused.text) == (422, True)
    registered(office, second, where="befintligt", number=f"RS {today().year}-1")
    assert [each.document for each in office.lines()] == [0, 1, 2]


def test_a_reply_is_sent_by_somebody_else_than_its_writers_and_registered(office: Office) -> None:
    letter = office.received()
    proposed(office, letter, withheld_subject="y")
    address = f"{page_of(letter)}/svar/godkann"
    assert office.browser(office.handler).get(address).status_code == 404
    second = office.browser(office.second)
    assert "1 svar att godkänna." in second.get("/").text
    assert "1 hos dig." in office.browser(office.handler).get("/").text
    assert "Svar att godkänna" in second.get("/inkomna-skrivelser").text
    assert "<strong>anställer</strong>" in second.get(address).text
    assert second.post(address, data={"seen": "9"}).status_code == 422
    for _time in range(2):  # sent twice it is sent once
        assert second.post(address, data={"seen": "1"}).location == "/inkomna-skrivelser"
    reply = office.db.exec(select(SubmissionReply)).one()
    files = documents.documents_of(office.db, about=replying.ABOUT, about_ids=[reply.id])
    office.db.commit()
    assert [each.version.name for each in files[reply.id]] == ["Svar.pdf"]
    *_before, sent = office.lines()
    assert (sent.direction, sent.subject) == ("out", "Svar: Bemanning i sommar")
    assert (sent.public_subject, sent.public_correspondent) == (None, sent.correspondent)
    assert sent.id == reply.line_id
    assert office.again(letter).state is State.REPLIED
    assert office.faults() == []
    assert second.get(page_of(letter)).status_code == 404  # it waits for her no more
    handler = office.browser(office.handler)
    assert handler.post(f"{page_of(letter)}/avsluta", data={}).location == page_of(letter)
    assert office.again(letter).state is State.CLOSED


def test_a_reply_that_changed_meanwhile_is_neither_written_over_nor_sent(office: Office) -> None:
    letter = office.received()
    handler = assigned(office, letter)
    address = f"{page_of(letter)}/svar"
    for _time in range(2):  # sent twice it is the same
        assert handler.post(address, data={"text": "Ett", "seen": "0"}).status_code == 302
    late = handler.post(address, data={"text": "Två", "seen": "0"})
    assert (late.status_code, "Två" in late.text, "<p>Ett</p>" in late.text) == (422, True, True)
    again = {"text": "Tre", "seen": "1", "propose": "1"}
    for _time in range(2):
        assert handler.post(address, data=again).location == page_of(letter)
    late = handler.post(address, data={"text": "Fyra", "seen": "1"})
    assert (late.status_code, "Fyra</textarea>" in late.text) == (422, True)
    second = office.browser(office.second)
    back = {"seen": "2", "reason": "Svara även på fråga två."}
    assert second.post(f"{address}/skicka-tillbaka", data=back).status_code == 302
    assert "Svara även på fråga två." in handler.get(page_of(letter)).text
    assert second.get(f"{address}/godkann").status_code == 404


def test_a_letter_is_for_registrars_and_its_handler_alone(office: Office) -> None:
    letter = office.received()
    assigned(office, letter)
    for person in (office.second, office.unions.negotiator, office.unions.vera):
        assert office.browser(person).get(page_of(letter)).status_code == 404
    registrar = office.browser(office.registrar)
    given = {"handler": str(office.second.id), "promised_on": DUE.isoformat()}
    assert registrar.post(f"{page_of(letter)}/tilldela", data=given).status_code == 422
    given["reason"] = "Hans är sjuk"
    no_day = registrar.post(f"{page_of(letter)}/tilldela", data={**given, "promised_on": ""})
    assert (no_day.status_code, "Skriv ett datum" in no_day.text) == (422, True)
    assert registrar.post(f"{page_of(letter)}/tilldela", data=given).status_code == 302
    assert office.browser(office.handler).get(page_of(letter)).status_code == 404
    assert "Hans är sjuk" in office.browser(office.second).get(page_of(letter)).text


def test_the_overview_tells_days_by_board_and_sender_and_never_by_person(office: Office) -> None:
    letter = office.received(at=now() - timedelta(days=3))
    late = office.received("Kom med posten för länge sedan")
    late.arrived_on = today() - timedelta(days=9)
    office.db.add(late)
    office.db.commit()
    registered(office, late)
    proposed(office, letter)
    office.browser(office.second).post(f"{page_of(letter)}/svar/godkann", data={"seen": "1"})
    found = figures.times(office.db, year=today().year)
    office.db.commit()
    assert sorted(each.registered or 0 for each in found) == [3, 9]
    assert [(each.registered, each.heard, each.replied) for each in found if each.replied] == [
        (3, 3, 3)
    ]
    page = office.browser(office.registrar).get("/skrivelser/oversikt").text
    body = office.unions.body.name
    for words in (
        "Alla skrivelser",
        "Regionstyrelsen",
        "Från fackliga organisationer",
        body,
        "<svg",
    ):
        assert words in page
    assert office.handler.name not in page
    assert office.browser(office.unions.vera).get("/skrivelser/oversikt").status_code == 404


def test_a_handler_is_told_at_once_before_the_promised_day_and_when_it_has_passed(
    office: Office,
) -> None:
    letter = office.received("Hemlig rubrik")
    assigned(office, letter)
    sent = {day: found for day in (0, 12, 13, 19, 21, 40) if (found := mails(office, day=day))}
    assert list(sent) == [0, 13, 19, 21]
    assert all(len(found) == 1 for found in sent.values())
    assert "försenad" in sent[21][0]
    told = " ".join(letter for found in sent.values() for letter in found)
    assert ("Hemlig" in told, "Vårdförbundet" in told) == (False, False)
    handler = office.browser(office.handler)
    for state, late in ((State.ASSIGNED, True), (State.CLOSED, False)):
        letter.state, letter.promised_on = state, today() - timedelta(days=1)
        office.db.add(letter)
        office.db.commit()
        assert ("försenad" in handler.get(page_of(letter)).text) is late


def mails(office: Office, *, day: int) -> list[str]:
    """What is sent so many days from today, worked for twice."""
    for old in office.settings.mail.glob("*.eml"):
        old.unlink()
    evening = datetime.combine(today(), datetime.min.time(), UTC) + timedelta(days=day, hours=22)
    with time_machine.travel(max(evening, now()), tick=False):  # also late in the evening
        desk = makers.desk(office.db, office.settings)
        for _time in range(2):
            reminding.remind_due(desk)
        worker = Worker(desk)
        while worker.do_one():
            pass
    made = office.settings.mail.glob("*.eml")
    letters = [message_from_bytes(each.read_bytes(), policy=policy.default) for each in made]
    return [f"{each['Subject']} {each.get_content()}" for each in letters]


def test_of_two_registrars_at_the_same_moment_one_registers_and_the_other_is_told(
    office: Office,
) -> None:
    letter = office.received()
    browsers = [office.browser(office.registrar) for _each in range(2)]
    gate, answers = Barrier(2), []

    def register(browser: FlaskClient) -> None:
        gate.wait()
        answer = browser.post(f"{page_of(letter)}/diariefor", data=REGISTERED)
        answers.append(answer.status_code)

    threads = [Thread(target=register, args=(each,)) for each in browsers]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(answers) == [302, 422]
    assert [each.document for each in office.lines()] == [0, 1]
    assert office.faults() == []
