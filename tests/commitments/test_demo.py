"""The demo has commitments in each standing to look at."""

from flask import Flask
from sqlmodel import Session, select

from dialog.commitments import overviews
from dialog.commitments.models import Commitment
from dialog.commitments.queries import Wanted
from dialog.core.commitments import Standing
from dialog.demo_commitments import PROMISES, promise_all
from dialog.simulate import rounds
from dialog.simulate.rounds import Stage
from tests import makers


def test_the_demos_commitments_are_made_once_and_stand_in_every_way(
    app: Flask, db: Session
) -> None:
    stage = Stage(db.info["settings"], db.get_bind())  # type: ignore[arg-type]  # an engine
    rounds.populate(stage, people=200, seed=7)
    secretary, owner = makers.person(db, "Siv Sekreterare"), makers.person(db, "Vera Vikander")
    for _start in range(2):
        promise_all(stage, secretary=secretary.id, owner=owner.id)
    assert len(db.exec(select(Commitment)).all()) == len(PROMISES)
    found = overviews.overview(db, wanted=Wanted())
    assert set(found.counts) == set(Standing) - {Standing.UNANSWERED}
    assert [group.name for group in found.forvaltningar] == ["Närhälsan", "Regionhälsan", "SÄS"]
    all_of_them = db.exec(select(Commitment)).all()
    assert any((each.confirms, each.disputes) == (13, 3) for each in all_of_them)
