"""`make bench`: runs every benchmark, or those named, and prints one table.

Exit status 1 when a budget is missed, so that nobody has to read the numbers to know.
"""

import importlib
import json
import subprocess
import sys
import time
from typing import Any

from tests.bench import Figure

ALONE = "--alone"
ALL = (
    "answering",
    "opening",
    "release",
    "protection",
    "organisation",
    "pages",
    "meeting_room",
    "meeting_storm",
    "diary",
    "trustee",
    "microdata",
    "package",
)


def main(names: list[str]) -> int:
    if names[:1] == [ALONE]:
        figures = importlib.import_module(f"tests.bench.{names[1]}").run()
        print(json.dumps([list(figure) for figure in figures]))
        return 0
    figures = []
    for name in names or ALL:
        started = time.monotonic()
        print(f"… {name}", file=sys.stderr, flush=True)
        figures += [Figure(*row) for row in _alone(name)]
        print(f"  {time.monotonic() - started:.0f} s", file=sys.stderr, flush=True)
    print("| what | measured | budget | |\n|---|---:|---:|---|")
    for figure in figures:
        print(_line(figure))
    return int(any(f.budget is not None and f.value > f.budget for f in figures))


def _alone(name: str) -> list[list[Any]]:
    """The figures of one benchmark, in a process of its own: peak memory is counted a process."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench", ALONE, name],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    rows: list[list[Any]] = json.loads(done.stdout.splitlines()[-1])
    return rows


def _line(figure: Figure) -> str:
    budget = "" if figure.budget is None else f"{figure.budget:g} {figure.unit}"
    word = "" if figure.budget is None else ("ok" if figure.value <= figure.budget else "MISSED")
    return f"| {figure.name} | {figure.value:.4g} {figure.unit} | {budget} | {word} |"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
