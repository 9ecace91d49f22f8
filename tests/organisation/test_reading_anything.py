"""Reading is tried on what hypothesis makes: any bytes, and rosters written and read again."""

import csv
import io

from hypothesis import given, settings
from hypothesis import strategies as st

from dialog.core.levels import Level
from dialog.organisation.reading import read
from dialog.organisation.roster import PersonLine, Roster, UnitLine
from dialog.organisation.unit_tree import cycles, from_the_root

HEADERS = [b"unit,parent,name\n", b"name,email,unit,level\n", b"unit;parent\n", b""]
NAMES = st.text(
    st.characters(categories=["L", "N", "P"], exclude_characters="/"), min_size=1, max_size=12
).filter(lambda text: text not in {".", ".."} and text == " ".join(text.split()))


def normal(text: str) -> str:
    import unicodedata  # noqa: PLC0415 - this helper alone needs it

    return unicodedata.normalize("NFC", text)


@st.composite
def rosters(draw: st.DrawFn) -> Roster:
    codes = draw(st.lists(NAMES.map(normal), min_size=1, max_size=12, unique=True))
    units = {}
    for place, code in enumerate(codes):
        parent = codes[draw(st.integers(0, place - 1))] if place else None
        units[code] = UnitLine(code, normal(draw(NAMES)), parent)
    people = {}
    for number in range(draw(st.integers(1, 8))):
        places = draw(st.lists(st.sampled_from(codes), min_size=1, max_size=2, unique=True))
        posts = sorted((place, draw(st.sampled_from(Level))) for place in places)
        email = f"p{number}@example.org"
        people[email] = PersonLine(email, normal(draw(NAMES)), tuple(posts))
    return Roster(from_the_root(units), people)


def written(rows: list[list[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


@given(rosters(), st.randoms(use_true_random=False))
def test_a_roster_that_is_written_is_read_again_in_any_order(
    roster: Roster, random: object
) -> None:
    units = [[unit.code, unit.parent or "", unit.name] for unit in roster.units.values()]
    people = [
        [person.name, person.email, code, level]
        for person in roster.people.values()
        for code, level in person.posts
    ]
    random.shuffle(units)  # type: ignore[attr-defined]  # hypothesis gives a random.Random
    random.shuffle(people)  # type: ignore[attr-defined]  # as above
    made = read(
        written([["unit", "parent", "name"], *units]),
        written([["name", "email", "unit", "level"], *people]),
    )
    assert made.faults == []
    assert made.roster is not None
    assert made.roster.units == roster.units
    assert made.roster.people == roster.people


@settings(max_examples=300)
@given(st.sampled_from(HEADERS), st.binary(max_size=200), st.sampled_from(HEADERS), st.binary())
def test_any_bytes_give_faults_or_a_roster_and_never_a_crash(
    head: bytes, units: bytes, other_head: bytes, people: bytes
) -> None:
    made = read(head + units, other_head + people)
    assert (made.roster is None) == bool(made.faults)


@given(st.dictionaries(st.sampled_from("ABCDEFGH"), st.none() | st.sampled_from("ABCDEFGH")))
def test_a_unit_is_on_a_cycle_exactly_when_it_comes_back_to_itself(
    parents: dict[str, str | None],
) -> None:
    units = {code: UnitLine(code, code, parent) for code, parent in parents.items()}
    circling = set()
    for code in units:
        above = parents[code]
        for _step in units:
            if above == code:
                circling.add(code)
            above = parents.get(above) if above else None
    on_cycles = [code for circle in cycles(units) for code in circle]
    assert set(on_cycles) == circling
    assert len(on_cycles) == len(set(on_cycles))
