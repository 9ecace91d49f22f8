"""An import between its preview and its confirmation: kept in the database, for a day."""

import json
import zlib
from datetime import timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialog.core.levels import Level
from dialog.organisation.comparing import Changes, Kind, compare, fingerprint
from dialog.organisation.importing import apply, refuse_to_lose_administrators
from dialog.organisation.models import RosterDraft
from dialog.organisation.roster import PersonLine, Reading, Roster, UnitLine
from dialog.organisation.snapshots import snapshot
from dialog.people.models import Person, RoleGrant
from dialog.storage.clock import now

KEPT = timedelta(days=1)
SHOWN = 50  # of each kind of change on the page; the whole list is a file to download


def make(session: Session, *, reading: Reading, by: UUID) -> RosterDraft:
    """Keep what was read, with what it would change, in place of the maker's earlier draft.

    Raises RefusedError if no administrator would be left.
    """
    if reading.roster is None:
        raise ValueError("only what could be read can be kept")
    known = snapshot(session)
    changes = compare(known, reading.roster)
    refuse_to_lose_administrators(session, changes=changes)
    drop(session, by=by)
    draft = RosterDraft(
        person_id=by,
        fingerprint=fingerprint(known),
        roster=pack(reading.roster),
        summary=_summary(session, changes, reading),
    )
    session.add(draft)
    session.flush()
    return draft


def find(session: Session, *, draft_id: UUID, by: UUID) -> RosterDraft | None:
    """The draft, if `by` made it within the last day."""
    query = select(RosterDraft).where(
        RosterDraft.id == draft_id,
        RosterDraft.person_id == by,
        RosterDraft.made_at > now() - KEPT,
    )
    return session.exec(query).first()


def confirm(session: Session, *, draft: RosterDraft) -> Changes:
    """Import it and forget it. Raises RefusedError if the organisation has changed since."""
    changes = apply(session, roster=unpack(draft.roster), expected=draft.fingerprint)
    session.delete(draft)
    return changes


def changes_of(session: Session, *, draft: RosterDraft) -> Changes:
    """Everything that it would change now."""
    return compare(snapshot(session), unpack(draft.roster))


def drop(session: Session, *, by: UUID) -> None:
    """Forget the drafts of `by`, and those of everybody that are too old."""
    session.exec(
        sa.delete(RosterDraft).where(
            (col(RosterDraft.person_id) == by) | (col(RosterDraft.made_at) <= now() - KEPT)
        )
    )


def pack(roster: Roster) -> bytes:
    """The roster as compressed JSON."""
    plain = {
        "units": [[unit.code, unit.name, unit.parent] for unit in roster.units.values()],
        "people": [[each.email, each.name, each.posts] for each in roster.people.values()],
    }
    return zlib.compress(json.dumps(plain, separators=(",", ":")).encode(), level=3)


def unpack(data: bytes) -> Roster:
    """What `pack` was given."""
    plain = json.loads(zlib.decompress(data))
    return Roster(
        units={code: UnitLine(code, name, parent) for code, name, parent in plain["units"]},
        people={
            email: PersonLine(email, name, tuple((unit, Level(level)) for unit, level in posts))
            for email, name, posts in plain["people"]
        },
    )


def _summary(session: Session, changes: Changes, reading: Reading) -> dict[str, Any]:
    """What the preview shows, so that showing it compares nothing again."""
    assert reading.roster is not None
    returning = [change.key for change in changes.by_kind[Kind.PERSON_RETURNED]]
    return {
        "units": len(reading.roster.units),
        "people": len(reading.roster.people),
        "counts": {kind.value: count for kind, count in changes.counts().items() if count},
        "lists": {
            kind.value: [[row.key, row.name, row.before, row.after] for row in rows[:SHOWN]]
            for kind, rows in changes.by_kind.items()
            if rows
        },
        "sweeping": changes.sweeping,
        "ignored": [[file.value, column] for file, column in reading.ignored],
        "returning_with_roles": _with_roles(session, returning),
    }


def _with_roles(session: Session, emails: list[str]) -> list[str]:
    """The names of those who get their earlier roles back when they return."""
    query = (
        select(Person.email, Person.name)
        .join(RoleGrant, col(RoleGrant.person_id) == col(Person.id))
        .where(col(Person.active).is_(False))
        .distinct()
    )
    waiting = set(emails)
    return sorted(name for email, name in session.exec(query) if email in waiting)
