"""What is known of a round's people: from both databases while it ran, and from its traffic."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from dialog.core.ballots.encoding import decode, encode
from dialog.core.ballots.sealing import message
from dialog.storage.engine import make_engine
from tests.attacks.haul import CLOSED, TEXT, Order, Participant, Stored
from tests.attacks.listening import exchanges
from tests.attacks.performing import Scene
from tests.attacks.searching import SHORTEST

INVITATIONS = """
    SELECT p.email, i.id, i.number, i.person_id, i.blinded_hash, i.issued, i.level, u.code AS unit
    FROM invitation i JOIN person p ON p.id = i.person_id JOIN unit u ON u.id = i.unit_id
"""
PARENTS = "SELECT u.code, p.code FROM unit u LEFT JOIN unit p ON p.id = u.parent_id"
PHYSICAL = {"sqlite": "r.rowid", "postgresql": "r.ctid"}
STORED = {
    CLOSED: "SELECT u.code, r.level, r.answers FROM response r LEFT JOIN unit u"
    " ON u.id = r.unit_id ORDER BY {}",
    TEXT: "SELECT u.code, r.level, r.text FROM text_answer r LEFT JOIN unit u"
    " ON u.id = r.unit_id ORDER BY {}",
}


@dataclass
class Posted:
    """A ballot that was taken, and whose it is."""

    person: str
    ballot: bytes
    token: bytes
    token_hash: bytes

    @property
    def digest(self) -> bytes:
        return message(self.ballot)


def tokens(scene: Scene) -> dict[bytes, bytes]:
    """The hash of its token by the hash of each ballot in the box."""
    rows = query(scene, "box", "SELECT digest, token_hash FROM sealed_ballot")
    return {bytes(row["digest"]): bytes(row["token_hash"]) for row in rows}


def query(scene: Scene, side: str, text: str) -> list[Mapping[str, Any]]:
    engine = make_engine(scene.instance.databases.url(side))
    with engine.connect().execution_options(reading=True) as connection:
        rows: list[Mapping[str, Any]] = [
            dict(row) for row in connection.execute(sa.text(text)).mappings()
        ]
    engine.dispose()
    return rows


def posted(
    scene: Scene, *, receipts: Mapping[str, str], tokens: Mapping[bytes, bytes]
) -> list[Posted]:
    """Every ballot in the order in which it was acknowledged. `receipts` tell whose each is."""
    made = []
    for one in exchanges(scene.instance.heard, "/ballots"):
        body = json.loads(one.asked.body)
        ballot, token = decode(body["ballot"]), decode(body["signature"])
        digest = message(ballot)
        made.append(Posted(receipts[digest.hex()], ballot, token, tokens[digest]))
    return made


def tell(scene: Scene, *, secrets: Mapping[str, str], ballots: Sequence[Posted]) -> None:
    """Set what the scene's attacker knows and what is true. `secrets` tell whose each is."""
    scene.k = query(scene, "staff", "SELECT k FROM round")[0]["k"]
    engine = make_engine(scene.instance.databases.url("staff"))
    with engine.connect().execution_options(reading=True) as connection:
        scene.parents = dict(tuple(row) for row in connection.execute(sa.text(PARENTS)))
        for kind, text in STORED.items():
            ordered = text.format(PHYSICAL[engine.dialect.name])
            for unit, level, held in connection.execute(sa.text(ordered)):
                person = scene.by_mark[_mark(kind, held)]
                scene.stored.append(Stored(kind, unit, level, person))
    engine.dispose()
    invited = query(scene, "staff", INVITATIONS)
    scene.people = [
        Participant(row["email"], row["unit"], row["level"], bool(row["issued"])) for row in invited
    ]
    issues = [
        (secrets[body["secret"]], body["blinded"])
        for one in exchanges(scene.instance.heard, "/issue")
        for body in (json.loads(one.asked.body),)
    ]
    scene.orders += _orders(invited, [who for who, _blinded in issues], ballots)
    for secret, who in secrets.items():
        learn(scene, who, [secret.encode()], spell=False)
    for who, blinded in issues:
        learn(scene, who, [blinded[:40].encode()], spell=False)
    for row in invited:
        ids = [UUID(str(row[name])) for name in ("id", "person_id")]
        texts = [row["email"], row["blinded_hash"], str(row["number"]), *map(str, ids)]
        learn(scene, row["email"], [text.encode() for text in texts], spell=False)
        learn(scene, row["email"], [one.bytes for one in ids])
    for one in ballots:
        learn(scene, one.person, [one.digest, one.token_hash, one.ballot[:30], one.token[:30]])


def learn(scene: Scene, who: str, known: Iterable[bytes], *, spell: bool = True) -> None:
    """Add values that somebody is known by; with `spell` in hexadecimal and base64 too."""
    for value in known:
        forms = (value, value.hex().encode(), encode(value).encode()) if spell else (value,)
        scene.values.update({form: who for form in forms if len(form) >= SHORTEST})


def _orders(
    invited: Sequence[Mapping[str, Any]], issues: Sequence[str], ballots: Sequence[Posted]
) -> list[Order]:
    took_part = [row for row in invited if row["issued"]]

    def by(column: str, *, number: bool = False) -> list[str]:
        rows = sorted(took_part, key=lambda row: row[column] if number else str(row[column]))
        return [row["email"] for row in rows]

    def hashed(name: str) -> list[str]:
        return [one.person for one in sorted(ballots, key=lambda one: getattr(one, name))]

    return [
        Order("tokens signed", issues, by_time=True),
        Order("ballots posted", [one.person for one in ballots], by_time=True),
        Order("hash of the ballot", hashed("digest")),
        Order("hash of the token", hashed("token_hash")),
        Order("number of the invitation", by("number", number=True)),
        Order("id of the invitation", by("id")),
        Order("id of the person", by("person_id")),
        Order("e-mail address", by("email")),
    ]


def _mark(kind: str, held: str) -> str:
    return str(json.loads(held)["number"]) if kind == CLOSED else held.rsplit(" ", 1)[-1]
