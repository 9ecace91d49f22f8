"""`dialog audit` finds what careless publishing gives away, and nothing where there is nothing."""

import csv
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dialog.cli import dialog
from dialog.core.disclosure.earlier import History
from tests.protecting import attacker, cases
from tests.protecting.reorganising import reorganised, split
from tests.protecting.test_protect import everybody, published

Cell = tuple[str, str]
COLUMNS = ("unit", "level", "item", "category", "n", "share", "mean", "status")
TREE = {"R": "", "F": "R", "V1": "F", "V2": "F"}
CROSSED = {
    ("V1", "staff"): 60, ("V1", "chef"): 20,
    ("V2", "staff"): 40, ("V2", "chef"): 5,
}  # fmt: skip


def audit(*folders: Path, options: tuple[str, ...] = ()) -> Result:
    return CliRunner().invoke(dialog, ["audit", *map(str, folders), *options])


def release(folder: Path, parents: Mapping[str, str], shown: Mapping[Cell, int]) -> Path:
    """The files of a release that shows these counts of groups."""
    folder.mkdir(exist_ok=True)
    rows = [{"unit": u, "parent": p} for u, p in parents.items()]
    cases.write(folder / "units.csv", ["unit", "parent"], rows)
    with (folder / "release.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for unit in parents:
            for level in ("", *sorted({level for _, level in shown if level})):
                n = shown.get((unit, level))
                cells = ["", "", "protected"] if n is None else [n, "", "published"]
                writer.writerow([unit, level, "", "", cells[0], "", "", cells[-1]])
    return folder


def sums(parents: Mapping[str, str], own: Mapping[Cell, int]) -> dict[Cell, int]:
    found: Counter[Cell] = Counter()
    for (unit, level), n in own.items():
        at = unit
        while at:
            found[at, ""] += n
            found[at, level] += n
            at = parents[at]
    return dict(found)


def threshold_only(parents: Mapping[str, str], own: Mapping[Cell, int]) -> dict[Cell, int]:
    return {cell: n for cell, n in sums(parents, own).items() if n >= 10}


def remainder_only(parents: Mapping[str, str], own: Mapping[Cell, int]) -> dict[Cell, int]:
    """Of each breakdown for itself: V2's 5 managers are hidden, so V2's staff, then V1's managers
    at one level, by which F less V1 is no longer small.
    """
    shown = threshold_only(parents, own)
    for cell in (("V2", "staff"), ("V1", "chef")):
        shown.pop(cell)
    return shown


@pytest.mark.parametrize("careless", [threshold_only, remainder_only])
def test_careless_publishing_is_found_out(
    tmp_path: Path, careless: Callable[..., dict[Cell, int]]
) -> None:
    found = audit(release(tmp_path, TREE, careless(TREE, CROSSED)))
    assert found.exit_code == 1
    assert "V2 · chef" in found.output
    assert "högst 5 personer" in found.output


def test_a_remainder_is_told_as_what_it_is(tmp_path: Path) -> None:
    shown = {("R", ""): 44, ("F", ""): 44, ("V1", ""): 40}
    found = audit(release(tmp_path, TREE, shown))
    assert found.exit_code == 1
    assert "F · alla nivåer · antal svarande: 4 personer, när enheterna under" in found.output


def test_a_figure_below_k_is_told(tmp_path: Path) -> None:
    found = audit(release(tmp_path, TREE, {("R", ""): 44, ("V1", ""): 9}))
    assert "V1 · alla nivåer · antal svarande: 9 personer är publicerat" in found.output


def test_the_command_itself_ends_with_the_status(tmp_path: Path) -> None:
    """As it is run: click's own runner would hide an exit status that gets lost."""
    folder = release(tmp_path, TREE, {("R", ""): 44, ("V1", ""): 9})
    command = [sys.executable, "-m", "dialog", "audit", str(folder)]
    assert subprocess.run(command, check=False, capture_output=True).returncode == 1
    path = folder / "release.csv"
    path.write_text(path.read_text().replace("unit,level", "enhet,level"))
    assert subprocess.run(command, check=False, capture_output=True).returncode == 2


def test_k_is_what_is_asked_for(tmp_path: Path) -> None:
    folder = release(tmp_path, TREE, {("R", ""): 44, ("F", ""): 44, ("V1", ""): 32})
    assert audit(folder).exit_code == 0
    assert audit(folder, options=("--k", "15")).exit_code == 1
    assert audit(folder, options=("--insiders", "3")).exit_code == 1


@pytest.mark.parametrize("seed", [1, 8])
def test_what_protect_publishes_passes(tmp_path: Path, seed: int) -> None:
    parents, rows = cases.region(seed)
    found = audit(published(tmp_path, parents, rows))
    assert found.exit_code == 0, found.output
    assert "Inga fynd" in found.output


def test_more_than_protect_publishes_does_not_pass(tmp_path: Path) -> None:
    """The same figures with one protected group shown: the smallest that there is."""
    parents, rows = cases.region(8)
    out = published(tmp_path, parents, rows)
    seen = attacker.look(out)
    true = sums(parents, Counter((row["unit"], row["level"]) for row in rows))
    hidden = {cell: n for cell, n in true.items() if cell not in seen.counts[""] and not cell[1]}
    cell = min((cell for cell, n in hidden.items() if n), key=lambda cell: hidden[cell])
    shown = {**seen.counts[""], cell: hidden[cell]}
    assert audit(release(tmp_path / "more", parents, shown)).exit_code == 1


def test_nearly_one_answer_that_shows_is_told(tmp_path: Path) -> None:
    parents = {"R": "", "V": "R", "W": "R"}
    rows = everybody(12, q1="1") + everybody(12, q1="2") + everybody(15, "W", q1="1")
    rows += everybody(14, "W", q1="2")
    out = published(tmp_path, parents, rows)
    assert audit(out).exit_code == 0
    path = out / "release.csv"
    text = path.read_text()
    path.write_text(
        text.replace("V,,q1,1,12,50,", "V,,q1,1,23,96,").replace("V,,q1,2,12,50,", "V,,q1,2,1,4,")
    )
    found = audit(out)
    assert found.exit_code == 1
    assert "V · alla nivåer · q1: minst nio av tio" in found.output


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("R,,,,44,,,published", "R,,,,44,,,hemlig"), "rad 2: statusen ”hemlig”"),
        (("R,,,,44,,,published", "X,,,,44,,,published"), "rad 2: enheten ”X”"),
        (("R,,,,44,,,published", "R,,,,fyra,,,published"), "rad 2: ”fyra” är inget antal"),
        (("F,,,,,,,protected", "F,,,,7,,,protected"), "rad 3: en skyddad rad har siffror"),
        (("unit,level", "enhet,level"), "kolumnen ”unit” saknas"),
    ],
)
def test_files_that_are_no_release_are_listed_by_row(
    tmp_path: Path, change: tuple[str, str], told: str
) -> None:
    folder = release(tmp_path, TREE, {("R", ""): 44})
    path = folder / "release.csv"
    path.write_text(path.read_text().replace(*change))
    found = audit(folder)
    assert told in "\n".join(getattr(found.exception, "faults", ()))


