"""Units that were declared to be published together, from the stored rows to the pages."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session, col, select

from dialog.auditing.commands import audit
from dialog.core.levels import Level
from dialog.organisation.models import Unit
from dialog.people.models import Person, Role
from dialog.results import joined, release_files
from dialog.results.correcting import reorganising
from dialog.results.correcting.deciding import Proposal
from dialog.results.models import Release
from dialog.results.publishing import releases
from dialog.results.rows import groups
from dialog.surveys.models import Invitation, Response, Round
from tests import makers
from tests.conftest import sign_in
from tests.protecting.cases import Row
from tests.protecting.reorganising import found_out
from tests.results import cast
from tests.results.correcting import scene as corrections
from tests.results.correcting.scene import Scene
from tests.surveys.rounds.cast import desk_of

EKEN, BUP = cast.NAMES["E112"], cast.NAMES["E113"]


@pytest.fixture
def units(db: Session) -> dict[str, Unit]:
    return cast.region(db)


@pytest.fixture
def round_(db: Session, units: dict[str, Unit]) -> Round:
    made = cast.opened_round(db, cast.answers(), units=units)
    declare(db, made, units, ["E112", "E113"])
    return made


def declare(db: Session, round_: Round, units: dict[str, Unit], members: Sequence[str]) -> None:
    """As the opening stores them: at the unit above, and in the group."""
    group = {"code": "V11~1", "name": "Eken och psykiatrin", "units": list(members)}
    round_.result_groups = [group]
    ids = [units[code].id for code in members]
    rows = select(Response).where(Response.round_id == round_.id, col(Response.unit_id).in_(ids))
    for row in db.exec(rows):
        row.unit_id, row.result_group = units["V11"].id, "V11~1"
        db.add(row)
    db.add(round_)
    db.commit()


@pytest.fixture
def release(db: Session, round_: Round) -> Release:
    made = releases.publish(db, round_=round_, by=round_.author_id)
    db.commit()
    return made


def signed_in(app: Flask, db: Session, unit: Unit, level: Level = Level.STAFF) -> FlaskClient:
    who = makers.person(db, f"Sara {unit.code} {level}")
    makers.post(db, who, unit, level)
    return sign_in(app.test_client(), db, who)


@pytest.fixture
def analyst(client: FlaskClient, db: Session, round_: Round) -> FlaskClient:
    return sign_in(client, db, db.get_one(Person, round_.author_id))


def test_a_group_is_published_as_one_and_its_units_are_not(db: Session, release: Release) -> None:
    shown = {each.unit: each for each in groups(db, release.id) if not each.level}
    assert shown["V11~1"].n == cast.SIZES["E112"] + cast.SIZES["E113"]
    assert shown["V11~1"].name == "Eken och psykiatrin"
    assert (shown["V11~1"].parent, shown["V11~1"].depth) == ("V11", 3)
    for unit in ("E112", "E113"):
        assert shown[unit].protected
        assert (shown[unit].parent, shown[unit].depth) == ("V11~1", 3)
    assert shown["E111"].n == cast.SIZES["E111"]


def test_the_audit_from_outside_finds_nothing_in_a_release_with_groups(
    db: Session, release: Release, tmp_path: Path
) -> None:
    for name in ("release.csv", "units.csv"):
        parts = release_files.FILES[name](db, release)
        (tmp_path / name).write_bytes(b"".join(parts))
    tried = CliRunner().invoke(audit, [str(tmp_path)])
    assert tried.exit_code == 0, tried.output
    told = (tmp_path / "units.csv").read_text()
    assert "V11~1,V11\n" in told
    assert "E113,V11~1\n" in told


def test_the_page_of_a_group_names_its_units_and_theirs_lead_to_it(
    analyst: FlaskClient, release: Release
) -> None:
    start = f"/resultat/{release.id}"
    group = analyst.get(f"{start}/V11~1").text
    assert "<h1>Eken och psykiatrin</h1>" in group
    assert f"<li>{EKEN}</li>" in group
    assert "20 svar" in group
    assert 'id="enheter"' not in group
    unit = analyst.get(f"{start}/E113").text
    assert "bestämdes att de här redovisas tillsammans" in unit
    assert EKEN in unit
    assert "Svaren ingår i resultatet för Eken och psykiatrin." in unit
    assert f'href="{start}/V11~1"' in unit
    assert "Är ni få, skriv på lappar." in unit
    above = analyst.get(f"{start}/V11").text
    assert "Eken och psykiatrin" in above
    assert "2 enheter tillsammans" in above
    assert BUP not in above.split('id="enheter"')[1]
    assert "1 av 1 resultatgrupper" in analyst.get(start).text
    own = analyst.get(f"{start}/E111")
    assert own.status_code == 200
    assert "24 svar" in own.text


def test_a_group_is_seen_from_its_units_and_their_line_only(
    app: Flask, db: Session, units: dict[str, Unit], release: Release
) -> None:
    address = f"/resultat/{release.id}/V11~1"
    assert "/logga-in" in app.test_client().get(address).location
    for unit, level, status in (
        ("E113", Level.STAFF, 200),
        ("E112", Level.MANAGER_1, 200),
        ("V11", Level.MANAGER_2, 200),
        ("F1", Level.DIRECTOR, 200),
        ("V11", Level.STAFF, 404),
        ("E111", Level.STAFF, 404),
        ("E211", Level.MANAGER_1, 404),
    ):
        client = signed_in(app, db, units[unit], level)
        assert client.get(address).status_code == status, (unit, level)
        assert client.get(f"{address}/diagram/skalor.svg").status_code == status
        assert ("V11~1" in client.get(f"/resultat/{release.id}?sok=Eken").text) == (status == 200)
    own = signed_in(app, db, units["E113"], Level.MANAGER_1)
    assert own.get(f"/resultat/{release.id}/E113").status_code == 200
    assert own.get(f"/resultat/{release.id}/E112").status_code == 404  # the neighbour's own page


def test_a_unit_where_too_few_were_asked_is_told_so_whatever_they_answered(
    client: FlaskClient, db: Session, units: dict[str, Unit]
) -> None:
    round_ = cast.opened_round(db, cast.answers(), units=units)
    asked = {"E211": 60, "E212": 4}
    for unit, number in asked.items():
        for at in range(number):
            invitation = Invitation(
                round_id=round_.id, number=at + 100 * number, unit_id=units[unit].id, level="staff"
            )
            db.add(invitation)
    db.commit()
    made = releases.publish(db, round_=round_, by=round_.author_id)
    db.commit()
    sign_in(client, db, db.get_one(Person, round_.author_id))
    assert "Färre än 10 fick frågan här" in client.get(f"/resultat/{made.id}/E212").text
    assert "Antingen har för få svarat" in client.get(f"/resultat/{made.id}/E113").text


def test_the_sheet_for_a_talk_tells_a_joined_unit_of_its_group(
    analyst: FlaskClient, release: Release
) -> None:
    for unit, language in (("V11~1", "sv"), ("E113", "sv"), ("E112", "en")):
        answer = analyst.get(f"/resultat/{release.id}/{unit}/samtal.pdf?lang={language}")
        with pikepdf.open(io.BytesIO(answer.data)) as pdf:
            assert len(pdf.pages) == 2, unit


def compared(
    client: FlaskClient, db: Session, first: Release, units: dict[str, Unit], members: Sequence[str]
) -> bool:
    """Whether a later release with a group of `members` shows what has changed in it."""
    before = db.get_one(Round, first.round_id)
    author = db.get_one(Person, before.author_id)
    later = cast.opened_round(db, cast.answers(2), units=units, author=author)
    later.survey_id = before.survey_id
    declare(db, later, units, members)
    made = releases.publish(db, round_=later, by=author.id)
    db.commit()
    sign_in(client, db, author)
    return "/diagram/forandring.svg" in client.get(f"/resultat/{made.id}/V11~1").text


def test_a_group_is_compared_with_the_round_before_if_it_is_the_same(
    client: FlaskClient, db: Session, units: dict[str, Unit], release: Release
) -> None:
    assert compared(client, db, release, units, ["E112", "E113"])


def test_a_group_of_other_units_is_another_group_though_it_has_the_same_code(
    client: FlaskClient, db: Session, units: dict[str, Unit], release: Release
) -> None:
    assert not compared(client, db, release, units, ["E111", "E113"])


def corrected(
    db: Session, scene: Scene, first: Release, proposal: Proposal, group: str = "V11~1"
) -> dict[str, Any]:
    """The groups of the corrected release by unit, all levels. Nobody finds fewer than k in the
    two releases together; `group` is where answers of the result group count in the second.
    """
    made = scene.made(first, proposal)
    old, new = (
        [
            {**row, "unit": at if row["unit"] in {"E112", "E113"} else row["unit"]}
            for row in answered()
        ]
        for at in ("V11~1", group)
    )
    assert found_out(scene.look(first), scene.look(made), old, new) == []
    return {each.unit: each for each in groups(db, made.id) if not each.level}


def answered() -> list[Row]:
    return [
        {"unit": unit, "level": "staff", "q1": str(1 + at % 5), "q2": str(1 + at % 4)}
        for unit, size in cast.SIZES.items()
        for at in range(size)
    ]


@pytest.fixture
def scene(app: Flask, db: Session, units: dict[str, Unit], tmp_path: Path) -> Scene:
    return Scene(db, units, makers.analyst(db), makers.approver(db), desk_of(app), tmp_path)


@pytest.fixture
def first(db: Session, scene: Scene) -> Release:
    """Of a round of two questions, with a group."""
    rows = [(row["unit"], "staff", {"q1": row["q1"], "q2": row["q2"]}) for row in answered()]
    round_ = cast.opened_round(
        db, rows, form=corrections.form(), units=scene.units, author=scene.analyst
    )
    declare(db, round_, scene.units, ["E112", "E113"])
    made = releases.publish(db, round_=round_, by=scene.analyst.id)
    db.commit()
    return made


def test_a_correction_keeps_the_groups(db: Session, scene: Scene, first: Release) -> None:
    shown = corrected(db, scene, first, Proposal("Feltryck.", withheld=("q2",)))
    assert shown["V11~1"].n == 20
    assert set(shown["V11~1"].items) == {"q1"}
    assert shown["E113"].parent == "V11~1"
    assert shown["E113"].protected


def test_a_group_outlives_a_new_organisation_in_which_a_unit_of_it_is_closed(
    db: Session, scene: Scene, first: Release
) -> None:
    scene.units["E113"].active = False
    scene.units["E121"].name = "Barnmorskorna"
    db.commit()
    moved = {"E113": "V11"}
    shown = corrected(db, scene, first, Proposal("Ny.", reorganised=True, moved=moved))
    assert shown["V11~1"].n == 20
    assert shown["E112"].parent == "V11~1"
    assert "E113" not in shown


def test_answers_of_a_group_whose_units_are_all_closed_belong_to_what_was_above_it(
    db: Session, scene: Scene, first: Release
) -> None:
    for code in ("E112", "E113"):
        scene.units[code].active = False
    db.commit()
    moved = {"E112": "V11", "E113": "V11"}
    proposal = Proposal("Ny.", reorganised=True, moved=moved)
    shown = corrected(db, scene, first, proposal, group="V11")
    assert "V11~1" not in shown
    assert shown["V11"].n == cast.SIZES["E111"] + 20
    made = releases.of_round(db, round_id=first.round_id)
    assert made
    assert joined.shown(db, release=made) == (0, 0)
    scene.units["E112"].active = True  # and the group is there again, which is no new unit
    db.commit()
    round_ = db.get_one(Round, first.round_id)
    opened = reorganising.since(db, round_=round_, release=made).opened
    assert [node.code for node in opened] == ["E112"]


def test_groups_are_no_change_of_the_organisation(
    db: Session, scene: Scene, first: Release
) -> None:
    round_ = db.get_one(Round, first.round_id)
    assert not reorganising.since(db, round_=round_, release=first)


def test_a_group_whose_units_were_closed_before_the_release_is_published_all_the_same(
    db: Session, units: dict[str, Unit], round_: Round
) -> None:
    for code in ("E112", "E113"):
        units[code].active = False
    db.commit()
    made = releases.publish(db, round_=round_, by=round_.author_id)
    db.commit()
    shown = {each.unit: each for each in groups(db, made.id) if not each.level}
    assert (shown["V11~1"].n, shown["V11~1"].parent) == (20, "V11")


def test_whoever_may_see_everything_finds_no_more_of_a_group(
    app: Flask, db: Session, release: Release
) -> None:
    client = sign_in(app.test_client(), db, makers.person(db, "Prov Prövare", Role.APPROVER))
    for unit in ("E112", "E113"):
        page = client.get(f"/resultat/{release.id}/{unit}").text
        assert "/diagram/" not in page
        assert client.get(f"/resultat/{release.id}/{unit}/diagram/skalor.svg").status_code == 404
