"""Response rates beside headcounts: whoever knows who was invited multiplies and subtracts."""

import json
import re
from collections.abc import Mapping

import pytest
from flask.testing import FlaskClient
from sqlmodel import Session

from dialog.core.published import percent
from dialog.organisation import queries
from dialog.people.models import Person
from dialog.results.models import Release
from dialog.results.publishing import releases
from dialog.surveys.models import Invitation, Round
from tests.conftest import sign_in
from tests.results import cast
from tests.results.correcting import scene as corrections
from tests.results.test_enumeration import members, size

RATE = re.compile(r"(\d+) % av de inbjudna")
Numbers = tuple[int, int]  # the least and the most that it can be


def headcounts() -> dict[str, int]:
    """Invited in each unit and all below it, as the organisation tells anybody who asks."""
    right_in = {unit: size(unit, "") for unit in cast.NAMES}
    for unit in cast.NAMES:
        right_in[unit] -= sum(size(u, "") for u in cast.NAMES if cast.parent_of(u) == unit)
    asked = {unit: n * 3 // 2 for unit, n in right_in.items()}
    return {unit: sum(asked[below] for below in members(unit)) for unit in cast.NAMES}


def people(rate: int, invited: int) -> Numbers:
    """How many answered where so many percent of the invited did."""
    fitting = [n for n in range(invited + 1) if percent(n, invited) == rate]
    return fitting[0], fitting[-1]


def found_out(rates: Mapping[str, int], invited: Mapping[str, int], k: int = 10) -> list[str]:
    """Units, and what units less their parts leave, that 1 to k-1 must have answered in."""
    known = {unit: people(rate, invited[unit]) for unit, rate in rates.items() if invited[unit]}
    told = [f"{unit}: {most}" for unit, (least, most) in known.items() if least > 0 and most < k]
    for unit, (least, most) in known.items():
        below = [one for one in known if one in members(unit) - {unit}]
        nearest = [
            one for one in below if not any(one in members(b) - {b} for b in below if b != one)
        ]
        rest = (
            least - sum(known[part][1] for part in nearest),
            most - sum(known[part][0] for part in nearest),
        )
        if nearest and rest[0] > 0 and rest[1] < k:
            told.append(f"{unit} less its parts: {rest}")
    return told


@pytest.fixture
def release(db: Session) -> Release:
    small = corrections.form()
    round_ = cast.opened_round(db, cast.answers(form=small), form=small)
    invite(db, round_)
    made = releases.publish(db, round_=round_, by=round_.author_id)
    db.commit()
    return made


def invite(db: Session, round_: Round) -> None:
    units = queries.units(db)
    number = 0
    counts = headcounts()
    for unit, row in units.items():
        below = sum(counts[part] for part in cast.NAMES if cast.parent_of(part) == unit)
        for _ in range(counts[unit] - below):
            number += 1
            db.add(Invitation(round_id=round_.id, number=number, unit_id=row.id, level="staff"))
    db.commit()


def test_rates_times_headcounts_give_no_group_below_k(
    client: FlaskClient, db: Session, release: Release
) -> None:
    sign_in(client, db, db.get_one(Person, db.get_one(Round, release.round_id).author_id))
    with client.get(f"/resultat/{release.id}/filer/release.json") as answer:
        units = json.loads(answer.data)["units"]
    rates = {unit["unit"]: unit["rate"] for unit in units if unit["rate"] is not None}
    assert rates["R"] == percent(size("R", ""), headcounts()["R"])
    assert len(rates) >= 5
    shown: dict[str, int] = {}
    for unit in cast.NAMES:
        page = client.get(f"/resultat/{release.id}/{unit}").text
        if rate := RATE.search(page.split("<h1>")[1]):
            shown[unit] = int(rate[1])
        for level in ("staff", "manager-1"):
            levelled = client.get(f"/resultat/{release.id}/{unit}?niva={level}").text
            assert not RATE.search(levelled)
    assert shown == rates
    assert found_out(rates, headcounts()) == []


def test_rates_of_all_units_would() -> None:
    invited = headcounts()
    rates = {unit: percent(size(unit, ""), n) for unit, n in invited.items() if n}
    told = found_out(rates, invited)
    assert "E113: 6" in told
    assert found_out({"V12": 100, "E121": 100}, {"V12": 36, "E121": 31}) == [
        "V12 less its parts: (5, 5)"
    ]
