"""The demo's researcher has something to apply for."""

from sqlmodel import Session

from dialog.demo import make_ready
from dialog.research import offers
from dialog.research.models import RoundData
from dialog.simulate.rounds import Stage
from tests.research.cast import Cast


def test_the_demos_round_is_made_ready_for_researchers_once(db: Session) -> None:
    cast = Cast(db, prepared=False)
    assert offers.ready_rounds(db, applicant=cast.researcher.id) == []
    db.commit()
    stage = Stage(db.info["settings"], db.get_bind())  # type: ignore[arg-type]  # an engine
    for _start in range(2):
        make_ready(stage, round_id=cast.round.id, by=cast.analyst.id)
    cast.work()
    assert offers.ready_rounds(db, applicant=cast.researcher.id) == [cast.round]
    assert db.get_one(RoundData, cast.round.id).asked == 1
    db.commit()
