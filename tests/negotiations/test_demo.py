"""The demo has negotiations to look at."""

from flask import Flask
from sqlmodel import Session, select

from dialog.core.negotiating.matters import Action, State
from dialog.demo_negotiations import negotiate_all
from dialog.demo_samverkan import take_up
from dialog.demo_unions import represent_all
from dialog.negotiations.models import MblMatter, MblStep
from dialog.simulate.rounds import Stage
from tests.meetings.cast import Cast


def test_the_demos_negotiations_stand_at_several_places_and_are_made_once(
    app: Flask, db: Session
) -> None:
    cast = Cast(app, db)
    stage = Stage(db.info["settings"], db.get_bind())  # type: ignore[arg-type]  # an engine
    people = [person.email for person in cast.people[:3]]
    represent_all(stage, secretary=cast.secretary.email, representatives=people)
    for _start in range(2):
        negotiate_all(stage)
        take_up(stage, secretary=cast.secretary.email, representatives=people[1:])
    states = sorted(matter.state for matter in db.exec(select(MblMatter)))
    steps = {step.action for step in db.exec(select(MblStep))}
    db.commit()
    assert states == [State.ADJOURNED, State.CONCLUDED, State.CONCLUDED, State.INFORMED]
    assert {Action.DISAGREE, Action.WITHDRAW} <= steps  # of samverkan, and of a negotiation
    cast.work()
    assert all(len(cast.mail_to(person)) > 1 for person in cast.people[:3])
