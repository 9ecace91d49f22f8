"""What a roster would change in the organisation as it stands: rules only, no database."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from dialog.core.levels import Level
from dialog.organisation.roster import Roster

MOST_LEAVING = 0.2  # of people or units: more than that must be meant


class Kind(StrEnum):
    """What can happen to a unit or a person, in the order in which it is told."""

    UNIT_NEW = "unit-new"
    UNIT_RENAMED = "unit-renamed"
    UNIT_MOVED = "unit-moved"
    UNIT_CLOSED = "unit-closed"
    UNIT_REOPENED = "unit-reopened"
    PERSON_NEW = "person-new"
    PERSON_RENAMED = "person-renamed"
    PERSON_MOVED = "person-moved"  # other posts
    PERSON_LEFT = "person-left"
    PERSON_RETURNED = "person-returned"
    PERSON_ADOPTED = "person-adopted"  # was added by hand, now comes with the roster


@dataclass(frozen=True, slots=True)
class KnownUnit:
    id: UUID
    name: str
    parent: str | None  # code
    active: bool


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """`posts` as in PersonLine. `in_roster`: came with an import, so the next one may end it."""

    id: UUID
    name: str
    active: bool
    in_roster: bool
    posts: tuple[tuple[str, Level], ...]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The organisation as it stands, people who left and closed units included."""

    units: dict[str, KnownUnit]  # by code
    people: dict[str, KnownPerson]  # by e-mail


@dataclass(frozen=True, slots=True)
class Change:
    """`key` is a code or an e-mail address; `before` and `after` in the words of the files."""

    key: str
    name: str
    before: str = ""
    after: str = ""


@dataclass
class Changes:
    """Everything that would change. `units` and `people` count what is active before."""

    units: int = 0
    people: int = 0
    by_kind: dict[Kind, list[Change]] = field(default_factory=lambda: {kind: [] for kind in Kind})

    def __bool__(self) -> bool:
        return any(self.by_kind.values())

    def counts(self) -> dict[Kind, int]:
        return {kind: len(changes) for kind, changes in self.by_kind.items()}

    @property
    def sweeping(self) -> bool:
        """So many would leave that somebody must say that it is meant."""
        return (
            len(self.by_kind[Kind.PERSON_LEFT]) > MOST_LEAVING * self.people
            or len(self.by_kind[Kind.UNIT_CLOSED]) > MOST_LEAVING * self.units
        )


def compare(known: Snapshot, roster: Roster) -> Changes:
    """What has to change for `known` to become `roster`. Nobody added by hand leaves by it."""
    changes = Changes(
        units=sum(unit.active for unit in known.units.values()),
        people=sum(person.active and person.in_roster for person in known.people.values()),
    )
    for kind, change in _of_units(known, roster):
        changes.by_kind[kind].append(change)
    for kind, change in _of_people(known, roster):
        changes.by_kind[kind].append(change)
    return changes


def _of_units(known: Snapshot, roster: Roster) -> Iterator[tuple[Kind, Change]]:
    for code, unit in roster.units.items():
        before = known.units.get(code)
        if before is None:
            yield Kind.UNIT_NEW, Change(code, unit.name, after=unit.parent or "")
            continue
        if not before.active:
            yield Kind.UNIT_REOPENED, Change(code, unit.name, after=unit.parent or "")
        if before.name != unit.name:
            yield Kind.UNIT_RENAMED, Change(code, unit.name, before.name, unit.name)
        if before.parent != unit.parent:
            yield Kind.UNIT_MOVED, Change(code, unit.name, before.parent or "", unit.parent or "")
    for code, gone in known.units.items():
        if gone.active and code not in roster.units:
            yield Kind.UNIT_CLOSED, Change(code, gone.name, before=gone.parent or "")


def _of_people(known: Snapshot, roster: Roster) -> Iterator[tuple[Kind, Change]]:
    for email, person in roster.people.items():
        after = posts_in_words(person.posts)
        before = known.people.get(email)
        if before is None:
            yield Kind.PERSON_NEW, Change(email, person.name, after=after)
            continue
        if not before.active:
            yield Kind.PERSON_RETURNED, Change(email, person.name, after=after)
        elif not before.in_roster:
            yield Kind.PERSON_ADOPTED, Change(email, person.name, after=after)
        if before.name != person.name:
            yield Kind.PERSON_RENAMED, Change(email, person.name, before.name, person.name)
        if before.active and before.in_roster and before.posts != person.posts:
            earlier = posts_in_words(before.posts)
            yield Kind.PERSON_MOVED, Change(email, person.name, earlier, after)
    for email, gone in known.people.items():
        if gone.active and gone.in_roster and email not in roster.people:
            yield Kind.PERSON_LEFT, Change(email, gone.name, before=posts_in_words(gone.posts))


def posts_in_words(posts: Iterable[tuple[str, Level]]) -> str:
    """Posts as the files write them: "F01 staff, F02 manager-1"."""
    return ", ".join(f"{unit} {level.value}" for unit, level in posts)


def fingerprint(known: Snapshot) -> str:
    """A SHA-256 that differs as soon as anything that `compare` looks at has changed."""
    digest = hashlib.sha256()
    for code, unit in sorted(known.units.items()):
        digest.update(repr((code, unit.name, unit.parent, unit.active)).encode())
    for email, person in sorted(known.people.items()):
        posts = posts_in_words(person.posts)
        digest.update(repr((email, person.name, person.active, person.in_roster, posts)).encode())
    return digest.hexdigest()
