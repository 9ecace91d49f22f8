"""Does the order of anything betray who gave which answer? The attacker has both databases and
knows in which order tokens were signed; he matches it with the order of the opened responses.
"""

import json
import random
from collections.abc import Sequence

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy import Connection, Engine
from sqlmodel import Session

from dialog.storage.engine import make_engine
from tests.pipeline import Pipeline, form

PEOPLE = 300
MOST_HITS = 8  # chance is 1


def hits(planted: Sequence[str], found: Sequence[str]) -> int:
    """The best of matching two orders place by place, forwards and backwards, also shifted by one
    or two: one missing row moves all after it.
    """
    orders = (list(found), list(reversed(found)))
    return max(
        sum(1 for i, who in enumerate(planted) if order[(i + shift) % len(order)] == who)
        for order in orders
        for shift in range(-2, 3)
    )


def every_order(connection: Connection, table: str, column: str) -> list[list[str]]:
    """The values of `column` in every order that the database can show."""
    keys = {
        "sqlite": ["rowid", "id"],
        "postgresql": ["ctid", "xmin::text::bigint, ctid", "id"],
    }[connection.dialect.name]
    queries = [f"SELECT {column} FROM {table}"]
    queries += [f"SELECT {column} FROM {table} ORDER BY {key}" for key in keys]
    return [[str(value) for value in connection.scalars(sa.text(query))] for query in queries]


def planted_in(answers: Sequence[str]) -> list[str]:
    return [str(json.loads(answer)["calm"]) for answer in answers]


@pytest.fixture
def crowd(app: Flask, box: Flask, db: Session) -> Pipeline:
    return Pipeline(app, box, db, people=PEOPLE, form=form(PEOPLE))


@pytest.mark.attack
def test_the_order_of_responses_and_texts_says_nothing_of_who_answered(crowd: Pipeline) -> None:
    order = list(range(PEOPLE))
    random.Random(4711).shuffle(order)
    for index in order:  # each answers with a value nobody else gives
        crowd.answer(crowd.invited[index], str(index + 1), note=f"text {index + 1}")
    planted = [str(index + 1) for index in order]
    crowd.close()
    assert crowd.open().opened
    engine: Engine = crowd.app.extensions["engine"]
    with engine.connect() as connection:
        for answers in every_order(connection, "response", "answers"):
            assert hits(planted, planted_in(answers)) <= MOST_HITS
        for texts in every_order(connection, "text_answer", "text"):
            found = [text.removeprefix("text ") for text in texts]
            assert hits(planted, found) <= MOST_HITS
        responses = planted_in(every_order(connection, "response", "answers")[0])
        texts = [t.removeprefix("text ") for t in every_order(connection, "text_answer", "text")[0]]
        assert hits(responses, texts) <= MOST_HITS  # nor which text came with which answers


@pytest.mark.attack
def test_the_same_script_links_a_naive_application(own_url: str) -> None:
    """The positive control: an answer row written beside the mark "has answered"."""
    planted = [str(i + 1) for i in range(PEOPLE)]
    random.Random(4711).shuffle(planted)
    engine = make_engine(own_url)
    with engine.begin() as connection:
        connection.execute(sa.text("DROP TABLE IF EXISTS naive"))
        connection.execute(sa.text("CREATE TABLE naive (id VARCHAR(40), answers TEXT)"))
    for value in planted:
        with engine.begin() as connection:
            row = {"id": f"{random.getrandbits(128):032x}", "answers": json.dumps({"calm": value})}
            connection.execute(sa.text("INSERT INTO naive VALUES (:id, :answers)"), row)
    with engine.connect() as connection:
        orders = every_order(connection, "naive", "answers")
    with engine.begin() as connection:
        connection.execute(sa.text("DROP TABLE naive"))
    engine.dispose()
    assert max(hits(planted, planted_in(answers)) for answers in orders) >= 290
