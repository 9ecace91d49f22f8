"""Disposing of what stands in a matter by a decision of retention: its values and files go, its
numbers and days stay, and every hash of the chain still holds.
"""

from datetime import datetime
from typing import Final
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialog.diary import files, indexing, lines, numbering, queries, registering, verifying
from dialog.diary.models import (
    DiaryAuthority,
    DiaryDisposal,
    DiaryEntry,
    DiaryLine,
    DiaryMatter,
    DiaryValue,
    EntryKind,
)
from dialog.documents import forgetting
from dialog.people import steps

DECISION: Final = "decision"  # the value that says by which decision
TABLES: Final = ("diary_value", "diary_line", "diary_word")  # where something is left to scrub


def dispose(
    session: Session, *, matter: DiaryMatter, decision: str, at: datetime, by: UUID | None
) -> bool:
    """Take it all away, and say so in an entry of the matter. False if nothing was left to take:
    done twice, it leaves one entry.
    """
    authority = session.get_one(DiaryAuthority, matter.authority_id)
    steps.hold(session, authority)
    going = _going(session, matter)
    if not going:
        return False
    position = numbering.position(session, authority=authority)
    values = {
        "number": str(numbering.number_of(authority, matter)),
        "registered": at.isoformat(),
        DECISION: decision,
        verifying.DISPOSES: " ".join(f"{place}:{name}" for place, name in going),
        "by": str(by or ""),
    }
    registering.write(session, authority, position, values, kind=EntryKind.DISPOSAL, matter=matter)
    _take(session, authority.id, going)
    found = queries.lines_of(session, matter=matter)
    kept = indexing.kept_of(session, found)
    for line in found:
        forgetting.forget_all(session, about=files.ABOUT, about_id=line.id)
        left = _left(session, line)
        lines.change(session, line, line.latest, left, kept=kept[line.position])
    return True


def _going(session: Session, matter: DiaryMatter) -> list[tuple[int, str]]:
    """Positions of entries, and the names of values of theirs."""
    query = (
        select(DiaryValue.position, DiaryValue.name)
        .join(
            DiaryEntry,
            sa.and_(
                col(DiaryEntry.authority_id) == col(DiaryValue.authority_id),
                col(DiaryEntry.position) == col(DiaryValue.position),
            ),
        )
        .where(DiaryEntry.matter_id == matter.id, col(DiaryValue.name).in_(verifying.GOES))
        .order_by(col(DiaryValue.position), col(DiaryValue.name))
    )
    return [(position, name) for position, name in session.exec(query)]


def _take(session: Session, authority_id: UUID, going: list[tuple[int, str]]) -> None:
    """The database lets go only of values that a disposal names."""
    rows = [
        {"authority_id": authority_id, "position": position, "name": name}
        for position, name in going
    ]
    session.connection().execute(sa.insert(DiaryDisposal), rows)
    session.connection().execute(
        sa.delete(DiaryValue).where(
            col(DiaryValue.authority_id) == authority_id,
            col(DiaryValue.position).in_({position for position, _name in going}),
            col(DiaryValue.name).in_(verifying.GOES),
        )
    )


def _left(session: Session, line: DiaryLine) -> dict[str, str]:
    query = select(DiaryValue.name, DiaryValue.value).where(
        DiaryValue.authority_id == line.authority_id, DiaryValue.position == line.latest
    )
    return dict(session.exec(query).all())
