"""`make bench`: runs every benchmark, or those named, and prints one table.

Exit status 1 when a budget is missed, so that nobody has to read the numbers to know.
"""

import importlib
import sys
import time

from tests.bench import Figure

ALL = ("answering", "opening", "release", "organisation", "pages")


def main(names: list[str]) -> int:
    figures: list[Figure] = []
    for name in names or ALL:
        started = time.monotonic()
        print(f"… {name}", file=sys.stderr, flush=True)
        figures += [Figure(*row) for row in importlib.import_module(f"tests.bench.{name}").run()]
        print(f"  {time.monotonic() - started:.0f} s", file=sys.stderr, flush=True)
    print("| what | measured | budget | |\n|---|---:|---:|---|")
    for figure in figures:
        print(_line(figure))
    return int(any(f.budget is not None and f.value > f.budget for f in figures))


def _line(figure: Figure) -> str:
    budget = "" if figure.budget is None else f"{figure.budget:g} {figure.unit}"
    word = "" if figure.budget is None else ("ok" if figure.value <= figure.budget else "MISSED")
    return f"| {figure.name} | {figure.value:.4g} {figure.unit} | {budget} | {word} |"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
