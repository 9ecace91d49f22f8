"""Giving a receipt: a number without a gap, and the hash of a code that only the sender keeps."""

import secrets
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlmodel import Session, col

from dialog.core.errors import RefusedError
from dialog.core.receipts import DIGITS
from dialog.people import passwords
from dialog.receipts.models import Receipt, ReceiptSeries
from dialog.storage import counters
from dialog.storage.clock import today
from dialog.storage.ensuring import ensure


@dataclass(frozen=True)
class Asked:
    """What a form brings along: an id of its own, so that sent twice it is one, and the code."""

    id: UUID
    code: str
    code_hash: str


def new_code() -> str:
    """Where the browser runs no script."""
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"


def asked(*, form_id: UUID, code: str) -> Asked:
    """Hash the code, which takes a while: before the database is asked for anything. Raises
    BusyError.
    """
    return Asked(form_id, code, passwords.hash_password(code))


def give(session: Session, *, asked: Asked, letter: str) -> tuple[Receipt, bool]:
    """The receipt with the next number, and whether it is new: a form that was sent before gets
    the one it got then. Others of the same letter wait until this transaction ends. Raises
    RefusedError.
    """
    year = today().year
    ensure(session, ReceiptSeries, letter=letter, year=year, last=0)
    session.get_one(ReceiptSeries, (letter, year), with_for_update=True)
    if (before := session.get(Receipt, asked.id)) is not None:
        if before.letter != letter or not passwords.matches(before.code_hash, asked.code):
            raise RefusedError(
                _("Det här är redan skickat. Läs det med numret och koden som du fick då.")
            )
        return before, False
    series = sa.and_(col(ReceiptSeries.letter) == letter, col(ReceiptSeries.year) == year)
    receipt = Receipt(
        id=asked.id, letter=letter, year=year, code_hash=asked.code_hash,
        serial=counters.take(session, ReceiptSeries, "last", series),
    )  # fmt: skip
    session.add(receipt)
    session.flush()
    return receipt, True
