"""`dialog anonymise`: files in, files out."""

import csv
import json
import random
from collections import Counter
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest

from dialog.cli import main

Run = Callable[..., tuple[int, str, str]]

AGES = [
    f"{n};{n // 5 * 5}-{n // 5 * 5 + 4};{n // 20 * 20}-{n // 20 * 20 + 19};*" for n in range(20, 70)
]
UNITS = [f"E{n};V{n // 4};*" for n in range(12)]
HEADER = ["number", "unit", "age", "mood", "note"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    chance = random.Random(5)
    rows = [
        [str(n), f"E{chance.randrange(12)}", str(min(69, max(20, round(chance.gauss(45, 12))))),
         str(chance.randrange(1, 6)), chance.choice(["", "a;b", 'said "no"', "two\nlines"])]
        for n in range(400)
    ]  # fmt: skip
    _write(tmp_path / "data.csv", [HEADER, *rows])
    (tmp_path / "h").mkdir()
    (tmp_path / "h" / "age.csv").write_text("\n".join(AGES) + "\n", encoding="utf-8")
    (tmp_path / "h" / "any_hierarchy_unit.csv").write_text("\n".join(UNITS), encoding="utf-8")
    return tmp_path


@pytest.fixture
def run(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs `dialog anonymise data.csv …`; gives exit status and both outputs."""

    def call(*words: object, out: str = "out.csv", quasi: str = "unit,age") -> tuple[int, str, str]:
        given = ["anonymise", folder / "data.csv", "--hierarchies", folder / "h", "--quasi", quasi]
        command = ["dialog", *given, "--out", folder / out, *words]
        monkeypatch.setattr("sys.argv", list(map(str, command)))
        status = 0
        try:
            main()
        except SystemExit as ended:
            status = int(ended.code or 0)
        told = capsys.readouterr()
        return status, told.out, told.err

    return call


def _write(path: Path, rows: list[list[str]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _report(folder: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads((folder / "out.report.json").read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("recoding", ["local", "global"])
def test_the_file_holds_k_and_leaves_the_other_columns_as_they_are(
    folder: Path, run: Run, recoding: str
) -> None:
    status, out, err = run("--k", 10, "--recoding", recoding)
    assert status == 0, err
    assert "minst 1" in out
    before, after = _read(folder / "data.csv"), _read(folder / "out.csv")
    assert list(after[0]) == HEADER
    assert min(Counter((row["unit"], row["age"]) for row in after).values()) >= 10
    kept = ("number", "mood", "note")
    assert sorted(tuple(row[name] for name in kept) for row in before) == sorted(
        tuple(row[name] for name in kept) for row in after
    )
    of = {row["number"]: row for row in before}
    lines = {line.split(";")[0]: line.split(";") for line in AGES + UNITS}
    for row in after:
        for name in ("unit", "age"):
            assert row[name] in lines[of[row["number"]][name]]


def test_l_and_t_hold_in_the_file(folder: Path, run: Run) -> None:
    status, _out, err = run("--k", 5, "--sensitive", "mood", "--l", 3, "--t", 0.25)
    assert status == 0, err
    rows = _read(folder / "out.csv")
    whole = Counter(row["mood"] for row in rows)
    groups: dict[tuple[str, str], Counter[str]] = {}
    for row in rows:
        groups.setdefault((row["unit"], row["age"]), Counter())[row["mood"]] += 1
    for held in groups.values():
        size = held.total()
        assert size >= 5
        assert len(held) >= 3
        assert sum(abs(held[v] / size - whole[v] / 400) for v in whole) / 2 <= 0.25 + 1e-9


def test_the_same_input_gives_the_same_bytes_in_whatever_order_it_came(
    folder: Path, run: Run
) -> None:
    names = ("out.csv", "out.report.html")
    run()
    first = [(folder / name).read_bytes() for name in names]
    report = _report(folder)
    rows = _read(folder / "data.csv")
    _write(folder / "data.csv", [HEADER, *([row[name] for name in HEADER] for row in rows[::-1])])
    run()
    assert (folder / "out.csv").read_bytes() == first[0]
    again = _report(folder)
    assert {**report, "files": None} == {**again, "files": None}
    run(out="again.csv")
    assert (folder / "again.csv").read_bytes() == first[0]
    run("--seed", 1)
    assert (folder / "out.csv").read_bytes() != first[0]


def test_the_report_tells_risk_loss_and_what_may_point_people_out(folder: Path, run: Run) -> None:
    run("--sensitive", "mood", "--population", 800)
    report = json.loads((folder / "out.report.json").read_text(encoding="utf-8"))
    assert report["risk"]["before"]["prosecutor_highest"] == 1
    assert report["risk"]["after"]["prosecutor_highest"] <= 0.1
    assert report["risk"]["after"]["journalist_highest"] <= 0.05
    assert report["risk"]["after"]["unique"] == 0
    assert 0 < report["loss"]["all"] < 1
    assert set(report["loss"]["variables"]) == {"unit", "age"}
    assert report["as_they_were"]["number"]["may_identify"]
    assert not report["as_they_were"]["note"]["may_identify"]
    assert set(report["files"]) == {"data.csv", "h/unit.csv", "h/age.csv", "out.csv"}


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: Counter[str] = Counter()
        self.language: str | None = None
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        if tag == "html":
            self.language = dict(attrs)["lang"]
        if tag == "th":
            assert dict(attrs)["scope"] in {"row", "col"}

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize(
    ("language", "words"), [("sv", "Så skyddas uppgifterna"), ("en", "How the data are protected")]
)
def test_the_page_is_readable_in_both_languages(
    folder: Path, run: Run, language: str, words: str
) -> None:
    run("--language", language, "--sensitive", "mood", "--l", 2)
    page = _Page()
    page.feed((folder / "out.report.html").read_text(encoding="utf-8"))
    assert page.language == language
    assert words in page.text
    assert page.tags["h1"] == page.tags["main"] == page.tags["title"] == 1
    assert page.tags["caption"] == page.tags["table"] == 3
    assert page.tags["script"] == page.tags["link"] == 0


def test_a_file_with_semicolons_stays_one(folder: Path, run: Run) -> None:
    text = "\ufeffunit;age\n" + "\n".join(f"E{n % 2};30" for n in range(40))
    (folder / "data.csv").write_text(text, encoding="utf-8")
    assert run()[0] == 0
    assert (folder / "out.csv").read_text(encoding="utf-8").startswith("unit;age\nE")


WRONG_DATA = {
    "empty": (b"", "Datafilen: Filen är tom"),
    "headings only": (b"unit,age\n", "inga rader"),
    "not UTF-8": ("unit,age\nÅ,20\n".encode("latin-1"), "UTF-8"),
    "a field too many": (b"unit,age\nE1,20,x\n", "rad 2: Raden har 3 f"),
    "a column missing": (b"unit,years\nE1,20\n", "Kolumnen age: Kolumnen finns inte"),
    "a value missing": (b"unit,age\n" + b"E1,20\n" * 20 + b"E1,19\n", "värdet ”19”".capitalize()),
    "too few rows": (b"unit,age\n" + b"E1,20\n" * 9, "9 rader"),
    "a heading twice": (b"unit,age,age\nE1,20,20\n", "samma rubrik"),
    "an open quote": (b'unit,age\n"E1,20\n', "som CSV"),
}


@pytest.mark.parametrize("wrong", WRONG_DATA)
def test_wrong_data_are_told_and_nothing_is_written(folder: Path, run: Run, wrong: str) -> None:
    content, expected = WRONG_DATA[wrong]
    (folder / "data.csv").write_bytes(content)
    status, _out, err = run()
    assert status == 2
    assert expected in err
    assert not list(folder.glob("out*"))
    assert not list(folder.glob(".out*"))


WRONG_HIERARCHIES = {
    "missing": (None, "Hierarkin age: Hierarkin saknas"),
    "empty": (b"", "Hierarkin age: Filen är tom"),
    "no tree": (b"20;a;x;*\n21;a;y;*\n", "Hierarkin age, rad 2: ”a” på nivå 1"),
    "ragged": (b"20;a;*\n21;*\n", "rad 2: Raden har 2 fält"),
}


@pytest.mark.parametrize("wrong", WRONG_HIERARCHIES)
def test_a_wrong_hierarchy_is_told_and_nothing_is_written(
    folder: Path, run: Run, wrong: str
) -> None:
    content, expected = WRONG_HIERARCHIES[wrong]
    path = folder / "h" / "age.csv"
    path.unlink() if content is None else path.write_bytes(content)
    status, _out, err = run()
    assert status == 2
    assert expected in err
    assert not list(folder.glob("out*"))


def test_all_faults_are_told_at_once(folder: Path, run: Run) -> None:
    (folder / "h" / "any_hierarchy_unit.csv").write_text("E0;V0;*\n", encoding="utf-8")
    (folder / "h" / "age.csv").write_text("20;a;*\n", encoding="utf-8")
    _status, _out, err = run()
    assert err.count("Kolumnen unit") == 11
    assert err.count("Kolumnen age") > 20


@pytest.mark.parametrize(
    "words",
    [("--k", 1), ("--t", 1.5), ("--l", 3), ("--suppression", 2), ("--recoding", "none"),
     ("--sensitive", "age"), ("--sensitive", "note", "--t", 0.2, "--distance", "ordered"),
     ("--sensitive", "mood", "--l", 6)],
)  # fmt: skip
def test_what_cannot_be_asked_for_is_refused(
    folder: Path, run: Run, words: tuple[object, ...]
) -> None:
    assert run(*words)[0] == 2
    assert not list(folder.glob("out*"))


def test_the_data_are_never_written_over(folder: Path, run: Run) -> None:
    before = (folder / "data.csv").read_bytes()
    assert run(out="data.csv")[0] == 2
    assert run(out="h/age.csv")[0] == 2
    assert (folder / "data.csv").read_bytes() == before


def test_a_folder_that_is_not_there_is_told(run: Run) -> None:
    status, _out, err = run(out="nowhere/out.csv")
    assert status == 2
    assert "nowhere" in err


def test_progress_is_shown_beside_the_output(run: Run) -> None:
    _status, out, err = run()
    assert "100 %" in err
    assert "100 %" not in out


def test_a_place_that_cannot_be_written_is_told_before_the_work(run: Run) -> None:
    _status, _out, err = run(out="nowhere/out.csv")
    assert "%" not in err
    assert ".out.csv" not in err


def test_columns_may_stand_between_semicolons_as_in_the_files(folder: Path, run: Run) -> None:
    assert run(quasi="unit; age", out="semicolons.csv")[0] == 0
    assert run(quasi="unit,age", out="commas.csv")[0] == 0
    assert (folder / "semicolons.csv").read_bytes() == (folder / "commas.csv").read_bytes()
