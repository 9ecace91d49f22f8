"""Who was there when something was promised: the room it was promised in knows, and says so here.

Lists of who attended stay where they are: a commitment never has one of its own.
"""

from collections.abc import Callable
from typing import Final
from uuid import UUID

from sqlmodel import Session

WasThere = Callable[[Session, UUID, UUID], bool]  # session, the source's id, the person's
_KNOWN: Final[dict[str, WasThere]] = {}


def know(kind: str, was_there: WasThere) -> None:
    """A room above says how to ask who was at a source of this `kind`; once, when it is loaded."""
    _KNOWN[kind] = was_there


def is_known(kind: str) -> bool:
    return kind in _KNOWN


def was_there(session: Session, *, kind: str, source_id: UUID, person_id: UUID) -> bool:
    """Whether the person was there; nobody was at a source that no room knows."""
    asked = _KNOWN.get(kind)
    return asked is not None and asked(session, source_id, person_id)
