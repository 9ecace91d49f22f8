"""The product with two trustees, and what is known when their keys are betrayed.

The attacker has the keys of both, and so more than one corrupt trustee could give him; only the
platform's is destroyed. And he tries it the other way round: with the platform's key and that of
either trustee he reads what the other handed in, in the order in which it was handed in.
"""

import hashlib
import http.client
import re
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from sqlmodel import Session

from dialog.core.ballots import batch as batches
from dialog.core.ballots import peeling, trial
from dialog.core.ballots.sealing import message, public_bytes, unseal
from dialog.people.accounts import add_person
from dialog.people.models import Role
from dialog.surveys.holders import trustees_of
from dialog.surveys.models import KeyHolder, Round
from dialog.surveys.rounds import choosing
from dialog.surveys.trustees import registering, trying
from tests.attacks import known
from tests.attacks.haul import Order, Stolen, Stream
from tests.attacks.known import Posted
from tests.attacks.performing import Scene
from tests.attacks.product import Product, wait_for
from tests.attacks.signed_in import SignedIn, sessions

FUNCTIONS = ("skyddsombud", "forskare")
TOKEN = re.compile(rb'name="csrf_token" value="([^"]+)"')
BROWSER = "Firefox/140.0"


class Guarded(Product):
    """A round whose keys two trustees hold beside the platform."""

    name = "Dialog with trustees"

    def __init__(self) -> None:
        super().__init__()
        self._keys = {place: ec.generate_private_key(ec.SECP256R1()) for place in (1, 2)}
        self._left: dict[int, bytes] = {}  # the batch that each handed in
        self._platform: ec.EllipticCurvePrivateKey | None = None

    def prepare(self, session: Session, round_: Round) -> None:
        """Choose the trustees; each registers a key, and both copies are shown to open a test."""
        places = []
        for place, function in enumerate(FUNCTIONS, start=1):
            who, deputy = (
                add_person(session, name=name, email=email(place, part), roles=[Role.TRUSTEE])
                for part, name in (("own", f"Nyckel {place}"), ("deputy", f"Ersatt {place}"))
            )
            places.append(choosing.Place(function, who.id, deputy.id))
        choosing.choose(
            session, round_=round_, by=round_.author_id, key_holder=KeyHolder.TRUSTEES,
            places=places,
        )  # fmt: skip
        session.flush()
        for trustee in trustees_of(session, round_id=round_.id):
            key = self._keys[trustee.place]
            public = public_bytes(key.public_key())
            registering.register(session, trustee=trustee, public=public, by=trustee.person_id)
            for by in (trustee.person_id, trustee.deputy_id):
                test, sealed = trying.give(session, trustee=trustee, by=by)
                given = trial.answer(sealed, key, round_id=round_.id, layer=trustee.place)
                trying.answer(session, trustee=trustee, by=by, given=given, test_id=test.id)

    def open_ballots(self, scene: Scene) -> None:
        """Each trustee signs in, fetches what waits, and hands in what is left of it."""
        self._platform = _read(scene.instance.settings.keys, self.round_id)
        wanted = [(email(place, "own"), BROWSER) for place in (2, 1)]
        for place, who in zip((2, 1), sessions(scene.instance.settings, wanted), strict=True):
            self._take_turn(Page(scene.instance.base_url, who, self.round_id), place)
            if place > 1:  # after the last one the worker opens at once
                scene.look(f"place {place} has opened", opened=False)

    def _take_turn(self, page: "Page", place: int) -> None:
        wait_for(lambda: page.get("/batch")[0] == 200)
        came = batches.read(page.get("/batch")[1])
        peeled = peeling.peel(came, self._keys[place], layer=place)
        left = b"".join(peeling.parts(peeled, self._keys[place]))
        record = peeling.record(peeled, out_sha256=hashlib.sha256(left).hexdigest())
        status, said = page.hand_in(left, peeling.dump(record))
        if status != 201:
            raise RuntimeError(f"{status} {said!r}")
        self._left[place] = left

    def betray(self, scene: Scene, ballots: Sequence[Posted]) -> None:
        """Add what the trustees' keys tell: what is inside each person's ballot, and so in which
        order the ballots left them. And what the platform's key would tell with one of them.
        """
        inside = {one.person: one.ballot for one in ballots}
        left: dict[int, Order] = {}
        before = list(scene.orders)
        for place in (2, 1):
            for person, sealed in list(inside.items()):
                inside[person] = unseal(
                    sealed, self._keys[place], round_id=self.round_id, layer=place
                )
                known.learn(scene, person, [inside[person][:30], message(inside[person])])
            ranked = sorted(inside, key=lambda who: message(inside[who]))
            left[place] = Order(f"hash of the ballot as it left place {place}", ranked)
        scene.orders += left.values()
        one, two = self._read_with_others(1), self._read_with_others(2)
        scene.stolen = [
            Stolen(two, before),  # place 2 keeps its secret: nothing is known beyond
            Stolen(one, [*before, left[2]]),
            Stolen(one, [left[1]], all_keys=True),
        ]

    def _read_with_others(self, place: int) -> Stream:
        """The answers in the order in which a trustee handed them in, read with all keys but that
        one. The platform's is destroyed; here somebody kept it.
        """
        assert self._platform is not None
        lines = []
        for ballot in batches.read(self._left[place]):
            inside = ballot
            for layer in reversed(range(place)):
                key = self._keys[layer] if layer else self._platform
                inside = unseal(inside, key, round_id=self.round_id, layer=layer)
            lines.append(inside.rstrip())
        return Stream(f"batch of place {place}, read with the other keys", b"\n".join(lines))


class Page:
    """What a trustee's browser does."""

    def __init__(self, url: str, who: SignedIn, round_id: UUID) -> None:
        self._at, self._headers, self._path = urlsplit(url), who.headers, f"/oppning/{round_id}"

    def get(self, path: str = "") -> tuple[int, bytes]:
        return self._send("GET", path, b"", {})

    def hand_in(self, batch: bytes, record: bytes) -> tuple[int, bytes]:
        found = TOKEN.search(self.get()[1])
        assert found is not None, "the page of the opening has no token for its form"
        headers = {
            "X-CSRFToken": found[1].decode(),
            "X-Record": record.decode(),
            "Content-Type": "application/octet-stream",
        }
        return self._send("POST", "/batch", batch, headers)

    def _send(
        self, method: str, path: str, body: bytes, headers: dict[str, str]
    ) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection(
            self._at.hostname or "", self._at.port or 80, timeout=60
        )
        connection.request(method, self._path + path, body or None, {**self._headers, **headers})
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        if cookie := answer.getheader("Set-Cookie"):  # it holds what the form's token is held to
            self._headers = {**self._headers, "Cookie": cookie.split(";")[0]}
        return answer.status, content


def email(place: int, part: str) -> str:
    return f"trustee-{place}-{part}@example.org"


def _read(keys: Path, round_id: UUID) -> ec.EllipticCurvePrivateKey:
    key = load_pem_private_key((keys / "rounds" / f"{round_id}.ballot.pem").read_bytes(), None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    return key
