"""Questions for one level only: what is stored of them where a level is too small to be told."""

import json
from typing import Any

import pytest
from flask import Flask
from sqlmodel import Session, select

from dialog.core.levels import Level
from dialog.core.questionnaire import (
    LEVEL,
    Condition,
    Kind,
    Question,
    Questionnaire,
    Section,
    Text,
)
from dialog.core.questionnaire import Test as Passing
from dialog.surveys.models import Invitation, TextAnswer
from dialog.surveys.opening import writing
from tests.attacks import places
from tests.attacks.haul import CLOSED, Haul, Participant, Stored
from tests.pipeline import FORM, Invited, Pipeline

FOR = {"leading": frozenset({"director"}), "elected": frozenset({"elected"})}
NUMBERS = {"director": 6, "elected": 7}


def form() -> Questionnaire:
    sections = list(FORM.sections)
    for name, levels in FOR.items():
        scale = Question(name=name, kind=Kind.SCALE, text=Text(sv="Ditt uppdrag?"))
        words = Question(name=f"{name}_words", kind=Kind.LONG, text=Text(sv="Berätta"))
        asked = Condition(parts=(Passing(item=LEVEL, op="is", values=tuple(levels)),))
        sections.append(
            Section(
                name=f"for_{name}", title=Text(sv="Du"), questions=(scale, words), show_if=asked
            )
        )
    return Questionnaire(title=Text(sv="Samtalsklimat"), sections=tuple(sections))


@pytest.fixture
def answered(app: Flask, box: Flask, db: Session) -> Pipeline:
    """Twelve of the staff, and six directors and seven elected who are too few each."""
    pipeline = Pipeline(app, box, db, form=form())
    for level, number in NUMBERS.items():
        for _ in range(number):
            invited = pipeline.invite(pipeline.units[0])
            row = db.exec(select(Invitation).where(Invitation.number == invited.number)).one()
            row.level = level
            db.add(row)
            pipeline.invited.append(
                Invited(invited.number, invited.link, invited.code, invited.unit, level)
            )
    db.commit()
    for who in pipeline.invited:
        given: dict[str, Any] = {"calm": "3"}
        for name, levels in FOR.items():
            if who.level in levels:
                given |= {name: 7, f"{name}_words": f"Så är det för {name}"}
        pipeline.answer(who, answers=given)
    pipeline.close()
    return pipeline


def failed(pipeline: Pipeline) -> list[str]:
    """What whoever holds the stored rows and the participation list finds."""
    haul = Haul(
        variant="", database="", seed=0, looks=(), heard=(), values={}, orders=(), k=10, asked=FOR,
        marks={CLOSED: {who.code.encode(): who.code for who in pipeline.invited}},
        participants=[Participant(w.code, w.unit, w.level, True) for w in pipeline.invited],
        parents={"R": None, "A": "R", "B": "R", "C": "R"},
        stored=stored(pipeline),
    )  # fmt: skip
    return [measure.about for measure in places.run(haul) if not measure.passes]


def stored(pipeline: Pipeline) -> list[Stored]:
    codes = {unit.id: unit.code for unit in pipeline.units}
    return [
        Stored(
            CLOSED,
            codes.get(row.unit_id, "R") if row.unit_id else None,
            row.level,
            "",
            frozenset(json.loads(row.answers)),
        )
        for row in pipeline.responses()
    ]


def test_answers_that_only_a_small_level_was_asked_for_are_not_stored(answered: Pipeline) -> None:
    answered.open()
    together = [row for row in stored(answered) if row.level == ""]
    assert len(together) >= sum(NUMBERS.values())
    assert {row.items for row in together} == {frozenset({"calm"})}
    assert failed(answered) == []


def test_neither_are_their_texts(answered: Pipeline) -> None:
    answered.open()
    assert not answered.db.exec(select(TextAnswer)).all()


def test_the_round_tells_of_how_many_answers_were_left_out(answered: Pipeline) -> None:
    answered.open()
    together = [row for row in stored(answered) if row.level == ""]
    assert answered.round.responses_lessened == len(together)


def test_a_level_that_is_large_enough_keeps_its_own_questions(answered: Pipeline) -> None:
    """The same people, where four would have been enough."""
    answered.round.k = 4
    answered.db.add(answered.round)
    answered.db.commit()
    answered.open()
    assert sum("leading" in row.items for row in stored(answered)) == NUMBERS["director"]
    assert {row.level for row in stored(answered)} >= {Level.DIRECTOR, Level.ELECTED}
    assert len(answered.db.exec(select(TextAnswer)).all()) == sum(NUMBERS.values())
    assert answered.round.responses_lessened == 0


def test_the_attacker_finds_them_where_they_are_kept(
    answered: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nothing(_form: Questionnaire, stored: dict[Any, Any]) -> dict[Any, frozenset[str]]:
        return dict.fromkeys(stored, frozenset())

    monkeypatch.setattr(writing, "betraying", nothing)
    answered.open()
    assert failed(answered)
