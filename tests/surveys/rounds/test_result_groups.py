"""Units that are published together: proposed, decided upon in a draft, frozen with the plan."""

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session

from dialog.core.disclosure import foreseeing, proposing
from dialog.core.disclosure.foreseeing import Foresight
from dialog.core.disclosure.joining import ResultGroup
from dialog.core.errors import IllegalTransitionError, RefusedError
from dialog.core.levels import Level
from dialog.organisation import audiences
from dialog.organisation.audiences import Audience
from dialog.organisation.models import Unit
from dialog.surveys import result_groups
from dialog.surveys.answering.page_words import facts
from dialog.surveys.models import Invitation, Round
from dialog.surveys.rounds import checklist, joining, neighbours, planning, response_rate
from tests import makers
from tests.conftest import sign_in
from tests.counting import statements
from tests.surveys.rounds.cast import Cast

STAFF = {"E1": 12, "E2": 11, "E3": 40, "E4": 9, "E5": 9, "W": 25}  # E1-E5 are under V


@pytest.fixture
def units(db: Session) -> dict[str, Unit]:
    root = makers.unit(db, "R", name="Regionen")
    above = makers.unit(db, "F", root, name="Regionhälsan")
    found = {"R": root, "F": above, "V": makers.unit(db, "V", above, name="Barn och unga")}
    for code in STAFF:
        found[code] = makers.unit(db, code, found["V" if code[0] == "E" else "F"], f"Enhet {code}")
    return found


@pytest.fixture
def cast(db: Session, units: dict[str, Unit]) -> Cast:
    made = Cast(db, people=0, units=[units["E3"], units["W"]])
    makers.staff(db, units, STAFF)
    return made


@pytest.fixture
def round_(cast: Cast) -> Round:
    return cast.plan()


@pytest.fixture
def analyst(client: FlaskClient, db: Session, cast: Cast) -> FlaskClient:
    return sign_in(client, db, cast.analyst)


def declared(db: Session, round_: Round) -> list[ResultGroup]:
    db.expire_all()
    found = result_groups.of(db.get_one(Round, round_.id))
    db.rollback()
    return found


def test_people_are_counted_where_they_would_be_invited(
    db: Session, units: dict[str, Unit], cast: Cast
) -> None:
    both = makers.person(db, "Berit Berg")
    makers.post(db, both, units["E1"])
    makers.post(db, both, units["V"], Level.MANAGER_2)
    for audience in (Audience(), Audience(units=("V",)), Audience(levels=(Level.STAFF,))):
        counted: dict[tuple[str, str], int] = {}
        codes = {unit.id: code for code, unit in units.items()}
        for _person, unit, level in audiences.people_in(db, audience=audience):
            place = codes[unit], level.value
            counted[place] = counted.get(place, 0) + 1
        assert audiences.people_at(db, audience=audience) == counted


def test_the_proposal_is_read_accepted_altered_and_dropped_in_the_browser(
    analyst: FlaskClient, db: Session, round_: Round
) -> None:
    address = f"/omgangar/{round_.id}/plan/grupper"
    page = analyst.get(address).text
    assert "2 grupper av sammanlagt 4 enheter" in re.sub(r"\s+", " ", page)
    assert "Enhet E1 och Enhet E2" in page
    assert "Om 60 % svarar får" in page
    # At 50 % the nine of E4 and E5 take the other group along to the unit above.
    assert re.findall(r">(\d+) % <span", page) == ["61", "61", "61", "100", "61", "100"]
    assert analyst.post(f"{address}/forslag", data={"percent": "60"}).location == address
    groups = declared(db, round_)
    assert [group.units for group in groups] == [("E1", "E2"), ("E4", "E5")]
    assert [group.code for group in groups] == ["V~1", "V~2"]
    again = analyst.post(f"{address}/forslag", data={"percent": "60"})
    assert again.status_code == 302
    assert declared(db, round_) == groups
    assert "Utan grupperna vore det" in analyst.get(address).text

    code = groups[1].code
    form = analyst.get(f"{address}/andra/{code}").text
    assert "Redan med i en annan grupp" in form
    assert "väntas klara sig själv" in form
    wrong = analyst.post(f"{address}/andra/{code}", data={"name": "Kvar", "units": ["E5"]})
    assert wrong.status_code == 422
    assert "Välj minst två enheter." in wrong.text
    assert 'value="Kvar"' in wrong.text
    saved = analyst.post(
        f"{address}/andra/{code}", data={"name": "Södra", "units": ["E3", "E4", "E5"]}
    )
    assert saved.location == address
    assert declared(db, round_)[1] == ResultGroup("V~2", "Södra", ("E3", "E4", "E5"))

    analyst.post(f"{address}/ta-bort", data={"code": "V~1"})
    assert [group.code for group in declared(db, round_)] == ["V~2"]
    one = analyst.post(f"{address}/forslag", data={"percent": "60", "units": ["E1", "E2"]})
    assert one.status_code == 302
    assert [group.code for group in declared(db, round_)] == ["V~2", "V~1"]
    analyst.post(f"{address}/ta-bort")
    assert declared(db, round_) == []


