"""Rows about people of an invented region, eight quasi-identifiers and one sensitive value.

Ages are normal around 45, years employed exponential with mean 9, sixty professions by Zipf in ten
groups, 94 % staff, the sizes of 400 verksamheter in 20 förvaltningar lognormal. All columns are
independent of each other, which is the hardest case: nothing can be guessed from anything.
"""

import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from dialog.core.disclosure.microdata.bands import AGE_BANDS, YEAR_BANDS, Line, banded, grouped
from dialog.exports.delimited import write_delimited
from dialog.exports.hierarchy_files import dump_hierarchy

VERKSAMHETER, FORVALTNINGAR, GROUPS = 400, 20, 4
AGES, YEARS = range(19, 70), range(46)
PROFESSIONS = [f"{100 + 10 * group + number}" for group in range(10) for number in range(6)]
SEX = {"K": 0.785, "M": 0.21, "X": 0.005}
LEVELS = {
    "staff": 0.94, "manager-1": 0.04, "manager-2": 0.0115,
    "manager-3": 0.0045, "elected": 0.003, "director": 0.001,
}  # fmt: skip
EMPLOYMENT = {"tillsvidare": 0.8, "vikariat": 0.09, "tim": 0.08, "prov": 0.03}
PART_TIME = {"100": 0.62, "75-99": 0.22, "50-74": 0.11, "<50": 0.05}
CLIMATE = {"1": 0.12, "2": 0.2, "3": 0.27, "4": 0.25, "5": 0.16}
QUASI = ("verk", "age", "tenure", "sex", "occ", "level", "empf", "grad")
SENSITIVE = "q1"


@dataclass(frozen=True)
class Files:
    """Where the data and the folder of hierarchies are."""

    data: Path
    hierarchies: Path


def place(folder: Path, rows: int) -> Files:
    return Files(folder / f"micro-{rows}.csv", folder / "h")


def write(folder: Path, *, rows: int, seed: int = 1) -> Files:
    """The data and their hierarchies."""
    files = place(folder, rows)
    columns = draw(rows, seed)
    files.data.write_bytes(write_delimited(list(columns), list(columns.values()), delimiter=","))
    files.hierarchies.mkdir(exist_ok=True)
    for name, lines in hierarchies().items():
        (files.hierarchies / f"{name}.csv").write_bytes(dump_hierarchy(lines))
    return files


def draw(rows: int, seed: int) -> dict[str, list[str]]:
    chance = np.random.default_rng(seed)
    size = chance.lognormal(sigma=0.9, size=VERKSAMHETER)
    fame = 1 / np.arange(1, len(PROFESSIONS) + 1) ** 0.88
    verk = chance.choice(VERKSAMHETER, size=rows, p=size / size.sum())
    occupation = chance.choice(len(PROFESSIONS), size=rows, p=fame / fame.sum())
    age = np.clip(np.rint(chance.normal(45, 12, rows)), AGES[0], AGES[-1]).astype(int)
    years = np.minimum(chance.exponential(9, rows), YEARS[-1]).astype(int)

    def pick(shares: dict[str, float]) -> list[str]:
        weights = np.array(list(shares.values()))
        return [
            list(shares)[at] for at in chance.choice(len(shares), rows, p=weights / weights.sum())
        ]

    return {
        "verk": [f"V{at:03}" for at in verk],
        "age": [str(at) for at in age],
        "tenure": [str(at) for at in years],
        "sex": pick(SEX),
        "occ": [PROFESSIONS[at] for at in occupation],
        "level": pick(LEVELS),
        "empf": pick(EMPLOYMENT),
        "grad": pick(PART_TIME),
        SENSITIVE: pick(CLIMATE),
    }


def hierarchies() -> dict[str, list[Line]]:
    chance = np.random.default_rng(7)
    weights = chance.lognormal(sigma=0.6, size=FORVALTNINGAR)
    above = chance.choice(FORVALTNINGAR, VERKSAMHETER, p=weights / weights.sum())
    return {
        "verk": [
            (f"V{at:03}", f"F{unit:02}", f"G{unit % GROUPS}", "*") for at, unit in enumerate(above)
        ],
        "age": banded(AGES, AGE_BANDS),
        "tenure": banded(YEARS, YEAR_BANDS),
        "sex": [(value, "*") for value in SEX],
        "occ": [(value, f"{value[:2]}x", "*") for value in PROFESSIONS],
        "level": grouped(
            {"staff": ["staff"], "manager": [*[*LEVELS][1:4], "director"], "elected": ["elected"]}
        ),
        "empf": grouped({"tillsvidare": ["tillsvidare"], "tidsbegr": [*EMPLOYMENT][1:]}),
        "grad": grouped({">=75": ["100", "75-99"], "<75": ["50-74", "<50"]}),
    }


if __name__ == "__main__":
    write(Path(sys.argv[1]), rows=int(sys.argv[2]))
