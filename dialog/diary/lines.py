"""What the diary shows of a document: made of the values of its entries, the latest first."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session

from dialog.diary import indexing
from dialog.diary.indexing import Words
from dialog.diary.models import DiaryLine, DiaryMatter, Direction


def put(
    session: Session,
    authority_id: UUID,
    position: int,
    values: Mapping[str, str],
    *,
    matter: DiaryMatter,
    document: int,
) -> DiaryLine:
    """The line of a document that was registered just now."""
    line = DiaryLine(
        authority_id=authority_id, position=position, matter_id=matter.id, document=document,
        registered_at=datetime.fromisoformat(values["registered"]), latest=position,
        **shown(values),
    )  # fmt: skip
    session.add(line)
    session.flush()
    indexing.change(session, line, old=indexing.NONE, new=indexing.words_of(line, matter))
    return line


def change(
    session: Session, line: DiaryLine, position: int, values: Mapping[str, str], *, kept: Words
) -> None:
    """What the entry at `position` says of it from now on; `kept` is what the index has of it."""
    for name, value in shown(values).items():
        setattr(line, name, value)
    line.latest = position
    session.add(line)
    session.flush()
    new = indexing.words_of(line, session.get_one(DiaryMatter, line.matter_id))
    indexing.change(session, line, old=kept, new=new)


def shown(values: Mapping[str, str]) -> dict[str, Any]:
    """The columns of a line, from an entry's values; what was disposed of is empty."""
    direction = values.get("direction")
    return {
        "direction": Direction(direction) if direction else None,
        "arrived_on": date.fromisoformat(values["arrived"]),
        "correspondent": values.get("correspondent", ""),
        "subject": values.get("subject", ""),
        "public_correspondent": values.get("public_correspondent"),
        "public_subject": values.get("public_subject"),
        "secrecy": values.get("secrecy", ""),
    }
