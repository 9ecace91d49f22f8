"""People as somebody types them: one a line, name and e-mail address."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from flask_babel import gettext as _

from dialog.core.errors import WrongInputError
from dialog.people.accounts import clean_email

MOST: Final = 50
_ADDRESS: Final = re.compile(r"[<(]?([^\s<>(),;]+@[^\s<>(),;]+)[>)]?")


@dataclass(frozen=True)
class Person:
    name: str
    email: str


def read_lines(text: str) -> tuple[tuple[Person, ...], list[str]]:
    """The people, and a sentence for each line that cannot be read. Name and address may be parted
    by a comma, a semicolon, a tab or brackets.
    """
    people: dict[str, Person] = {}
    faults = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        found = _ADDRESS.search(line)
        name = " ".join(_ADDRESS.sub(" ", line, count=1).strip(" ,;\t").split()) if found else ""
        if found is None:
            faults.append(_("Rad %(number)s saknar e-postadress.", number=number))
        elif not name:
            faults.append(_("Rad %(number)s saknar namn.", number=number))
        elif _wrong(found[1]):
            faults.append(
                _("Rad %(number)s: ”%(what)s” är ingen e-postadress.", number=number, what=found[1])
            )
        else:
            email = clean_email(found[1])
            people.setdefault(email, Person(name[:200], email))
    if len(people) > MOST:
        faults.append(_("Högst %(most)s personer får plats.", most=MOST))
    return tuple(people.values()), faults


def _wrong(address: str) -> bool:
    try:
        clean_email(address)
    except WrongInputError:
        return True
    return False


def as_lines(people: Iterable[Person]) -> str:
    return "\n".join(f"{person.name}, {person.email}" for person in people)
