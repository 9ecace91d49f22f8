"""The demo has letters to look at, before and after the authority has them."""

from flask import Flask
from sqlmodel import Session, select

from dialog.commitments.models import Commitment
from dialog.core.submissions import State
from dialog.demo_diary import register_all
from dialog.demo_handling import handle_all
from dialog.demo_samverkan import take_up
from dialog.demo_submissions import write_all
from dialog.demo_unions import represent_all
from dialog.people.models import Role
from dialog.simulate.rounds import Stage
from dialog.submissions.models import Submission
from tests import makers
from tests.meetings.cast import Cast


def test_the_demos_letters_stand_in_several_states_once(app: Flask, db: Session) -> None:
    cast = Cast(app, db)
    stage = Stage(db.info["settings"], db.get_bind())  # type: ignore[arg-type]  # an engine
    people = [person.email for person in cast.people[:3]]
    represent_all(stage, secretary=cast.secretary.email, representatives=people)
    take_up(stage, secretary=cast.secretary.email, representatives=people[1:])  # more mandates
    register_all(stage, by=cast.secretary.id)
    handler = makers.person(db, "Hilma Handdal", Role.HANDLER)
    db.commit()
    for _start in range(2):
        write_all(stage)
        handle_all(stage, registrar=cast.secretary.id, handler=handler.email, owner=people[0])
    found = list(db.exec(select(Submission)))
    db.commit()
    assert sorted(each.state for each in found) == [
        State.ASSIGNED, State.DRAFT, State.DRAFT, State.RECEIVED, State.REPLIED,
    ]  # fmt: skip
    assert db.exec(select(Commitment)).one().accepted_at
    db.commit()
