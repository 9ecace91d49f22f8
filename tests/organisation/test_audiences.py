import pytest
from sqlmodel import Session

from dialog.core.errors import WrongInputError
from dialog.core.levels import Level
from dialog.organisation import audiences, queries
from dialog.organisation.audiences import Audience
from tests import makers


@pytest.fixture
def region(db: Session) -> dict[str, object]:
    """R > (F01 > V1 > (E1, E_1), F02); Berit manages V1 and works in F02, Carin is inactive."""
    root = makers.unit(db, "R", name="Regionen")
    first = makers.unit(db, "F01", root, name="Regionhälsan")
    second = makers.unit(db, "F02", root, name="SÄS")
    operation = makers.unit(db, "V1", first)
    wards = makers.unit(db, "E1", operation), makers.unit(db, "E_1", operation)
    anna, berit, carin = (
        makers.person(db, name) for name in ("Anna Almgren", "Berit Berg", "Carin Ceder")
    )
    carin.active = False
    makers.post(db, anna, wards[0])
    makers.post(db, berit, second)
    makers.post(db, berit, operation, Level.MANAGER_1)
    makers.post(db, carin, wards[0])
    return {
        "anna": anna.id,
        "berit": berit.id,
        "e1": wards[0].id,
        "v1": operation.id,
        "f02": second.id,
    }  # fmt: skip - two lines are enough


def test_an_empty_audience_is_everybody_active_once(db: Session, region: dict[str, object]) -> None:
    found = audiences.people_in(db, audience=Audience())
    assert sorted(found) == sorted(
        [
            (region["anna"], region["e1"], Level.STAFF),
            (region["berit"], region["v1"], Level.MANAGER_1),
        ]
    )
    assert audiences.count(db, audience=Audience()) == 2


def test_a_unit_stands_for_its_whole_subtree(db: Session, region: dict[str, object]) -> None:
    found = audiences.people_in(db, audience=Audience(units=("F01",)))
    assert {person for person, _unit, _level in found} == {region["anna"], region["berit"]}
    assert audiences.count(db, audience=Audience(units=("F01",))) == 2


def test_only_posts_inside_the_audience_count(db: Session, region: dict[str, object]) -> None:
    found = audiences.people_in(db, audience=Audience(units=("F02",)))
    assert found == [(region["berit"], region["f02"], Level.STAFF)]


def test_units_and_levels_narrow_each_other(db: Session, region: dict[str, object]) -> None:
    both = Audience(units=("F01",), levels=(Level.MANAGER_1,))
    assert audiences.people_in(db, audience=both) == [
        (region["berit"], region["v1"], Level.MANAGER_1)
    ]
    staff = Audience(levels=(Level.STAFF,))
    assert {found[0] for found in audiences.people_in(db, audience=staff)} == {
        region["anna"],
        region["berit"],
    }  # fmt: skip - two people


def test_a_sign_in_a_code_matches_itself_only(db: Session, region: dict[str, object]) -> None:
    assert audiences.count(db, audience=Audience(units=("E_1",))) == 0


def test_an_audience_survives_json() -> None:
    wanted = audiences.make(["F02", "F01", "F01"], ["staff", "elected"])
    assert wanted == Audience(("F01", "F02"), (Level.ELECTED, Level.STAFF))
    assert audiences.from_json(wanted.as_json()) == wanted
    assert audiences.from_json({}) == Audience()
    with pytest.raises(WrongInputError):
        audiences.from_json({"levels": ["boss"]})


def test_a_unit_below_a_chosen_one_is_left_out(db: Session, region: dict[str, object]) -> None:
    checked = audiences.checked(db, audience=Audience(units=("E1", "F01", "F02")))
    assert checked.units == ("F01", "F02")


def test_an_audience_with_an_unknown_unit_is_refused(db: Session, region: object) -> None:
    with pytest.raises(WrongInputError, match="F99"):
        audiences.checked(db, audience=Audience(units=("F99",)))


def test_the_units_of_an_audience_come_with_those_above(db: Session, region: object) -> None:
    found = audiences.units_in(db, audience=Audience(units=("V1",)))
    assert [node.code for node in found] == ["R", "F01", "V1", "E1", "E_1"]


def test_an_audience_is_described_in_words(db: Session, region: object) -> None:
    words = audiences.describe(
        db, audience=Audience(("F01", "F02"), (Level.MANAGER_1, Level.STAFF))
    )
    assert words == "Regionhälsan och SÄS, nivå: chef 1 och medarbetare"
    assert audiences.describe(db, audience=Audience()) == "Alla i organisationen"


def test_the_tree_gives_each_parent_by_code(db: Session, region: object) -> None:
    assert queries.tree(db) == {
        "R": None,
        "F01": "R",
        "F02": "R",
        "V1": "F01",
        "E1": "V1",
        "E_1": "V1",
    }  # fmt: skip - a tree is short
    assert [node.code for node in queries.subtree(db, code="V1")] == ["V1", "E1", "E_1"]


def test_the_highest_post_stands_first(db: Session, region: dict[str, object]) -> None:
    held = queries.posts_of(db, person_id=region["berit"])  # type: ignore[arg-type]  # an id
    assert [(unit.code, level) for unit, level in held] == [
        ("V1", Level.MANAGER_1),
        ("F02", Level.STAFF),
    ]
