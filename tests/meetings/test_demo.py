"""The demo has meetings to look at."""

from flask import Flask
from sqlmodel import Session, select

from dialog.demo_meetings import plan_meetings
from dialog.demo_unions import represent_all
from dialog.meetings.models import Meeting, MeetingState
from dialog.simulate.rounds import Stage
from dialog.unions.models import Mandate
from tests.meetings.cast import Cast


def test_the_demos_unions_are_represented_once_and_asked_to_a_meeting(
    app: Flask, db: Session
) -> None:
    cast = Cast(app, db)
    stage = Stage(db.info["settings"], db.get_bind())  # type: ignore[arg-type]  # an engine
    for _start in range(2):
        represent_all(
            stage,
            secretary=cast.secretary.email,
            representatives=[person.email for person in cast.people[:3]],
        )
    cast.work()
    assert len(db.exec(select(Mandate)).all()) == 3
    db.commit()
    assert [len(cast.mail_to(person)) for person in cast.people] == [1, 1, 1, 0]


def test_the_demos_meetings_are_planned_once_and_its_employee_is_invited(
    app: Flask, db: Session
) -> None:
    cast = Cast(app, db)
    stage = Stage(db.info["settings"], db.get_bind())  # type: ignore[arg-type]  # an engine
    for _start in range(2):
        plan_meetings(stage, secretary=cast.secretary.id, employee=cast.people[0].id)
    cast.work()
    states = {meeting.state for meeting in db.exec(select(Meeting))}
    db.commit()
    assert states == {MeetingState.INVITED, MeetingState.UNDATED}
    assert len(cast.mail_to(cast.people[0])) == 1
