"""What an administrator does with people: adds them, gives roles, closes and opens accounts."""

from collections.abc import Collection
from uuid import UUID

import sqlalchemy as sa
from email_validator import EmailNotValidError, validate_email
from flask_babel import gettext as _
from sqlmodel import Session, col, select

from dialog.core.errors import RefusedError, WrongInputError
from dialog.people import sessions
from dialog.people.models import Account, Person, Role, RoleGrant
from dialog.people.password_links import spend
from dialog.people.passwords import hash_password
from dialog.storage.clock import now


def clean_email(raw: str) -> str:
    """The address as it is kept: checked, trimmed, in small letters. Raises WrongInputError."""
    try:
        # What stands before the @ must be ASCII: most mail servers take nothing else (RFC 6531).
        found = validate_email(raw.strip(), check_deliverability=False, allow_smtputf8=False)
        return (found.ascii_email or found.normalized).lower()
    except EmailNotValidError:
        raise WrongInputError(
            _("Det är inte en e-postadress. Skriv den som namn@example.org.")
        ) from None


def add_person(
    session: Session, *, name: str, email: str, roles: Collection[Role] = (), by: UUID | None = None
) -> Person:
    """Add somebody who is not in the roster. `by` is None on the command line."""
    address = clean_email(email)
    if not name.strip():
        raise WrongInputError(_("Skriv personens namn."))
    if session.exec(select(Person.id).where(Person.email == address)).first():
        raise RefusedError(
            _("Det finns redan en person med den e-postadressen. Ändra personens roller i stället.")
        )
    person = Person(name=name.strip()[:200], email=address)
    session.add(person)
    session.flush()
    set_roles(session, person_id=person.id, roles=roles, by=by)
    return person


def set_roles(
    session: Session, *, person_id: UUID, roles: Collection[Role], by: UUID | None
) -> None:
    """Let the person have exactly `roles`; those that stay keep their date."""
    held = {
        grant.role: grant
        for grant in session.exec(select(RoleGrant).where(RoleGrant.person_id == person_id))
    }
    if Role.ADMINISTRATOR in held and Role.ADMINISTRATOR not in roles:
        _leave_an_administrator(session, person_id=person_id)
    for role in set(held) - set(roles):
        session.delete(held[role])
    session.add_all(
        RoleGrant(person_id=person_id, role=role, granted_at=now(), granted_by=by)
        for role in sorted(set(roles) - set(held))
    )
    session.flush()


def close_account(session: Session, *, person_id: UUID) -> None:
    """The person is out at once, and no link lets her in until the account is opened again."""
    _leave_an_administrator(session, person_id=person_id)
    account = account_of(session, person_id=person_id)
    account.closed = True
    spend(account)
    sessions.end_all(session, person_id=person_id)


def open_account(session: Session, *, person_id: UUID) -> None:
    account_of(session, person_id=person_id).closed = False


def set_password(session: Session, *, person_id: UUID, password: str) -> None:
    """Give a password; it has been judged. Hashing takes a tenth of a second."""
    keep_password(session, person_id=person_id, password_hash=hash_password(password))


def keep_password(session: Session, *, person_id: UUID, password_hash: str) -> None:
    """A new password ends every session and every link."""
    account = account_of(session, person_id=person_id)
    account.password_hash = password_hash
    spend(account)
    sessions.end_all(session, person_id=person_id)


def account_of(session: Session, *, person_id: UUID) -> Account:
    """The person's account, made if there is none."""
    account = session.get(Account, person_id)
    if account is None:
        account = Account(person_id=person_id)
        session.add(account)
        session.flush()
    return account


def _leave_an_administrator(session: Session, *, person_id: UUID) -> None:
    others = session.exec(
        select(sa.func.count())
        .select_from(RoleGrant)
        .join(Person, col(Person.id) == col(RoleGrant.person_id))
        .join(Account, col(Account.person_id) == col(Person.id), isouter=True)
        .where(
            RoleGrant.role == Role.ADMINISTRATOR,
            RoleGrant.person_id != person_id,
            Person.active,
            sa.func.coalesce(Account.closed, sa.false()).is_(False),
        )
    ).one()
    is_one = session.get(RoleGrant, (person_id, Role.ADMINISTRATOR)) is not None
    if is_one and not others:
        raise RefusedError(
            _("Det här är den enda administratören. Gör någon annan till administratör först.")
        )
