"""Who was asked a question is not told more finely than what they could be recognised by."""

from collections import Counter, defaultdict

import pytest

from dialog.core.disclosure.microdata.demands import Demands
from dialog.core.questionnaire import (
    LEVEL,
    Condition,
    Kind,
    Option,
    Question,
    Questionnaire,
    Section,
    Text,
)
from dialog.core.questionnaire import Test as Tried
from dialog.core.routing import gates
from dialog.exports.anonymising import Wish
from dialog.exports.package.coding import code_answers
from dialog.exports.package.mastering import in_order, protect
from dialog.exports.package.routing import quieten
from dialog.exports.package.variables import Dataset, Variable
from tests.core.microdata import hierarchy_of

LEVELS = ("elected", "manager-1", "staff", "")
YES_NO = tuple(Option(name=name, text=Text(sv=name)) for name in ("yes", "no"))


def _asked(name: str, kind: Kind = Kind.SINGLE, show_if: Condition | None = None) -> Question:
    options = YES_NO if kind in {Kind.SINGLE, Kind.MULTIPLE} else ()
    return Question(name=name, kind=kind, text=Text(sv=name), options=options, show_if=show_if)


def _if(item: str, *values: str, op: str = "is") -> Condition:
    return Condition(parts=(Tried(item=item, op=op, values=values),))


FORM = Questionnaire(
    title=Text(sv="Klimat"),
    sections=(
        Section(
            name="all",
            title=Text(sv="all"),
            questions=(
                _asked("age", Kind.NUMBER),
                _asked("duties", Kind.MULTIPLE),
                _asked("mood"),
                _asked("why", show_if=_if("mood", "no")),
            ),
        ),
        Section(
            name="managers",
            title=Text(sv="managers"),
            show_if=_if(LEVEL, "manager-1"),
            questions=(
                _asked("bad_news"),
                _asked("whose", Kind.MULTIPLE, show_if=_if("bad_news", "yes")),
            ),
        ),
        Section(
            name="some",
            title=Text(sv="some"),
            questions=(
                _asked("pension", show_if=_if("age", "60", op="at_least")),
                _asked("night", show_if=_if("duties", "yes")),
            ),
        ),
    ),
)


def test_what_is_asked_for_what_people_are_is_found_through_other_questions() -> None:
    found = gates(FORM, {LEVEL, "age"})
    assert set(found) == {"bad_news", "whose", "pension"}
    assert {test.item for test in found["whose"]} == {LEVEL}
    assert "night" in gates(FORM, {"duties"})
    assert gates(FORM, set()) == {}


def _rows(levels: dict[str, int]) -> Dataset:
    """Everybody is asked everything that is theirs, and answers it."""
    said = [level for level, count in levels.items() for _person in range(count)]
    answers = [
        {
            "age": 30 + 5 * (place % 8),
            "duties": ["yes"] if place % 3 else [],
            "mood": "yes",
            **({"bad_news": "yes", "whose": ["no"]} if level == "manager-1" else {}),
            **({"pension": "yes"} if place % 8 >= 6 else {}),
        }
        for place, level in enumerate(said)
    ]
    made = code_answers(FORM, answers, {"level": (Text(sv="Nivå"), said)})
    level = made.variables[0]
    named = Variable(level.name, level.label, level.form, quasi=True, item=LEVEL)
    return in_order(Dataset((named, *made.variables[1:]), made.columns))


def _published(rows: Dataset, quasi: tuple[str, ...]) -> Dataset:
    trees = {
        "level": hierarchy_of("level", [(x, x or "–", "*") for x in LEVELS]),
        "age": hierarchy_of("age", [(str(30 + 5 * n), str(n // 4), "*") for n in range(8)]),
    }
    wish = Wish(quasi, (), Demands(10))
    master, faults = protect(rows, {name: trees[name] for name in quasi}, wish)
    assert master is not None, faults
    return master.dataset


def _fewest_told_apart(rows: Dataset, quasi: tuple[str, ...], names: tuple[str, ...]) -> int:
    """The fewest people whom somebody finds by what is published and by who was asked what."""
    told = zip(*(rows.column(name) for name in quasi), strict=True)
    asked = zip(*([v not in {None, -97} for v in rows.column(name)] for name in names), strict=True)
    return min(Counter(zip(told, asked, strict=True)).values())


@pytest.mark.parametrize("quasi", [("level",), ("level", "age")])
def test_too_few_are_not_told_apart_by_what_they_were_asked(quasi: tuple[str, ...]) -> None:
    rows = _rows({"staff": 80, "manager-1": 24, "elected": 9})
    names = ("bad_news", "whose_yes", "pension") if "age" in quasi else ("bad_news", "whose_no")
    published = _published(rows, quasi)
    assert _fewest_told_apart(published, quasi, names) < 10  # as it would be without
    quiet, left_out = quieten(FORM, rows, published, quasi)
    assert _fewest_told_apart(quiet, quasi, names) >= 10
    assert left_out["bad_news"] == left_out["whose_yes"] >= 33 - 24
    assert quiet.column("mood") == published.column("mood")
    assert [quiet.column(name) for name in quasi] == [published.column(name) for name in quasi]


def test_a_level_that_is_not_stored_may_be_any() -> None:
    """Kept without their level, as too few of a unit may be, they are not all known as managers."""
    rows = _rows({"staff": 80, "manager-1": 12})
    without = ["" if level == "manager-1" else level for level in rows.column("level")]
    rows = in_order(Dataset(rows.variables, (without, *rows.columns[1:])))
    quiet, left_out = quieten(FORM, rows, _published(rows, ("level",)), ("level",))
    assert left_out["bad_news"] == 12
    assert set(quiet.column("bad_news")) == {None, -97}


def test_where_all_or_none_were_asked_the_answers_stay() -> None:
    rows = _rows({"staff": 80, "manager-1": 24})
    published = _published(rows, ("level",))
    quiet, left_out = quieten(FORM, rows, published, ("level",))
    assert left_out == {}
    assert quiet.columns == published.columns
    (code,) = quiet.variables[quiet.names.index("bad_news")].missing  # the same, whoever answered
    assert code.code == -97
    by_level = defaultdict(set)
    for level, answer in zip(quiet.column("level"), quiet.column("bad_news"), strict=True):
        by_level[level].add(answer)
    assert by_level == {"staff": {None}, "manager-1": {1}}
