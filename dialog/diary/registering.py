"""Writing in the diary: a matter is opened, a document registered, an earlier entry corrected."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlmodel import Session

from dialog.core.diary import chain
from dialog.core.diary.chain import Opening
from dialog.core.diary.numbers import DiaryNumber
from dialog.core.errors import RefusedError
from dialog.diary import indexing, lines, numbering
from dialog.diary.facts import Facts
from dialog.diary.models import (
    DiaryAuthority,
    DiaryEntry,
    DiaryLine,
    DiaryMatter,
    DiaryValue,
    EntryKind,
)
from dialog.people import steps
from dialog.storage.clock import STOCKHOLM

FILES: Final = "files"  # the value that holds the marks of a document's files


def open_matter(
    session: Session,
    *,
    authority: DiaryAuthority,
    subject: str,
    public_subject: str | None,
    at: datetime,
    by: UUID | None,
    entered: DiaryNumber | None = None,
) -> DiaryMatter:
    """A new matter, with its number. Raises RefusedError."""
    position = numbering.position(session, authority=authority)
    day = at.astimezone(STOCKHOLM).date()
    matter = numbering.matter(session, authority=authority, year=day.year, entered=entered)
    facts = Facts(subject=subject, public_subject=public_subject, arrived_on=day)
    values = facts.values(number=numbering.number_of(authority, matter), at=at, by=by)
    values["authority"] = authority.name
    write(session, authority, position, values, kind=EntryKind.MATTER, matter=matter)
    lines.put(session, authority.id, position, values, matter=matter, document=0)
    return matter


def register(
    session: Session,
    *,
    authority: DiaryAuthority,
    matter: DiaryMatter,
    facts: Facts,
    at: datetime,
    by: UUID | None,
) -> DiaryLine:
    """A document of a matter, with its number. Raises RefusedError."""
    _require_past(facts, at)
    position = numbering.position(session, authority=authority)
    document = numbering.document(session, matter=matter)
    values = facts.values(number=numbering.number_of(authority, matter, document), at=at, by=by)
    write(
        session, authority, position, values,
        kind=EntryKind.DOCUMENT, matter=matter, document=document,
    )  # fmt: skip
    return lines.put(session, authority.id, position, values, matter=matter, document=document)


def correct(
    session: Session,
    *,
    line: DiaryLine,
    facts: Facts,
    why: str,
    seen: int,
    at: datetime,
    by: UUID | None,
) -> None:
    """Say anew what stands of a document, or of a matter as a whole: the earlier entry stays and
    this one follows it. `seen` is the entry that whoever writes had before them. Raises
    RefusedError if another has come since.
    """
    _require_past(facts, at)
    authority = session.get_one(DiaryAuthority, line.authority_id)
    steps.hold(session, authority)
    session.refresh(line)
    if line.latest != seen:
        raise RefusedError(
            _("Någon annan har rättat det medan du skrev. Läs vad som står nu, och rätta sedan.")
        )
    position = numbering.position(session, authority=authority)
    matter = session.get_one(DiaryMatter, line.matter_id)
    number = numbering.number_of(authority, matter, line.document)
    values = facts.values(number=number, at=at, by=by)
    values |= {"corrects": str(line.position), "why": why}
    write(
        session, authority, position, values,
        kind=EntryKind.CORRECTION, matter=matter, document=line.document or None,
    )  # fmt: skip
    kept = indexing.kept_of(session, [line])
    lines.change(session, line, position, values, kept=kept[line.position])


def _require_past(facts: Facts, at: datetime) -> None:
    if facts.arrived_on > at.astimezone(STOCKHOLM).date():
        raise RefusedError(_("Dagen då handlingen kom in kan inte vara efter i dag."))


def note_files(
    session: Session, *, line: DiaryLine, marks: Sequence[str], at: datetime, by: UUID | None
) -> None:
    """Bind the diary to the files that a document is from now on, by the mark of each. Whoever
    calls holds the authority (`people.steps.hold`) since before the files were looked up.
    """
    authority = session.get_one(DiaryAuthority, line.authority_id)
    position = numbering.position(session, authority=authority)
    matter = session.get_one(DiaryMatter, line.matter_id)
    values = {
        "number": str(numbering.number_of(authority, matter, line.document)),
        "registered": at.isoformat(),
        FILES: " ".join(marks),
        "by": str(by or ""),
    }
    write(
        session, authority, position, values,
        kind=EntryKind.FILES, matter=matter, document=line.document,
    )  # fmt: skip


def write(
    session: Session,
    authority: DiaryAuthority,
    position: int,
    values: dict[str, str],
    *,
    kind: EntryKind,
    matter: DiaryMatter | None = None,
    document: int | None = None,
) -> None:
    """Put an entry at the end of the chain. `position` was taken in this transaction."""
    values = {"kind": str(kind), **values}
    openings = {
        name: Opening(value, secrets.token_bytes(chain.SALT_BYTES))
        for name, value in values.items()
    }
    made = chain.entry(_previous(session, authority, position), position, openings)
    session.add(
        DiaryEntry(
            authority_id=authority.id,
            position=position,
            matter_id=matter.id if matter else None,
            document=document,
            kind=kind,
            commitments={name: each.hex() for name, each in made.commitments.items()},
            previous=made.previous.hex(),
            digest=made.digest.hex(),
        )
    )
    session.flush()
    rows = [
        {
            "authority_id": authority.id, "position": position, "name": name,
            "value": each.value, "salt": each.salt.hex(),
        }
        for name, each in openings.items()
    ]  # fmt: skip
    session.connection().execute(sa.insert(DiaryValue), rows)


def _previous(session: Session, authority: DiaryAuthority, position: int) -> bytes:
    if position == 1:
        return chain.start(authority.letters)
    before = session.get_one(DiaryEntry, (authority.id, position - 1))
    return bytes.fromhex(before.digest)
