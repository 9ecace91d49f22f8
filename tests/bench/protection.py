"""Protecting and auditing raw answers of a whole region: groups, then 40 questions with values.

Raw: nothing was coarsened when opened, as `dialog protect` gets it; that is the hard case. Growth
is measured on regions of a quarter and of four times the size, with units like these.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator

import numpy as np

from dialog.core.disclosure.policy import ALL_TABLES, LEVELS, Place, Policy, declared
from dialog.core.disclosure.protection import Protection
from dialog.core.disclosure.repair import protect_counts
from dialog.core.tabulation import tabulate
from dialog.core.tree import make_tree
from tests.bench import Figure, region

K = 10
GROUPS_SECONDS, VALUES_SECONDS, MEGABYTES = 60.0, 600.0, 500.0
HIDDEN_SHARE = 0.065  # of the units that pass the threshold, at the most
GROWTH = (15_000, 240_000)
FEW_QUESTIONS = 5  # and the scale that they make


def run() -> list[Figure]:
    return [*_whole(), *(figure for staff in GROWTH for figure in _growth(staff))]


def _whole() -> Iterator[Figure]:
    found, megabytes = _measured(region.STAFF, region.QUESTIONS)
    yield Figure("protect 60,000 staff, groups audited: CPU", found["groups"], "s", GROUPS_SECONDS)
    yield Figure("protect, 40 questions with values: CPU", found["all"], "s", VALUES_SECONDS)
    yield Figure("protect, peak memory", megabytes, "MB", MEGABYTES)
    yield Figure("protect, units that pass the threshold", found["passing"], "")
    yield Figure("protect, of them published", found["published"], "")
    yield Figure(
        "protect, share of them hidden", 1 - found["published"] / found["passing"], "", HIDDEN_SHARE
    )
    yield Figure("protect, figures by level", found["levels"], "")


def _growth(staff: int) -> Iterator[Figure]:
    found, megabytes = _measured(staff, FEW_QUESTIONS)
    yield Figure(f"protect {staff:,} staff, groups: CPU", found["groups"], "s")
    each = found["all"] / (FEW_QUESTIONS + 1)
    yield Figure(f"protect {staff:,} staff, each question or scale with values: CPU", each, "s")
    yield Figure(f"protect {staff:,} staff, peak memory", megabytes, "MB")


def _measured(staff: int, questions: int) -> tuple[dict[str, float], float]:
    """What a process of its own found, and its peak memory in MB."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.protection", str(staff), str(questions)],
        env=dict(os.environ),
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    written = process.stdout.read()
    _pid, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"the protection ended with {process.returncode}")
    return json.loads(written), usage.ru_maxrss / 1024


def measure(staff: int, questions: int) -> dict[str, float]:
    made = region.region(staff=staff, size=staff / region.STAFF)
    table = tabulate(
        region.responses(made, questions=questions),
        questionnaire=region.questionnaire(questions),
        tree=make_tree(made.parents),
        levels=LEVELS,
    )
    started = time.process_time()
    allowed = declared(table.tree, LEVELS, ALL_TABLES)
    shown = protect_counts(table.tree, table.n, k=K, allowed=allowed).pattern
    groups = time.process_time() - started
    Protection(
        table,
        questionnaire=region.questionnaire(questions),
        policy=Policy(k=K),
        places={code: Place(code) for code in table.tree.codes},
    )
    enheter = table.tree.depth == 3
    return {
        "groups": groups,
        "all": time.process_time() - started - groups,
        "passing": float(((table.n.sum(axis=1) >= K) & enheter).sum()),
        "published": float((shown.units & enheter).sum()),
        "levels": float(np.count_nonzero(shown.levels)),
    }


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]), int(sys.argv[2]))))
