"""Answers are checked when ballots are opened: only what the form could have given counts."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialog.core.answers import MAX_LENGTH, WrongAnswerError, check, longest
from dialog.core.levels import Level
from dialog.core.questionnaire import Questionnaire, load
from tests.core.questionnaires import answered, questionnaires

AB = [{"name": "a", "text": {"sv": "A"}}, {"name": "b", "text": {"sv": "B"}}]


def form(**question: Any) -> Questionnaire:
    filled = {"name": "q", "text": {"sv": "Q"}, **question}
    follow_up = {
        "name": "why",
        "kind": "short",
        "text": {"sv": "Varför"},
        "show_if": {"parts": [{"item": "q", "op": "answered"}]},
    }
    sections = [{"name": "s", "title": {"sv": "S"}, "questions": [filled, follow_up]}]
    return load({"title": {"sv": "T"}, "sections": sections})


@pytest.mark.parametrize(
    ("question", "value", "reason"),
    [
        ({"kind": "single", "options": AB}, "c", "unknown_option"),
        ({"kind": "single", "options": AB}, ["a"], "wrong_type"),
        ({"kind": "single", "options": AB}, 1, "wrong_type"),
        ({"kind": "single", "options": AB}, "_unknown", "unknown_option"),
        ({"kind": "single", "options": AB, "unknown": True}, "_declined", "unknown_option"),
        ({"kind": "multiple", "options": AB}, ["a", "c"], "unknown_option"),
        ({"kind": "multiple", "options": AB}, ["a", "a"], "wrong_type"),
        ({"kind": "multiple", "options": AB}, "a", "wrong_type"),
        ({"kind": "multiple", "options": AB, "declined": True}, ["_declined"], "unknown_option"),
        ({"kind": "scale"}, 11, "out_of_range"),
        ({"kind": "scale"}, -1, "out_of_range"),
        ({"kind": "scale", "low": 1, "high": 5}, 0, "out_of_range"),
        ({"kind": "scale"}, 2.5, "wrong_type"),
        ({"kind": "scale"}, "5", "wrong_type"),
        ({"kind": "scale"}, True, "wrong_type"),
        ({"kind": "number"}, float("nan"), "wrong_type"),
        ({"kind": "number"}, float("inf"), "wrong_type"),
        ({"kind": "number"}, 10**400, "out_of_range"),
        ({"kind": "number", "high": 100}, 100.5, "out_of_range"),
        ({"kind": "number", "whole": True}, 2.5, "wrong_type"),
        ({"kind": "date"}, "14 oktober", "wrong_type"),
        ({"kind": "date"}, "2026-02-30", "wrong_type"),
        ({"kind": "date"}, "20261014", "wrong_type"),
        ({"kind": "short", "max_length": 3}, "fyra", "too_long"),
        ({"kind": "short", "max_length": 3}, "😀😀", "too_long"),
        ({"kind": "short"}, "x" * 201, "too_long"),
        ({"kind": "long"}, "x" * 1501, "too_long"),
        ({"kind": "long"}, 7, "wrong_type"),
        ({"kind": "long"}, {"a": 1}, "wrong_type"),
    ],
)
def test_an_answer_that_the_form_cannot_give_is_refused(
    question: dict[str, Any], value: Any, reason: str
) -> None:
    with pytest.raises(WrongAnswerError) as refused:
        check(form(**question), {"q": value}, "staff")
    assert (refused.value.reason, refused.value.item) == (reason, "q")


@pytest.mark.parametrize(
    ("question", "value", "kept"),
    [
        ({"kind": "single", "options": AB}, "a", "a"),
        ({"kind": "single", "options": AB, "unknown": True}, "_unknown", "_unknown"),
        ({"kind": "multiple", "options": AB}, ["b", "a"], ["a", "b"]),
        ({"kind": "multiple", "options": AB, "declined": True}, "_declined", "_declined"),
        ({"kind": "scale"}, 0, 0),
        ({"kind": "scale"}, 10, 10),
        ({"kind": "scale", "declined": True}, "_declined", "_declined"),
        ({"kind": "number"}, 3.0, 3),
        ({"kind": "number"}, -2.5, -2.5),
        ({"kind": "date"}, "2024-02-29", "2024-02-29"),
        ({"kind": "short", "max_length": 4}, "😀😀", "😀😀"),
        ({"kind": "long"}, "rad 1\r\nrad 2 ", "rad 1\nrad 2"),
        ({"kind": "long"}, "a\x00b\x07c\td", "abc\td"),
        ({"kind": "long"}, "halv \ud83d", "halv \ufffd"),
    ],
)
def test_an_answer_is_kept_in_its_tidy_form(
    question: dict[str, Any], value: Any, kept: Any
) -> None:
    assert check(form(**question), {"q": value}, "staff") == {"q": kept}


@pytest.mark.parametrize(
    ("question", "empty"),
    [
        ({"kind": "single", "options": AB}, ""),
        ({"kind": "multiple", "options": AB}, []),
        ({"kind": "scale"}, None),
        ({"kind": "date"}, ""),
        ({"kind": "short"}, "  "),
    ],
)
def test_an_empty_answer_is_no_answer(question: dict[str, Any], empty: Any) -> None:
    assert check(form(**question), {"q": empty}, "staff") == {}
    with pytest.raises(WrongAnswerError) as refused:
        check(form(**question, required=True), {"q": empty}, "staff")
    assert refused.value.reason == "required"


def test_declining_is_enough_where_an_answer_is_required() -> None:
    questionnaire = form(kind="scale", required=True, declined=True)
    assert check(questionnaire, {"q": "_declined"}, "staff") == {"q": "_declined"}


def test_an_answer_to_a_question_that_was_not_shown_is_refused() -> None:
    with pytest.raises(WrongAnswerError) as refused:
        check(form(kind="scale"), {"why": "för att"}, "staff")
    assert (refused.value.reason, refused.value.item) == ("hidden", "why")


def test_a_question_that_was_not_shown_is_not_required() -> None:
    hidden = {"parts": [{"item": "@level", "op": "is", "values": ["elected"]}]}
    assert check(form(kind="scale", required=True, show_if=hidden), {}, "staff") == {}


def test_an_item_that_the_questionnaire_lacks_is_refused() -> None:
    with pytest.raises(WrongAnswerError) as refused:
        check(form(kind="scale"), {"r": 1}, "staff")
    assert refused.value.reason == "unknown_item"


def test_a_refusal_tells_nothing_of_the_answer() -> None:
    with pytest.raises(WrongAnswerError) as refused:
        check(form(kind="short", max_length=3), {"q": "hemlighet"}, "staff")
    assert "hemlighet" not in str(refused.value)


@given(st.data())
def test_what_a_form_can_give_is_accepted_as_it_is(data: st.DataObject) -> None:
    questionnaire, level = data.draw(questionnaires()), data.draw(st.sampled_from(Level))
    answers = data.draw(answered(questionnaire, level))
    kept = {name: one.strip() if isinstance(one, str) else one for name, one in answers.items()}
    assert check(questionnaire, answers, level) == kept


@given(st.data())
def test_no_answers_are_longer_than_the_longest(data: st.DataObject) -> None:
    questionnaire, level = data.draw(questionnaires()), data.draw(st.sampled_from(Level))
    answers = data.draw(answered(questionnaire, level))
    ballot = {"v": 1, "unit": "ö" * 60, "level": str(level), "answers": answers}
    plaintext = json.dumps(ballot, ensure_ascii=False, separators=(",", ":")).encode()
    assert len(plaintext) <= longest(questionnaire)


@pytest.mark.parametrize("letter", ["€", '"', "\\", "\n", "語", "x"])
def test_a_text_filled_to_the_brim_fits(letter: str) -> None:
    questionnaire = form(kind="long", max_length=4000)
    answers = {"q": letter * 4000, "why": letter * 200}
    ballot = {"v": 1, "unit": "å" * 60, "level": "manager-1", "answers": answers}
    plaintext = json.dumps(ballot, ensure_ascii=False, separators=(",", ":")).encode()
    assert len(plaintext) <= longest(questionnaire) < MAX_LENGTH


def test_the_longest_is_no_longer_than_it_must_be() -> None:
    questionnaire = form(kind="long", max_length=1000)
    ballot = {
        "v": 1,
        "unit": "語" * 60,
        "level": "manager-1",
        "answers": {"q": "語" * 1000, "why": "語" * 200},
    }
    plaintext = json.dumps(ballot, ensure_ascii=False, separators=(",", ":")).encode()
    assert len(plaintext) == longest(questionnaire)
