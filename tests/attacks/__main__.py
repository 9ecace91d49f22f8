"""`make attack`: twenty seeded runs on each database, two at a time, and the report of them.

Exit status 1 when a bound is broken.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

from dialog.storage.clock import today
from tests.attacks import report, verdicts
from tests.attacks.campaign import FULL, FULL_CONTROL, Findings, run
from tests.attacks.catalogue import VECTORS, on_paper
from tests.attacks.databases import KINDS
from tests.attacks.measures import RUNS
from tests.attacks.product import Product

MARK = "findings "  # begins the lines of a process of ours that hold what it found


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.attacks", description=__doc__)
    parser.add_argument("--runs", type=int, default=RUNS, help="seeded runs on each database")
    parser.add_argument("--at-once", type=int, default=2, help="processes that attack at once")
    parser.add_argument("--out", type=Path, default=report.PATH, help="where the report goes")
    parser.add_argument(
        "--keep", type=Path, help="keep each run's numbers in this folder, and take those there"
    )
    parser.add_argument("--alone", nargs=2, metavar=("DATABASE", "SEED"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.alone:
        return alone(asked.alone[0], int(asked.alone[1]))
    with tempfile.TemporaryDirectory() as unkept:
        findings = everything(
            runs=asked.runs, at_once=asked.at_once, folder=asked.keep or Path(unkept)
        )
    report.write(findings, runs=asked.runs, day=today(), path=asked.out)
    broken = verdicts.failures(findings)
    print("\n".join(broken) or f"Every bound was kept. The report is {asked.out}.")
    return int(bool(broken))


def everything(*, runs: int, at_once: int, folder: Path) -> list[Findings]:
    """All runs, each in a process of its own; those whose numbers are in `folder` are not made
    again, so hours of work that are interrupted are not lost.
    """
    folder.mkdir(parents=True, exist_ok=True)
    jobs = [(kind, seed) for seed in range(1, runs + 1) for kind in KINDS]
    started, findings = time.monotonic(), []
    with ThreadPoolExecutor(at_once) as pool:
        waiting = {
            pool.submit(_one, kind, seed, folder / f"{kind}-{seed}.json"): (kind, seed)
            for kind, seed in jobs
        }
        for number, done in enumerate(as_completed(waiting), start=1):
            kind, seed = waiting[done]
            findings += done.result()
            spent = time.monotonic() - started
            left = spent / number * (len(jobs) - number)
            print(f"{number} of {len(jobs)}: {kind}, seed {seed}; {spent:.0f} s so far, about"
                  f" {left:.0f} s to go", file=sys.stderr, flush=True)  # fmt: skip
    on_both = {Product.name: {VECTORS.slug: on_paper()}}
    return [*findings, *(Findings(kind, 0, on_both) for kind in KINDS)]


def _one(kind: str, seed: int, kept: Path) -> list[Findings]:
    if not kept.exists():
        made = json.dumps([one.as_json() for one in _in_a_process(kind, seed)])
        unfinished = kept.with_suffix(".part")
        unfinished.write_text(made)
        unfinished.rename(kept)
    return [Findings.from_json(one) for one in json.loads(kept.read_text())]


def _in_a_process(kind: str, seed: int) -> list[Findings]:
    command = [sys.executable, "-m", "tests.attacks", "--alone", kind, str(seed)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return [
        Findings.from_json(json.loads(line.removeprefix(MARK)))
        for line in done.stdout.splitlines()
        if line.startswith(MARK)
    ]


def alone(kind: str, seed: int) -> int:
    made = run(kind, seed=seed, size=FULL, control=FULL_CONTROL)
    print(MARK + json.dumps(made.as_json()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
