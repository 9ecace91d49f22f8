"""What comes on paper or by mail: taken in whole or not at all, once, and registered as others."""

import io
from collections.abc import Mapping
from datetime import UTC, date, datetime
from email.message import EmailMessage
from email.mime.application import MIMEApplication
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from typing import Any

import pypdfium2 as pdfium
import pytest
from flask import Flask
from sqlmodel import Session, col, select

from dialog.core.submissions import State
from dialog.documents.models import DocumentVersion, StoredFile
from dialog.storage.clock import today
from dialog.submissions.intake.mailbox import read_mailbox
from dialog.submissions.models import Kind, Submission
from tests import makers
from tests.documents import samples
from tests.submissions import outlook
from tests.submissions.office import Office

SENT = datetime(2026, 11, 3, 8, 30, tzinfo=UTC)
PAGE = "/inkomna-skrivelser/ta-emot"
SENDER, SUBJECT, TEXT = (
    "Asta Ask <asta@example.org>",
    "Nattens bemanning",
    "Vi är för få på natten.",
)


@pytest.fixture
def office(app: Flask, db: Session) -> Office:
    db.expire_on_commit = False
    return Office(app, db)


def mail(
    attached: Mapping[str, bytes] | None = None, *, text: str = TEXT, html: bool = False
) -> bytes:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = SENDER, "Styrelsen <rs@example.org>", SUBJECT
    made["Date"] = SENT
    made.set_content(text, subtype="html" if html else "plain")
    for name, content in (attached or {}).items():
        made.add_attachment(
            content, maintype="application", subtype="octet-stream", filename=name.replace("_", ".")
        )
    return bytes(made)


def sent(office: Office, **files: bytes) -> Any:
    given = [(io.BytesIO(content), name.replace("_", ".")) for name, content in files.items()]
    data = {"authority": str(office.board.id), "arrived_on": "2026-11-27", "files": given}
    return office.browser(office.registrar).post(
        PAGE, data=data, content_type="multipart/form-data"
    )


def letters(office: Office) -> list[Submission]:
    query = select(Submission).order_by(col(Submission.receipt_serial))
    found = list(office.db.exec(query.execution_options(populate_existing=True)))
    office.db.commit()
    return found


def names(office: Office) -> list[str]:
    query = select(DocumentVersion.name).order_by(col(DocumentVersion.name))
    found = list(office.db.exec(query))
    office.db.commit()
    return found


def text_of(office: Office, name: str) -> str:
    query = (
        select(StoredFile.sha256)
        .join(DocumentVersion, col(DocumentVersion.sha256) == col(StoredFile.sha256))
        .where(DocumentVersion.name == name)
    )
    sha256 = office.db.exec(query).one()
    office.db.commit()
    pages = pdfium.PdfDocument(office.settings.documents / sha256[:2] / sha256)
    return "\n".join(page.get_textpage().get_text_range() for page in pages)


@pytest.mark.parametrize("kind", ["eml", "msg", "html"])
def test_a_mail_is_a_letter_with_its_attachments(office: Office, kind: str) -> None:
    attached = {"Bilaga_pdf": samples.pdf(), "Start_exe": b"MZ" + bytes(300)}
    html = f"<html><head><title>x</title></head><p>{TEXT}</p><script>alert(1)</script></html>"
    given = {
        "eml": lambda: mail(attached),
        "html": lambda: mail(attached, text=html, html=True),
        "msg": lambda: outlook.mail(
            sender=SENDER, subject=SUBJECT, text=TEXT, at=SENT,
            attached={name.replace("_", "."): each for name, each in attached.items()},
        ),
    }[kind]()  # fmt: skip
    answer = sent(office, **{"Brev_msg" if kind == "msg" else "Brev_eml": given})
    assert answer.status_code == 302, answer.text
    (letter,) = letters(office)
    assert (letter.kind, letter.subject) == (Kind.MAIL, SUBJECT)
    assert "Asta Ask" in letter.sender
    assert letter.arrived_on == date(2026, 11, 27)  # not what the sender says
    assert names(office) == ["Bilaga.pdf", "Mejl.pdf"]
    paper = text_of(office, "Mejl.pdf")
    for said in ("asta@example.org", TEXT, "Bilaga.pdf", "Start.exe", "Inte med"):
        assert said in paper
    assert "alert" not in paper


