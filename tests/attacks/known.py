"""What is known of a round's people: from both databases while it ran, and from its traffic."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from dialog.core.ballots.encoding import decode, encode
from dialog.core.ballots.sealing import message
from dialog.simulate.respondent import Visitor
from dialog.storage.engine import make_engine
from dialog.surveys import secrets
from tests.attacks.haul import CLOSED, TEXT, Order, Participant, Stored
from tests.attacks.listening import exchanges
from tests.attacks.performing import Scene
from tests.attacks.searching import SHORTEST

INVITATIONS = """
    SELECT p.email, i.id, i.number, i.person_id, i.blinded_hash, i.issued, i.level, u.code AS unit
    FROM invitation i LEFT JOIN person p ON p.id = i.person_id LEFT JOIN unit u ON u.id = i.unit_id
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


def tell(scene: Scene, *, visitors: Sequence[Visitor], ballots: Sequence[Posted]) -> None:
    """Set what the scene's attacker knows and what is true. `visitors` are all who came, each from
    an address that the attacker knows.
    """
    scene.k = query(scene, "staff", "SELECT k FROM round")[0]["k"]
    engine = make_engine(scene.instance.databases.url("staff"))
    with engine.connect().execution_options(reading=True) as connection:
        scene.parents = dict(tuple(row) for row in connection.execute(sa.text(PARENTS)))
        for kind, text in STORED.items():
            ordered = text.format(PHYSICAL[engine.dialect.name])
            for unit, level, held in connection.execute(sa.text(ordered)):
                person = scene.by_mark[_mark(kind, held)]
                answered = frozenset(json.loads(held)) if kind == CLOSED else frozenset()
                scene.stored.append(Stored(kind, unit, level, person, answered))
    engine.dispose()
    by_source = {who.source: who.address for who in visitors}
    issues = [
        (by_source[one.asked.address], json.loads(one.asked.body)["blinded"])
        for one in exchanges(scene.instance.heard, "/issue")
    ]
    invited = _invited(scene, visitors)
    scene.people = _participants(invited, visitors, {who for who, _blinded in issues})
    scene.orders += _orders(invited, [who for who, _blinded in issues], ballots)
    for who in visitors:
        learn(scene, who.address, [who.source.encode(), who.secret.encode()], spell=False)
    for person, blinded in issues:
        learn(scene, person, [blinded[:40].encode()], spell=False)
    for row in invited:
        ids = [UUID(str(row[name])) for name in ("id", "person_id") if row[name]]
        texts = [row["email"], row["blinded_hash"], str(row["number"]), *map(str, ids)]
        learn(scene, row["email"], [text.encode() for text in texts], spell=False)
        learn(scene, row["email"], [one.bytes for one in ids])
    for ballot in ballots:
        held = [ballot.digest, ballot.token_hash, ballot.ballot[:30], ballot.token[:30]]
        learn(scene, ballot.person, held)


def _invited(scene: Scene, visitors: Sequence[Visitor]) -> list[dict[str, Any]]:
    """Every invitation with whose it is; of a printed code whoever came with it."""
    came = {
        held.number: who.address
        for who in visitors
        if (held := secrets.read(who.secret)) is not None
    }
    rows = [dict(row) for row in query(scene, "staff", INVITATIONS)]
    for row in rows:
        row["email"] = row["email"] or came.get(row["number"], "")
    return [row for row in rows if row["email"]]


def _participants(
    invited: Sequence[Mapping[str, Any]], visitors: Sequence[Visitor], issued: set[str]
) -> list[Participant]:
    """The list of who took part, and where those who did belong; who is not on it was seen."""
    listed = {
        row["email"]: Participant(
            row["email"], row["unit"] or "", row["level"], bool(row["issued"])
        )
        for row in invited
    }
    seen = {
        who.address: Participant(who.address, who.unit, who.level, took_part=who.address in issued)
        for who in visitors
    }
    return list((listed | seen).values())


def learn(scene: Scene, who: str, known: Iterable[bytes], *, spell: bool = True) -> None:
    """Add values that somebody is known by; with `spell` in hexadecimal and base64 too."""
    for value in known:
        forms = spelled(value) if spell else (value,)
        scene.values.update({form: who for form in forms if len(form) >= SHORTEST})


def spelled(value: bytes) -> tuple[bytes, ...]:
    """A value as it is, in hexadecimal and in base64."""
    return value, value.hex().encode(), encode(value).encode()


def _orders(
    invited: Sequence[Mapping[str, Any]], issues: Sequence[str], ballots: Sequence[Posted]
) -> list[Order]:
    took_part = [row for row in invited if row["issued"]]

    def by(column: str, *, number: bool = False) -> list[str]:
        rows = sorted(took_part, key=lambda row: row[column] if number else str(row[column]))
        return [row["email"] for row in rows]

    def hashed(name: str) -> list[str]:
        return [one.person for one in sorted(ballots, key=lambda one: getattr(one, name))]

    orders = [
        Order("tokens signed", issues, by_time=True),
        Order("ballots posted", [one.person for one in ballots], by_time=True),
        Order("hash of the ballot", hashed("digest")),
        Order("hash of the token", hashed("token_hash")),
        Order("e-mail address", sorted({*issues})),
    ]
    if took_part:
        orders += [
            Order("number of the invitation", by("number", number=True)),
            Order("id of the invitation", by("id")),
        ]
    if any(row["person_id"] for row in took_part):
        orders.append(Order("id of the person", by("person_id")))
    return orders


def _mark(kind: str, held: str) -> str:
    return str(json.loads(held)["number"]) if kind == CLOSED else held.rsplit(" ", 1)[-1]
