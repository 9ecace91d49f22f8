"""The demo has a request that is answered in part, and one that waits."""

from flask import Flask
from sqlmodel import Session, select

from dialog import demo_diary, demo_requests
from dialog.core.requests import State
from dialog.diary import verifying
from dialog.diary.models import DiaryAuthority
from dialog.requests.models import DisclosureRequest
from dialog.simulate.rounds import Stage
from tests import makers


def test_the_demos_requests_are_made_once(app: Flask, db: Session) -> None:
    stage = Stage(db.info["settings"], db.get_bind())  # type: ignore[arg-type]  # an engine
    registrar = makers.person(db).id
    db.commit()
    demo_diary.register_all(stage, by=registrar)
    for _start in "12":
        demo_requests.ask_all(stage, by=registrar)
    states = db.exec(select(DisclosureRequest.state)).all()
    assert sorted(states) == [State.PARTLY, State.RECEIVED]
    board = db.exec(select(DiaryAuthority)).one()
    assert list(verifying.faults(db, authority=board)) == []
