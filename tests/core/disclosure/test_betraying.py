"""Answers that would betray a level are not kept where several levels stand together."""

from hypothesis import given
from hypothesis import strategies as st

from dialog.core.conditions import shown
from dialog.core.disclosure.betraying import betraying
from dialog.core.disclosure.coarsening import coarsen
from dialog.core.levels import Level
from dialog.core.questionnaire import (
    LEVEL,
    Condition,
    Kind,
    Question,
    Questionnaire,
    Section,
    Text,
)
from dialog.core.questionnaire import Test as Passing
from tests.core.trees import Parents, counts_over, trees


def asked(name: str, *tests: Passing) -> Question:
    condition = Condition(parts=tests) if tests else None
    return Question(name=name, kind=Kind.SCALE, text=Text(sv="?"), show_if=condition)


def level(*names: str, op: str = "is") -> Passing:
    return Passing(item=LEVEL, op=op, values=names)


def form(*questions: Question, show_if: Condition | None = None) -> Questionnaire:
    section = Section(name="s", title=Text(sv="s"), questions=questions, show_if=show_if)
    return Questionnaire(title=Text(sv="f"), sections=(section,))


LEADING = form(
    asked("all"),
    asked("leading", level("director", "manager-1")),
    asked("follows", Passing(item="leading", op="at_least", values=("3",))),
    asked("others", level("elected", op="is_not")),
)
TOGETHER = {
    ("A", "director"): ("R", ""),
    ("B", "elected"): ("R", ""),
    ("A", "staff"): ("A", "staff"),
}


def test_what_only_one_of_two_levels_was_asked_is_not_kept_where_they_stand_together() -> None:
    left_out = betraying(LEADING, TOGETHER)
    assert left_out["A", "director"] == {"leading", "follows", "others"}
    assert left_out["B", "elected"] == left_out["A", "director"]


def test_a_place_of_one_level_keeps_all_its_answers() -> None:
    assert betraying(LEADING, TOGETHER)["A", "staff"] == frozenset()


def test_levels_that_were_asked_the_same_keep_all_their_answers() -> None:
    same = {("A", "director"): ("R", ""), ("B", "manager-1"): ("R", "")}
    assert set(betraying(LEADING, same).values()) == {frozenset()}


def test_a_whole_section_for_one_level_is_left_out() -> None:
    only = form(asked("one"), asked("two"), show_if=Condition(parts=(level("elected"),)))
    assert betraying(only, TOGETHER)["A", "director"] == {"one", "two"}


def test_a_condition_that_only_asks_for_answers_leaves_nothing_out() -> None:
    free = form(asked("first"), asked("then", Passing(item="first", op="at_least", values=("3",))))
    assert set(betraying(free, TOGETHER).values()) == {frozenset()}


@given(st.data(), trees())
def test_whoever_reads_the_kept_answers_at_a_place_cannot_tell_levels_apart(
    data: st.DataObject, parents: Parents
) -> None:
    """What may have been answered, as far as it is kept, is the same for all at a place."""
    counts = {place: n for place, n in data.draw(counts_over(parents)).items() if n}
    names = sorted({one for _unit, one in counts})
    some = data.draw(st.lists(st.sampled_from(names), unique=True)) if names else []
    tests = [level(one, op=data.draw(st.sampled_from(["is", "is_not"]))) for one in some]
    questionnaire = form(asked("all"), *(asked(f"q{n}", test) for n, test in enumerate(tests)))
    stored = coarsen(counts, parents=parents, k=10)
    left_out = betraying(questionnaire, stored)
    kept: dict[object, set[frozenset[str]]] = {}
    for (unit, here), at in stored.items():
        seen = shown(questionnaire, {}, here) - left_out[unit, here]
        kept.setdefault(at, set()).add(frozenset(seen))
    assert all(len(ways) == 1 for ways in kept.values())


def test_every_level_of_a_region_is_known_to_conditions() -> None:
    everyone = {("R", each.value): ("R", "") for each in Level}
    assert betraying(LEADING, everyone)["R", "staff"] == {"leading", "follows", "others"}
