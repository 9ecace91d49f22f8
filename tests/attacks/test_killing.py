"""Every process is killed with -9 again and again while people answer, and while their answers are
handed over and opened: whatever was acknowledged is there in the end, once.
"""

import json
import os
import random
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest
import sqlalchemy as sa

from dialog.core.ballots import respondent
from dialog.core.ballots.sealing import message
from dialog.simulate import rounds
from dialog.simulate.respondent import Line, Visitor
from dialog.storage.engine import make_engine
from tests.attacks.databases import SIDES
from tests.attacks.live import Live, open_round, running
from tests.attacks.running import BOX, BOX_WORKER, STAFF, WORKER, Instance
from tests.conftest import DATABASES

KINDS = [kind for kind in ("SQLite", "PostgreSQL") if kind.lower() in DATABASES]
# `make attack` says how many seeded runs; without it, one with fewer killings.
RUNS = int(os.environ.get("DIALOG_KILLING_RUNS", "0"))
ANSWERS, KILLS, STEPS = (80, 8, 6) if RUNS else (40, 2, 2)
AT_ONCE = 6
PATIENCE = 120.0  # seconds that a respondent goes on trying
BETWEEN = (0.05, 0.6)  # seconds from one killing to the next


@dataclass
class Killer:
    """Kills one process after another at seeded moments, and starts it again."""

    instance: Instance
    rng: random.Random
    killed: list[str] = field(default_factory=list)

    def one(self, name: str) -> None:
        self.instance.kill([name])
        self.killed.append(name)
        self.instance.start(name)

    def many(self, count: int, *names: str) -> None:
        for _ in range(count):
            time.sleep(self.rng.uniform(*BETWEEN))
            self.one(self.rng.choice(names))


@pytest.fixture(params=KINDS)
def instance(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Instance]:
    with running(request.param, tmp_path) as ours:
        yield ours
        for side in SIDES:
            engine_of(ours.databases.url(side)).dispose()


def until(line: Callable[[], Line], path: str, body: dict[str, str], status: int) -> bytes:
    """Send until it is answered with `status`, as the page does: each time the same bytes."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        connection = line()
        try:
            answered, content = connection.send("POST", path, body)
        except OSError:
            time.sleep(0.2)
            continue
        finally:
            connection.close()
        if answered == status:
            return content
        assert answered >= 500, f"{answered} {content!r}"
    raise AssertionError(f"no {status} in {PATIENCE} s")


def answer(live: Live, who: Visitor) -> bytes:
    """The whole way of somebody who never gives up; the hash of the ballot that was taken."""
    made = live.seal(who)
    asked = respondent.issue_request(made, secret=who.secret)
    signed = until(live.staff, f"/enkat/{live.round_id}/issue", asked, 200)
    body = respondent.post_request(live.known, made, json.loads(signed)["signature"])
    until(live.box, f"/rounds/{live.round_id}/ballots", body, 201)
    return message(made.ballot)


@cache
def engine_of(url: str) -> sa.Engine:
    """One for each database: it is asked hundreds of times what has happened by now."""
    return make_engine(url)


def column(instance: Instance, side: str, query: str) -> list[object]:
    engine = engine_of(instance.databases.url(side))
    with engine.connect().execution_options(reading=True) as connection:
        return list(connection.scalars(sa.text(query)))


def wait_for(what: Callable[[], object]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not what():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.002)


def close_and_open(instance: Instance, live: Live, killer: Killer) -> None:
    """Close the round; kill each worker at each step of handing over and opening as soon as it is
    seen, and at seeded moments besides.
    """
    exchange, keys = instance.home / "exchange", instance.settings.keys / "rounds"
    stage = rounds.stage(instance.settings)
    rounds.close(stage, round_id=live.round_id, by=rounds.cast(stage).analyst)
    stage.engine.dispose()
    ended = "SELECT count(*) FROM round WHERE state <> 'closed'"
    left = "SELECT count(*) FROM sealed_ballot"
    steps: list[tuple[str, Callable[[], object]]] = [
        (BOX_WORKER, lambda: list(exchange.glob("*.batch")) or list(exchange.glob(".*.batch.*"))),
        (BOX_WORKER, lambda: list(exchange.glob("*.batch.sig"))),
        (WORKER, lambda: True),
        (WORKER, lambda: column(instance, "staff", ended)[0]),
        (WORKER, lambda: len(list(keys.glob("*.pem"))) < 2),
        (BOX_WORKER, lambda: column(instance, "box", left)[0] == 0),
    ]
    chosen = sorted(killer.rng.sample(range(len(steps)), STEPS))
    for name, seen in (steps[at] for at in chosen):
        wait_for(seen)
        time.sleep(killer.rng.choice((0.0, 0.0, 0.01, 0.05)))
        killer.one(name)
    wait_for(lambda: not list(keys.glob("*.pem")))
    wait_for(lambda: not list(exchange.glob("*.batch")))
    wait_for(lambda: column(instance, "box", left)[0] == 0)


@pytest.mark.attack
@pytest.mark.parametrize("seed", range(1, max(RUNS, 1) + 1))
def test_whatever_is_killed_when_what_was_acknowledged_is_there_once(
    instance: Instance, seed: int
) -> None:
    live, killer = open_round(instance, seed=seed), Killer(instance, random.Random(seed))
    people = [live.take() for _ in range(ANSWERS)]
    wait_for(live.is_known_to_the_box)
    assert live.known
    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = pool.map(lambda who: answer(live, who), people)
        # From the main thread: a process that a thread has started ends when the thread does.
        killer.many(KILLS, STAFF, BOX, WORKER, BOX_WORKER)
        acknowledged = list(answers)
    assert len(set(acknowledged)) == ANSWERS
    kept = [bytes(digest) for digest in column(instance, "box", "SELECT digest FROM sealed_ballot")]  # type: ignore[call-overload]  # bytes of either driver
    assert sorted(kept) == sorted(acknowledged)
    issued = column(instance, "staff", "SELECT count(*) FROM invitation WHERE issued")
    assert issued == [ANSWERS]

    close_and_open(instance, live, killer)
    numbers = sorted(who.answers["number"] for who in people)
    opened = column(instance, "staff", "SELECT answers FROM response")
    assert sorted(json.loads(str(row))["number"] for row in opened) == numbers
    texts = column(instance, "staff", "SELECT text FROM text_answer")
    assert sorted(str(text).rsplit(" ", 1)[-1] for text in texts) == sorted(
        who.planted for who in people
    )
    assert left_behind(instance, live) == []
    assert len(killer.killed) == KILLS + STEPS


def left_behind(instance: Instance, live: Live) -> list[str]:
    """Files that hold a ballot or a key, whole or half-written."""
    here = f"*{live.round_id}*"
    found = [*(instance.home / "exchange").glob(here), *instance.settings.keys.rglob(here)]
    return [path.name for path in found if ".state.json" not in path.name]
