"""The table of what holds which promise names tests that exist, and a control for each."""

import re
from pathlib import Path

import tests.protecting

TESTS = Path(__file__).parent.parent


def test_each_promise_has_a_test_and_a_control_and_they_are_there() -> None:
    table = tests.protecting.__doc__ or ""
    promises = re.split(r"^\d+\. ", table, flags=re.MULTILINE)[1:]
    assert len(promises) == 17
    for promise in promises:
        named = re.findall(r"^   (control: )?(\S+\.py)::(\w+)$", promise, re.MULTILINE)
        assert any(not control for control, _file, _name in named), promise
        assert "control: " in promise
        for _control, file, name in named:
            assert re.search(rf"^def {name}\(", (TESTS / file).read_text(), re.MULTILINE), name
