"""Trustees for tests: who they are, their keys, and their steps of an opening."""

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from sqlmodel import Session

from dialog.core.ballots import batch as batches
from dialog.core.ballots import peeling
from dialog.core.ballots.peeling import Record
from dialog.core.ballots.sealing import public_bytes
from dialog.people.models import Person, Role
from dialog.settings import Settings
from dialog.storage.clock import now
from dialog.surveys.key_models import Trustee
from dialog.surveys.models import KeyHolder, Round
from dialog.surveys.opening import ceremony, step_files
from tests import makers

FUNCTIONS = ("skyddsombud", "forskare", "revisor")


@dataclass(frozen=True)
class Held:
    """A place with the key that only tests know."""

    trustee: Trustee
    person: Person
    deputy: Person
    private: ec.EllipticCurvePrivateKey


def pair(db: Session, number: int) -> tuple[Person, Person]:
    """A trustee and a deputy for place `number`, with the role."""
    return (
        makers.person(db, f"Nyckel Nord {number}", Role.TRUSTEE),
        makers.person(db, f"Ersatt Ek {number}", Role.TRUSTEE),
    )


def appoint(
    db: Session, round_: Round, *, number: int = 2, people: Sequence[tuple[Person, Person]] = ()
) -> list[Held]:
    """Give the round so many trustees, with keys that are registered and tested. Place 1 first.
    `people` are those who hold keys already; else they are made.
    """
    round_.key_holder = KeyHolder.TRUSTEES
    held = []
    for place in range(1, number + 1):
        person, deputy = people[place - 1] if people else pair(db, place)
        private = ec.generate_private_key(ec.SECP256R1())
        trustee = Trustee(
            round_id=round_.id,
            place=place,
            function=FUNCTIONS[place - 1],
            person_id=person.id,
            deputy_id=deputy.id,
            public_key=public_bytes(private.public_key()),
            registered_at=now(),
            own_tested_at=now(),
            deputy_tested_at=now(),
        )
        db.add(trustee)
        held.append(Held(trustee, person, deputy, private))
    db.add(round_)
    db.commit()
    return held


def begin(db: Session, settings: Settings, round_: Round) -> None:
    """What the worker does when the ballot box has handed over."""
    received = ceremony.handed_over(round_, settings)
    ceremony.begin(db, round_=round_, received=received, sha256=step_files.sha256(received.data))
    db.commit()


def peel(path: Path, held: Held) -> tuple[bytes, Record]:
    """The batch at `path` with the layer of `held` taken off, and the record of that."""
    came = batches.read(path.read_bytes())
    peeled = peeling.peel(came, held.private, layer=held.trustee.place)
    left = b"".join(peeling.parts(peeled, held.private))
    return left, peeling.record(peeled, out_sha256=hashlib.sha256(left).hexdigest())


def take_turn(
    db: Session, settings: Settings, round_: Round, held: Held, *, by: Person | None = None
) -> Record:
    """The step of `held`, as the trustee or the deputy takes it. Gives its record."""
    waiting = ceremony.waiting_for(db, round_=round_, trustee=held.trustee, settings=settings)
    left, record = peel(waiting.path, held)
    hand_in(db, settings, round_, held, left=left, record=record, by=by)
    return record


def hand_in(
    db: Session,
    settings: Settings,
    round_: Round,
    held: Held,
    *,
    left: bytes,
    record: Record,
    by: Person | None = None,
) -> None:
    """Hand in any bytes, with any record."""
    waiting = ceremony.waiting_for(db, round_=round_, trustee=held.trustee, settings=settings)
    stream = io.BytesIO(left)
    with step_files.receiving(
        settings, round_id=round_.id, stream=stream, at_most=len(left)
    ) as received:
        ceremony.check(received, record=record, waiting=waiting, round_id=round_.id)
        ceremony.hand_in(
            db,
            round_=round_,
            trustee=held.trustee,
            by=(by or held.person).id,
            received=received,
            record=record,
            settings=settings,
        )
        db.commit()


def open_layers(db: Session, settings: Settings, round_: Round, held: Sequence[Held]) -> None:
    """The whole ceremony of those trustees, the outermost first."""
    begin(db, settings, round_)
    for each in reversed(held):
        take_turn(db, settings, round_, each)
