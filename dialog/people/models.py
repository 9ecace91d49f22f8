"""Tables of people, their accounts, roles and sessions."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlmodel import Field

from dialog.storage.rows import Row, choice, primary_key, reference


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


class Person(Row, table=True):
    """Somebody. Everyone in the roster is one; an account is needed only to sign in."""

    __tablename__ = "person"

    id: UUID = primary_key()
    email: str = Field(max_length=254, unique=True)  # trimmed, lower case
    name: str = Field(max_length=200)
    language: str = Field(default="sv", max_length=2)
    active: bool = Field(default=True, index=True)
    in_roster: bool = Field(default=False, index=True)  # came with an organisation import
    mail_problem: str = Field(default="", max_length=200)  # last bounce, shown to senders


class Account(Row, table=True):
    """What is needed to sign in. No password yet: one is chosen by a link."""

    __tablename__ = "account"

    person_id: UUID = reference("person.id", primary=True, index=False)
    password_hash: str = Field(default="", max_length=200)
    link_hash: str = Field(default="", max_length=64, index=True)  # SHA-256 of the secret
    link_expires: datetime | None = None


class RoleGrant(Row, table=True):
    __tablename__ = "role_grant"

    person_id: UUID = reference("person.id", primary=True, index=False)
    role: Role = choice(Role, name="role", primary=True)
    granted_at: datetime


class SignIn(Row, table=True):
    """A session that is kept here, so that it can be ended from here."""

    __tablename__ = "sign_in"

    token_hash: str = Field(max_length=64, primary_key=True)  # SHA-256 of the cookie's token
    person_id: UUID = reference("person.id")
    started_at: datetime
    seen_at: datetime
    device: str = Field(default="", max_length=100)  # "Firefox on Android", for its owner to know
