"""A question that was published once and is shown no more, while the groups are others: both are
attacked.
"""

import json
from pathlib import Path

import pytest

from dialog.core.disclosure.rules import Rules
from dialog.core.disclosure.settling import settle
from dialog.core.disclosure.sums import Layer, Pattern
from dialog.protecting import commands
from tests.protecting import attacker, cases
from tests.protecting.cases import Row
from tests.protecting.reorganising import (
    CHANGES,
    SEEDS,
    Change,
    asked_on,
    found_out,
    move,
    reorganised,
)
from tests.protecting.test_protect import form, published

WITHHELD = ("--withhold", "q2")


def again(tmp_path: Path, change: Change, seed: int, *more: str, lacking: str = "") -> list[str]:
    """What is told where a question was published once, and is not after a reorganisation."""
    parents, rows, tree, now = reorganised(change, seed)
    told = [{**new, "was": old["unit"]} for old, new in zip(rows, now, strict=True)]
    told = [{name: row[name] for name in row if name != lacking} for row in told]
    tmp_path.mkdir(exist_ok=True)
    first = published(tmp_path / "first", parents, rows)
    asked = ("--earlier", first, "--was", "was")
    looks = (
        attacker.look(first),
        attacker.look(published(tmp_path / "second", tree, told, *asked, *more)),
    )
    assert not looks[1].counts["q2"]
    return [one for one in found_out(*looks, rows, now) if "at most" in one]


@pytest.mark.parametrize("seed", SEEDS)
@CHANGES
def test_a_question_that_is_withheld_now_gives_nobody_away_beside_new_groups(
    tmp_path: Path, change: Change, seed: int
) -> None:
    assert again(tmp_path, change, seed, *WITHHELD) == []


def test_it_gives_somebody_away_where_the_groups_do_not_give_way(tmp_path: Path) -> None:
    assert again(tmp_path / "settled", move, 163, *WITHHELD) == []
    with pytest.MonkeyPatch.context() as careless:
        careless.setattr(Rules, "_settled", lambda _rules, groups: groups)
        assert again(tmp_path / "careless", move, 163, *WITHHELD)


def test_a_question_that_the_file_lacks_gives_somebody_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "require_asked", lambda *_arguments, language: language)
    assert again(tmp_path, move, 163, lacking="q2")


def test_how_many_a_withheld_filter_let_on_is_settled_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parents = {"R": "", "A": "R", "B": "R"}
    rows = [*asked_on("A", 14, 20), *asked_on("B", 30, 20)]
    asked = ("--questionnaire", form(tmp_path), "--was", "was")
    first = published(tmp_path / "first", parents, rows, "--questionnaire", form(tmp_path))
    settled: list[int] = []

    def count(*given: object, said: Layer, **more: object) -> Pattern:
        settled.append(int(said.own.sum()))
        return settle(*given, said=said, **more)  # type: ignore[arg-type]  # as it was called

    monkeypatch.setattr("dialog.core.disclosure.rules.settle", count)
    more = (*asked, "--earlier", first, "--withhold", "tigit")
    seen = attacker.look(published(tmp_path / "second", parents, rows, *more))
    assert not seen.counts["tigit"]
    assert settled == [84, 84, 44, 44]  # two questions, whom the filter let on, and they again


def refused(folder: Path, tree: dict[str, str], rows: list[Row], *more: object) -> str:
    """The faults that are told."""
    folder.mkdir()
    done = cases.run(*cases.files(folder, rows, tree), "--out", folder / "out", *more)
    assert not (folder / "out").exists()
    return "\n".join(getattr(done.exception, "faults", ()))


def test_a_question_that_the_file_lacks_is_asked_for(tmp_path: Path) -> None:
    parents, rows = cases.region(6)
    first = published(tmp_path / "first", parents, rows)
    fewer = [{name: row[name] for name in row if name != "q2"} for row in rows]
    told = refused(tmp_path / "second", parents, fewer, "--earlier", first)
    assert f"{first / 'release.csv'}: ”q2” visades då" in told
    assert "--withhold q2" in told


def test_so_is_one_that_is_withheld_and_is_none(tmp_path: Path) -> None:
    parents, rows = cases.region(6)
    told = refused(tmp_path / "second", parents, rows, "--withhold", "q3")
    assert told == "--withhold: ”q3” finns inte bland frågorna."


def test_so_is_a_scale_that_is_none_any_more(tmp_path: Path) -> None:
    parents = {"R": "", "A": "R", "B": "R"}
    rows = [
        {"unit": unit, "level": "staff", "betyg": str(at % 5 + 1), "tigit": "ja", "varfor": ""}
        for unit in ("A", "B")
        for at in range(40)
    ]
    without, asked = form(tmp_path), tmp_path / "scale.json"
    content = json.loads(without.read_text())
    content["scales"] = [{"name": "trivsel", "title": {"sv": "Trivsel"}, "items": ["betyg"]}]
    asked.write_text(json.dumps(content))
    first = published(tmp_path / "first", parents, rows, "--questionnaire", asked)
    told = refused(
        tmp_path / "second", parents, rows, "--questionnaire", without, "--earlier", first
    )
    assert "--withhold scale:trivsel" in told
    more = ("--questionnaire", asked, "--earlier", first, "--withhold", "scale:trivsel")
    seen = attacker.look(published(tmp_path / "third", parents, rows, *more))
    assert not seen.counts["scale:trivsel"]
    assert seen.counts["betyg"]["A", ""] == 40
