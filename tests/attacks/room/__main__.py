"""`python -m tests.attacks.room`: two meetings on each database, and the report of them.

Exit status 1 when a bound is broken. Runs whose numbers are kept are not made again.
"""

import argparse
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from dialog.storage.clock import today
from tests.attacks.databases import KINDS
from tests.attacks.room import report
from tests.attacks.room.campaign import RUNS, kept_run, problems


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.attacks.room", description=__doc__)
    parser.add_argument("--runs", type=int, default=RUNS, help="seeded meetings on each database")
    parser.add_argument("--out", type=Path, default=report.PATH, help="where the report goes")
    parser.add_argument("--keep", type=Path, help="keep each meeting's numbers in this folder")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as unkept:
        folder = asked.keep or Path(unkept)
        folder.mkdir(parents=True, exist_ok=True)
        jobs = [(kind, seed) for seed in range(1, asked.runs + 1) for kind in KINDS]
        with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
            kept = [folder / f"{kind}-{seed}.json" for kind, seed in jobs]
            findings = list(pool.map(kept_run, *zip(*jobs, strict=True), kept))
    report.write(findings, runs=asked.runs, day=today(), path=asked.out)
    broken = [each for one in findings for each in problems(one)] + report.means(findings)
    print("\n".join(broken) or f"Every bound was kept. The report is {asked.out}.")
    return int(bool(broken))


if __name__ == "__main__":
    sys.exit(main())