def test_scanned_letters_are_taken_in_all_or_none_and_registered_by_the_day_they_came(
    office: Office,
) -> None:
    wrong = sent(office, Ett_pdf=samples.written_pdf("Ett"), Tva_pdf=b"%PDF-1.7 trasig")
    assert wrong.status_code == 422
    assert "Tva.pdf:" in wrong.text
    assert letters(office) == []
    assert (
        sent(office, Ett_pdf=samples.written_pdf("Ett"), Tva_pdf=samples.pdf()).status_code == 302
    )
    first, second = letters(office)
    assert [first.subject, second.subject] == ["Ett", "Tva"]
    assert first.arrived_on == date(2026, 11, 27)
    registrar = office.browser(office.registrar)
    page = f"/inkomna-skrivelser/{first.id}/diariefor"
    told = {
        "where": "nytt", "matter_subject": "Bemanning", "subject": "Brev om bemanning",
        "correspondent": "Asta Ask",
    }  # fmt: skip
    assert registrar.post(page, data=told).status_code == 302
    line = office.lines()[-1]
    assert line.arrived_on == date(2026, 11, 27)
    assert line.registered_at.date() >= today()
    assert office.faults() == []


def test_the_same_letter_is_taken_in_once(office: Office) -> None:
    twins = sent(office, Ett_eml=mail(), Tva_eml=mail())
    assert "Ett.eml och Tva.eml är exakt lika" in twins.text
    assert letters(office) == []
    assert sent(office, Brev_eml=mail()).status_code == 302
    (letter,) = letters(office)
    again = sent(office, Annat_pdf=samples.pdf(), Brev_eml=mail())
    assert again.status_code == 422
    assert f"{letter.receipt_year}-{letter.receipt_serial:05}" in again.text
    assert len(letters(office)) == 1


def test_a_mailbox_is_read_by_the_worker_once(office: Office) -> None:
    new = office.settings.mailbox / "new"
    new.mkdir(parents=True)
    (new / "1.host").write_bytes(mail())
    (new / "2.host").write_bytes(b"\x00\x01 no mail")
    desk = makers.desk(office.db, office.settings)
    read_mailbox(desk)  # the mailbox has no board yet: nothing is lost
    assert sorted(path.name for path in new.iterdir()) == ["1.host", "2.host"]
    desk.settings.__dict__["mailbox_board"] = "RS"
    read_mailbox(desk)
    # As if it had been cut off between the commit and the move.
    (new / "1.host").write_bytes(mail())
    read_mailbox(desk)
    (letter,) = letters(office)
    assert (letter.subject, letter.arrived_on) == (SUBJECT, today())
    assert list(new.iterdir()) == []
    assert {path.name for path in (office.settings.mailbox / "cur").iterdir()} == {"1.host:2,S"}
    assert [path.name for path in (office.settings.mailbox / "other").iterdir()] == ["2.host"]


def test_advertising_is_set_aside_with_a_reason_and_a_union_s_letter_is_not(office: Office) -> None:
    assert sent(office, Brev_eml=mail()).status_code == 302
    (letter,) = letters(office)
    written, registrar = office.received(), office.browser(office.registrar)
    for each in (letter, written):
        address = f"/inkomna-skrivelser/{each.id}/lagg-at-sidan"
        assert registrar.post(address, data={}).status_code == 422
        answer = registrar.post(address, data={"reason": "Reklam för kontorsmöbler"})
        assert answer.status_code == (302 if each is letter else 422)
    assert [each.state for each in letters(office)] == [State.CLOSED, State.RECEIVED]
    page = f"/inkomna-skrivelser/{letter.id}"
    assert "Reklam" in registrar.get(page).text
    assert sent(office, Brev_eml=mail()).status_code == 422
    up = registrar.post(f"{page}/ta-upp")
    assert "Nattens bemanning" in registrar.get(up.location).text
    assert registrar.post(f"{page}/ta-upp").location == page  # once
    *_both, again = letters(office)
    assert (again.state, again.arrived_on) == (State.RECEIVED, letter.arrived_on)
    assert registrar.post(f"/inkomna-skrivelser/{written.id}/ta-upp").status_code == 302
    assert len(letters(office)) == 3


