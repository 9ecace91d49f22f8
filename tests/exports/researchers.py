"""A round that a researcher gets: its questionnaire, its answers, what the package is about."""

import random
from datetime import date
from typing import Any

from dialog.core.questionnaire import (
    DECLINED,
    UNKNOWN,
    Kind,
    MatrixRow,
    Option,
    Question,
    Questionnaire,
    Section,
    Text,
)
from dialog.exports.package.about import About
from dialog.exports.package.coding import code_answers
from dialog.exports.package.variables import Dataset

AGREE = tuple(
    Option(name=f"a{n}", text=Text(sv=f"Steg {n} åäö", en=f"Step {n}"), value=n)
    for n in range(1, 6)
)
FORM = Questionnaire(
    title=Text(sv="Samtalsklimat", en="Climate of conversation"),
    languages=("sv", "en"),
    sections=(
        Section(
            name="one",
            title=Text(sv="Om dig", en="About you"),
            questions=(
                Question(name="age", kind=Kind.NUMBER, text=Text(sv="Ålder", en="Age"), whole=True),
                Question(
                    name="climate",
                    kind=Kind.MATRIX,
                    text=Text(sv="Hur väl stämmer det?", en="How well does it fit?"),
                    options=AGREE,
                    rows=(
                        MatrixRow(
                            name="voice", text=Text(sv="Jag kan säga ”nej”", en="I can say “no”")
                        ),
                        MatrixRow(name="heard", text=Text(sv="Jag blir hörd", en="I am heard")),
                    ),
                    unknown=True,
                    declined=True,
                ),
                Question(
                    name="channels",
                    kind=Kind.MULTIPLE,
                    text=Text(sv="Var talar ni?", en="Where do you talk?"),
                    options=(
                        Option(name="apt", text=Text(sv="På APT", en="At meetings")),
                        Option(name="fika.1", text=Text(sv="Vid fikat", en="Over coffee")),
                    ),
                    declined=True,
                ),
                Question(
                    name="trust",
                    kind=Kind.SCALE,
                    text=Text(sv="Hur stor är tilliten?", en="How great is trust?"),
                    low_text=Text(sv="Ingen", en="None"),
                    unknown=True,
                ),
                Question(
                    name="hours", kind=Kind.NUMBER, text=Text(sv="Timmar", en="Hours"), unknown=True
                ),
                Question(name="since", kind=Kind.DATE, text=Text(sv="Sedan", en="Since")),
                Question(name="more", kind=Kind.LONG, text=Text(sv="Mer?", en="More?")),
            ),
        ),
    ),
)  # fmt: skip
ABOUT = About(
    name="samtalsklimat-2026",
    title=Text(sv="Samtalsklimat 2026 [#1] *å*", en="Climate of conversation 2026"),
    producer="Region Exempel",
    dated=date(2026, 11, 3),
    citation="Region Exempel (2026). Samtalsklimat 2026.",
    description=Text(sv="Svar på en enkät.", en="Answers to a survey."),
    population=Text(sv="Alla anställda", en="All employees"),
    protection=Text(sv="Varje rad liknar minst nio andra.", en="Each row is like nine others."),
    conditions=Text(sv="Försök inte känna igen någon.", en="Do not try to recognise anybody."),
    collected=(date(2026, 9, 1), date(2026, 9, 30)),
)


def answers(count: int = 300, seed: int = 3) -> list[dict[str, Any]]:
    chance = random.Random(seed)

    def one() -> dict[str, Any]:
        given: dict[str, Any] = {
            "age": min(69, max(20, round(chance.gauss(45, 12)))),
            "voice": chance.choice([*(option.name for option in AGREE), UNKNOWN, DECLINED]),
            "heard": chance.choice([option.name for option in AGREE]),
            "channels": chance.choice([["apt"], ["apt", "fika.1"], DECLINED]),
            "trust": chance.choice([0, 3, 10, UNKNOWN]),
            "hours": chance.choice([1, 37.5, UNKNOWN]),
            "since": "2020-01-02",
            "more": "PLANTERAD FRITEXT",
        }
        return {name: value for name, value in given.items() if chance.random() < 0.9}

    return [one() for _row in range(count)]


def places(count: int, seed: int = 4) -> list[str]:
    chance = random.Random(seed)
    return [f"E{chance.randrange(12)}" for _row in range(count)]


def dataset(count: int = 300) -> Dataset:
    units = (Text(sv="Enhet", en="Unit"), places(count))
    return code_answers(FORM, answers(count), {"unit": units})