def test_two_releases_are_tried_together(tmp_path: Path) -> None:
    """E was published; then it became two, of which the larger one is."""
    old = release(tmp_path / "a", {"R": "", "E": "R", "G": "R"}, {("R", ""): 45, ("E", ""): 30})
    tree = {"R": "", "E1": "R", "E2": "R", "G": "R"}
    new = release(tmp_path / "b", tree, {("R", ""): 45, ("E1", ""): 26})
    assert audit(old).exit_code == audit(new).exit_code == 0
    found = audit(old, new)
    assert found.exit_code == 1
    assert "E2 · * · antal svarande: högst 4 personer" in found.output


def test_a_late_answer_that_shows_is_told(tmp_path: Path) -> None:
    tree = {"R": "", "E": "R", "G": "R"}
    old = release(tmp_path / "a", tree, {("R", ""): 45, ("E", ""): 30})
    new = release(tmp_path / "b", tree, {("R", ""): 46, ("E", ""): 31})
    found = audit(old, new)
    assert "E · alla nivåer · antal svarande: skiljer sig med 1 personer" in found.output
    assert found.exit_code == 1
    assert audit(old, release(tmp_path / "c", tree, {("R", ""): 55, ("E", ""): 30})).exit_code == 0
    alike = release(tmp_path / "d", tree, {("R", ""): 45, ("E", ""): 30})
    assert audit(old, alike).exit_code == 0


