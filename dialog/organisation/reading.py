"""From the rows of both files to a roster, or to every fault there is: rules only, no database."""

import re
import unicodedata
from collections.abc import Iterable

from dialog.core.identity_numbers import has_identity_number
from dialog.core.levels import Level
from dialog.organisation.roster import (
    MOST_POSTS,
    Fault,
    File,
    PersonLine,
    Reading,
    Reason,
    Roster,
    UnitLine,
)
from dialog.organisation.tables import Table, read_table
from dialog.organisation.unit_tree import check_tree, from_the_root

LONGEST = {"unit": 60, "parent": 60, "name": 200, "email": 254}
OF_A_GROUP = "~"  # in the code of a result group, so that no unit ever gets that of one
SHORTEST_NUMBER = 10  # signs of a personal identity number: most cells are shorter
_EMAIL = re.compile(r"[a-z0-9!#$%&'*+/=?^_`{|}~.-]+@[a-z0-9-]+(\.[a-z0-9-]+)+")
_LEVEL_WORDS = {
    "förtroendevald": Level.ELECTED,
    "politiker": Level.ELECTED,
    "direktör": Level.DIRECTOR,
    "chef3": Level.MANAGER_3,
    "chef2": Level.MANAGER_2,
    "chef1": Level.MANAGER_1,
    "medarbetare": Level.STAFF,
} | {level.value.replace("-", ""): level for level in Level}

At = tuple[int, dict[str, str]]  # a line and the cells of its row


def read(units: bytes, people: bytes) -> Reading:
    """Read units.csv and people.csv. Faults are sorted by file and line; with any, no roster."""
    reading = Reading()
    unit_table = read_table(units, file=File.UNITS)
    people_table = read_table(people, file=File.PEOPLE)
    for table in (unit_table, people_table):
        reading.faults += table.faults
        reading.ignored += [(table.file, column) for column in table.ignored]
    found_units, known = _units(unit_table, reading.faults)
    found_people = _people(people_table, known if unit_table.readable else None, reading.faults)
    order = list(File)
    reading.faults.sort(key=lambda fault: (order.index(fault.file), fault.line or 0))
    if not reading.faults:
        reading.roster = Roster(from_the_root(found_units), found_people)
    return reading


def level_from(word: str) -> Level | None:
    """The level that a word in a file means: ours or the Swedish one, "chef 1" as "Chef-1"."""
    return _LEVEL_WORDS.get(re.sub(r"[\s_-]", "", word.casefold()))


def email_from(text: str) -> str | None:
    """The address in the one form we keep, or None if it cannot be one."""
    address = text.lower()
    local = address.partition("@")[0]
    dotted = local.startswith(".") or local.endswith(".") or ".." in local
    return address if _EMAIL.fullmatch(address) and not dotted else None


def _units(table: Table, faults: list[Fault]) -> tuple[dict[str, UnitLine], set[str]]:
    """Units by code; and every code that occurs, of wrong rows too, so that one fault is one."""
    found: dict[str, UnitLine] = {}
    lines: dict[str, int] = {}
    for line, row in table.rows:
        faults += _cells(table, line, row, required=("unit",))
        code = row["unit"]
        if "/" in code or code in {".", ".."}:
            faults.append(_fault(table, Reason.SLASH, (line, row), "unit"))
        elif OF_A_GROUP in code:
            faults.append(_fault(table, Reason.TILDE, (line, row), "unit"))
        if code in lines:
            faults.append(_fault(table, Reason.DOUBLE_CODE, (line, row), "unit", str(lines[code])))
        if code and code not in lines:
            lines[code] = line
            found[code] = UnitLine(code, row.get("name") or code, row["parent"] or None)
    if table.readable and found:
        faults += check_tree(found, lines, column=table.headings["parent"])
    return found, set(lines)


def _people(table: Table, units: set[str] | None, faults: list[Fault]) -> dict[str, PersonLine]:
    """People by address. `units` None: the other file cannot be read, so do not ask for units."""
    names: dict[str, tuple[str, int]] = {}
    posts: dict[str, dict[str, tuple[Level, int]]] = {}
    for line, row in table.rows:
        faults += _cells(table, line, row, required=("name", "email", "unit", "level"))
        email, level = email_from(row["email"]), level_from(row["level"])
        if row["email"] and email is None:
            faults.append(_fault(table, Reason.WRONG_EMAIL, (line, row), "email"))
        if row["level"] and level is None:
            faults.append(_fault(table, Reason.UNKNOWN_LEVEL, (line, row), "level"))
        if row["unit"] and units is not None and row["unit"] not in units:
            faults.append(_fault(table, Reason.UNKNOWN_UNIT, (line, row), "unit"))
        if email is None:
            continue
        held = posts.setdefault(email, {})
        clash = _clash(row, names.setdefault(email, (row["name"], line)), held)
        if clash is not None:
            faults.append(_fault(table, clash[0], (line, row), "email", str(clash[1])))
        elif level is not None:
            held[row["unit"]] = (level, line)
    return {
        email: PersonLine(
            email,
            names[email][0],
            tuple(sorted((unit, level) for unit, (level, _line) in held.items())),
        )
        for email, held in posts.items()
    }


def _clash(
    row: dict[str, str], known: tuple[str, int], held: dict[str, tuple[Level, int]]
) -> tuple[Reason, int] | None:
    """Why this row cannot be one more post of the person `known` as (name, first line) who holds
    posts `held` as (level, line) by unit; and the line that it clashes with.
    """
    name, first = known
    if row["name"] and name != row["name"]:
        return Reason.OTHER_NAME, first
    if row["unit"] in held:
        return Reason.SAME_POST, held[row["unit"]][1]
    if len(held) == MOST_POSTS:
        return Reason.TOO_MANY_POSTS, first
    return None


def _fault(table: Table, reason: Reason, at: At, column: str, other: str = "") -> Fault:
    line, row = at
    return Fault(table.file, reason, line, table.headings[column], row[column], other)


def _cells(
    table: Table, line: int, row: dict[str, str], *, required: Iterable[str]
) -> Iterable[Fault]:
    for column in required:
        if not row[column]:
            yield Fault(table.file, Reason.EMPTY_CELL, line, table.headings[column])
    for column, value in row.items():
        longest = LONGEST.get(column)
        if longest and len(value) > longest:
            yield Fault(
                table.file, Reason.TOO_LONG, line, table.headings[column], value[:20], str(longest)
            )
        if len(value) >= SHORTEST_NUMBER and has_identity_number(value):
            # The number itself is not repeated on a page or in a terminal.
            yield Fault(table.file, Reason.IDENTITY_NUMBER, line, table.headings[column])
        if not value.isprintable() and any(unicodedata.category(sign) == "Cc" for sign in value):
            yield Fault(table.file, Reason.CONTROL_CHARACTER, line, table.headings[column])
