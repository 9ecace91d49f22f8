"""Simulated trustees: their keys are made in Python, and they open over real HTTP, signed in as
people are. Their keys lie in a folder with a passphrase that everybody knows: never a real round's.
"""

import hashlib
import http.client
import re
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final
from urllib.parse import urlencode, urlsplit
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import ec
from sqlmodel import Session, select

from dialog.core.ballots import batch as batches
from dialog.core.ballots import keyfile, peeling, trial
from dialog.core.ballots.peeling import Record
from dialog.core.ballots.sealing import public_bytes
from dialog.core.errors import RefusedError
from dialog.people.accounts import add_person, set_password
from dialog.people.models import Person, Role
from dialog.settings import Settings
from dialog.storage.files import create_once
from dialog.surveys.holders import trustees_of
from dialog.surveys.key_models import Trustee
from dialog.surveys.models import KeyHolder, Round
from dialog.surveys.rounds.choosing import Place, choose
from dialog.surveys.trustees import registering, trying

PASSWORD: Final = "simulerad nyckelhållare 1"  # noqa: S105 - an invented person's
PASSPHRASE: Final = "simulerad lösenfras"  # noqa: S105 - the same
FUNCTIONS: Final = ("skyddsombud", "forskare", "revisor")
POLL: Final = 0.5
_TOKEN: Final = re.compile(r'(?:data-csrf|name="csrf_token"[^>]*value)="([^"]+)"')


def appoint(session: Session, *, round_: Round, by: UUID, number: int) -> None:
    """Choose so many invented trustees, each with a deputy, for a draft."""
    chosen = places(session, number=number)
    choose(session, round_=round_, by=by, key_holder=KeyHolder.TRUSTEES, places=chosen)


def places(session: Session, *, number: int) -> list[Place]:
    """So many invented trustees, each with a deputy; they are made the first time."""
    return [
        Place(function, _person(session, f"nyckel-{place}"), _person(session, f"ersattare-{place}"))
        for place, function in enumerate(FUNCTIONS[:number], start=1)
    ]


def _person(session: Session, name: str) -> UUID:
    email = f"simulerad-{name}@example.org"
    found = session.exec(select(Person).where(Person.email == email)).first()
    if found is not None:
        return found.id
    title = name.replace("-", " ").capitalize()
    made = add_person(session, name=f"{title} Simulerad", email=email, roles=[Role.TRUSTEE])
    set_password(session, person_id=made.id, password=PASSWORD)
    return made.id


def make_keys(session: Session, *, round_: Round, settings: Settings) -> None:
    """Make, keep and register every key of the round, and have both copies of each tested."""
    for trustee in trustees_of(session, round_id=round_.id):
        private = ec.generate_private_key(ec.SECP256R1())
        locked = keyfile.lock(
            private, round_id=round_.id, layer=trustee.place, passphrase=PASSPHRASE
        )
        create_once(_key_file(settings, trustee), locked)
        registering.register(
            session,
            trustee=trustee,
            public=public_bytes(private.public_key()),
            by=trustee.person_id,
        )
        for who in (trustee.person_id, trustee.deputy_id):
            test, sealed = trying.give(session, trustee=trustee, by=who)
            given = trial.answer(sealed, private, round_id=round_.id, layer=trustee.place)
            trying.answer(session, trustee=trustee, by=who, given=given, test_id=test.id)


def open_layers(
    session: Session, *, round_id: UUID, settings: Settings, seconds: float = 300
) -> Iterator[Record]:
    """Have every trustee open, the outermost first, each when it is their turn. Gives the record
    of each step. Raises RefusedError when one is refused or waits longer than `seconds`.
    """
    for trustee in reversed(trustees_of(session, round_id=round_id)):
        email = session.get_one(Person, trustee.person_id).email
        session.rollback()  # nothing is held while others work
        data = _key_file(settings, trustee).read_bytes()
        private = keyfile.unlock(keyfile.load(data), passphrase=PASSPHRASE)
        browser = Browser(settings.base_url)
        browser.sign_in(email)
        yield _open(browser, trustee, private, seconds)


def _open(
    browser: "Browser", trustee: Trustee, private: ec.EllipticCurvePrivateKey, seconds: float
) -> Record:
    address, deadline = f"/oppning/{trustee.round_id}", time.monotonic() + seconds
    with TemporaryDirectory() as folder:
        path = Path(folder) / "batch"
        while (status := browser.fetch(f"{address}/batch", path)) != http.client.OK:
            if status != http.client.CONFLICT or time.monotonic() > deadline:
                raise RefusedError(f"Trustee {trustee.place} cannot fetch the ballots: {status}.")
            time.sleep(POLL)
        came = batches.read(path.read_bytes())
        peeled = peeling.peel(came, private, layer=trustee.place)
        left = b"".join(peeling.parts(peeled, private))
    record = peeling.record(peeled, out_sha256=hashlib.sha256(left).hexdigest())
    token = browser.token(address)
    headers = {
        "Content-Type": "application/octet-stream",
        "Accept": "application/json",
        "X-CSRFToken": token,
        "X-Record": peeling.dump(record).decode(),
    }
    status, answer = browser.send("POST", f"{address}/batch", left, headers)
    if status != http.client.CREATED:
        raise RefusedError(f"Trustee {trustee.place} was refused: {status} {answer.decode()}")
    return record


def _key_file(settings: Settings, trustee: Trustee) -> Path:
    name = keyfile.name(trustee.round_id, place=trustee.place)
    return settings.instance / "simulated-keys" / name


class Browser:
    """Somebody signed in: keeps the cookie, finds a page's token."""

    def __init__(self, base_url: str) -> None:
        self._base, self._cookie = urlsplit(base_url), ""

    def sign_in(self, email: str) -> None:
        """Raises RefusedError if the password is not taken."""
        fields = {"csrf_token": self.token("/logga-in"), "email": email, "password": PASSWORD}
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Referer": f"{self._base.geturl()}/logga-in",
        }
        status, _page = self.send("POST", "/logga-in", urlencode(fields).encode(), headers)
        if status != http.client.FOUND:
            raise RefusedError(f"{email} cannot sign in: {status}.")

    def token(self, path: str) -> str:
        """The token of a page, for what is sent from it."""
        _status, page = self.send("GET", path)
        found = _TOKEN.search(page.decode())
        return found[1] if found else ""

    def fetch(self, path: str, to: Path) -> int:
        """Write an answer to a file if it is a success; gives the status."""
        status, body = self.send("GET", path, None, {"Accept": "application/json"})
        if status == http.client.OK:
            to.write_bytes(body)
        return status

    def send(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: dict[str, str] | None = None,
    ) -> tuple[int, bytes]:
        kind = (
            http.client.HTTPSConnection
            if self._base.scheme == "https"
            else http.client.HTTPConnection
        )
        connection = kind(self._base.hostname or "", self._base.port, timeout=120)
        try:
            cookie = {"Cookie": self._cookie} if self._cookie else {}
            connection.request(method, path, body, {**cookie, **(headers or {})})
            response = connection.getresponse()
            for given in response.headers.get_all("Set-Cookie", []):
                if given.startswith("dialog="):
                    self._cookie = given.partition(";")[0]
            return response.status, response.read()
        finally:
            connection.close()
