"""The names that are looked for in texts: the roster's, and the small units'."""

import time
from dataclasses import dataclass
from typing import Final

from flask import current_app
from flask.blueprints import BlueprintSetupState
from sqlmodel import Session, col, select

from dialog.core.disclosure.suppression import CROSSED_DEPTH
from dialog.core.pointers import Names, names_of
from dialog.organisation.models import Unit
from dialog.people.models import Person

SMALL: Final = 50  # people; and every unit below verksamhet, where no text is shown
KEPT_FOR: Final = 60.0  # seconds; splitting 60,000 names takes as long as a whole page may


@dataclass
class KnownNames:
    """What one process has read, while it is fresh. Safe for threads: it is replaced whole."""

    kept: tuple[float, Names] | None = None

    def of(self, session: Session) -> Names:
        kept = self.kept
        if kept is None or time.monotonic() - kept[0] > KEPT_FOR:
            kept = self.kept = (time.monotonic(), read(session))
        return kept[1]


def use_names(state: BlueprintSetupState) -> None:
    state.app.extensions["known_names"] = KnownNames()


def names(session: Session) -> Names:
    """The names, at most a minute old."""
    known: KnownNames = current_app.extensions["known_names"]
    return known.of(session)


def read(session: Session) -> Names:
    people = session.exec(select(Person.name).where(col(Person.in_roster))).all()
    units = session.exec(select(Unit)).all()
    small = [
        unit.name
        for unit in units
        if unit.depth > CROSSED_DEPTH or 0 < unit.headcount.get("", 0) < SMALL
    ]
    return names_of(people, small)
