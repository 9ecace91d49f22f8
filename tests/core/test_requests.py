"""What can happen to a request to read documents, and what comes of it."""

import pytest

from dialog.core import requests
from dialog.core.requests import LONGER, Action, State, Verdict

EVERY_WAY = {
    ("received", "locate"), ("located", "locate"), ("assessed", "locate"),
    ("contested", "locate"), ("appealed", "locate"),
    ("received", "find-nothing"), ("located", "find-nothing"),
    ("located", "assess"), ("assessed", "answer"),
    ("received", "ask"), ("located", "ask"), ("assessed", "ask"),
    ("received", "explain"), ("located", "explain"), ("assessed", "explain"),
    ("received", "register"), ("located", "register"), ("assessed", "register"),
    *((state.value, "assign") for state in State if state is not State.CLOSED),
    ("partly", "contest"), ("refused", "contest"), ("closed", "contest"),
    ("contested", "decide"), ("appealed", "decide"), ("decided", "appeal"), ("closed", "appeal"),
    ("released", "close"), ("partly", "close"), ("refused", "close"),
    ("decided", "close"), ("appealed", "close"),
}  # fmt: skip


def test_these_steps_are_possible_and_no_others() -> None:
    ways = {
        (state.value, action.value)
        for action, step in requests.TRANSITIONS.items()
        for state in step.before
    }
    assert ways == EVERY_WAY
    assert requests.possible(State.CLOSED) == (Action.APPEAL,)
    assert Action.CONTEST not in requests.possible(State.REFUSED)  # that is the requester's


def test_the_answer_follows_from_what_is_said_of_each_document() -> None:
    whole, redacted, refused = Verdict.WHOLE, Verdict.REDACTED, Verdict.REFUSED
    assert requests.outcome([whole, whole]) is State.RELEASED
    assert requests.outcome([whole, refused]) is requests.outcome([redacted]) is State.PARTLY
    assert requests.outcome([refused]) is requests.outcome([]) is State.REFUSED


@pytest.mark.parametrize(
    ("written", "cited"),
    [
        ("25:1", "25 kap. 1 § OSL"),
        ("OSL 39 kap 2 §", "39 kap. 2 § OSL"),
        ("21 kap. 3 a § OSL", "21 kap. 3 a § OSL"),
        ("TF 2:12", "2 kap. 12 § TF"),
        ("hemligt", None),
        ("", None),
        ("125:1", None),
    ],
)
def test_a_paragraph_is_read_as_it_is_written(written: str, cited: str | None) -> None:
    assert requests.read_paragraph(written) == cited


def test_the_day_by_which_half_had_an_answer() -> None:
    assert requests.waits([]).median is None
    found = requests.waits([9, 0, 1, 40, 2])
    assert (found.number, found.median) == (5, 2)
    assert found.spans == {0: 1, 2: 2, 7: 0, 14: 1, 30: 0, LONGER: 1}
    assert requests.waits([1, 4]).median == 2.5
