"""What waits for somebody who holds a key, or is a deputy, and the keys they have."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from flask_babel import lazy_gettext
from sqlmodel import Session

from dialog.surveys.trustees import queries
from dialog.surveys.trustees.queries import Asked, Task

# task: (what is to be done, what its button says); with a deputy's words where they differ
_WORDS: Final[dict[Task, tuple[Any, Any]]] = {
    Task.MAKE: (
        lazy_gettext("Du är utsedd att hålla en nyckel. Gör den, så att omgången kan godkännas."),
        lazy_gettext("Gör nyckeln"),
    ),
    Task.TRY: (
        lazy_gettext("Prova att din kopia av nyckeln fungerar."),
        lazy_gettext("Prova nyckeln"),
    ),
    Task.OPEN: (
        lazy_gettext("Omgången har stängt. Det är din tur att öppna ditt lås."),
        lazy_gettext("Öppna ditt lås"),
    ),
    Task.DESTROY: (
        lazy_gettext("Svaren behöver inte nyckeln mer. Förstör den, och bekräfta det."),
        lazy_gettext("Förstör nyckeln"),
    ),
}
_FIRST: Final = (Task.OPEN, Task.MAKE, Task.TRY, Task.DESTROY)  # others wait for the first ones
_DEPUTY_OPENS: Final = lazy_gettext(
    "Omgången har stängt. Nyckelhållaren ska öppna sitt lås; du kan göra det som ersättare."
)


@dataclass(frozen=True)
class Waiting:
    """Something to be done with a key. `is_urgent`: others wait for it."""

    title: str
    words: str
    button: str
    address: str
    since: datetime
    is_urgent: bool


@dataclass(frozen=True)
class Keys:
    """What waits, and the other keys that the person has (title, address)."""

    waiting: list[Waiting]
    held: list[tuple[str, str]]


def of_person(session: Session, *, person_id: UUID) -> Keys:
    asked = queries.asked_of(session, person_id=person_id)
    busy = {each.round_id for each in asked}
    return Keys(
        waiting=[_waiting(each) for each in sorted(asked, key=lambda one: _FIRST.index(one.task))],
        held=[
            (round_.title, f"/nyckel/{round_.id}")
            for round_, trustee in queries.held_by(session, person_id=person_id)
            if round_.id not in busy and not queries.is_over(trustee, person_id=person_id)
        ],
    )


def _waiting(asked: Asked) -> Waiting:
    words, button = _WORDS[asked.task]
    if asked.task is Task.OPEN and asked.is_deputy:
        words = _DEPUTY_OPENS
    folder = "oppning" if asked.task is Task.OPEN else "nyckel"
    return Waiting(
        title=asked.round_title,
        words=str(words),
        button=str(button),
        address=f"/{folder}/{asked.round_id}",
        since=asked.since,
        is_urgent=not asked.is_deputy or asked.task is not Task.OPEN,
    )
