"""Giving numbers: no gap and no duplicate, however many register at the same moment, for each is
taken from its counter in the transaction that writes the entry.
"""

from uuid import UUID

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlmodel import Session, col

from dialog.core.diary.numbers import DiaryNumber
from dialog.core.errors import RefusedError
from dialog.diary.models import DiaryAuthority, DiaryMatter, DiarySeries, Numbering
from dialog.storage import counters


def position(session: Session, *, authority: DiaryAuthority) -> int:
    """The place of the next entry; the authority's diary is this transaction's until it ends."""
    return counters.take(session, DiaryAuthority, "entries", col(DiaryAuthority.id) == authority.id)


def matter(
    session: Session, *, authority: DiaryAuthority, year: int, entered: DiaryNumber | None
) -> DiaryMatter:
    """A new matter with the next number of the year, or with the one that was entered from the
    authority's own diary. Raises RefusedError.
    """
    if authority.numbering is Numbering.OWN:
        if entered is not None:
            raise RefusedError(_("Numret ges av Dialog. Lämna fältet tomt."))
        serial = _serial(session, authority_id=authority.id, year=year)
    else:
        year, serial = _entered(session, authority=authority, number=entered)
    made = DiaryMatter(authority_id=authority.id, year=year, serial=serial)
    session.add(made)
    session.flush()
    return made


def document(session: Session, *, matter: DiaryMatter) -> int:
    """The next document's number in the matter."""
    return counters.take(session, DiaryMatter, "documents", col(DiaryMatter.id) == matter.id)


def number_of(authority: DiaryAuthority, matter: DiaryMatter, document: int = 0) -> DiaryNumber:
    return DiaryNumber(authority.letters, matter.year, matter.serial, document or None)


def _serial(session: Session, *, authority_id: UUID, year: int) -> int:
    if session.get(DiarySeries, (authority_id, year)) is None:
        # The authority's row is locked by now: nobody else makes this one.
        session.add(DiarySeries(authority_id=authority_id, year=year))
        session.flush()
    return counters.take(
        session, DiarySeries, "last",
        sa.and_(col(DiarySeries.authority_id) == authority_id, col(DiarySeries.year) == year),
    )  # fmt: skip


def _entered(
    session: Session, *, authority: DiaryAuthority, number: DiaryNumber | None
) -> tuple[int, int]:
    if number is None or number.letters != authority.letters or number.document is not None:
        raise RefusedError(
            _(
                "Skriv ärendets nummer från myndighetens diarium, till exempel %(number)s.",
                number=DiaryNumber(authority.letters, 2026, 417),
            )
        )
    taken = sa.select(sa.literal(1)).where(
        col(DiaryMatter.authority_id) == authority.id,
        col(DiaryMatter.year) == number.year,
        col(DiaryMatter.serial) == number.serial,
    )
    if session.connection().scalar(taken):
        raise RefusedError(
            _("Ärendet %(number)s finns redan. Lägg handlingen i det.", number=number)
        )
    return number.year, number.serial
