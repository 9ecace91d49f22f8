"""Tables of people, their accounts, roles and sessions."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from dialog.storage.privileges import may
from dialog.storage.rows import Row, choice, primary_key, reference

# Swedish order and small letters, in every database: å, ä and ö become the three characters that
# follow z. Written for the database itself to keep, so that no import can forget it.
_LETTERS = (
    *(("Å", "{"), ("å", "{"), ("Ä", "|"), ("ä", "|"), ("Ö", "}"), ("ö", "}")),
    *(("É", "e"), ("é", "e"), ("Ü", "y"), ("ü", "y")),
)


def sort_key(text: str) -> str:
    """What `Person.name_key` holds for a name; also how a search for it is spelled."""
    for letter, key in _LETTERS:
        text = text.replace(letter, key)
    return text.lower()


def _sort_key_sql(column: str) -> str:
    for letter, key in _LETTERS:
        column = f"replace({column}, '{letter}', '{key}')"
    return f"lower({column})"


class Role(StrEnum):
    ADMINISTRATOR = "administrator"
    ANALYST = "analyst"
    APPROVER = "approver"
    COMMUNICATOR = "communicator"
    FACILITATOR = "facilitator"
    SECRETARY = "secretary"
    REGISTRAR = "registrar"
    HANDLER = "handler"
    RESEARCHER = "researcher"
    TRUSTEE = "trustee"
    REVIEWER = "reviewer"  # of free texts
    NEGOTIATOR = "negotiator"  # for the employer, with the unions


class Person(Row, table=True):
    """Somebody. Everyone in the roster is one; an account is needed only to sign in."""

    __tablename__ = "person"
    # Not a field: nobody may set it.
    __table_args__ = (
        sa.Column(
            "name_key",
            sa.String(200).with_variant(sa.String(200, collation="C"), "postgresql"),
            sa.Computed(_sort_key_sql("name"), persisted=True),
        ),
        sa.Index("ix_person_name_key_email", "name_key", "email"),  # the list is read from it alone
        may("SELECT", "INSERT", "UPDATE"),
    )

    id: UUID = primary_key()
    email: str = Field(max_length=254, unique=True)  # trimmed, lower case
    name: str = Field(max_length=200)
    language: str = Field(default="sv", max_length=2)
    active: bool = Field(default=True, index=True)
    in_roster: bool = Field(default=False, index=True)  # came with an organisation import
    mail_problem: str = Field(default="", max_length=200)  # last bounce, shown to senders


class Account(Row, table=True):
    """What is needed to sign in. Without a password yet, one is chosen by a link."""

    __tablename__ = "account"
    __table_args__ = may("SELECT", "INSERT", "UPDATE")

    person_id: UUID = reference("person.id", primary=True, index=False)
    password_hash: str = Field(default="", max_length=200)
    link_nonce: str = Field(default="", max_length=32)  # makes the link; nothing without the key
    link_hash: str = Field(default="", max_length=64, index=True)  # SHA-256 of the link's secret
    link_expires: datetime | None = None
    closed: bool = False  # an administrator stopped it; an import does not open it again


class RoleGrant(Row, table=True):
    __tablename__ = "role_grant"
    __table_args__ = may("SELECT", "INSERT", "DELETE")

    person_id: UUID = reference("person.id", primary=True, index=False)
    role: Role = choice(Role, name="role", primary=True)
    granted_at: datetime
    granted_by: UUID | None = Field(default=None, foreign_key="person.id")  # None: on the server


class SignIn(Row, table=True):
    """A session that is kept here, so that it can be ended from here."""

    __tablename__ = "sign_in"
    __table_args__ = may("SELECT", "INSERT", "UPDATE (seen_at)", "DELETE")

    token_hash: str = Field(max_length=64, primary_key=True)  # SHA-256 of the cookie's token
    person_id: UUID = reference("person.id")
    started_at: datetime
    seen_at: datetime
    device: str = Field(default="", max_length=100)  # "Firefox, Android", for its owner to know
