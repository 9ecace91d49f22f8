"""The live room: an attacker who was not there finds no more than chance in all that is left of it.

The long form, of two meetings on each database, is in `make attack`.
"""

from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context

import pytest

from tests.attacks.report import BROKEN, KEPT
from tests.attacks.room import report
from tests.attacks.room.campaign import RUNS, SHORT, Findings, problems, run
from tests.attacks.test_attacks import KINDS

SEED = 20261130


def meeting(kind: str) -> Findings:
    return run(kind, seed=SEED, size=SHORT)


@pytest.fixture(scope="module")
def runs() -> Iterator[dict[str, Future[Findings]]]:
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        yield {kind: pool.submit(meeting, kind) for kind in KINDS}


@pytest.mark.attack
@pytest.mark.parametrize("kind", KINDS)
def test_who_has_dumps_files_and_logs_of_a_meeting_ascribes_nothing_and_every_control_gives_way(
    runs: dict[str, Future[Findings]], kind: str
) -> None:
    assert problems(runs[kind].result(timeout=600)) == []


def test_the_report_of_meetings_is_of_all_runs_on_both_databases_and_unbroken() -> None:
    text = report.PATH.read_text(encoding="utf-8")
    assert f"from {RUNS} meetings on each database" in text
    for kind in KINDS:
        rows = text.partition(f"## On {kind}\n")[2].partition("\n## ")[0]
        assert all(f"| {tries} |" in rows for tries in report.TRIES.values())
    assert KEPT in text
    assert "BROKEN" not in text
    assert BROKEN not in text
