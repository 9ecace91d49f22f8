from sqlmodel import Session, select

from dialog.organisation.models import Unit
from tests import makers


def test_a_unit_is_kept_with_its_path(db: Session) -> None:
    root = makers.unit(db, "R")
    makers.unit(db, "F01", root)
    assert db.exec(select(Unit.path).where(Unit.code == "F01")).one() == "/R/F01/"
