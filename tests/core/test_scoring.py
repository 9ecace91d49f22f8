"""Scores: the mean of what was answered, reversed items turned round, at least half answered."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialog.core.questionnaire import Questionnaire, load
from dialog.core.scoring import rules, score, scores

FIVE = [{"name": f"o{i}", "text": {"sv": str(i)}, "value": i} for i in range(1, 6)]
NAMES = ("a", "b", "c", "d")


def form(*turned: str, report: str = "score", kind: str = "single") -> Questionnaire:
    details: dict[str, Any] = {"kind": kind}
    details |= {"options": FIVE} if kind == "single" else {"low": 1, "high": 5}
    questions = [{"name": name, "text": {"sv": name}, **details} for name in NAMES]
    scale = {"name": "s", "title": {"sv": "S"}, "items": NAMES, "reversed": turned}
    section = {"name": "p", "title": {"sv": "P"}, "questions": questions}
    scales = [{**scale, "report": report}]
    return load({"title": {"sv": "T"}, "sections": [section], "scales": scales})


def test_a_score_is_the_mean_of_the_answered_items() -> None:
    assert scores(form(), {"a": "o1", "b": "o2", "c": "o3", "d": "o4"}) == {"s": 2.5}
    assert scores(form(), {"a": "o1", "b": "o2", "c": "o3"}) == {"s": 2.0}


def test_a_reversed_item_is_turned_round() -> None:
    answers = {"a": "o1", "b": "o5", "c": "o5", "d": "o5"}
    assert scores(form("a"), answers) == {"s": 5.0}


def test_half_of_the_items_are_enough_and_less_is_not() -> None:
    assert scores(form(), {"a": "o4", "b": "o2"}) == {"s": 3.0}
    assert scores(form(), {"a": "o4"}) == {}
    assert scores(form(), {}) == {}


@pytest.mark.parametrize("missing", ["_unknown", "_declined"])
def test_vet_ej_and_vill_inte_svara_are_not_answers(missing: str) -> None:
    assert scores(form(), {"a": "o4", "b": missing, "c": missing, "d": missing}) == {}
    assert scores(form(), {"a": "o4", "b": "o2", "c": missing, "d": missing}) == {"s": 3.0}


def test_an_option_without_a_number_is_missing() -> None:
    data = form().model_dump()
    data["sections"][0]["questions"][0]["options"][0]["value"] = None
    assert scores(load(data), {"a": "o1", "b": "o2", "c": "o2"}) == {"s": 2.0}


def test_numbers_are_scored_between_their_ends() -> None:
    assert scores(form("a", kind="scale"), {"a": 1, "b": 4}) == {"s": 4.5}


def test_a_scale_that_is_reported_one_by_one_has_no_score() -> None:
    assert scores(form(report="items"), dict.fromkeys(NAMES, "o3")) == {}


def test_what_cannot_be_turned_round_is_refused() -> None:
    data = form("a").model_dump()
    for option in data["sections"][0]["questions"][0]["options"]:
        option["value"] = None
    with pytest.raises(ValueError, match="a has no ends"):
        rules(load(data))


answers = st.dictionaries(st.sampled_from(NAMES), st.integers(1, 5))


@given(answers, st.sets(st.sampled_from(NAMES)))
def test_a_score_stays_between_the_ends_of_its_items(
    given_: dict[str, int], turned: set[str]
) -> None:
    (rule,) = rules(form(*turned))
    found = score(rule, {name: f"o{value}" for name, value in given_.items()})
    assert (found is None) == (len(given_) < 2)
    assert found is None or 1 <= found <= 5


@given(answers, st.sets(st.sampled_from(NAMES)))
def test_turning_every_item_round_mirrors_the_score(
    given_: dict[str, int], turned: set[str]
) -> None:
    named = {name: f"o{value}" for name, value in given_.items()}
    (one,) = rules(form(*turned))
    (other,) = rules(form(*(set(NAMES) - turned)))
    first, second = score(one, named), score(other, named)
    if first is not None and second is not None:
        assert first + second == pytest.approx(6)


@given(answers)
def test_turning_an_item_round_twice_changes_nothing(given_: dict[str, int]) -> None:
    (plain,) = rules(form())
    (turned,) = rules(form(*NAMES))
    there = {name: f"o{value}" for name, value in given_.items()}
    back = {name: f"o{6 - value}" for name, value in given_.items()}
    assert score(plain, there) == score(turned, back)