def show_answers(folder: Path, answers: Mapping[str, tuple[int, ...]]) -> None:
    """Add the answers 1, 2 … to a question, all levels of a unit together."""
    with (folder / "release.csv").open("a", newline="") as file:
        writer = csv.writer(file)
        for unit, given in answers.items():
            n = sum(given)
            writer.writerow([unit, "", "q1", "", n, "", "3.0", "published"])
            for name, count in enumerate(given, 1):
                writer.writerow([unit, "", "q1", name, count, 100 * count // n, "", "published"])


def test_answers_that_two_releases_give_away_are_told(tmp_path: Path) -> None:
    """E became E1 and E2, and its 30 people less the 26 are four whose answers are known."""
    old = release(tmp_path / "a", {"R": "", "E": "R", "G": "R"}, {("R", ""): 45, ("E", ""): 30})
    show_answers(old, {"R": (9, 9, 9, 9, 9), "E": (6, 6, 6, 6, 6)})
    tree = {"R": "", "E1": "R", "E2": "R", "G": "R"}
    new = release(tmp_path / "b", tree, {("R", ""): 45, ("E1", ""): 26})
    show_answers(new, {"R": (9, 9, 9, 9, 9), "E1": (6, 6, 6, 5, 3)})
    assert "q1: svaren" not in audit(old).output + audit(new).output
    found = audit(old, new)
    assert found.exit_code == 1
    assert "E2 · * · q1: svaren går att räkna ut: medelvärdet 4.75" in found.output


@pytest.mark.parametrize("second", ["15,52", ",>=90"], ids=["counted", "bounded too"])
def test_answers_to_be_ticked_are_not_taken_for_parts_of_a_whole(
    tmp_path: Path, second: str
) -> None:
    """Nearly all ticked the first answer, and half, or nearly all, ticked the second as well. Were
    they parts of a whole, hardly any of the nine in V could have given the second.
    """
    out = release(tmp_path / "a", {"R": "", "V": "R", "W": "R"}, {("R", ""): 29})
    with (out / "release.csv").open("a") as file:
        file.write("R,,q1,,29,,,coarsened\nR,,q1,1,,>=90,,coarsened\n")
        file.write(f"R,,q1,2,{second},,coarsened\n")
    rows = everybody(9, "V", q1="1 2") + everybody(20, "W", q1="1 2")
    responses = cases.write(tmp_path / "rows.csv", list(rows[0]), rows)
    found = audit(out, options=("--responses", str(responses)))
    assert found.exit_code == 0, found.output


def test_hidden_answers_that_are_all_alike_are_told_and_so_are_narrow_ones(tmp_path: Path) -> None:
    tree = {"R": "", "A": "R", "B": "R", "C": "R"}
    out = release(tmp_path / "a", tree, {("R", ""): 42, ("A", ""): 30})
    show_answers(out, {"R": (6, 6, 18, 6, 6), "A": (6, 6, 6, 6, 6)})
    rows = everybody(30, "A", q1="3") + everybody(6, "B", q1="3") + everybody(6, "C", q1="3")
    responses = cases.write(tmp_path / "rows.csv", list(rows[0]), rows)
    assert "R · * · q1: svaren går att räkna ut: medelvärdet 3.00" in audit(out).output
    found = audit(out, options=("--responses", str(responses))).output
    assert "B · staff · q1: svaren går att räkna ut: medelvärdet 3.00" in found
    assert "dolda medelvärden kan i snitt bara ligga 0.00 isär" in found


@pytest.mark.parametrize("careful", [True, False])
def test_whoever_knows_how_many_answered_finds_out_only_what_was_not_audited(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, careful: bool
) -> None:
    parents, rows, tree, now = reorganised(split, 13)
    told = [{**new, "was": old["unit"]} for old, new in zip(rows, now, strict=True)]
    if not careful:
        monkeypatch.setattr(History, "values", lambda *_arguments: ())
    first = published(tmp_path / "first", parents, rows)
    second = published(tmp_path / "second", tree, told, "--earlier", first, "--was", "was")
    assert audit(first, second).exit_code == 0
    responses = cases.write(tmp_path / "rows.csv", list(told[0]), told)
    known = ("--responses", str(responses), "--was", "was")
    found = audit(first, second, options=known)
    assert found.exit_code == (not careful), found.output
    assert ("svaren går att räkna ut" in found.output) is not careful


def test_responses_that_cannot_be_used_are_told(tmp_path: Path) -> None:
    out = release(tmp_path / "a", TREE, {("R", ""): 44})
    show_answers(out, {"R": (20, 24)})
    path = tmp_path / "rows.csv"
    path.write_text("unit;level\nR;staff\n")
    found = audit(out, options=("--responses", str(path)))
    assert getattr(found.exception, "faults", ()) == (f"{path}: kolumnen ”q1” saknas.",)
    path.write_text("unit;level;q1\nR;staff;1\nR;staff\n")
    found = audit(out, options=("--responses", str(path)))
    assert getattr(found.exception, "faults", ()) == (f"{path}, rad 3: fel antal fält.",)


def test_responses_that_are_not_those_of_the_release_are_told(tmp_path: Path) -> None:
    """Half of them in a unit that does not exist: those of R are not as many as it says."""
    out = release(tmp_path / "a", TREE, {("R", ""): 44})
    show_answers(out, {"R": (20, 24)})
    rows = everybody(22, "R", q1="1") + everybody(22, "X", q1="2")
    responses = cases.write(tmp_path / "rows.csv", list(rows[0]), rows)
    assert audit(out).exit_code == 0
    found = audit(out, options=("--responses", str(responses)))
    assert found.exit_code == 1
    assert "q1: siffrorna motsäger varandra" in found.output
    assert "för sig" not in found.stderr  # there is only one


def test_releases_of_other_responses_are_tried_with_those_who_were_in_each(tmp_path: Path) -> None:
    """Four came to W, so that the releases contradict each other. In each of them B and C are
    hidden and all alike, which only those see who know how many they are, and where.
    """
    tree = {"R": "", "A": "R", "B": "R", "C": "R", "W": "R"}
    first = {"R": "", "A": "R", "B0": "R", "C": "R"}
    old = release(tmp_path / "a", first, {("R", ""): 72, ("A", ""): 30})
    show_answers(old, {"R": (6, 6, 48, 6, 6), "A": (6, 6, 6, 6, 6)})
    new = release(tmp_path / "b", tree, {("R", ""): 76, ("A", ""): 30})
    show_answers(new, {"R": (6, 6, 52, 6, 6), "A": (6, 6, 6, 6, 6)})
    rows = everybody(30, "A", q1="3", was="A") + everybody(6, "B", q1="3", was="B0")
    rows += everybody(36, "C", q1="3", was="C") + everybody(4, "W", q1="3", was="")
    responses = cases.write(tmp_path / "rows.csv", list(rows[0]), rows)
    assert "B · " not in audit(old, new).output
    found = audit(old, new, options=("--responses", str(responses), "--was", "was"))
    assert f"{old}: B0 · staff · q1: svaren går att räkna ut" in found.stdout
    assert f"{new}: B · staff · q1: svaren går att räkna ut" in found.stdout
    assert f"{new}: W · staff · q1: svaren går att räkna ut" in found.stdout
    # Those in W were nowhere then: nothing of theirs was hidden.
    assert f"{old}:  · alla nivåer · q1: dolda medelvärden kan i snitt bara" in found.stdout
    assert "motsäger" not in found.stdout
    assert "q1 prövas i varje publicering för sig" in found.stderr


def test_an_earlier_column_without_responses_is_told(tmp_path: Path) -> None:
    out = release(tmp_path / "a", TREE, {("R", ""): 44})
    found = audit(out, options=("--was", "was"))
    assert "bara med --responses" in "".join(getattr(found.exception, "faults", ()))


def test_different_rounds_are_tried_each_for_itself(tmp_path: Path) -> None:
    """As releases of the same answers they would contradict each other."""
    safe = {("V1", "staff"): 60, ("V2", "staff"): 40}
    other = {("V1", "staff"): 61, ("V2", "staff"): 40}
    one = release(tmp_path / "one", TREE, sums(TREE, safe))
    two = release(tmp_path / "two", TREE, sums(TREE, other))
    assert audit(one, two).exit_code == 1  # one person came
    assert audit(one, two, options=("--rounds",)).exit_code == 0
    careless = release(tmp_path / "three", TREE, threshold_only(TREE, CROSSED))
    found = audit(one, two, careless, options=("--rounds",))
    assert found.exit_code == 1
    assert "/three:" in found.stdout
    assert "/one:" not in found.stdout