@pytest.mark.parametrize(
    "head",
    [
        b"Date: Fri, 31 Dec 9999 23:30:00 +0000\r\nSubject: Hej\r\n",
        b"Subject: =?utf-8?b?QQBC?=\r\n",
        b"Subject: Hej\r\nContent-Type: text/plain; charset=utf-7\r\n",
        b"Subject: Hej\r\nContent-Type: text/html\r\n",
    ],
)
def test_no_mail_stops_the_mailbox(office: Office, head: bytes) -> None:
    new = office.settings.mailbox / "new"
    new.mkdir(parents=True)
    (new / "1").write_bytes(b"From: a@example.org\r\n" + head + b"\r\n<!-- --> a+2AE-b\r\n")
    desk = makers.desk(office.db, office.settings)
    desk.settings.__dict__["mailbox_board"] = "RS"
    read_mailbox(desk)
    assert len(letters(office)) == 1
    assert list(new.iterdir()) == []


def test_an_attachment_is_found_wherever_it_hangs(office: Office) -> None:
    """As Apple Mail writes it, in a signed mail, and where the mail is nothing but a file."""
    file = MIMEApplication(samples.pdf(), "pdf", name="Bilaga.pdf")
    apple = MIMEMultipart("alternative")
    inner = MIMEMultipart("mixed")
    inner.attach(MIMEText("<p>hej</p>", "html"))
    inner.attach(file)
    apple.attach(MIMEText("hej"))
    apple.attach(inner)
    signed = MIMEMultipart("signed")
    mixed = MIMEMultipart("mixed")
    mixed.attach(MIMEText("hej"))
    mixed.attach(MIMEApplication(samples.pdf(2), "pdf", name="Bilaga.pdf"))
    signed.attach(mixed)
    signed.attach(MIMEApplication(b"sign", "pgp-signature", filename="signatur.asc"))
    alone = MIMEApplication(samples.pdf(3), "pdf")
    for number, each in enumerate((apple, signed, alone)):
        each["From"], each["Subject"] = SENDER, f"{SUBJECT} {number}"
        assert sent(office, Brev_eml=each.as_bytes()).status_code == 302
    assert names(office) == ["Bilaga.pdf", "Bilaga.pdf", *["Mejl.pdf"] * 3, "bilaga.pdf"]


def test_a_mail_about_nothing_or_in_signs_that_nobody_knows_is_taken_in_too(office: Office) -> None:
    odd = (
        b"From: asta@example.org\r\nContent-Type: text/plain; charset=klingon\r\n"
        b"Date: snart\r\n\r\nHej\xe5\r\n"
    )
    assert sent(office, Brev_eml=odd).status_code == 302
    (letter,) = letters(office)
    assert letter.subject == ""
    assert letter.arrived_on == date(2026, 11, 27)
    assert sent(office, Tomt_eml=b"inget brev alls").status_code == 422


def test_the_words_are_found_where_the_plain_text_is_empty(office: Office) -> None:
    made = MIMEMultipart("alternative")
    for text, kind in ((" ", "plain"), (f"<p>{TEXT}</p>", "html"), ("BEGIN:VCALENDAR", "calendar")):
        made.attach(MIMEText(text, kind))
    made["From"], made["Subject"] = SENDER, SUBJECT
    assert sent(office, Brev_eml=made.as_bytes()).status_code == 302
    paper = text_of(office, "Mejl.pdf")
    assert TEXT in paper
    assert "bilaga.ics" in paper  # it is not taken, and named
