"""Tables of the diary: authorities with their series of numbers, matters, entries and their values.

Entries are the diary, and never change. What a list shows of a document is kept beside them
(`DiaryLine`), made of its entries and tried against them by `dialog diary verify`.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Final
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlmodel import Field

from dialog.core.diary.words import LONGEST
from dialog.storage import append_only
from dialog.storage.clock import now
from dialog.storage.privileges import may
from dialog.storage.rows import Row, choice, primary_key, reference


class Numbering(StrEnum):
    OWN = "own"  # Dialog gives the numbers
    ENTERED = "entered"  # they come from the authority's own diary


class Direction(StrEnum):
    IN = "in"  # came in
    OUT = "out"  # was sent
    DRAWN_UP = "drawn-up"  # made here


class EntryKind(StrEnum):
    MATTER = "matter"  # a matter is opened
    DOCUMENT = "document"
    CORRECTION = "correction"  # of an earlier entry, which stays
    FILES = "files"  # which files a document is from now on
    DISPOSAL = "disposal"  # values of earlier entries are gone by a decision


class DiaryAuthority(Row, table=True):
    """A board: an authority of its own, with its own diary. The counter is also the lock that puts
    its entries in one order.
    """

    __tablename__ = "diary_authority"
    __table_args__ = may("SELECT", "INSERT", "UPDATE (entries)")

    id: UUID = primary_key()
    name: str = Field(max_length=200, unique=True)
    letters: str = Field(max_length=8, unique=True)  # "RS"
    numbering: Numbering = choice(Numbering, name="numbering", default=Numbering.OWN)
    entries: int = 0


class DiarySeries(Row, table=True):
    """How far an authority's own numbers have come in a year."""

    __tablename__ = "diary_series"
    __table_args__ = may("SELECT", "INSERT", "UPDATE (last)")

    authority_id: UUID = reference("diary_authority.id", primary=True, index=False)
    year: int = Field(primary_key=True)
    last: int = 0


class DiaryMatter(Row, table=True):
    """A matter: its number, and how many documents it has."""

    __tablename__ = "diary_matter"
    __table_args__ = (
        sa.UniqueConstraint("authority_id", "year", "serial"),
        may("SELECT", "INSERT", "UPDATE (documents)"),
    )

    id: UUID = primary_key()
    authority_id: UUID = reference("diary_authority.id", index=False)
    year: int
    serial: int
    documents: int = 0


class DiaryEntry(Row, table=True):
    """One entry as it was written, chained to the one before; see core.diary.chain."""

    __tablename__ = "diary_entry"
    __table_args__ = may("SELECT", "INSERT")

    authority_id: UUID = reference("diary_authority.id", primary=True, index=False)
    position: int = Field(primary_key=True)  # 1, 2, 3 … in each authority's diary
    matter_id: UUID | None = Field(default=None, foreign_key="diary_matter.id", index=True)
    document: int | None = None  # its number in the matter
    kind: EntryKind = choice(EntryKind, name="kind")
    commitments: dict[str, str] = Field(sa_type=sa.JSON)  # hexadecimal, by name of value
    previous: str = Field(max_length=64)
    digest: str = Field(max_length=64)


class DiaryValue(Row, table=True):
    """A value of an entry, with the salt of its commitment. Only a disposal takes it away."""

    __tablename__ = "diary_value"
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["authority_id", "position"], ["diary_entry.authority_id", "diary_entry.position"]
        ),
        may("SELECT", "INSERT", "DELETE", "MAINTAIN"),
    )

    authority_id: UUID = Field(primary_key=True)
    position: int = Field(primary_key=True)
    name: str = Field(primary_key=True, max_length=40)
    value: str = Field(sa_type=sa.Text)
    salt: str = Field(max_length=64)  # hexadecimal


class DiaryDisposal(Row, table=True):
    """A value that an entry of disposal names: only such a one can be deleted."""

    __tablename__ = "diary_disposal"
    __table_args__ = may("SELECT", "INSERT")

    authority_id: UUID = reference("diary_authority.id", primary=True, index=False)
    position: int = Field(primary_key=True)
    name: str = Field(primary_key=True, max_length=40)


class DiaryLine(Row, table=True):
    """What stands in the diary of a document, or of a matter as a whole, after all corrections."""

    __tablename__ = "diary_line"
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["authority_id", "position"], ["diary_entry.authority_id", "diary_entry.position"]
        ),
        sa.UniqueConstraint("matter_id", "document"),
        may("SELECT", "INSERT", "UPDATE", "MAINTAIN"),
    )

    authority_id: UUID = Field(primary_key=True)
    position: int = Field(primary_key=True)  # of its first entry
    id: UUID = Field(default_factory=uuid4, unique=True)  # what its files are kept for
    latest: int  # the position of the entry that says what stands here now
    matter_id: UUID = reference("diary_matter.id", index=False)
    document: int = 0  # 0: the matter as a whole
    direction: Direction | None = choice(Direction, name="direction", default=None)
    arrived_on: date  # or was sent, or drawn up
    registered_at: datetime = Field(index=True)
    correspondent: str = Field(max_length=300)
    subject: str = Field(max_length=300)
    public_correspondent: str | None = Field(default=None, max_length=300)  # None: withheld
    public_subject: str | None = Field(default=None, max_length=300)
    secrecy: str = Field(default="", max_length=300)  # the marking: what may hold, and when set


class Scope(StrEnum):
    """Which words a search looks among."""

    ALL = "all"
    PUBLIC = "public"


class DiaryWord(Row, table=True):
    """Which lines of a stretch of a diary hold a word; see `core.diary.words` and `stretches`."""

    __tablename__ = "diary_word"
    __table_args__ = (
        {
            **may("SELECT", "INSERT", "UPDATE", "DELETE", "MAINTAIN"),
            "sqlite_with_rowid": False,
        },
    )

    authority_id: UUID = Field(primary_key=True)
    stretch: int = Field(primary_key=True)
    scope: Scope = choice(Scope, name="scope", primary=True)
    word: str = Field(primary_key=True, max_length=2 * LONGEST + 2)
    places: bytes = Field(sa_type=sa.LargeBinary)


class DiaryHead(Row, table=True):
    """Where a diary had come when this was published: whoever kept it can try the diary."""

    __tablename__ = "diary_head"
    __table_args__ = may("SELECT", "INSERT")

    authority_id: UUID = reference("diary_authority.id", primary=True, index=False)
    position: int = Field(primary_key=True)
    digest: str = Field(max_length=64)
    at: datetime = Field(default_factory=now)


DISPOSABLE: Final = (
    "EXISTS (SELECT 1 FROM diary_disposal d WHERE d.authority_id = OLD.authority_id"
    " AND d.position = OLD.position AND d.name = OLD.name)"
)
for _name in ("diary_entry", "diary_disposal", "diary_head"):
    append_only.keep(Row.metadata.tables[_name])
append_only.keep(Row.metadata.tables["diary_value"], disposable_when=DISPOSABLE)
