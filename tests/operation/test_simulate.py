"""What the simulator does to an organisation: nothing, unless it is its own."""

import pytest
from sqlmodel import Session, col, func, select

from dialog.core.errors import RefusedError
from dialog.organisation.models import Unit
from dialog.people.models import Person
from dialog.settings import Settings
from dialog.simulate import region, rounds
from tests import makers


def test_the_same_seed_invents_the_same_region() -> None:
    assert region.invent(300, seed=4) == region.invent(300, seed=4)
    assert region.invent(300, seed=4) != region.invent(300, seed=5)


def test_a_region_has_as_many_people_as_asked_for_each_with_an_address_of_its_own() -> None:
    people = region.invent(1_000, seed=1).people
    assert len({person.email for person in people}) == len(people) == 1_000


def test_an_empty_instance_is_populated_and_again_nothing_changes(
    db: Session, settings: Settings
) -> None:
    stage = rounds.stage(settings)
    for _ in range(2):
        rounds.populate(stage, people=100, seed=1)
    assert db.exec(select(func.count()).select_from(Person).where(col(Person.active))).one() == 100
    stage.engine.dispose()


def test_an_organisation_that_is_not_invented_is_left_alone(
    db: Session, settings: Settings
) -> None:
    makers.unit(db, "R", name="Verklig region")
    stage = rounds.stage(settings)
    with pytest.raises(RefusedError, match="another organisation"):
        rounds.populate(stage, people=100, seed=1)
    db.expire_all()
    assert db.exec(select(Unit.name)).all() == ["Verklig region"]
    stage.engine.dispose()
