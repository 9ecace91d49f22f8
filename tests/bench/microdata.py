"""`dialog anonymise` on rows of 15,000 to 1,200,000 people: time, memory, and what is lost.

Each run is a process of its own, from reading the file to the report.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench import Figure
from tests.bench.microdata_region import QUASI, SENSITIVE, Files, place

BUDGETS = {"local": (10.0, 0.127), "global": (5.0, None)}
MEGABYTES = 500.0
MEASURED, SIZES = 60_000, (15_000, 60_000, 240_000, 1_200_000)


def run() -> list[Figure]:
    figures = []
    with tempfile.TemporaryDirectory() as name:
        for rows in SIZES:
            files = _written(Path(name), rows)
            for recoding in BUDGETS:
                figures += _measure(files, rows, recoding)
            if rows == MEASURED:
                figures += _measure(files, rows, "local", "--l", "3", "--t", "0.2")
    return figures


def _written(folder: Path, rows: int) -> Files:
    """Written by a process of its own: what is started later would inherit its peak of memory."""
    command = [sys.executable, "-m", "tests.bench.microdata_region", str(folder), str(rows)]
    subprocess.run(command, check=True)
    return place(folder, rows)


def _measure(files: Files, rows: int, recoding: str, *more: str) -> list[Figure]:
    out = files.data.with_name("out.csv")
    words = ["anonymise", files.data, "--hierarchies", files.hierarchies, "--out", out]
    words += ["--quasi", ",".join(QUASI), "--sensitive", SENSITIVE, "--recoding", recoding, *more]
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "dialog", *map(str, words)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _pid, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"anonymise ended with {process.returncode}")
    report = json.loads(out.with_suffix(".report.json").read_text(encoding="utf-8"))
    asked = rows == MEASURED and not more
    seconds, loss = BUDGETS[recoding] if asked else (None, None)
    name = f"microdata, {recoding}{' ' + ' '.join(more) if more else ''}, {rows:,} rows"
    return [
        Figure(f"{name}: CPU", usage.ru_utime + usage.ru_stime, "s", seconds),
        Figure(f"{name}: by the clock", time.perf_counter() - started, "s"),
        Figure(f"{name}: memory", usage.ru_maxrss / 1024, "MB", MEGABYTES if asked else None),
        Figure(f"{name}: loss LM", report["loss"]["all"], "", loss),
    ]
