"""Result groups at the opening: what is stored, and what the participation list says beside it."""

from collections import Counter

import pytest
from sqlmodel import Session, select

from dialog.core.disclosure.joining import join
from dialog.organisation import queries
from dialog.organisation.models import Unit
from dialog.surveys import result_groups
from dialog.surveys.models import Response, Round, TextAnswer
from dialog.surveys.rounds import disposing
from tests import makers
from tests.attacks import places
from tests.attacks.haul import CLOSED, Haul, Participant, Stored
from tests.attacks.measures import Measure
from tests.pipeline import Pipeline

NUMBERS = {"V1": 12, "V2": 3, "V3": 8, "V4": 11}
BESIDES = {"A": 8, "C": 5}  # so that nothing is too small, and takes something along
EVERYBODY = 12 + sum(NUMBERS.values()) + sum(BESIDES.values())
GROUP = {"code": "A~1", "name": "V2 och V3", "units": ["V2", "V3"]}


@pytest.fixture
def answered(pipeline: Pipeline) -> Pipeline:
    """Below A: one unit of twelve, two small ones that are joined, and one of eleven; and what
    the pipeline invites to A, B and C.
    """
    units = {code: makers.unit(pipeline.db, code, pipeline.units[0]) for code in NUMBERS}
    units |= {"A": pipeline.units[0], "C": pipeline.units[2]}
    pipeline.round.result_groups = [GROUP]
    pipeline.db.add(pipeline.round)
    numbers = NUMBERS | BESIDES
    invited = [pipeline.invite(units[code]) for code, n in numbers.items() for _ in range(n)]
    pipeline.db.commit()
    for number, who in enumerate([*pipeline.invited, *invited]):
        pipeline.answer(who, str(1 + number % 5), f"Ord {number}" if number % 3 == 0 else "")
    pipeline.invited += invited
    return pipeline


def rows(pipeline: Pipeline) -> list[tuple[str, str]]:
    """(unit, group) of each answer."""
    codes = {unit.id: unit.code for unit in pipeline.db.exec(select(Unit))}
    return [
        (codes[row.unit_id] if row.unit_id else "", row.result_group)
        for row in pipeline.responses()
    ]


def haul(pipeline: Pipeline) -> Haul:
    """What whoever holds the database and the participation list has of the round."""
    parents = join(queries.tree(pipeline.db), result_groups.of(pipeline.round))
    inside = {unit: str(GROUP["code"]) for unit in GROUP["units"]}
    return Haul(
        variant="",
        database="",
        seed=0,
        looks=(),
        heard=(),
        marks={CLOSED: {who.code.encode(): who.code for who in pipeline.invited}},
        values={},
        orders=(),
        participants=[
            Participant(who.code, inside.get(who.unit, who.unit), who.level, took_part=True)
            for who in pipeline.invited
        ],
        parents=parents,
        stored=[
            Stored(CLOSED, group or unit or None, "staff", "") for unit, group in rows(pipeline)
        ],
        k=pipeline.round.k,
    )  # fmt: skip - what is empty stands on one line


def failed(measures: list[Measure]) -> list[str]:
    return [str(each) for each in measures if not each.passes]


def test_answers_of_joined_units_are_stored_with_their_group_and_no_finer(
    answered: Pipeline,
) -> None:
    answered.close()
    answered.open()
    stored = Counter(rows(answered))
    assert stored["A", "A~1"] == 11
    assert not {unit for unit, _group in stored} & {"V2", "V3"}
    assert stored["V1", ""] == 12
    assert stored["V4", ""] == 11
    assert sum(stored.values()) == EVERYBODY
    assert min(stored.values()) >= answered.round.k


def test_texts_are_stored_at_the_unit_above_the_group(answered: Pipeline) -> None:
    answered.close()
    answered.open()
    names = {unit.id: unit.code for unit in answered.db.exec(select(Unit))}
    units = {names[text.unit_id] for text in answered.db.exec(select(TextAnswer)) if text.unit_id}
    assert "A" in units
    assert not units & {"V2", "V3"}


def test_a_group_with_too_few_answers_goes_up_like_any_unit(pipeline: Pipeline) -> None:
    units = {code: makers.unit(pipeline.db, code, pipeline.units[0]) for code in ("V2", "V3")}
    pipeline.round.result_groups = [GROUP]
    more = [pipeline.invite(units[code]) for code in ("V2", "V3") for _ in range(4)]
    pipeline.db.commit()
    for who in (*pipeline.invited, *more):
        pipeline.answer(who)
    pipeline.close()
    pipeline.open()
    assert not [group for _unit, group in rows(pipeline) if group]


def test_the_participation_list_beside_the_stored_groups_points_at_no_fewer_than_k(
    answered: Pipeline,
) -> None:
    answered.close()
    answered.open()
    found = haul(answered)
    assert failed(list(places.run(found))) == []


def test_the_attack_on_places_finds_a_row_that_was_left_in_its_small_unit(
    answered: Pipeline,
) -> None:
    answered.close()
    answered.open()
    row = next(each for each in answered.responses() if each.result_group)
    small = queries.unit(answered.db, code="V2")
    assert small is not None
    row.unit_id, row.result_group = small.id, ""
    answered.db.add(row)
    answered.db.commit()
    assert failed(list(places.run(haul(answered))))


def test_a_unit_that_moved_since_stays_in_its_group(answered: Pipeline) -> None:
    moved, to = queries.unit(answered.db, code="V3"), answered.units[1]
    assert moved is not None
    moved.parent_id, moved.path = to.id, f"{to.path}V3/"
    answered.db.add(moved)
    answered.db.commit()
    answered.close()
    answered.open()
    stored = Counter(rows(answered))
    assert stored["R", "A~1"] == 11  # above both
    assert min(stored.values()) >= answered.round.k


def test_the_group_is_disposed_of_with_the_unit(answered: Pipeline) -> None:
    answered.close()
    answered.open()
    disposing.KINDS["unit"].remove(answered.db, answered.round)
    answered.db.commit()
    assert set(rows(answered)) == {("", "")}
    assert kept(answered.db, answered.round) == EVERYBODY


def kept(db: Session, round_: Round) -> int:
    return len(db.exec(select(Response.id).where(Response.round_id == round_.id)).all())
