"""Where a representative's notices go: an address of their choice, confirmed by a link sent to it.

Until it is confirmed they go where they went before. Nothing in the mail, or on the page that its
link leads to, says whose address it is or what it is for.
"""

import secrets
from datetime import timedelta
from pathlib import Path
from typing import Final
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialog.desk import Desk, Duty, Finish
from dialog.people import secret_links
from dialog.people.keys import secret_file
from dialog.people.models import Person
from dialog.storage import letters, mailing, outbox
from dialog.storage.clock import today
from dialog.storage.scrubbing import scrub
from dialog.unions.models import Mandate, NoticeAddress
from dialog.unions.notices import noting

KIND: Final = "mail.notice-address"
CONFIRM_WITHIN: Final = timedelta(days=7)


def address_key(folder: Path) -> bytes:
    """The key of the secrets, from DIALOG_KEYS."""
    return secret_file(folder / "notice-address")


def choose(session: Session, *, mandate: Mandate, email: str, key: bytes) -> bool:
    """Ask for notices to go to a (clean) address; False if no link is needed: it is the person's
    own, or confirmed already.
    """
    row = session.get(NoticeAddress, mandate.id, with_for_update=True)
    own = session.get_one(Person, mandate.person_id).email == email
    if own or email == mandate.notice_email:
        mandate.notice_email = "" if own else email
        mandate.mail_problem = ""
        session.add(mandate)
        if row is not None:
            session.delete(row)
        return False
    if row is None or row.email != email:
        row = row or NoticeAddress(
            mandate_id=mandate.id, email="", nonce="", secret_hash="", asked_on=today()
        )
        row.email, row.nonce = email, secrets.token_hex(16)
        row.secret_hash = secret_links.digest(_secret_of(row, key=key))
    row.asked_on = today()
    session.add(row)
    session.flush()
    outbox.put(session, kind=KIND, key=f"{KIND}:{uuid4()}", payload={"mandate": str(mandate.id)})
    return True


def find(session: Session, *, secret: str) -> NoticeAddress | None:
    """The address that waits for this link, if it is not too old."""
    query = select(NoticeAddress).where(
        NoticeAddress.secret_hash == secret_links.digest(secret),
        col(NoticeAddress.asked_on) >= today() - CONFIRM_WITHIN,
    )
    return session.exec(query).first()


def confirm(session: Session, *, secret: str) -> bool:
    """Notices go to the address from now on; False if the link is unknown, used or too old."""
    found = find(session, secret=secret)
    if found is None:
        return False
    mandate = session.get_one(Mandate, found.mandate_id)
    mandate.notice_email, mandate.mail_problem = found.email, ""
    session.add(mandate)
    session.delete(found)
    return True


def send(desk: Desk, duty: Duty) -> Finish | None:
    """Mail the link, if it still waits. Twice is harmless."""
    mandate_id, settings = UUID(str(duty.payload["mandate"])), desk.settings
    with desk.reading() as session:
        found = session.get(NoticeAddress, mandate_id)
        if found is None:
            return None
        mandate = session.get_one(Mandate, mandate_id)
        language = session.get_one(Person, mandate.person_id).language
    secret = _secret_of(found, key=address_key(settings.keys))
    words = (
        letters.templates("dialog.unions", "templates/unions")
        .get_template("address.txt")
        .render(
            language=language,
            page=f"{settings.base_url}/uppdragsadress/{secret}",
            days=CONFIRM_WITHIN.days,
        )
    )
    message = letters.compose(
        words, name="", email=found.email, sender=settings.mail_from, base_url=settings.base_url
    )
    mailing.mark_private(message)
    return noting(mandate.person_id, mandate_id, desk.send(message))


def forget_unconfirmed(desk: Desk) -> None:
    """Delete addresses that nobody confirmed in a week."""
    old = col(NoticeAddress.asked_on) < today() - CONFIRM_WITHIN
    with desk.reading() as session:
        if session.exec(select(NoticeAddress.mandate_id).where(old).limit(1)).first() is None:
            return
    with desk.writing() as session:
        session.connection().execute(sa.delete(NoticeAddress).where(old))
        session.commit()
    scrub(desk.engine, "notice_address")


def _secret_of(row: NoticeAddress, *, key: bytes) -> str:
    return secret_links.secret_of(b"notice address", id_=row.mandate_id, nonce=row.nonce, key=key)
