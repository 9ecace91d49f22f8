"""Opening what was sent: by its number and its code, never by a cookie or an address."""

from typing import Final

from flask_babel import lazy_gettext as _l
from sqlmodel import select

from dialog.core.receipts import ReceiptNumber
from dialog.people import passwords
from dialog.receipts.models import Receipt
from dialog.web import limits
from dialog.web.database import reading

# Of 10^16 codes: whoever tries as often as they may for a year has one chance in 10^8.
PER_NUMBER: Final = "30 per hour"
# Wrong ones, of all numbers: a hash takes 0.1 s of a core. By the minute, so that nobody keeps all
# others out for longer than they keep trying.
IN_ALL: Final = "60 per minute"
_WAIT_ALL: Final = _l("Många fel koder skrivs in just nu. Vänta en minut och försök igen.")
_WAIT: Final = _l("Någon har skrivit fel kod för många gånger. Vänta en timme och försök igen.")


def opened(*, number: ReceiptNumber, code: str) -> Receipt | None:
    """The receipt, or None. A number that there is not takes as long as a wrong code. Holds no lock
    of the database while it hashes. Raises TooManyRequests and BusyError.
    """
    who = str(number)
    if limits.used_up("receipts", "", at_most=IN_ALL):
        limits.count("receipts", "", at_most=IN_ALL, sentence=str(_WAIT_ALL))
    limits.count("receipt", who, at_most=PER_NUMBER, sentence=str(_WAIT))
    with reading() as db:
        found = db.exec(
            select(Receipt).where(
                Receipt.letter == number.letter,
                Receipt.year == number.year,
                Receipt.serial == number.serial,
            )
        ).first()
    if not passwords.matches(found.code_hash if found else "", code) or not found:
        limits.count("receipts", "", at_most=IN_ALL, sentence=str(_WAIT_ALL))
        return None
    limits.forget("receipt", who, at_most=PER_NUMBER)
    return found
