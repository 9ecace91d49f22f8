"""One master for a round: exports that are joined tell no more than the master."""

import random
from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialog.core.disclosure.microdata.bands import banded
from dialog.core.disclosure.microdata.demands import Demands
from dialog.core.disclosure.microdata.hierarchy import Hierarchy
from dialog.core.disclosure.microdata.recoding import Method
from dialog.core.questionnaire import Text
from dialog.exports.anonymising import Wish
from dialog.exports.package.mastering import Master, derive, protect, spoken
from dialog.exports.package.variables import Category, Dataset, Form, Value, Variable
from tests.core.microdata import hierarchy_of

AGES = range(20, 70)
QUASI = ("unit", "age", "sex")
ANSWERS = tuple(f"q{n}" for n in range(8))
SEXES = (
    Category(1, Text(sv="Kvinna"), "k"),
    Category(2, Text(sv="Man"), "m"),
    Category(-98, Text(sv="Vet ej"), "_unknown", missing=True),
)


def _hierarchies() -> dict[str, Hierarchy]:
    years = [("", "*", "*", "*", "*"), *banded(AGES, (5, 10, 20))]
    return {
        "unit": hierarchy_of("unit", [(f"E{n}", f"V{n // 4}", "*") for n in range(12)]),
        "age": hierarchy_of("age", years),
        "sex": hierarchy_of("sex", [("k", "*"), ("m", "*"), ("_unknown", "*")]),
    }


def _drawn(chance: random.Random, count: int) -> list[Value]:
    return [chance.randrange(5) for _row in range(count)]


def _rows(count: int = 600, seed: int = 1) -> Dataset:
    """Eight answers make most rows unique: whoever holds two exports can join them row by row."""
    chance = random.Random(seed)
    variables = (
        Variable("unit", Text(sv="Enhet"), Form.TEXT, quasi=True),
        Variable("age", Text(sv="Ålder"), Form.NUMBER),
        Variable("sex", Text(sv="Kön"), Form.CODED, categories=SEXES),
        *(Variable(name, Text(sv=name), Form.NUMBER) for name in ANSWERS),
    )
    columns: tuple[list[Value], ...] = (
        [f"E{chance.randrange(12)}" for _row in range(count)],
        [chance.choice([None, *AGES]) for _row in range(count)],
        [chance.choice([1, 1, 1, 2, -98]) for _row in range(count)],
        *(_drawn(chance, count) for _name in ANSWERS),
    )
    return Dataset(variables, columns)


def _master(rows: Dataset, *quasi: str, method: Method = Method.LOCAL) -> Master:
    wish = Wish(quasi, (), Demands(10), method)
    found, faults = protect(rows, _hierarchies(), wish)
    assert found is not None, faults
    return found


def _tuples(rows: Dataset, names: Sequence[str]) -> list[tuple[Value, ...]]:
    return list(zip(*(rows.column(name) for name in names), strict=True))


def _joined(one: Dataset, other: Dataset) -> list[dict[str, Value]]:
    """Rows of both that are the only ones with their answers: what an attacker can be sure of."""
    return [
        {**left, **right}
        for key, left in _only(one).items()
        if (right := _only(other).get(key)) is not None
    ]


def _only(rows: Dataset) -> dict[tuple[Value, ...], dict[str, Value]]:
    keys = _tuples(rows, ANSWERS)
    size = Counter(keys)
    known = (dict(zip(rows.names, cells, strict=True)) for cells in zip(*rows.columns, strict=True))
    return {key: row for key, row in zip(keys, known, strict=True) if size[key] == 1}


@pytest.mark.parametrize("method", list(Method))
def test_the_master_keeps_k(method: Method) -> None:
    master = _master(_rows(), *QUASI, method=method)
    assert min(Counter(_tuples(master.dataset, QUASI)).values()) >= 10
    assert master.before.unique > 0


def test_joining_two_exports_adds_nothing() -> None:
    """One export has unit and sex, the other age; joined they are rows of the master."""
    master = _master(_rows(), *QUASI)
    one = derive(master, ("unit", "sex", *ANSWERS), seed=1)
    other = derive(master, ("age", *ANSWERS), seed=2)
    joined = _joined(one, other)
    assert len(joined) > 500
    whole = Counter(_tuples(master.dataset, QUASI))
    for row in joined:
        assert whole[(row["unit"], row["age"], row["sex"])] >= 10


def test_joining_exports_that_were_protected_each_by_itself_would_add_something() -> None:
    """The control: the attack above finds people when there is no master."""
    rows = _rows()
    one, other = _master(rows, "unit", "sex").dataset, _master(rows, "age").dataset
    kept = ("unit", "sex", *ANSWERS)
    narrow = Dataset(
        tuple(one.variables[one.names.index(name)] for name in kept),
        tuple(one.column(name) for name in kept),
    )
    joined = _joined(narrow, other)
    size = Counter((row["unit"], row["age"], row["sex"]) for row in joined)
    assert min(size.values()) < 10


@given(st.sets(st.sampled_from([*QUASI, *ANSWERS[:3]]), min_size=1), st.integers(0, 5))
@settings(deadline=None, max_examples=30)
def test_an_export_is_a_part_of_the_master_in_another_order(names: set[str], seed: int) -> None:
    master = _MASTER
    made = derive(master, sorted(names), seed=seed)
    assert made.names == tuple(name for name in master.dataset.names if name in names)
    assert Counter(_tuples(made, made.names)) == Counter(_tuples(master.dataset, made.names))


_MASTER = _master(_rows(200), *QUASI)


def test_an_export_tells_nothing_of_the_order_of_rows() -> None:
    rows = _rows(200)
    turned = Dataset(rows.variables, tuple(list(column)[::-1] for column in rows.columns))
    names = ("unit", "age", "q1")
    assert derive(_MASTER, names) == derive(_master(turned, *QUASI), names)
    assert derive(_MASTER, names, seed=1).columns != derive(_MASTER, names, seed=2).columns


def test_published_words_keep_their_meaning() -> None:
    sex = _MASTER.dataset.variables[2]
    assert sex.form is Form.TEXT
    assert {category.code: category.text.sv for category in sex.categories}["k"] == "Kvinna"
    assert "_unknown" in spoken(_rows(200).variables[2], [-98])


def test_a_value_without_a_place_in_its_hierarchy_is_told() -> None:
    rows = _rows(50)
    wish = Wish(("unit",), (), Demands(10))
    hierarchies = {"unit": hierarchy_of("unit", [("E0", "*")])}
    master, faults = protect(rows, hierarchies, wish)
    assert master is None
    assert {fault.code for fault in faults} == {"not_in_hierarchy"}
