"""What of its result a round publishes: what its plan says yes to, and people are told."""

import pytest
from flask import Flask
from sqlmodel import Session

from dialog.results.publishing import material
from dialog.surveys.rounds import words
from tests.results import cast as results


@pytest.mark.parametrize(
    ("tables", "said"),
    [
        ({}, "–"),
        ({"levels": True}, "varje nivå inom varje verksamhet"),
        ({"units": True, "levels": False}, "varje enhet, verksamhet och förvaltning"),
    ],
)
def test_what_the_plan_does_not_mention_is_neither_promised_nor_published(
    app: Flask, db: Session, tables: dict[str, bool], said: str
) -> None:
    units = results.region(db)
    round_ = results.opened_round(db, results.answers(), units=units)
    round_.tables = tables
    db.flush()
    with app.test_request_context():
        assert words.tables_words(round_) == said
    published = material.gather(db, round_=round_).tables
    assert published.units == ("varje enhet" in said)
    assert published.levels == ("varje nivå" in said)
