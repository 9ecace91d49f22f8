"""Where answers would stand and results be shown, held to where the product then puts them."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session

from dialog.core.disclosure.coarsening import coarsen
from dialog.core.disclosure.foreseeing import Foresight, foresee
from dialog.core.disclosure.policy import ALL_TABLES
from dialog.core.levels import Level
from dialog.organisation.models import Unit
from dialog.rehearsing import asking
from dialog.results.publishing import releases
from dialog.surveys import result_groups
from dialog.surveys.models import (
    Response,
    Round,
)
from dialog.surveys.rounds import neighbours, planning
from tests import makers
from tests.conftest import sign_in
from tests.results import cast as results
from tests.surveys.rounds.cast import Cast


def test_answers_stand_where_the_opening_would_put_them() -> None:
    people = {("E1", "staff"): 12, ("E2", "staff"): 4, ("V", "staff"): 8, ("E1", "manager-1"): 3}
    parents = {"R": None, "V": "R", "E1": "V", "E2": "V"}
    found = foresee(parents, people, percent=100, k=10, tables=ALL_TABLES)
    assert found.stored == coarsen(people, parents=parents, k=10)
    sizes = {place: size // 100 for place, size in found.hundredths.items()}
    assert sizes == {("V", "staff"): 12, ("R", ""): 15}  # the three managers take E1 along


@pytest.mark.parametrize("unit", [None, "V11", "E113", "F1", "R"])
def test_the_result_pages_are_those_that_the_asker_would_come_to(
    app: Flask, db: Session, cast: Cast, units: dict[str, Unit], unit: str | None
) -> None:
    """Everybody answers as was foreseen; then the pages are asked for one by one."""
    planned = cast.plan()
    group = {"code": "V11~1", "name": "Eken och psykiatrin", "units": ["E112", "E113"]}
    planning.change(db, round_=planned, by=cast.analyst.id, result_groups=[group])
    found = neighbours.of(db, round_=planned)
    outlook = foreseen(found, planned)
    ground = asking.ground(found, planned, outlook)
    told = {one.name for one in asking.pages(ground, unit)}
    opened = results.opened_round(db, (), units=units, author=cast.analyst)
    opened.result_groups = planned.result_groups
    made = releases.publish(db, round_=with_answers(db, opened, units), by=cast.analyst.id)
    db.commit()
    client = app.test_client()
    if unit is not None:
        who = makers.person(db, "Cissi Chef")
        makers.post(db, who, units[unit], Level.MANAGER_2)
        sign_in(client, db, who)
    names = {**results.NAMES, "V11~1": "Eken och psykiatrin"}
    came = {
        name
        for code, name in names.items()
        if client.get(f"/resultat/{made.id}/{code}").status_code == 200
    }
    assert told == came
    published = {names[code] for code in names if name_shown(client, f"/resultat/{made.id}/{code}")}
    assert {one.name for one in asking.pages(ground, unit) if one.has_result} == published


def foreseen(found: neighbours.Neighbours, round_: Round) -> Foresight:
    return neighbours.outlook(found, round_=round_, percent=100, groups=result_groups.of(round_))


def name_shown(client: FlaskClient, address: str) -> bool:
    page = client.get(address)
    return page.status_code == 200 and "Här visas inget resultat" not in page.text


def with_answers(db: Session, round_: Round, units: dict[str, Unit]) -> Round:
    """As the opening stores them: the three of E212 go up to V21, with the smallest beside them."""
    places = {code: (units[code].id, "") for code in results.SIZES}
    places |= {"E112": (units["V11"].id, "V11~1"), "E113": (units["V11"].id, "V11~1")}
    places |= {"E212": (units["V21"].id, ""), "E211": (units["V21"].id, "")}
    for code, size in results.SIZES.items():
        unit, group = places[code]
        for _each in range(size):
            db.add(
                Response(
                    round_id=round_.id,
                    unit_id=unit,
                    result_group=group,
                    level="staff",
                    answers="{}",
                )
            )  # fmt: skip - one line a column would be five
    db.commit()
    return round_
