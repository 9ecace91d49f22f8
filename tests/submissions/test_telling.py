"""Mail about a letter goes to who signed it, and says neither which union nor what it is about."""

from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from flask import Flask
from sqlmodel import Session, select

from dialog.people.models import Person
from dialog.storage import mailing
from dialog.storage.outbox import OutboxRow
from dialog.submissions import telling
from dialog.submissions.models import SubmissionSignatory
from dialog.unions import mandating
from dialog.unions.models import Mandate
from tests.submissions.cast import Cast


def sent(cast: Cast) -> list[EmailMessage]:
    """What has been sent, which then is gone."""
    cast.work()
    found = []
    for path in sorted(cast.settings.mail.glob("*.eml")):
        found.append(message_from_bytes(path.read_bytes(), policy=policy.default))
        path.unlink()
    return found


def refuse(*_args: object) -> None:
    raise mailing.UndeliverableError("550")


def test_those_who_are_asked_and_those_who_signed_are_told_in_private(
    app: Flask, db: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast = Cast(app, db)
    cast.mandates[0].notice_email = "facket@example.org"
    db.add(cast.mandates[0])
    cast.mandate(cast.kalle)  # represents the first union too, and has signed nothing
    letter = cast.written()
    cast.as_(cast.vera).post(
        cast.page(letter, "underskrifter"), data={"organisation": cast.unions[1].id}
    )
    (asked,) = sent(cast)
    assert asked["To"] == cast.ture.email
    assert cast.answer(cast.letter(letter.id), "nej").status_code == 302
    assert sent(cast) == []
    for _time in range(2):  # that nobody is waited for any more is told once, to those who write
        assert cast.answer(cast.letter(letter.id)).status_code == 302
    signed = sent(cast)
    assert {mail["To"] for mail in signed} == {"facket@example.org", cast.kalle.email}
    assert len(signed) == 2
    cast.submit(letter)
    for _time in range(2):  # the same occasion again is no other mail
        telling.tell(db, submission=cast.letter(letter.id), again="registered")
    mails = sent(cast)
    assert {mail["To"] for mail in mails} == {"facket@example.org", cast.ture.email}
    for mail in (asked, *signed, *mails):
        assert mail["Sensitivity"] == "Private"
        text = f"{mail['Subject']} {mail.get_content()}"
        assert f"/skrivelser/{letter.id}" in text
        assert not [word for word in ("Ljung", "Björk", "Bemanningen", "Vera") if word in text]
    with monkeypatch.context() as refusing:
        refusing.setattr(mailing.FolderMailer, "send", refuse)
        telling.tell(db, submission=cast.letter(letter.id), again="prepared")
        cast.work()
    problems = cast.rows(select(Person.email).where(Person.mail_problem == "550"))
    assert problems == [cast.ture.email]
    (mandate,) = cast.rows(select(Mandate).where(Mandate.mail_problem == "550"))
    assert mandate.notice_email == "facket@example.org"  # its owner's alone to know
    cast.mandates[1].ends_on = cast.mandates[1].starts_on
    db.add(cast.mandates[1])
    telling.tell(db, submission=cast.letter(letter.id), again="replied")
    assert [mail["To"] for mail in sent(cast)] == ["facket@example.org"]


def test_a_signature_stays_when_the_mandate_that_it_was_given_under_is_gone(
    app: Flask, db: Session
) -> None:
    cast = Cast(app, db)
    letter = cast.written()
    cast.submit(letter)
    (signed,) = cast.rows(select(SubmissionSignatory))
    assert signed.mandate_id == cast.mandates[0].id
    mandating.remove(db, mandate=cast.mandates[0])
    db.commit()
    (signed,) = cast.rows(select(SubmissionSignatory))
    assert (signed.organisation_id, signed.mandate_id) == (cast.unions[0].id, None)
    cast.mandate(cast.kalle)  # who represents it instead, and now hears of the letter
    telling.tell(db, submission=cast.letter(letter.id), again="replied")
    db.commit()
    (duty,) = cast.rows(select(OutboxRow).where(OutboxRow.kind == telling.KIND))
    (mandate,) = cast.rows(select(Mandate).where(Mandate.person_id == cast.kalle.id))
    assert duty.payload["mandate"] == str(mandate.id)
