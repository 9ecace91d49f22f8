"""How invented people come in: by a link of their own, by a printed code, or by the open link."""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, col, select

from dialog.organisation import audiences
from dialog.organisation.models import Unit
from dialog.people.models import Person
from dialog.settings import Settings
from dialog.surveys import keys, secrets
from dialog.surveys.models import Access, CodeStack, Invitation, Round
from dialog.surveys.rounds import stacks


@dataclass(frozen=True, order=True)
class WayIn:
    """Somebody who may still answer: e-mail address, unit code, level, and the secret they have.
    An empty one is the open link's.
    """

    address: str
    unit: str
    level: str
    secret: str


@dataclass(frozen=True)
class _Someone:
    address: str
    unit: Unit
    level: str


def print_codes(session: Session, *, round_: Round, by: UUID) -> None:
    """Make so many codes that everybody can have one: a stack for each unit that is large enough,
    and stacks of no unit for the people of the others.
    """
    counts = Counter(who.unit.id for who in _people(session, round_))
    large = sorted(unit for unit, count in counts.items() if count >= round_.k)
    for unit_id in large:
        for count in _in_stacks(counts.pop(unit_id), round_.k):
            unit = session.get_one(Unit, unit_id)
            stacks.make(session, round_=round_, count=count, by=by, unit=unit)
    for count in _in_stacks(counts.total(), round_.k):
        stacks.make(session, round_=round_, count=count, by=by)


def unused(session: Session, *, round_: Round, settings: Settings) -> list[WayIn]:
    """Everybody who can come in, and has not had a token signed as far as the platform knows."""
    key = keys.link_key(settings)
    if round_.access is Access.LINK:
        people = _people(session, round_)
        return [WayIn(who.address, who.unit.code, who.level, "") for who in people]
    if round_.access is Access.CODES:
        return list(_with_codes(session, round_, key))
    return list(_with_mails(session, round_, key))


def _with_mails(session: Session, round_: Round, key: bytes) -> Iterator[WayIn]:
    rows = session.exec(
        select(Person.email, Unit.code, Invitation.level, Invitation.number)
        .join(Person, col(Person.id) == col(Invitation.person_id))
        .join(Unit, col(Unit.id) == col(Invitation.unit_id))
        .where(col(Invitation.round_id) == round_.id, col(Invitation.issued).is_(False))
    )
    for email, unit, level, number in rows:
        secret = secrets.link_secret(key, round_id=round_.id, number=number)
        yield WayIn(email, unit, level, secret)


def _with_codes(session: Session, round_: Round, key: bytes) -> Iterator[WayIn]:
    """Hands every slip to somebody, each time to the same: those of a unit to its people, and what
    is nobody's to whoever has none. One in two scans it, the others type.
    """
    rng = random.Random(round_.id.int)  # noqa: S311 - who gets which slip is no secret here
    people = _people(session, round_)
    rng.shuffle(people)
    without = {who.address: who for who in people}
    for stack, unit in _handed_out(session, round_):
        fitting = [who for who in without.values() if _fits(who, unit, stack.level)]
        fitting.sort(key=lambda who: who.unit.id != stack.unit_id)  # before those below it
        for (number, issued), who in zip(_numbers(session, stack), fitting, strict=False):
            del without[who.address]
            made = secrets.link_secret if rng.random() < 0.5 else secrets.code  # noqa: PLR2004 - half
            if not issued:
                secret = made(key, round_id=round_.id, number=number)
                yield WayIn(who.address, who.unit.code, who.level, secret)


def _handed_out(session: Session, round_: Round) -> list[tuple[CodeStack, Unit | None]]:
    """The stacks that count, those of the smallest units first."""
    found = session.exec(
        select(CodeStack, Unit)
        .join(Unit, col(Unit.id) == col(CodeStack.unit_id), isouter=True)
        .where(CodeStack.round_id == round_.id, col(CodeStack.withdrawn).is_(False))
        .order_by(col(CodeStack.id))
    ).all()
    return sorted(found, key=lambda one: -one[1].depth if one[1] else 1)


def _fits(who: _Someone, unit: Unit | None, level: str) -> bool:
    below = unit is None or unit.code in who.unit.path.strip("/").split("/")
    return below and level in {"", who.level}


def _numbers(session: Session, stack: CodeStack) -> list[tuple[int, bool]]:
    rows = session.exec(
        select(Invitation.number, Invitation.issued)
        .where(Invitation.stack_id == stack.id)
        .order_by(col(Invitation.number))
    )
    return [(number, issued) for number, issued in rows]


def _people(session: Session, round_: Round) -> list[_Someone]:
    """The audience, by address."""
    found = audiences.people_in(session, audience=audiences.from_json(round_.audience))
    emails = dict(session.exec(select(Person.id, Person.email)).all())
    units = {unit.id: unit for unit in session.exec(select(Unit))}
    made = [_Someone(emails[person], units[unit], level.value) for person, unit, level in found]
    return sorted(made, key=lambda who: who.address)


def _in_stacks(count: int, least: int) -> Iterator[int]:
    while count > 0:
        size = min(count, stacks.MOST)
        yield max(size, least)
        count -= size