def test_a_group_of_ones_own_is_put_together_of_units_beside_each_other(
    analyst: FlaskClient, db: Session, round_: Round
) -> None:
    address = f"/omgangar/{round_.id}/plan/grupper"
    page = analyst.get(f"{address}/ny?under=V").text
    assert "Enhet E1 – 12 personer" in page
    assert "Enhet W" not in page
    assert analyst.get(f"{address}/ny?under=NEJ").location == address
    made = analyst.post(f"{address}/ny?under=V", data={"units": ["E5", "E1"]})
    assert made.location == address
    assert declared(db, round_) == [ResultGroup("V~1", "Enhet E1 och Enhet E5", ("E1", "E5"))]
    db.refresh(round_)
    with pytest.raises(RefusedError, match="samma enhet"):
        joining.declare(db, round_=round_, by=round_.author_id, name="", units=["E2", "W"])
    with pytest.raises(RefusedError, match="annan grupp"):
        joining.declare(db, round_=round_, by=round_.author_id, name="", units=["E1", "E2"])
    with pytest.raises(RefusedError, match="finns inte längre"):
        joining.declare(db, round_=round_, by=round_.author_id, name="", units=["E2", "E9"])


def test_a_group_that_could_never_reach_k_is_refused(
    db: Session, round_: Round, units: dict[str, Unit]
) -> None:
    small = {code: makers.unit(db, code, units["V"]) for code in ("E6", "E7")}
    makers.staff(db, small, {"E6": 4, "E7": 5})
    with pytest.raises(RefusedError, match="Bara 9 på samma nivå"):
        joining.declare(db, round_=round_, by=round_.author_id, name="", units=["E6", "E7"])


@pytest.mark.parametrize(
    ("first", "second"), [(["V", "W"], ["E1", "E2"]), (["E1", "E2"], ["V", "W"])]
)
def test_a_group_inside_another_is_refused_and_no_place_to_choose_from(
    analyst: FlaskClient, db: Session, round_: Round, first: list[str], second: list[str]
) -> None:
    """What lies in a group is published with it: a group in it would never be seen."""
    by = round_.author_id
    joining.declare(db, round_=round_, by=by, name="Den första", units=first)
    with pytest.raises(RefusedError, match="över eller under en enhet i gruppen ”Den första”"):
        joining.declare(db, round_=round_, by=by, name="Den andra", units=second)
    db.commit()
    page = analyst.get(f"/omgangar/{round_.id}/plan/grupper").text
    assert ('<option value="V">' in page) == (first == ["E1", "E2"])
    assert '<option value="F">' in page


def test_groups_that_came_to_lie_inside_each_other_are_found_before_approval(
    db: Session, cast: Cast, round_: Round, units: dict[str, Unit]
) -> None:
    """A reorganisation puts the two units of one group under a unit of the other."""
    beside = makers.unit(db, "U", units["F"])
    units |= {code: makers.unit(db, code, beside) for code in ("X1", "X2")}
    makers.staff(db, units, {"X1": 12, "X2": 12})
    joining.declare(db, round_=round_, by=cast.analyst.id, name="Den yttre", units=["V", "W"])
    joining.declare(db, round_=round_, by=cast.analyst.id, name="Den inre", units=["X1", "X2"])
    assert list(neighbours.faults(db, round_=round_, counted=True)) == []
    for code in ("X1", "X2"):
        units[code].parent_id, units[code].path = units["V"].id, f"{units['V'].path}{code}/"
        db.add(units[code])
    db.flush()
    assert [
        complaint.split(":")[0] for complaint in neighbours.faults(db, round_=round_, counted=True)
    ] == ["Gruppen ”Den inre”"]


