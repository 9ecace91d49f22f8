"""A request whose matter is disposed of, and files that another request was lent of it."""

from flask import Flask
from sqlmodel import Session, select

from dialog import demo_diary
from dialog.core.requests import State
from dialog.demo_requests import ask_all
from dialog.diary import queries as diary
from dialog.diary.models import DiaryLine
from dialog.documents import keeping, queries
from dialog.documents.models import Document
from dialog.requests import disposing, locating
from dialog.requests.models import DisclosureRequest, RequestedDocument
from dialog.requests.places import ABOUT
from dialog.simulate.rounds import Stage
from dialog.storage.clock import now
from tests import makers


def test_what_is_disposed_of_is_forgotten_and_the_days_stay(app: Flask, db: Session) -> None:
    db.expire_on_commit = False
    stage = Stage(db.info["settings"], db.get_bind())  # type: ignore[arg-type]  # an engine
    by = makers.person(db).id
    db.commit()
    demo_diary.register_all(stage, by=by)
    ask_all(stage, by=by)
    query = select(DisclosureRequest).order_by(DisclosureRequest.received_on)  # type: ignore[arg-type]
    answered, waiting = db.exec(query).all()
    own = db.exec(select(DiaryLine).where(DiaryLine.id == answered.line_id)).one()
    number = diary.number_of_line(db, line=own)
    locating.locate(db, request=waiting, number=number, by=by)  # lends the request's own PDF
    db.commit()
    lent = db.exec(select(Document).where(Document.about == ABOUT)).one()
    shown = queries.shown(db, document_id=lent.id)
    assert shown is not None
    for removed_at in (None, now()):  # copies of it that nobody chose, and one that was taken away
        copy = keeping.lend(db, shown=shown, about=ABOUT, about_id=waiting.id, by=by)
        copy.copy_of_id, copy.removed_at = lent.id, removed_at
        db.add(copy)
    db.commit()
    assert disposing.in_use(db, [own])  # by either of them
    answered.state = State.CLOSED
    db.add(answered)
    db.commit()
    assert disposing.in_use(db, [own])  # the other one has its file
    waiting.state = State.CLOSED
    db.add(waiting)
    db.commit()
    assert not disposing.in_use(db, [own])
    disposing.forget(db, [own])
    db.commit()
    assert (answered.text, answered.reply, answered.state) == ("", "", State.CLOSED)
    assert answered.answered_on is not None
    assert waiting.text
    assert db.exec(select(RequestedDocument)).all() == []
    assert db.exec(select(Document).where(Document.about == ABOUT)).all() == []
    db.commit()
