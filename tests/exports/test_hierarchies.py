"""`dialog hierarchies`: files to start from, which `dialog anonymise` takes."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialog.cli import main
from dialog.core.disclosure.microdata.hierarchy import read_hierarchy
from dialog.exports.hierarchy_files import dump_hierarchy, parse_hierarchy
from dialog.exports.proposing import propose

Run = Callable[..., tuple[int, str, str]]
ROWS = "unit,age,sex\n" + "\n".join(f"E{n % 3},{20 + n % 40},{'KM'[n % 2]}" for n in range(120))
TREE = "unit;parent\nR;\nF;R\nE0;F\nE1;F\nE2;R\n"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    (tmp_path / "data.csv").write_text(ROWS + "\n", encoding="utf-8")
    (tmp_path / "units.csv").write_text(TREE, encoding="utf-8")

    def call(*words: object) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["dialog", *map(str, words)])
        status = 0
        try:
            main()
        except SystemExit as ended:
            status = int(ended.code or 0)
        told = capsys.readouterr()
        return status, told.out, told.err

    return call


def _propose(run: Run, folder: Path, *words: object) -> tuple[int, str, str]:
    data = folder / "data.csv"
    return run("hierarchies", data, "--quasi", "unit,age,sex", "--out", folder / "h", *words)


def test_what_is_proposed_can_be_used_at_once(run: Run, tmp_path: Path) -> None:
    status, out, err = _propose(
        run, tmp_path, "--units", tmp_path / "units.csv", "--unit-column", "unit"
    )
    assert status == 0, err
    assert "40 värden på 5 nivåer" in out
    units = (tmp_path / "h" / "unit.csv").read_text(encoding="utf-8").splitlines()
    assert units == ["E0;F;*", "E1;F;*", "E2;E2;*", "F;F;*", "R;R;*"]
    given_ = ["--hierarchies", tmp_path / "h", "--quasi", "unit,age,sex", "--k", 5]
    data = tmp_path / "data.csv"
    status, _out, err = run("anonymise", data, *given_, "--out", tmp_path / "out.csv")
    assert status == 0, err


def test_no_file_is_written_over(run: Run, tmp_path: Path) -> None:
    (tmp_path / "h").mkdir()
    (tmp_path / "h" / "sex.csv").write_text("mine\n", encoding="utf-8")
    status, _out, err = _propose(run, tmp_path)
    assert status == 2
    assert "sex.csv" in err
    assert [path.name for path in (tmp_path / "h").iterdir()] == ["sex.csv"]


@pytest.mark.parametrize("tree", ["unit;parent\nE0;X\n", "unit;parent\nA;B\nB;A\n", "a;b\n1;2\n"])
def test_units_that_are_no_tree_are_refused(run: Run, tmp_path: Path, tree: str) -> None:
    (tmp_path / "units.csv").write_text(tree, encoding="utf-8")
    status, _out, err = _propose(run, tmp_path, "--units", tmp_path / "units.csv")
    assert status == 2
    assert "unit och parent" in err
    assert not (tmp_path / "h").exists()


def test_a_column_that_is_not_there_is_told(run: Run, tmp_path: Path) -> None:
    data = tmp_path / "data.csv"
    status, _out, err = run("hierarchies", data, "--quasi", "x", "--out", tmp_path / "h")
    assert status == 2
    assert "x: Kolumnen finns inte" in err


@given(
    st.lists(
        st.integers(-50, 400).map(str) | st.sampled_from(["", "00", "05", "-0"]),
        min_size=1,
    )
    | st.lists(st.text('ab1; "å', max_size=3), min_size=1)
)  # fmt: skip
def test_whatever_is_proposed_is_a_hierarchy_of_all_values(values: list[str]) -> None:
    lines = propose(values)
    found, faults = read_hierarchy("x", enumerate(lines, 1))
    assert found is not None, faults
    assert set(values) <= set(found.words[0])
    back, faults = parse_hierarchy("x", dump_hierarchy(lines))
    assert back is not None, faults
    assert back.words == found.words
