"""A control: blind-signed tokens as in the product, fetched and spent in one visit, and answers
that are sent as they are. Nothing joins the two applications but order and time.
"""

import hashlib
import json
import os
from dataclasses import dataclass, field
from uuid import uuid4

import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from flask import Flask, Response, abort, jsonify, request

from dialog.core.ballots import blind
from dialog.core.ballots.encoding import decode, encode
from dialog.simulate.respondent import Visitor
from dialog.storage.engine import make_engine
from tests.attacks import crowd
from tests.attacks.haul import CLOSED, TEXT, Order, Stored
from tests.attacks.performing import Scene
from tests.attacks.running import BOX, STAFF, server

STAFF_SIDE, BOX_SIDE = sa.MetaData(), sa.MetaData()
PARTICIPANT = sa.Table(
    "participant", STAFF_SIDE,
    sa.Column("id", sa.String(36), primary_key=True),
    sa.Column("email", sa.String(100)),
    sa.Column("secret", sa.String(40), unique=True),
    sa.Column("issued", sa.Boolean),
)  # fmt: skip
ANSWER = sa.Table(
    "answer", BOX_SIDE,
    sa.Column("id", sa.String(36), primary_key=True),
    sa.Column("token", sa.String(64), unique=True),  # its hash
    sa.Column("unit", sa.String(40)),
    sa.Column("level", sa.String(40)),
    sa.Column("answers", sa.Text),
    sa.Column("words", sa.Text),
)  # fmt: skip
KEY = "token-key.pem"


def _key() -> rsa.RSAPrivateKey:
    with open(os.environ["DIALOG_INSTANCE"] + "/" + KEY, "rb") as file:  # noqa: PTH123 - a string
        key = load_pem_private_key(file.read(), None)
    assert isinstance(key, rsa.RSAPrivateKey)
    return key


def staff() -> Flask:
    """Signs one token for each participant."""
    app, engine = Flask(__name__), make_engine(os.environ["DIALOG_DATABASE_URL"])
    signer = blind.Signer.of(_key())

    @app.get("/health")
    def health() -> Response:
        return jsonify(status="ok")

    @app.post("/issue")
    def issue() -> Response:
        body = request.get_json()
        mine = sa.and_(PARTICIPANT.c.secret == body["secret"], ~PARTICIPANT.c.issued)
        with engine.begin() as connection:
            if not connection.execute(
                sa.update(PARTICIPANT).where(mine).values(issued=True)
            ).rowcount:
                abort(409)
        return jsonify(signature=encode(blind.blind_sign(signer, decode(body["blinded"]))))

    return app


def box() -> Flask:
    """Takes an answer for a token."""
    app, engine = Flask(__name__), make_engine(os.environ["DIALOG_BOX_DATABASE_URL"])
    public = _key().public_key()

    @app.get("/health")
    def health() -> Response:
        return jsonify(status="ok")

    @app.post("/answers")
    def answers() -> Response:
        body = request.get_json()
        token, digest = decode(body["token"]), hashlib.sha256(body["answers"].encode()).digest()
        if not blind.verify(public, decode(body["prefix"]) + digest, token):
            abort(403)
        given = json.loads(body["answers"])
        row = {
            "id": str(uuid4()), "token": hashlib.sha256(token).hexdigest(), "unit": body["unit"],
            "level": body["level"], "words": given.pop("words"), "answers": json.dumps(given),
        }  # fmt: skip
        with engine.begin() as connection:
            connection.execute(sa.insert(ANSWER), row)
        return jsonify(status="thanks")

    return app


@dataclass
class TokenOnly:
    name: str = "token only"
    public: list[rsa.RSAPublicKey] = field(default_factory=list)

    def open(self, scene: Scene) -> None:
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        (scene.instance.home / KEY).write_bytes(pem)
        self.public = [key.public_key()]
        invited = crowd.invite(scene)
        staff_engine, box_engine = (
            make_engine(scene.instance.databases.url(side)) for side in ("staff", "box")
        )
        STAFF_SIDE.create_all(staff_engine)
        BOX_SIDE.create_all(box_engine)
        rows = [
            {"id": str(uuid4()), "email": email, "secret": secret, "issued": False}
            for email, _unit, _level, secret in invited
        ]
        with staff_engine.begin() as connection:
            connection.execute(sa.insert(PARTICIPANT), rows)
        staff_engine.dispose()
        box_engine.dispose()
        scene.instance.start(
            server(STAFF, "tests.attacks.token_only:staff"),
            server(BOX, "tests.attacks.token_only:box"),
        )

    def answer(self, scene: Scene) -> None:
        (public,), instance = self.public, scene.instance

        def visit(who: Visitor) -> None:
            answers = json.dumps(who.answers)
            prepared = blind.prepare(hashlib.sha256(answers.encode()).digest())
            blinded, inverse = blind.blind(public, prepared)
            asked = {"secret": who.secret, "blinded": encode(blinded)}
            signed = json.loads(crowd.send(instance.base_url, who, "/issue", asked))
            token = blind.finalize(public, prepared, decode(signed["signature"]), inverse)
            spent = {
                "unit": who.unit, "level": who.level, "answers": answers,
                "prefix": encode(prepared[: blind.PREFIX_LENGTH]), "token": encode(token),
            }  # fmt: skip
            crowd.send(instance.box_url, who, "/answers", spent)

        crowd.arrive(scene, visit)

    def end(self, scene: Scene) -> None:
        """The answers can be read from the start."""

    def tell(self, scene: Scene) -> None:
        by_mark = scene.by_mark
        engine = make_engine(scene.instance.databases.url("box"))
        with engine.connect().execution_options(reading=True) as connection:
            for row in connection.execute(sa.select(ANSWER)):
                given = json.loads(row.answers)
                number = str(given["number"])
                scene.stored += [
                    Stored(CLOSED, row.unit, row.level, by_mark[number], frozenset(given)),
                    Stored(TEXT, row.unit, row.level, by_mark[row.words.rsplit(" ", 1)[-1]]),
                ]
        engine.dispose()
        engine = make_engine(scene.instance.databases.url("staff"))
        with engine.connect().execution_options(reading=True) as connection:
            for row in connection.execute(sa.select(PARTICIPANT)):
                known = (row.id, row.email, row.secret)
                scene.values |= {value.encode(): row.email for value in known}
        engine.dispose()
        scene.values |= {who.source.encode(): who.address for who in scene.visitors}
        scene.orders = [
            Order("tokens signed", crowd.answered(scene, "/issue"), by_time=True),
            Order("answers sent", crowd.answered(scene, "/answers"), by_time=True),
        ]
