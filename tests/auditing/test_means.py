"""`dialog audit` and what is published as a mean alone: scales, and numbers."""

import csv
import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.auditing.test_audit import audit, release
from tests.protecting import cases
from tests.protecting.cases import Row
from tests.protecting.test_protect import published

TREE = {"R": "", "A": "R", "B": "R", "C": "R"}
TEXT = {"sv": "f"}


def asked(tmp_path: Path) -> Path:
    """Two questions with answers from 1 to 5, a scale of them, and a number without ends."""
    questions = [
        *(
            {"name": name, "kind": "scale", "text": TEXT, "low": 1, "high": 5}
            for name in ("a", "b")
        ),
        {"name": "dagar", "kind": "number", "text": TEXT},
    ]
    scale = {"name": "trivsel", "title": TEXT, "items": ["a", "b"]}
    path = tmp_path / "q.json"
    section = {"name": "s", "title": TEXT, "questions": questions}
    path.write_text(json.dumps({"title": TEXT, "sections": [section], "scales": [scale]}))
    return path


def show_means(folder: Path, means: Mapping[str, tuple[int, float]], item: str) -> Path:
    with (folder / "release.csv").open("a", newline="") as file:
        writer = csv.writer(file)
        for unit, (n, mean) in means.items():
            writer.writerow([unit, "", item, "", n, "", mean, "published"])
    return folder


def people(tmp_path: Path, where: Mapping[str, int]) -> tuple[str, str]:
    """The file of responses, as options; the answers in it tell nothing."""
    rows = [
        {"unit": unit, "level": "staff", "a": "3", "b": "", "dagar": "1"}
        for unit, n in where.items()
        for _ in range(n)
    ]
    return "--responses", str(cases.write(tmp_path / "rows.csv", list(rows[0]), rows))


def two_means(tmp_path: Path, whole: float) -> Path:
    """R less A are B and C, whose 12 people have from 55.2 to 60 together if the whole is 4.4."""
    out = release(tmp_path / "a", TREE, {("R", ""): 42, ("A", ""): 30})
    return show_means(out, {"R": (42, whole), "A": (30, 4.2)}, "scale:trivsel")


def test_two_means_of_a_scale_that_leave_a_small_group_little_room_are_told(
    tmp_path: Path,
) -> None:
    known = people(tmp_path, {"A": 30, "B": 6, "C": 6})
    options = (*known, "--questionnaire", str(asked(tmp_path)))
    found = audit(two_means(tmp_path, 4.4), options=options)
    assert found.exit_code == 1
    assert "scale:trivsel: dolda medelvärden kan i snitt bara ligga 0.80 isär" in found.stdout


def test_those_that_leave_it_room_are_not(tmp_path: Path) -> None:
    known = people(tmp_path, {"A": 30, "B": 6, "C": 6})
    options = (*known, "--questionnaire", str(asked(tmp_path)))
    found = audit(two_means(tmp_path, 4.1), options=options)
    assert found.exit_code == 0, found.output


def test_what_was_not_tried_is_told(tmp_path: Path) -> None:
    out = show_means(two_means(tmp_path, 4.4), {"R": (42, 7.5)}, "dagar")
    found = audit(out)
    assert found.exit_code == 0
    assert "Inte prövat: medelvärdena av scale:trivsel, dagar" in found.stdout
    found = audit(out, options=("--questionnaire", str(asked(tmp_path))))
    assert "Inte prövat: medelvärdena av dagar," in found.stdout


@pytest.mark.parametrize(
    ("whole", "told"),
    [
        ((42, 5.0), "R · alla nivåer · scale:trivsel: medelvärdet ligger vid skalans ände"),
        ((42, 3.0), ""),
    ],
)
def test_a_mean_at_the_end_of_its_scale_is_told(
    tmp_path: Path, whole: tuple[int, float], told: str
) -> None:
    out = release(tmp_path / "a", TREE, {("R", ""): 42})
    show_means(out, {"R": whole}, "scale:trivsel")
    found = audit(out, options=("--questionnaire", str(asked(tmp_path))))
    assert found.exit_code == bool(told)
    assert told in found.stdout


def test_a_rest_at_the_end_of_its_scale_is_told(tmp_path: Path) -> None:
    out = release(tmp_path / "a", TREE, {("R", ""): 110, ("A", ""): 10})
    show_means(out, {"R": (110, 4.9), "A": (10, 3.4)}, "scale:trivsel")
    found = audit(out, options=("--questionnaire", str(asked(tmp_path))))
    assert "resten ligger vid skalans ände, när enheterna under dras ifrån" in found.stdout


def test_means_that_cannot_be_of_these_people_are_told(tmp_path: Path) -> None:
    out = release(tmp_path / "a", TREE, {("R", ""): 42, ("A", ""): 30})
    show_means(out, {"R": (42, 2.0), "A": (30, 4.0)}, "scale:trivsel")
    found = audit(out, options=("--questionnaire", str(asked(tmp_path))))
    assert "scale:trivsel: siffrorna motsäger varandra" in found.stdout


def of_a_region(seed: int) -> tuple[dict[str, str], list[Row]]:
    parents, rows = cases.region(seed)
    return parents, [
        {"unit": row["unit"], "level": row["level"], "a": row["q1"], "b": row["q2"], "dagar": "2"}
        for row in rows
    ]


@pytest.mark.parametrize("seed", [1, 8, 13])
def test_what_protect_publishes_of_a_scale_passes(tmp_path: Path, seed: int) -> None:
    parents, rows = of_a_region(seed)
    form = asked(tmp_path)
    out = published(tmp_path, parents, rows, "--questionnaire", form)
    responses = tmp_path / "r.csv"
    options = ("--questionnaire", str(form), "--responses", str(responses))
    found = audit(out, options=options)
    assert found.exit_code == 0, found.output


def test_a_questionnaire_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    out = two_means(tmp_path, 4.4)
    path = tmp_path / "q.json"
    path.write_text('{"sections": []}')
    found = audit(out, options=("--questionnaire", str(path)))
    assert getattr(found.exception, "faults", ()) == (f"{path}: title är fel.",)
    path.write_text("{")
    found = audit(out, options=("--questionnaire", str(path)))
    assert len(getattr(found.exception, "faults", ())) == 1
