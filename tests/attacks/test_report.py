"""The report in the docs is of all the runs, of the attacks that there are now, and unbroken."""

from tests.attacks import report
from tests.attacks.databases import KINDS
from tests.attacks.measures import RUNS

TEXT = report.PATH.read_text(encoding="utf-8")


def test_it_is_of_twenty_runs_on_each_database() -> None:
    assert f"from {RUNS} runs on each database" in " ".join(TEXT.split())
    assert f"seeds 1 to {RUNS};" in TEXT


def test_it_tells_of_every_attack_that_there_is_on_both_databases() -> None:
    for kind in KINDS:
        assert report.rows(TEXT, kind) == report.expected_rows()


def test_every_bound_was_kept() -> None:
    assert report.KEPT in TEXT
    assert "BROKEN" not in TEXT
    assert report.BROKEN not in TEXT
