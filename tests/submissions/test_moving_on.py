"""What those who signed take part in after a letter came in: questions, joining, forwarding."""

import io
import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlmodel import Session, select

from dialog.core.submissions import State
from dialog.documents import page as document_page
from dialog.documents import queries as documents
from dialog.storage.clock import now, today
from dialog.submissions import disposing
from dialog.submissions.handling import asking, following, replying
from dialog.submissions.handling_models import ReplyState, SubmissionQuestion, SubmissionReply
from dialog.submissions.models import Kind, Submission, SubmissionStep
from tests.documents import samples
from tests.submissions import letters
from tests.submissions.office import Office
from tests.submissions.test_handling import (
    REGISTERED,
    assigned,
    page_of,
    proposed,
    registered,
)


@pytest.fixture
def office(app: Flask, db: Session) -> Office:
    return Office(app, db)


def mailed(office: Office, *, days_ago: int = 0) -> Submission:
    """A letter that came by mail, from somebody who has no page here."""
    letter = office.received(at=now() - timedelta(days=days_ago))
    letter.kind, letter.organisation_id, letter.sender = Kind.MAIL, None, "Asta Ask"
    office.db.add(letter)
    office.db.commit()
    return letter


def test_a_question_is_answered_by_an_organisation_and_both_are_in_the_diary(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter = office.received()
    handler = assigned(office, letter)
    vera = office.acting(office.unions.vera, union=0)
    own = f"/skrivelser/{letter.id}"
    assert vera.get(f"{own}/komplettera").location == own
    asked = handler.post(f"{page_of(letter)}/komplettering", data={"text": "Gäller det *natten*?"})
    assert asked.location == page_of(letter)
    assert f'href="{own}/komplettera"' in vera.get(own).text
    assert "<em>natten</em>" in vera.get(f"{own}/komplettera").text
    bad = {"text": "Ja.", "files": (io.BytesIO(b"MZ\x90"), "Program.pdf")}
    with monkeypatch.context() as few:
        few.setattr(document_page, "UPLOADS", "1 per hour")
        refused = vera.post(f"{own}/komplettera", data=bad)
        again = {"text": "Ja.", "files": (io.BytesIO(b"MZ\x90"), "Program.pdf")}
        assert vera.post(f"{own}/komplettera", data=again).status_code == 429
    assert (refused.status_code, "Ja.</textarea>" in refused.text) == (422, True)
    assert "Program.pdf: " in refused.text
    said = {"text": "Ja, **hela** natten.", "files": (io.BytesIO(samples.pdf(4)), "Lista.pdf")}
    assert vera.post(f"{own}/komplettera", data=said).location == own
    assert (
        vera.post(f"{own}/komplettera", data={"text": "Ja, **hela** natten."}).location == own
    )  # sent twice
    late = vera.post(f"{own}/komplettera", data={"text": "Nej, bara ibland."})
    assert (late.status_code, "Nej, bara ibland.</textarea>" in late.text) == (422, True)
    *_before, out, came = office.lines()
    assert (out.direction, out.subject) == ("out", "Begäran om komplettering: Bemanning i sommar")
    assert (came.direction, came.correspondent) == ("in", office.unions.unions[0].name)
    assert office.again(letter).state is State.PREPARING
    assert "<strong>hela</strong> natten" in handler.get(page_of(letter)).text
    ture = office.acting(office.unions.ture, union=1)
    assert "<strong>hela</strong> natten" in ture.get(own).text
    question = office.db.exec(select(SubmissionQuestion)).one()
    files = documents.documents_of(office.db, about=asking.ABOUT, about_ids=[question.id])
    steps = office.db.exec(select(SubmissionStep)).all()
    office.db.commit()
    assert {each.version.name for each in files[question.id]} == {
        "Begäran om komplettering.pdf", "Komplettering.pdf", "Lista.pdf",
    }  # fmt: skip
    assert all(step.person_id is None for step in steps if step.action == "give-supplement")
    address = f"/handlingar/{files[question.id][0].document.id}"
    for browser, status in ((ture, 200), (handler, 200), (office.browser(office.second), 404)):
        assert browser.get(address).status_code == status
    assert office.faults() == []
    disposing.forget(office.db, [line for line in office.lines() if line.id == letter.line_id])
    office.db.commit()
    office.db.refresh(question)
    left = (question.text, question.answer, question.organisation_id)
    files = documents.documents_of(office.db, about=asking.ABOUT, about_ids=[question.id])
    office.db.commit()
    assert (left, files) == (("", "", None), {})


def test_a_joined_letter_is_answered_by_the_reply_in_the_other_matter(office: Office) -> None:
    first, second = office.received(), office.received("Samma sak")
    proposed(office, first, "Vi svarar båda.")
    registered(office, second)
    registrar = office.browser(office.registrar)
    address = f"{page_of(second)}/for-till"
    wrong = registrar.post(address, data={"number": f"RS {today().year}-2", "reason": "Samma"})
    assert (wrong.status_code, "ingen skrivelse som handläggs" in wrong.text) == (422, True)
    joined = {"number": f"RS {today().year}-1", "reason": "Samma fråga"}
    assert registrar.post(address, data=joined).location == page_of(second)
    assert office.again(second).joined_to_id == first.id
    vera = office.acting(office.unions.vera, union=0)
    assert "Vi svarar båda." not in vera.get(f"/skrivelser/{second.id}").text
    office.browser(office.second).post(f"{page_of(first)}/svar/godkann", data={"seen": "1"})
    page = vera.get(f"/skrivelser/{second.id}").text
    assert "Vi svarar båda." in page
    reply = office.db.exec(select(SubmissionReply)).one()
    files = documents.documents_of(office.db, about=replying.ABOUT, about_ids=[reply.id])
    office.db.commit()
    assert vera.get(f"/handlingar/{files[reply.id][0].document.id}").status_code == 200


def test_a_reply_reaches_letters_that_came_by_way_of_others_and_what_waited_there_is_withdrawn(
    office: Office,
) -> None:
    ours = letters.received(
        office.db, office.settings, board=office.board, signers=[office.unions.unions[1].id]
    )
    office.db.commit()
    theirs, last = (
        letters.received(
            office.db, office.settings, board=office.board, signers=[office.unions.unions[0].id]
        )
        for _time in range(2)
    )
    office.db.commit()
    registered(office, ours)
    proposed(office, theirs)
    second = office.browser(office.second)
    assert second.get(f"{page_of(theirs)}/svar/godkann").status_code == 200
    proposed(office, last, "Vi svarar alla.")
    registrar = office.browser(office.registrar)
    for letter, to in ((ours, 2), (theirs, 3)):
        joined = {"number": f"RS {today().year}-{to}", "reason": "Hit"}
        assert registrar.post(f"{page_of(letter)}/for-till", data=joined).status_code == 302
    assert second.get(page_of(theirs)).status_code == 404  # waits for her no more
    assert second.get("/inkomna-skrivelser").text.count("Bemanning i sommar") == 1
    second.post(f"{page_of(last)}/svar/godkann", data={"seen": "1"})
    ture = office.acting(office.unions.ture, union=1)
    assert "Vi svarar alla." in ture.get(f"/skrivelser/{ours.id}").text
    sent = SubmissionReply.state == ReplyState.SENT
    reply = office.db.exec(select(SubmissionReply).where(sent)).one()
    files = documents.documents_of(office.db, about=replying.ABOUT, about_ids=[reply.id])
    told = following.answered_with(office.db, submission=last)
    office.db.commit()
    assert {each.id for each in told} == {ours.id, theirs.id}
    file = ture.get(f"/handlingar/{files[reply.id][0].document.id}")
    assert (file.status_code, f"/skrivelser/{ours.id}" in file.text) == (200, True)


def test_what_is_written_to_who_wrote_by_mail_is_sent_when_somebody_says_how_and_when(
    office: Office,
) -> None:
    letter = mailed(office, days_ago=1)
    handler = assigned(office, letter)
    ask = f"{page_of(letter)}/komplettering"
    question = {"text": "Vilken avdelning?"}
    paper = handler.post(ask, data={**question, "print": "1"})
    assert (paper.mimetype, paper.data[:5]) == ("application/pdf", b"%PDF-")
    later = {"how": "Med post", "sent_on": (today() + timedelta(days=1)).isoformat()}
    early = {"how": "Med post", "sent_on": (today() - timedelta(days=2)).isoformat()}
    for unsaid in ({}, {"how": "Med post"}, later, early):  # before it came in
        assert handler.post(ask, data={**question, **unsaid}).status_code == 422
    assert office.again(letter).state is State.ASSIGNED
    yesterday = today() - timedelta(days=1)
    said = {"how": "Med post", "sent_on": yesterday.isoformat()}
    assert handler.post(ask, data={**question, **said}).location == page_of(letter)
    assert f"Med post {yesterday}" in handler.get(page_of(letter)).text
    reply = {"text": "Vi anställer fler.", "seen": "0", "propose": "1"}
    assert handler.post(f"{page_of(letter)}/svar", data=reply).status_code == 302
    second, address = office.browser(office.second), f"{page_of(letter)}/svar/godkann"
    assert second.post(address, data={"print": "1"}).data[:5] == b"%PDF-"
    for unsaid in ({}, early):
        assert second.post(address, data={"seen": "1", **unsaid}).status_code == 422
    assert office.again(letter).state is State.PREPARING
    assert second.post(address, data={"seen": "1", **said}).status_code == 302
    asked, sent = office.lines()[-2:]
    assert (asked.arrived_on, sent.arrived_on) == (yesterday, yesterday)
    assert office.again(letter).state is State.REPLIED


def test_a_mail_does_not_count_as_answered_by_a_reply_that_was_sent_before_it(
    office: Office,
) -> None:
    replied, mail, other = office.received(), mailed(office), office.received("Samma sak")
    proposed(office, replied)
    office.browser(office.second).post(f"{page_of(replied)}/svar/godkann", data={"seen": "1"})
    registrar = registered(office, mail)
    joined = {"number": f"RS {today().year}-1", "reason": "Samma fråga"}
    refused = registrar.post(f"{page_of(mail)}/for-till", data=joined)
    assert (refused.status_code, "redan besvarat" in refused.text) == (422, True)
    assert office.again(mail).state is State.REGISTERED
    registered(office, other, where="befintligt", number=joined["number"])
    assert registrar.post(f"{page_of(mail)}/for-till", data=joined).status_code == 302
    assert office.again(mail).joined_to_id == other.id  # it is still to be answered


def test_no_identity_number_is_kept_of_what_the_authority_and_the_unions_write(
    office: Office,
) -> None:
    letter = office.received()
    handler = assigned(office, letter)
    given = {"text": "19121212-1212", "reason": "19121212-1212", "number": "RS 2026-1", "seen": "0"}
    for slug in ("komplettering", "svar", "for-till", "lamna-over"):
        refused = handler.post(f"{page_of(letter)}/{slug}", data=given)
        assert (refused.status_code, "Här står ett personnummer" in refused.text) == (422, True)


def test_a_forwarded_letter_has_come_in_at_the_other_board_and_gets_a_number_there(
    office: Office,
) -> None:
    letter = office.received()
    handler = assigned(office, letter, withheld_subject="y", secrecy="OSL 39:2")
    handler.post(f"{page_of(letter)}/komplettering", data={"text": "Vilka nätter?"})
    vera = office.acting(office.unions.vera, union=0)
    given = {"text": "Alla.", "files": (io.BytesIO(samples.pdf(4)), "Lista.pdf")}
    vera.post(f"/skrivelser/{letter.id}/komplettera", data=given)
    registrar = office.browser(office.registrar)
    sent = {"to": str(office.other.id), "reason": "Er fråga"}
    assert registrar.post(f"{page_of(letter)}/lamna-over", data=sent).location == page_of(letter)
    *_before, out = office.lines()
    assert (out.direction, out.correspondent) == ("out", office.other.name)
    query = select(Submission).where(Submission.forwarded_from_id == letter.id)
    made = office.db.exec(query).one()
    office.db.commit()
    assert (made.state, made.authority_id) == (State.RECEIVED, office.other.id)
    assert office.again(letter).state is State.FORWARDED
    form = registrar.get(f"{page_of(made)}/diariefor").text
    assert 'value="OSL 39:2"' in form
    assert re.findall(
        r'<input checked[^>]*name="withheld_(\w+)"|checked[^>]*id="withheld_(\w+)"', form
    )
    assert "Lista.pdf" in registrar.get(page_of(made)).text
    assert len(made.digest) == 64  # with what was answered
    without = registrar.post(f"{page_of(made)}/diariefor", data=REGISTERED)
    assert (without.status_code, "HSN 2026-00417" in without.text) == (422, True)
    handler = assigned(office, made, number="HSN 2026-00099")
    handler.post(f"{page_of(made)}/komplettering", data={"text": "Vilka *dagar*?"})
    page = vera.get(f"/skrivelser/{letter.id}").text
    assert "Vilka nätter?" in page
    assert "<em>dagar</em>" in page
    assert f"/skrivelser/{made.id}/komplettera" in page
    assert "HSN 2026-00099-1" in vera.get(f"/skrivelser/{made.id}").text
    assert "Skrivelse.pdf" in vera.get(f"/skrivelser/{made.id}").text


def test_what_a_reply_promises_is_a_commitment_that_those_who_signed_see_when_it_is_accepted(
    office: Office,
) -> None:
    letter = office.received()
    handler = assigned(office, letter)
    promised = {
        "title": "Fler på natten", "promise": "Vi anställer två till.", "owner_title": "HR-chefen",
        "owner_email": office.second.email, "to_title": "Nattpersonalen", "promised_to": "unit",
        "to_unit": "Närhälsan", "said_on": today().isoformat(), "forvaltning": "",
        "due": (today() + timedelta(days=90)).isoformat(),
    }  # fmt: skip
    made = handler.post(f"{page_of(letter)}/atagande", data=promised)
    assert made.location == page_of(letter), made.text
    assert "Fler på natten" in handler.get(page_of(letter)).text
    vera = office.acting(office.unions.vera, union=0)
    assert "Fler på natten" not in vera.get(f"/skrivelser/{letter.id}").text
