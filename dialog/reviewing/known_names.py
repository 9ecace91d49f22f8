"""The names that are looked for in texts: the roster's, and the small units'."""

from typing import Final

from sqlmodel import Session, col, select

from dialog.core.disclosure.suppression import CROSSED_DEPTH
from dialog.core.pointers import Names, names_of
from dialog.organisation.models import Unit
from dialog.people.models import Person

SMALL: Final = 50  # people; and every unit below verksamhet, where no text is shown


def names(session: Session) -> Names:
    people = session.exec(select(Person.name).where(col(Person.in_roster))).all()
    units = session.exec(select(Unit)).all()
    small = [
        unit.name
        for unit in units
        if unit.depth > CROSSED_DEPTH or 0 < unit.headcount.get("", 0) < SMALL
    ]
    return names_of(people, small)
