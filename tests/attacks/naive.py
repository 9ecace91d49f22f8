"""A control: an application that writes the answer beside the mark "has answered", as survey tools
do. The attackers must link its answers, or they are broken.
"""

import json
import os
from dataclasses import dataclass
from uuid import uuid4

import sqlalchemy as sa
from flask import Flask, Response, jsonify, request

from dialog.simulate.respondent import Visitor
from dialog.storage.engine import make_engine
from tests.attacks import crowd
from tests.attacks.haul import CLOSED, TEXT, Order, Stored
from tests.attacks.performing import Scene
from tests.attacks.running import STAFF, server

METADATA = sa.MetaData()
PARTICIPANT = sa.Table(
    "participant", METADATA,
    sa.Column("id", sa.String(36), primary_key=True),
    sa.Column("email", sa.String(100)),
    sa.Column("unit", sa.String(40)),
    sa.Column("level", sa.String(40)),
    sa.Column("secret", sa.String(40), unique=True),
    sa.Column("answered", sa.Boolean),
    sa.Column("receipt", sa.String(36)),
)  # fmt: skip
ANSWER = sa.Table(
    "answer", METADATA,
    sa.Column("id", sa.String(36), primary_key=True),
    sa.Column("unit", sa.String(40)),
    sa.Column("level", sa.String(40)),
    sa.Column("answers", sa.Text),
    sa.Column("words", sa.Text),
    sa.Column("receipt", sa.String(36)),  # so that support can find it
)  # fmt: skip


def application() -> Flask:
    """What the server runs."""
    app, engine = Flask(__name__), make_engine(os.environ["DIALOG_DATABASE_URL"])

    @app.get("/health")
    def health() -> Response:
        return jsonify(status="ok")

    @app.post("/answer")
    def answer() -> Response:
        body, receipt = request.get_json(), str(uuid4())
        given = json.loads(body["answers"])
        words = given.pop("words")
        with engine.begin() as connection:
            mine = PARTICIPANT.c.secret == body["secret"]
            who = connection.execute(sa.select(PARTICIPANT).where(mine)).one()
            marked = {"answered": True, "receipt": receipt}
            connection.execute(sa.update(PARTICIPANT).where(mine).values(marked))
            row = {"id": str(uuid4()), "unit": who.unit, "level": who.level, "words": words}
            row |= {"answers": json.dumps(given), "receipt": receipt}
            connection.execute(sa.insert(ANSWER), row)
        return jsonify(receipt=receipt)

    return app


@dataclass
class Naive:
    name: str = "naive"

    def open(self, scene: Scene) -> None:
        invited = crowd.invite(scene)
        engine = make_engine(scene.instance.databases.url("staff"))
        METADATA.create_all(engine)
        rows = [
            {"id": str(uuid4()), "email": email, "unit": unit, "level": level, "secret": secret,
             "answered": False, "receipt": ""}
            for email, unit, level, secret in invited
        ]  # fmt: skip
        with engine.begin() as connection:
            connection.execute(sa.insert(PARTICIPANT), rows)
        engine.dispose()
        scene.instance.start(server(STAFF, "tests.attacks.naive:application"))

    def answer(self, scene: Scene) -> None:
        def visit(who: Visitor) -> None:
            body = {"secret": who.secret, "answers": json.dumps(who.answers)}
            crowd.send(scene.instance.base_url, who, "/answer", body)

        crowd.arrive(scene, visit)

    def end(self, scene: Scene) -> None:
        """The answers can be read from the start."""

    def tell(self, scene: Scene) -> None:
        engine = make_engine(scene.instance.databases.url("staff"))
        by_mark = scene.by_mark
        with engine.connect().execution_options(reading=True) as connection:
            for row in connection.execute(sa.select(ANSWER)):
                given = json.loads(row.answers)
                number = str(given["number"])
                scene.stored += [
                    Stored(CLOSED, row.unit, row.level, by_mark[number], frozenset(given)),
                    Stored(TEXT, row.unit, row.level, by_mark[row.words.rsplit(" ", 1)[-1]]),
                ]
            for row in connection.execute(sa.select(PARTICIPANT)):
                known = (row.id, row.email, row.secret, row.receipt)
                scene.values |= {value.encode(): row.email for value in known if value}
        engine.dispose()
        scene.values |= {who.source.encode(): who.address for who in scene.visitors}
        scene.orders = [Order("answers sent", crowd.answered(scene, "/answer"), by_time=True)]
