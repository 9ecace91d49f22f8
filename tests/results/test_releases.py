import csv
import hashlib
import io
import json
from collections.abc import Iterable

import pytest
import sqlalchemy as sa
from sqlmodel import Session, select

from dialog.core.errors import IllegalTransitionError, RefusedError
from dialog.core.questionnaire import items, load
from dialog.core.written import COLUMNS, DOCUMENTATION
from dialog.people.models import Person
from dialog.results import queries
from dialog.results.models import Release, ReleaseGroup
from dialog.results.publishing import releases
from dialog.results.release_files import FILES
from dialog.results.rows import groups
from dialog.surveys.building.instruments.speech_climate import SPEECH_CLIMATE
from dialog.surveys.models import Invitation, Response, Round, RoundState, RoundStep
from tests.results import cast


def published(db: Session, round_: Round) -> Release:
    release = releases.publish(db, round_=round_, by=round_.author_id)
    db.commit()
    return release


def csv_rows(data: Iterable[bytes]) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(b"".join(data).decode())))


def file_rows(db: Session, release: Release, name: str = "release.csv") -> list[dict[str, str]]:
    return csv_rows(FILES[name](db, release))


def test_publishing_takes_the_round_to_released(db: Session) -> None:
    round_ = cast.opened_round(db, cast.answers())
    release = published(db, round_)
    assert round_.state is RoundState.RELEASED
    assert release.responses == len(cast.answers())
    steps = db.exec(select(RoundStep).where(RoundStep.round_id == round_.id)).all()
    assert [step.after for step in steps] == ["released"]


def test_publishing_again_changes_nothing(db: Session) -> None:
    round_ = cast.opened_round(db, cast.answers())
    release = published(db, round_)
    before = {name: b"".join(make(db, release)) for name, make in FILES.items()}
    db.add(Response(round_id=round_.id, unit_id=None, level="", answers="{}"))
    db.commit()
    again = published(db, round_)
    assert again.id == release.id
    assert {name: b"".join(make(db, again)) for name, make in FILES.items()} == before
    assert db.scalar(sa.select(sa.func.count()).select_from(Release)) == 1


@pytest.mark.parametrize("state", [state for state in RoundState if state is not RoundState.OPENED])
def test_only_opened_answers_can_be_published(db: Session, state: RoundState) -> None:
    round_ = cast.opened_round(db, cast.answers(), state=state)
    with pytest.raises(IllegalTransitionError):
        releases.publish(db, round_=round_, by=round_.author_id)
    db.rollback()
    assert db.exec(select(Release)).first() is None


def test_fewer_answers_than_k_are_not_published(db: Session) -> None:
    round_ = cast.opened_round(db, cast.answers()[:9])
    with pytest.raises(RefusedError, match="Färre än 10"):
        releases.publish(db, round_=round_, by=round_.author_id)
    db.rollback()
    assert db.exec(select(ReleaseGroup)).first() is None
    db.refresh(round_)
    assert round_.state is RoundState.OPENED


def test_the_digest_is_that_of_the_file(db: Session) -> None:
    release = published(db, cast.opened_round(db, cast.answers()))
    data = b"".join(FILES["release.csv"](db, release))
    assert hashlib.sha256(data).hexdigest() == release.digest


def test_no_published_figure_is_about_fewer_than_k(db: Session) -> None:
    first = SPEECH_CLIMATE.sections[0].questions[0]
    alike = [
        (unit, level, {**given, first.rows[0].name: first.options[-1].name})
        for unit, level, given in cast.answers()
    ]
    release = published(db, cast.opened_round(db, alike))
    rows = file_rows(db, release)
    assert {row["status"] for row in rows} == {"published", "coarsened", "protected"}
    sensitive = {item.name for item in items(load(release.questionnaire)) if item.sensitive}
    for row in rows:
        if row["category"]:
            continue
        if row["n"]:
            assert int(row["n"]) >= (20 if row["item"] in sensitive else 10)
        else:
            assert row["status"] == "protected"
            assert row["share"] == row["mean"] == ""


def test_the_file_has_the_columns_that_are_documented(db: Session) -> None:
    release = published(db, cast.opened_round(db, cast.answers()))
    first = b"".join(FILES["release.csv"](db, release)).split(b"\n")[0].decode()
    assert first == "unit,level,item,category,n,share,mean,status"
    assert tuple(DOCUMENTATION) == COLUMNS


def test_the_json_says_the_same_as_the_csv(db: Session) -> None:
    release = published(db, cast.opened_round(db, cast.answers()))
    read = json.loads(b"".join(FILES["release.json"](db, release)))
    assert [dict(zip(COLUMNS, row, strict=True)) for row in read["rows"]] == file_rows(db, release)
    assert read["columns"] == DOCUMENTATION
    assert [unit["unit"] for unit in read["units"]][:3] == ["R", "F1", "V11"]


