"""What the simulator does to an organisation: nothing, unless it is its own."""

from uuid import UUID

import pytest
from sqlmodel import Session, col, func, select

from dialog.core.errors import RefusedError
from dialog.organisation.models import Unit
from dialog.people.models import Person
from dialog.settings import Settings
from dialog.simulate import region, rounds
from dialog.surveys import keys, secrets
from dialog.surveys.building.instruments import all_instruments
from dialog.surveys.models import Access, Invitation
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


def opened(settings: Settings, access: Access, people: int = 120) -> tuple[rounds.Stage, UUID]:
    """A round of invented people who come in by `access`."""
    stage = rounds.stage(settings)
    rounds.populate(stage, people=people, seed=1)
    form = all_instruments()["samtalsklimat"]
    who = rounds.cast(stage)
    round_id = rounds.open_round(
        stage, who=who, form=form, title="Koder", sender="Regionen", access=access
    )
    return stage, round_id


def test_everybody_has_a_printed_code_that_leads_into_the_round_and_to_their_unit(
    db: Session, settings: Settings
) -> None:
    stage, round_id = opened(settings, Access.CODES, people=300)
    made = rounds.visitors(stage, round_id=round_id, responses=300, seed=1)
    stage.engine.dispose()
    assert len({who.address for who in made}) == len({who.secret for who in made}) == 300
    read = [secrets.read(who.secret) for who in made]
    assert {one.purpose for one in read if one} == {"link", "code"}  # scanned, or typed
    rows = db.exec(
        select(Invitation.number, Unit.code).join(
            Unit, col(Unit.id) == col(Invitation.unit_id), isouter=True
        )
    ).all()
    units = dict(rows)
    stacks = {units[one.number] for one in read if one}
    assert len(stacks) > 2
    assert None in stacks  # units that are too small for a stack of their own
    key = keys.link_key(settings)
    for who, one in zip(made, read, strict=True):
        assert one is not None
        assert secrets.proves(key, one, round_id=round_id)
        assert units[one.number] in {None, who.unit}


def test_who_has_answered_with_a_code_does_not_come_again(db: Session, settings: Settings) -> None:
    stage, round_id = opened(settings, Access.CODES)
    first = rounds.visitors(stage, round_id=round_id, responses=50, seed=1)
    numbers = {one.number for who in first if (one := secrets.read(who.secret)) is not None}
    for row in db.exec(select(Invitation).where(col(Invitation.number).in_(numbers))):
        row.issued = True
        db.add(row)
    db.commit()
    then = rounds.visitors(stage, round_id=round_id, responses=70, seed=2)
    stage.engine.dispose()
    assert {who.address for who in first}.isdisjoint(who.address for who in then)


@pytest.mark.usefixtures("db")
def test_whoever_comes_by_the_open_link_has_no_secret(settings: Settings) -> None:
    stage, round_id = opened(settings, Access.LINK)
    made = rounds.visitors(stage, round_id=round_id, responses=60, seed=1)
    stage.engine.dispose()
    assert {who.secret for who in made} == {""}
    assert len({who.address for who in made}) == 60
    assert all(who.unit and who.level for who in made)
