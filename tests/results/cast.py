"""A region whose answers to a real questionnaire are opened: what a release is made from."""

import json
import random
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from sqlmodel import Session

from dialog.core.levels import Level
from dialog.core.questionnaire import Kind, Questionnaire, dump, items
from dialog.organisation.models import Unit
from dialog.people.models import Person
from dialog.surveys.building.instruments.speech_climate import SPEECH_CLIMATE
from dialog.surveys.models import Response, Round, RoundState, Survey
from tests import makers

Answered = tuple[str, str, dict[str, Any]]
NAMES = {
    "R": "Regionen",
    "F1": "Regionhälsan",
    "F2": "Närhälsan",
    "V11": "Barn och unga",
    "V12": "Kvinnosjukvård",
    "V21": "Vårdcentraler norr",
    "V22": "Vårdcentraler söder",
    "E111": "Barnmottagningen Björken",
    "E112": "Ungdomsmottagningen Eken",
    "E113": "Barn- och ungdomspsykiatrin i de norra kommunerna, öppenvården",
    "E121": "Barnmorskemottagningen",
    "E211": "Vårdcentralen Norr",
    "E212": "Vårdcentralen Ängen",
    "E221": "Vårdcentralen Söder",
}
SIZES = {"E111": 24, "E112": 14, "E113": 6, "E121": 31, "E211": 40, "E212": 3, "E221": 28}


def parent_of(code: str) -> str:
    return (
        ""
        if code == "R"
        else "R"
        if len(code) == 2
        else code.replace("E", "V")[:3]
        if code[0] == "E"
        else f"F{code[1]}"
    )


def region(db: Session) -> dict[str, Unit]:
    found: dict[str, Unit] = {}
    for code, name in NAMES.items():
        found[code] = makers.unit(db, code, found.get(parent_of(code)), name)
    return found


def opened_round(
    db: Session,
    rows: Iterable[Answered],
    *,
    form: Questionnaire = SPEECH_CLIMATE,
    units: dict[str, Unit] | None = None,
    author: Person | None = None,
    title: str = "Samtalsklimat hösten",
    k: int = 10,
    state: RoundState = RoundState.OPENED,
) -> Round:
    """A round in `state` with `rows` as its opened answers."""
    units = units or region(db)
    author = author or makers.analyst(db)
    survey = Survey(author_id=author.id, title="Samtalsklimat", questionnaire=dump(form).decode())
    db.add(survey)
    db.flush()
    answered = list(rows)
    round_ = Round(
        survey_id=survey.id,
        author_id=author.id,
        title=title,
        sender="Regiondirektören",
        state=state,
        questionnaire=survey.questionnaire,
        k=k,
        invited=round(len(answered) * 1.4),
        closes_at=datetime(2026, 10, 14, 21, 59, tzinfo=UTC),
        tables={"units": True, "levels": True},
    )
    db.add(round_)
    db.flush()
    for unit, level, answers in answered:
        db.add(
            Response(
                round_id=round_.id,
                unit_id=units[unit].id,
                level=level,
                answers=json.dumps(answers),
            )
        )
    db.commit()
    return round_


def answers(
    seed: int = 1, form: Questionnaire = SPEECH_CLIMATE, sizes: dict[str, int] | None = None
) -> list[Answered]:
    """Staff in every unit and some managers of each verksamhet, who answer in their own way."""
    chance = random.Random(seed)
    rows: list[Answered] = []
    for unit, size in (sizes or SIZES).items():
        mood = chance.uniform(-0.8, 0.8)
        rows += [(unit, Level.STAFF.value, answer(form, chance, mood)) for _ in range(size)]
    for unit in ("V11", "V21"):
        rows += [(unit, Level.MANAGER_1.value, answer(form, chance, 0.6)) for _ in range(11)]
    rows += [("R", Level.ELECTED.value, answer(form, chance, 0)) for _ in range(12)]
    return rows


def answer(form: Questionnaire, chance: random.Random, mood: float) -> dict[str, Any]:
    given: dict[str, Any] = {}
    for item in items(form):
        if chance.random() < 0.04:
            continue
        if item.kind is Kind.SCALE:
            given[item.name] = max(0, min(10, round(chance.gauss(6 + mood, 2))))
        elif item.kind is Kind.MULTIPLE:
            given[item.name] = [o.name for o in item.options if chance.random() < 0.3]
        elif item.kind is Kind.SINGLE:
            middle = (len(item.options) - 1) / 2
            place = round(chance.gauss(middle + mood, 1.1))
            given[item.name] = item.options[max(0, min(len(item.options) - 1, place))].name
    return given
