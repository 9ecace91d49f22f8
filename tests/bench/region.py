"""An invented region of full size for benchmarks: units, staff, and answers to 40 questions.

The shape is that of the sample region in the issues: a region of 20 förvaltningar, 400
verksamheter and 3,000 enheter; sizes of enheter lognormal, so that most are small and some very
large; 94 in 100 are staff, most others first-line managers; 68 in 100 answer, and leave out 4 in
100 questions. Answers vary around a mood of each unit, as people who share a workplace do.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from dialog.core.levels import Level
from dialog.core.questionnaire import (
    Kind,
    MatrixRow,
    Option,
    Question,
    Questionnaire,
    Scale,
    Section,
    Text,
)

FORVALTNINGAR, VERKSAMHETER, ENHETER = 20, 400, 3_000
STAFF = 60_000
RESPONSE, ITEM_RESPONSE = 0.68, 0.96
QUESTIONS = 40
SIGMA = 0.9  # of the logarithm of an enhet's size
# Where people of a level belong, and how many of every thousand they are; 940 are staff.
PLACES = {
    Level.ELECTED: (0, 3),
    Level.DIRECTOR: (1, 1),
    Level.MANAGER_3: (1, 4),
    Level.MANAGER_2: (2, 12),
    Level.MANAGER_1: (3, 40),
    Level.STAFF: (3, 940),
}


@dataclass(frozen=True)
class Region:
    """`parents` by code; for each person the unit's code and the level."""

    parents: dict[str, str | None]
    people: list[tuple[str, str]]


def region(*, staff: int = STAFF, seed: int = 1, size: float = 1.0) -> Region:
    """`size` multiplies the number of units: a region of another size with units like these."""
    chance = np.random.default_rng(seed)
    forvaltningar, verksamheter, enheter = (
        max(1, round(size * number)) for number in (FORVALTNINGAR, VERKSAMHETER, ENHETER)
    )
    parents: dict[str, str | None] = {"R": None}
    parents |= {f"F{n:02d}": "R" for n in range(forvaltningar)}
    parents |= {f"V{n:03d}": f"F{n % forvaltningar:02d}" for n in range(verksamheter)}
    above = chance.integers(0, verksamheter, enheter)
    parents |= {f"E{n:04d}": f"V{verksamhet:03d}" for n, verksamhet in enumerate(above)}
    by_depth = [[code for code in parents if code[0] == letter] for letter in "RFVE"]
    weights = chance.lognormal(sigma=SIGMA, size=enheter)
    people: list[tuple[str, str]] = []
    for level, (depth, share) in PLACES.items():
        codes = by_depth[depth]
        chances = weights / weights.sum() if level is Level.STAFF else None
        chosen = chance.choice(len(codes), size=staff * share // 1000, p=chances)
        people += [(codes[at], level.value) for at in chosen]
    return Region(parents, people)


def questionnaire(questions: int = QUESTIONS) -> Questionnaire:
    """Matrices of five statements each, every one a scale."""
    options = tuple(
        Option(name=str(value), text=Text(sv=f"Svar {value}"), value=value) for value in range(1, 6)
    )
    matrices = [
        tuple(
            MatrixRow(name=f"q{at + 1}", text=Text(sv=f"Fråga {at + 1}")) for at in range(n, n + 5)
        )
        for n in range(0, questions, 5)
    ]
    return Questionnaire(
        title=Text(sv="Stor enkät"),
        sections=tuple(
            Section(
                name=f"s{number}",
                title=Text(sv=f"Del {number}"),
                questions=(
                    Question(
                        name=f"m{number}",
                        kind=Kind.MATRIX,
                        text=Text(sv="Hur väl stämmer det?"),
                        options=options,
                        rows=rows,
                    ),
                ),
            )
            for number, rows in enumerate(matrices)
        ),
        scales=tuple(
            Scale(
                name=f"skala{number}",
                title=Text(sv=f"Skala {number}"),
                items=tuple(row.name for row in rows),
                reversed=(rows[2].name,),
            )
            for number, rows in enumerate(matrices)
        ),
    )


def responses(
    made: Region, *, questions: int = QUESTIONS, response: float = RESPONSE, seed: int = 2
) -> Iterator[tuple[str, str, dict[str, str]]]:
    """(unit, level, answers) of everybody who answers."""
    chance = np.random.default_rng(seed)
    moods = dict(zip(made.parents, chance.normal(3.6, 0.45, len(made.parents)), strict=True))
    names = [f"q{at + 1}" for at in range(questions)]
    for unit, level in made.people:
        if chance.random() >= response:
            continue
        own = chance.normal(moods[unit], 0.6)
        values = np.clip(np.rint(chance.normal(own, 0.8, questions)), 1, 5).astype(int)
        given = chance.random(questions) < ITEM_RESPONSE
        yield (
            unit,
            level,
            {name: str(v) for name, v, there in zip(names, values, given, strict=True) if there},
        )