def test_after_the_plan_was_handed_in_nothing_can_be_regrouped(
    analyst: FlaskClient, db: Session, cast: Cast, round_: Round
) -> None:
    joining.accept(db, round_=round_, by=cast.analyst.id, percent=60)
    db.commit()
    before = declared(db, round_)
    planning.submit(db, round_=db.get_one(Round, round_.id), by=cast.analyst.id)
    db.commit()
    address = f"/omgangar/{round_.id}/plan/grupper"
    page = analyst.get(address).text
    for gone in ("Använd hela förslaget", "Ta bort", "Ändra", "Välj enheter"):
        assert gone not in page
    assert "Enhet E1 och Enhet E2" in page
    for path, data in (
        ("forslag", {"percent": "60"}),
        ("ta-bort", {}),
        ("ta-bort", {"code": "V~1"}),
    ):
        assert analyst.post(f"{address}/{path}", data=data).status_code == 409, path
    assert analyst.post(f"{address}/andra/V~1", data={"units": ["E1", "E3"]}).status_code == 302
    assert declared(db, round_) == before
    frozen = db.get_one(Round, round_.id)
    with pytest.raises(IllegalTransitionError):
        joining.drop(db, round_=frozen, by=cast.analyst.id, codes=["V~1"])
    with pytest.raises(IllegalTransitionError):
        joining.accept(db, round_=frozen, by=cast.analyst.id, percent=60)


def test_what_an_approver_reads_has_the_groups_and_who_has_no_part_finds_no_page(
    app: Flask, analyst: FlaskClient, db: Session, cast: Cast, round_: Round
) -> None:
    joining.accept(db, round_=round_, by=cast.analyst.id, percent=60)
    planning.submit(db, round_=round_, by=cast.analyst.id)
    db.commit()
    address = f"/omgangar/{round_.id}"
    approver = sign_in(app.test_client(), db, cast.approver)
    assert "2 grupper" in approver.get(f"{address}/granska").text
    assert "Enhet E1 och Enhet E2" in approver.get(f"{address}/plan/grupper").text
    nobody = sign_in(app.test_client(), db, makers.person(db, "Ingen Inblandad"))
    for path in ("", "/ny", "/andra/V~1"):
        assert nobody.get(f"{address}/plan/grupper{path}").status_code == 404
    for path in ("/forslag", "/ta-bort"):
        assert nobody.post(f"{address}/plan/grupper{path}").status_code == 404
        assert approver.post(f"{address}/plan/grupper{path}").status_code == 404


def test_a_plan_whose_groups_no_longer_fit_is_not_finished(
    db: Session, cast: Cast, round_: Round, units: dict[str, Unit]
) -> None:
    joining.accept(db, round_=round_, by=cast.analyst.id, percent=60)

    def wrong(*, counted: bool = True) -> list[str]:
        found = checklist.missing(db, round_=round_, counted=counted)
        return [each.sentence for each in found if each.part == "groups"]

    assert wrong() == []
    planning.change(db, round_=round_, by=cast.analyst.id, k=24, k_sensitive=24)
    assert wrong(counted=False) == []  # pages do not count
    with pytest.raises(RefusedError, match="Bara 23 på samma nivå"):
        planning.submit(db, round_=round_, by=cast.analyst.id)
    assert len(wrong()) == 2
    assert wrong()[0].startswith("Gruppen ”Enhet E1 och Enhet E2”: Bara 23 på samma nivå")
    planning.change(db, round_=round_, by=cast.analyst.id, k=10, audience={"units": ["W"]})
    assert wrong() == wrong(counted=False)
    assert len(wrong()) == 2
    assert "finns inte längre i målgruppen" in wrong()[0]
    planning.change(db, round_=round_, by=cast.analyst.id, audience={}, tables={"levels": True})
    assert wrong() == ["Enheter redovisas inte. Ta bort resultatgrupperna, eller redovisa enheter."]
    with pytest.raises(RefusedError, match="Enheter redovisas inte"):
        planning.submit(db, round_=round_, by=cast.analyst.id)
    planning.change(db, round_=round_, by=cast.analyst.id, tables={"units": True})
    units["E1"].active = False
    db.add(units["E1"])
    db.flush()
    assert len(wrong()) == 1


