"""Levels crossed with the organisation against every other breakdown, all in one program: who
answered each question, who was let on by a filter, and who answered what that led to.
"""

import json
import os
import random
from collections import Counter
from pathlib import Path

import pytest

from tests.protecting import attacker, cases
from tests.protecting.attacker import Seen
from tests.protecting.cases import LEVELS, Row
from tests.protecting.test_protect import published
from tests.protecting.test_random_regions import careless

SEEDS = range(1, 1 + max(2, int(os.environ.get("DIALOG_TREES", "0")) // 10))
# Who lies within whom. A filter's "ja" is the group of its follow-up.
WITHIN = {"q1": "", "q2": "", "tigit": "", "tigit=ja": "tigit", "varfor": "tigit=ja"}


def form(folder: Path) -> Path:
    text = {"sv": "f"}
    numbers = [{"name": str(n), "text": text, "value": n} for n in range(1, 6)]
    yes_no = [{"name": name, "text": text} for name in ("ja", "nej")]
    ask = {"parts": [{"item": "tigit", "values": ["ja"]}]}
    asked = [
        {"name": "q1", "kind": "single", "text": text, "options": numbers},
        {"name": "q2", "kind": "single", "text": text, "options": numbers},
        {"name": "tigit", "kind": "single", "text": text, "options": yes_no},
        {"name": "varfor", "kind": "single", "text": text, "options": numbers, "show_if": ask},
    ]
    path = folder / "q.json"
    section = {"name": "a", "title": text, "questions": asked}
    path.write_text(json.dumps({"title": text, "sections": [section]}))
    return path


def region(seed: int) -> tuple[dict[str, str], list[Row]]:
    parents, rows = cases.region(seed, depth=2 + seed % 2)
    chance = random.Random(seed)
    for row in rows:
        row["tigit"] = chance.choice(["ja", "nej", "nej", ""])
        asked = row["tigit"] == "ja" and chance.random() < 0.8
        row["varfor"] = chance.choice("12345") if asked else ""
    return parents, rows


def told(seen: Seen, parents: dict[str, str], rows: list[Row], names: list[str]) -> list[str]:
    """Classes of which everything published together allows 1 to 9 only."""
    classes = [(unit, level) for unit in parents for level in LEVELS]
    within = {name: outer for name, outer in WITHIN.items() if name in names}
    found = attacker.union(seen, within, classes, 10)
    wrong = []
    for name, most in found.items():
        item, _, answer = name.partition("=")
        true = Counter(
            (row["unit"], row["level"])
            for row in rows
            if not item or (row[item] == answer if answer else row[item])
        )
        wrong += [
            f"{name} at most {n} in {place}" for place, n in most.items() if true[place] and n < 10
        ]
    return wrong


@pytest.mark.parametrize("seed", SEEDS)
def test_all_breakdowns_together_give_nobody_away(tmp_path: Path, seed: int) -> None:
    parents, rows = region(seed)
    out = published(tmp_path, parents, rows, "--questionnaire", form(tmp_path))
    seen = attacker.look(out)
    assert told(seen, parents, rows, list(WITHIN)) == []
    if seed == SEEDS[0]:  # there is something to be found
        assert any(level for _unit, level in seen.counts[""])
        assert seen.counts["varfor"]


def only(seen: Seen, *, levels: bool) -> Seen:
    """One breakdown of the release: the organisation, or its levels."""
    found = Seen(seen.parents)
    for item, counts in seen.counts.items():
        found.counts[item] = {place: n for place, n in counts.items() if bool(place[1]) is levels}
    return found


def test_breakdowns_that_are_safe_each_for_itself_are_not_together(tmp_path: Path) -> None:
    """Remainders within each breakdown are looked after, what two of them tell is not."""
    joint = []
    for seed in range(1, 7):
        parents, rows = region(seed)
        seen = careless(tmp_path / str(seed), parents, rows, 10, remainder=True)
        for levels in (False, True):
            assert told(only(seen, levels=levels), parents, rows, []) == []
        joint += told(seen, parents, rows, ["q1", "q2"])
    assert joint
