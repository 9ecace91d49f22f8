"""A letter whose matter is disposed of: nothing says any more who sent it or what it said."""

from flask import Flask
from sqlmodel import Session, select

from dialog.core.submissions import Action, State
from dialog.diary import registering
from dialog.diary.facts import Facts
from dialog.diary.models import DiaryLine, Direction
from dialog.documents.models import Document, StoredFile
from dialog.storage.clock import now, today
from dialog.submissions import disposing, steps
from dialog.submissions.handling_models import SubmissionQuestion, SubmissionReply
from dialog.submissions.models import Submission, SubmissionSignatory, SubmissionStep
from tests.submissions.cast import Cast


def registered(cast: Cast, letter: Submission) -> DiaryLine:
    matter = registering.open_matter(
        cast.db, authority=cast.board, subject="S", public_subject="S", at=now(), by=None
    )
    facts = Facts(subject="S", public_subject="S", direction=Direction.IN, arrived_on=today())
    line = registering.register(
        cast.db, authority=cast.board, matter=matter, facts=facts, at=now(), by=None
    )
    letter.line_id = line.id
    steps.take(
        cast.db, submission=letter, action=Action.REGISTER, by=cast.registrar.id, reason="Snabbt."
    )
    cast.db.commit()
    return line


def test_what_is_disposed_of_is_forgotten_and_the_numbers_stay(app: Flask, db: Session) -> None:
    cast = Cast(app, db)
    letters = [cast.written() for _time in range(2)]
    for letter in letters:
        cast.enclose(letter, f"{letter.id}.txt")
        cast.submit(letter)
    line = registered(cast, cast.letter(letters[0].id))
    asked = SubmissionQuestion(
        submission_id=letters[0].id, text="Vilka nätter?", asked_by=cast.registrar.id,
        line_id=line.id, answer="Elva.", answered_at=now(), answer_line_id=line.id,
        organisation_id=cast.unions[0].id,
    )  # fmt: skip
    replied = SubmissionReply(submission_id=letters[0].id, text="Vi ser över det.")
    db.add_all([asked, replied])
    db.commit()
    disposing.forget(db, [line])
    db.commit()
    gone, kept = (cast.letter(letter.id) for letter in letters)
    assert (gone.subject, gone.body, gone.digest, gone.organisation_id) == ("", "", "", None)
    assert (gone.body_id, kept.body_id) == (None, cast.body.id)
    assert (gone.state, gone.receipt_serial) == (State.REGISTERED, 1)
    assert kept.body
    assert cast.as_(cast.vera).get(cast.page(gone)).status_code == 404
    assert cast.as_(cast.vera).get(cast.page(kept)).status_code == 200
    assert {each.submission_id for each in cast.rows(select(SubmissionSignatory))} == {kept.id}
    assert {each.about_id for each in cast.rows(select(Document))} == {kept.id}
    assert len(cast.rows(select(StoredFile))) == 2
    db.refresh(asked)
    db.refresh(replied)
    assert (asked.text, asked.answer, asked.organisation_id, replied.text) == ("", "", None, "")
    told = {
        (each.action, each.organisation_id, each.person_id, each.reason)
        for each in cast.rows(select(SubmissionStep))
        if each.submission_id == gone.id
    }
    assert told == {("submit", None, None, ""), ("register", None, cast.registrar.id, "")}


def test_a_letter_that_is_answered_elsewhere_keeps_its_matter(app: Flask, db: Session) -> None:
    cast = Cast(app, db)
    letters = [cast.written() for _time in range(2)]
    for letter in letters:
        cast.submit(letter)
    lines = [registered(cast, cast.letter(letter.id)) for letter in letters]
    here, there = (cast.letter(letter.id) for letter in letters)
    here.state, here.joined_to_id = State.JOINED, there.id
    db.add(here)
    db.commit()
    assert disposing.in_use(db, [lines[0]])
    there.state = State.CLOSED
    db.add(there)
    db.commit()
    assert not disposing.in_use(db, [lines[0]])
    db.commit()