def test_respondents_are_told_that_small_units_are_kept_as_groups(
    app: Flask, db: Session, cast: Cast, round_: Round
) -> None:
    with app.test_request_context():
        assert not any("sparas gruppen" in line for line in facts(round_))
        joining.accept(db, round_=round_, by=cast.analyst.id, percent=60)
        assert any("sparas gruppen i stället för enheten" in line for line in facts(round_))


def test_the_rates_of_joined_forvaltningar_are_counted_together(
    db: Session, cast: Cast, round_: Round, units: dict[str, Unit]
) -> None:
    """Else the rate of the one, taken from the group's answers, would give the other's away."""
    other = makers.unit(db, "F2", units["R"], "Kansliet")
    makers.staff(db, {"F2": other}, {"F2": 12})
    group = joining.declare(db, round_=round_, by=cast.analyst.id, name="Båda", units=["F", "F2"])
    for number, unit, issued in ((1, units["E3"], 30), (100, other, 6)):
        for at in range(issued):
            db.add(Invitation(round_id=round_.id, number=number + at, unit_id=unit.id,
                              level="staff", issued=True))  # fmt: skip
    db.commit()
    response_rate.update(db, round_=round_)
    assert round_.rate_by_unit == {group.code: [36, 36]}


def test_neighbours_of_an_empty_organisation_have_no_proposal(db: Session) -> None:
    empty = neighbours.Neighbours({}, {}, {})
    assert neighbours.proposal(empty, round_=Round(title="Tom", k=10), percent=60) == []


def test_the_page_of_groups_foresees_nothing_twice_and_proposes_only_to_who_plans(
    analyst: FlaskClient,
    db: Session,
    cast: Cast,
    round_: Round,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Foreseeing goes through the whole tree; three shares of answers are shown."""
    foreseen, proposals = [], []

    def foresee(*args: Any, **kwargs: Any) -> Foresight:
        foreseen.append((kwargs["percent"], tuple(kwargs["groups"])))
        return foreseeing.foresee(*args, **kwargs)

    def propose(*args: Any, **kwargs: Any) -> list[neighbours.Units]:
        proposals.append(kwargs)
        return proposing.propose(*args, **kwargs)

    monkeypatch.setattr(neighbours, "foresee", foresee)
    monkeypatch.setattr(neighbours, "propose", propose)

    def counted() -> tuple[int, int]:
        foreseen.clear()
        proposals.clear()
        assert analyst.get(f"/omgangar/{round_.id}/plan/grupper").status_code == 200
        assert len(set(foreseen)) == len(foreseen)
        return len(foreseen), len(proposals)

    assert counted() == (6, 1)  # without groups, with what is proposed
    joining.declare(db, round_=round_, by=cast.analyst.id, name="", units=["E1", "E2"])
    db.commit()
    assert counted() == (9, 1)
    planning.submit(db, round_=db.get_one(Round, round_.id), by=cast.analyst.id)
    db.commit()
    assert counted() == (6, 0)  # without groups, with those declared


def test_a_group_is_edited_and_a_draft_is_read_without_loading_the_region_again(
    app: Flask, analyst: FlaskClient, db: Session, cast: Cast, round_: Round
) -> None:
    joining.accept(db, round_=round_, by=cast.analyst.id, percent=60)
    db.commit()
    address = f"/omgangar/{round_.id}"
    for path, loaded, counted in (("/plan/grupper/andra/V~1", 1, 1), ("", 1, 0)):
        with statements(app.extensions["engine"]) as asked:
            assert analyst.get(address + path).status_code == 200
        assert sum("unit.parent_id, unit.depth" in each for each in asked) == loaded, path
        assert sum("row_number" in each for each in asked) == counted, path
    saved = {"name": "Norra", "units": ["E1", "E2"]}
    with statements(app.extensions["engine"]) as asked:  # for the form, and under the lock
        assert analyst.post(f"{address}/plan/grupper/andra/V~1", data=saved).status_code == 302
    assert sum("unit.parent_id, unit.depth" in each for each in asked) == 2


def test_the_page_of_groups_takes_no_form_of_the_plan(analyst: FlaskClient, round_: Round) -> None:
    page = f"/omgangar/{round_.id}/plan/grupper"
    assert analyst.get(page).status_code == 200
    assert analyst.post(page, data={"percent": "60"}).status_code == 404
