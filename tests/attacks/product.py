"""The product itself, driven as `dialog simulate` drives it."""

import json
import random
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from dialog.core.ballots import manifest, respondent, sealing
from dialog.core.ballots.encoding import decode, encode
from dialog.simulate import rounds
from dialog.simulate.driving import drive
from dialog.simulate.respondent import Line, Outcome, Visitor
from dialog.storage.engine import make_engine
from tests.attacks.haul import CLOSED, TEXT, Order, Participant, Stored
from tests.attacks.listening import exchanges
from tests.attacks.performing import Scene, form
from tests.attacks.running import BOX, BOX_WORKER, STAFF, WORKER

INVALID = 2  # who send what is no answer, so that positions move
LOST = 3  # who have a token signed and never post

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


class Product:
    """A round with the platform's key."""

    name = "Dialog"

    def __init__(self) -> None:
        self.round_id: UUID
        self.outcomes: list[Outcome] = []
        self._lost: list[Visitor] = []
        self._tokens: dict[bytes, bytes] = {}  # SHA-256 of a ballot: hash of its token

    def open(self, scene: Scene) -> None:
        instance, size = scene.instance, scene.size
        stage = scene.stage
        rounds.populate(stage, people=size.invited, seed=scene.seed)
        self._who = rounds.cast(stage)
        self.round_id = rounds.open_round(
            stage, who=self._who, form=form(), title="Klimatet", sender="Regionen"
        )
        instance.start(BOX, STAFF, WORKER, BOX_WORKER)
        made = rounds.visitors(
            stage,
            round_id=self.round_id,
            responses=size.answers + INVALID + LOST,
            seed=scene.seed,
            planted=True,
        )
        made = [replace(one, source=source) for one, source in zip(made, sources(), strict=False)]
        self._lost, rest = made[:LOST], made[LOST:]
        invalid = [replace(one, answers={"nonsense": 1}) for one in rest[:INVALID]]
        scene.visitors = [*invalid, *rest[INVALID:]]
        scene.notes = {"ballots that are no answer": INVALID, "tokens never used": LOST}
        stage.engine.dispose()

    def answer(self, scene: Scene) -> None:
        threading.Thread(target=self._lose, args=(scene,), daemon=True).start()
        self.outcomes = drive(
            scene.visitors,
            base_url=scene.instance.base_url,
            round_id=str(self.round_id),
            concurrency=scene.size.concurrency,
            over_seconds=scene.size.seconds,
            seed=scene.seed,
        )
        refused = [outcome.problem for outcome in self.outcomes if outcome.problem]
        if refused:
            raise RuntimeError(f"{len(refused)} were refused, the first: {refused[0]}")

    def _lose(self, scene: Scene) -> None:
        """Some devices break down between the token and the ballot."""
        rng = random.Random(scene.seed)
        for who in self._lost:
            time.sleep(rng.random() * scene.size.seconds / LOST)
            line = Line(scene.instance.base_url, {"Origin": scene.instance.base_url}, who.source)
            _, told = line.send("GET", f"/enkat/{self.round_id}/manifest.json")
            made = respondent.prepare(
                manifest.load(told), unit=who.unit, level=who.level, answers=who.answers
            )
            asked = respondent.issue_request(made, secret=who.secret)
            line.send("POST", f"/enkat/{self.round_id}/issue", asked)
            line.close()

    def end(self, scene: Scene) -> None:
        """Close; copy when the ballots are handed over and still sealed; open; copy again."""
        scene.instance.stop(WORKER)
        self._tokens = _tokens(scene)
        stage = scene.stage
        rounds.close(stage, round_id=self.round_id, by=self._who.analyst)
        _wait_for(lambda: list((scene.instance.home / "exchange").glob("*.batch.sig")))
        scene.look("handed over", opened=False)
        scene.instance.start(WORKER)
        state = rounds.wait_for(stage, round_id=self.round_id, states=rounds.ENDED)
        if state != "opened":
            raise RuntimeError(f"the round is {state}")
        scene.look("opened", opened=True)
        keys = scene.instance.settings.keys / "rounds"
        _wait_for(lambda: not list(keys.glob("*.pem")))
        _wait_for(lambda: not _tokens(scene))
        stage.engine.dispose()

    def tell(self, scene: Scene) -> None:
        engine = _engine(scene, "staff")
        with engine.connect().execution_options(reading=True) as connection:
            scene.k = connection.scalar(sa.text("SELECT k FROM round")) or 0
            scene.parents = dict(tuple(row) for row in connection.execute(sa.text(PARENTS)))
            invited = [row._asdict() for row in connection.execute(sa.text(INVITATIONS))]
            by_mark = scene.by_mark
            for kind, query in STORED.items():
                ordered = query.format(PHYSICAL[engine.dialect.name])
                for unit, level, held in connection.execute(sa.text(ordered)):
                    scene.stored.append(Stored(kind, unit, level, by_mark[_mark(kind, held)]))
        engine.dispose()
        scene.people = [
            Participant(row["email"], row["unit"], row["level"], bool(row["issued"]))
            for row in invited
        ]
        issued = self._requests(scene, "/issue")
        secrets = {who.secret: who.address for who in [*scene.visitors, *self._lost]}
        issues = [(secrets[body["secret"]], body) for body in issued]
        receipts = {out.receipt: out.visitor.address for out in self.outcomes}
        posts = []
        for body in self._requests(scene, "/ballots"):
            digest = sealing.message(decode(body["ballot"]))
            posts.append((receipts[digest.hex()], digest, body))
        self._orders(scene, invited, issues, posts)
        self._values(scene, invited, issues, posts)

    def _requests(self, scene: Scene, ending: str) -> Iterator[Mapping[str, Any]]:
        for one in exchanges(scene.instance.heard, ending):
            yield json.loads(one.asked.body)

    def _orders(self, scene: Scene, invited: Any, issues: Any, posts: Any) -> None:
        people = [row["email"] for row in invited if row["issued"]]
        rows = {row["email"]: row for row in invited}
        digests = {who: digest for who, digest, _body in posts}

        def by(column: str) -> list[str]:
            return sorted(people, key=lambda who: str(rows[who][column]))

        scene.orders = [
            Order("tokens signed", [who for who, _body in issues], by_time=True),
            Order("ballots posted", [who for who, _digest, _body in posts], by_time=True),
            Order("hash of the ballot", sorted(digests, key=digests.__getitem__)),
            Order("hash of the token", sorted(digests, key=lambda w: self._tokens[digests[w]])),
            Order("number of the invitation", sorted(people, key=lambda w: rows[w]["number"])),
            Order("id of the invitation", by("id")),
            Order("id of the person", by("person_id")),
            Order("e-mail address", sorted(people)),
        ]

    def _values(self, scene: Scene, invited: Any, issues: Any, posts: Any) -> None:
        """What people are known by: names of rows, secrets, addresses, ballots, signatures."""
        for row in invited:
            who = row["email"]
            known = [who.encode(), str(row["number"]).encode(), row["blinded_hash"].encode()]
            for id_ in (row["id"], row["person_id"]):
                one = UUID(str(id_))
                known += [one.bytes, one.hex.encode(), str(one).encode()]
            scene.values.update({value: who for value in known if len(value) >= 8})
        for visitor in [*scene.visitors, *self._lost]:
            scene.values[visitor.source.encode()] = visitor.address
            scene.values[visitor.secret.encode()] = visitor.address
        for who, body in issues:
            scene.values[body["blinded"][:40].encode()] = who
        for who, digest, body in posts:
            ballot, token = decode(body["ballot"]), decode(body["signature"])
            raw = (digest, self._tokens[digest], ballot[:30], token[:30])
            for value in raw:
                scene.values |= {value: who, value.hex().encode(): who, encode(value).encode(): who}


def sources() -> Iterator[str]:
    """Loopback addresses, one for each; all of one length."""
    return (f"127.{a}.{b}.{c}" for a in range(11, 99) for b in range(10, 99) for c in range(10, 99))


def _mark(kind: str, held: str) -> str:
    return str(json.loads(held)["number"]) if kind == CLOSED else held.rsplit(" ", 1)[-1]


def _tokens(scene: Scene) -> dict[bytes, bytes]:
    """The hash of its token by the hash of each ballot in the box."""
    engine = _engine(scene, "box")
    with engine.connect().execution_options(reading=True) as connection:
        rows = connection.execute(sa.text("SELECT digest, token_hash FROM sealed_ballot"))
        found = {bytes(row[0]): bytes(row[1]) for row in rows}
    engine.dispose()
    return found


def _engine(scene: Scene, side: str) -> sa.Engine:
    return make_engine(scene.instance.databases.url(side))


def _wait_for(what: Any, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not what():
        if time.monotonic() > deadline:
            raise RuntimeError("it did not happen in time")
        time.sleep(0.1)
