"""Sends many visitors at once, bounded in number and time, and writes down who answered what."""

import csv
import json
import random
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from dialog.core.ballots.manifest import Manifest
from dialog.simulate.respondent import Outcome, Visitor, answer

TRUTH = ("order", "person", "unit", "level", "secret", "receipt", "planted", "answers", "problem")


def drive(
    visitors: Sequence[Visitor],
    *,
    base_url: str,
    round_id: str,
    concurrency: int = 8,
    over_seconds: float = 0.0,
    seed: int = 0,
    tell: Callable[[int], None] = lambda _done: None,
    known: Manifest | None = None,
) -> list[Outcome]:
    """Every visitor once, in random order, `concurrency` at a time; outcomes by arrival. With the
    manifest `known` a journey is only page, issue and post.

    `over_seconds` spreads the arrivals over a time, exponentially apart. `tell` is called with
    the number done.
    """
    rng = random.Random(seed)  # noqa: S311 - an order of arrival, not a secret
    queue = rng.sample(list(visitors), len(visitors))
    moments = _arrivals(len(queue), over_seconds, rng)
    started = time.monotonic()

    def one(place: int) -> Outcome:
        time.sleep(max(0.0, started + moments[place] - time.monotonic()))
        return answer(queue[place], base_url=base_url, round_id=round_id, order=place, known=known)

    outcomes = []
    with ThreadPoolExecutor(max_workers=concurrency) as pool:
        for outcome in pool.map(one, range(len(queue))):
            outcomes.append(outcome)
            tell(len(outcomes))
    return outcomes


def _arrivals(count: int, over_seconds: float, rng: random.Random) -> list[float]:
    if not over_seconds or not count:
        return [0.0] * count
    gaps = [rng.expovariate(1.0) for _ in range(count)]
    scale, moment, moments = over_seconds / sum(gaps), 0.0, []
    for gap in gaps:
        moment += gap * scale
        moments.append(moment)
    return moments


def write_truth(path: Path, outcomes: Iterable[Outcome]) -> None:
    """Who gave which planted answer, as CSV: for tests that attack, never for a real round."""
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(TRUTH)
        for outcome in outcomes:
            who = outcome.visitor
            rows.writerow(
                (
                    outcome.order,
                    who.address,
                    who.unit,
                    who.level,
                    who.secret,
                    outcome.receipt,
                    who.planted,
                    json.dumps(who.answers, ensure_ascii=False, sort_keys=True),
                    outcome.problem,
                )
            )
