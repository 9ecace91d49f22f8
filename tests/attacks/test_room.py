"""The live room: an attacker who was not there finds no more than chance in all that is left of it.

The long form, of twenty meetings on each database, is in `make attack`.
"""

from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context

import pytest

from tests.attacks.room.campaign import SHORT, Findings, problems, run
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