def test_units_come_with_their_parents_in_tree_order(db: Session) -> None:
    release = published(db, cast.opened_round(db, cast.answers()))
    rows = file_rows(db, release, "units.csv")
    assert rows[0] == {"unit": "R", "parent": ""}
    assert {row["unit"]: row["parent"] for row in rows} == {
        code: cast.parent_of(code) for code in cast.NAMES
    }


def test_rows_come_in_the_same_order_whoever_answered(db: Session) -> None:
    units = cast.region(db)
    first = cast.opened_round(db, cast.answers(), units=units)
    author = first.author_id
    rows = list(reversed(cast.answers()))
    second = cast.opened_round(
        db, rows, units=units, author=db.get_one(Person, author), title="Igen"
    )
    one, two = published(db, first), published(db, second)
    assert one.digest == two.digest


def test_an_empty_unit_looks_like_a_protected_one(db: Session) -> None:
    sizes = {**cast.SIZES, "E212": 0}
    release = published(db, cast.opened_round(db, cast.answers(sizes=sizes)))
    found = {each.unit: each for each in groups(db, release.id) if not each.level}
    assert found["E212"].protected
    rows = [row for row in file_rows(db, release) if row["unit"] == "E212"]
    assert [list(row.values())[1:] for row in rows] == [[""] * 6 + ["protected"]]


def test_a_round_for_part_of_the_region_lists_that_part_and_what_is_above(db: Session) -> None:
    rows = [row for row in cast.answers() if row[0] in ("E111", "E112", "E121")]
    round_ = cast.opened_round(db, rows)
    round_.audience = {"units": ["F1"], "levels": []}
    db.commit()
    release = published(db, round_)
    listed = {each.unit for each in groups(db, release.id)}
    assert listed == {"R", "F1", "V11", "V12", "E111", "E112", "E113", "E121"}


def test_tables_that_were_not_declared_are_not_made(db: Session) -> None:
    round_ = cast.opened_round(db, cast.answers())
    round_.tables = {"units": True, "levels": False}
    db.commit()
    release = published(db, round_)
    assert {each.level for each in groups(db, release.id)} == {""}


def test_a_rate_is_of_those_invited(db: Session) -> None:
    round_ = cast.opened_round(db, cast.answers())
    unit = db.exec(select(Response.unit_id)).first()
    assert unit is not None
    for number in range(60):
        db.add(Invitation(round_id=round_.id, number=number, unit_id=unit, level="staff"))
    db.commit()
    release = published(db, round_)
    top = queries.top(db, release_id=release.id)
    assert top.rate is None  # more answers than invitations: nothing to tell
    assert all(each.rate is None for each in groups(db, release.id) if each.protected)


def everything(_unit: str, _depth: int, _above: Iterable[str]) -> bool:
    return True


def public(_unit: str, depth: int, _above: Iterable[str]) -> bool:
    return depth <= queries.PUBLIC_DEPTH


def test_units_are_found_by_name_and_code(db: Session) -> None:
    release = published(db, cast.opened_round(db, cast.answers()))
    found = queries.search_units(db, release_id=release.id, search="ängen", sees=everything)
    assert found == [("E212", "Vårdcentralen Ängen", "Vårdcentraler norr")]
    assert queries.search_units(db, release_id=release.id, search="e212", sees=everything) == found
    assert queries.search_units(db, release_id=release.id, search="ängen", sees=public) == []
    assert queries.search_units(db, release_id=release.id, search="%", sees=everything) == []


def test_scales_have_a_spread_and_a_reliability_of_the_whole(db: Session) -> None:
    release = published(db, cast.opened_round(db, cast.answers()))
    rows = file_rows(db, release, "scales.csv")
    scored = [scale.name for scale in SPEECH_CLIMATE.scales if scale.report == "score"]
    whole = queries.top(db, release_id=release.id)
    assert [row["scale"] for row in rows] == [name for name in scored if name in whole.scores]
    assert rows
    for row in rows:
        assert int(row["n"]) == whole.scores[row["scale"]].n
        assert 0.2 < float(row["sd"]) < 2
        if row["alpha"]:
            assert float(row["alpha_low"]) <= float(row["alpha"]) <= float(row["alpha_high"])
    assert any(row["alpha"] for row in rows)


def test_a_small_round_has_no_spread(db: Session) -> None:
    few = cast.opened_round(db, [row for row in cast.answers() if row[0] == "E211"])
    release = published(db, few)
    assert queries.top(db, release_id=release.id).scores
    assert file_rows(db, release, "scales.csv") == []
