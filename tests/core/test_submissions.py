"""What can happen to a letter to an authority, and what its receipt is made of."""

import subprocess
from hashlib import sha256
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from dialog.core.submissions import (
    ENDS,
    HANDLED,
    TRANSITIONS,
    Action,
    State,
    fingerprint,
    possible,
)


@given(st.lists(st.sampled_from(Action), max_size=20))
def test_whatever_is_tried_nothing_is_handled_before_it_is_registered_nor_becomes_a_draft_again(
    tried: list[Action],
) -> None:
    state, passed = State.DRAFT, [State.DRAFT]
    for action in tried:
        if state in TRANSITIONS[action].before:
            assert state not in ENDS
            state = TRANSITIONS[action].after or state
            passed.append(state)
    assert State.DRAFT not in passed[1:]
    for later in HANDLED | {State.REPLIED, State.JOINED, State.FORWARDED}:
        if later in passed:
            before = passed[: passed.index(later)]
            assert before.index(State.RECEIVED) < before.index(State.REGISTERED)


def test_every_state_can_be_left_but_the_ends() -> None:
    for state in State:
        leads = {step.after for step in TRANSITIONS.values() if state in step.before} - {None}
        assert bool(leads) is (state not in ENDS)
        assert bool(possible(state)) is (state not in ENDS)


def test_a_supplement_comes_back_to_whoever_prepares_or_is_gone_on_without() -> None:
    asked = TRANSITIONS[Action.ASK_SUPPLEMENT].after
    assert asked is State.SUPPLEMENT
    for action in (Action.GIVE_SUPPLEMENT, Action.PREPARE):
        assert asked in TRANSITIONS[action].before
        assert TRANSITIONS[action].after is State.PREPARING


def test_anybody_can_try_the_fingerprint_with_sha256sum(tmp_path: Path) -> None:
    files = {"skrivelse.pdf": b"%PDF", "bilaga å.txt": b"mer"}
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    said = fingerprint((name, sha256(content).hexdigest()) for name, content in files.items())
    tried = subprocess.run(
        'sha256sum "skrivelse.pdf" "bilaga å.txt" | sha256sum',
        shell=True, cwd=tmp_path, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert tried.stdout.split()[0] == said
    turned = reversed([(name, sha256(content).hexdigest()) for name, content in files.items()])
    assert fingerprint(turned) != said
