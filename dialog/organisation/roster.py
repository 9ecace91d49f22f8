"""What a roster is before it is rows: units, people with their posts, and what is wrong with it."""

from dataclasses import dataclass, field
from enum import StrEnum

from dialog.core.levels import Level

MOST_POSTS = 2


class File(StrEnum):
    UNITS = "units"
    PEOPLE = "people"


class Reason(StrEnum):
    """Why a line or a file cannot be taken; wording.py says it to people."""

    EMPTY_FILE = "empty-file"
    NO_ROWS = "no-rows"
    WORKBOOK = "workbook"
    UTF_16 = "utf-16"
    NOT_UTF_8 = "not-utf-8"
    DELIMITER = "delimiter"
    QUOTES = "quotes"
    OTHER_FILE = "other-file"
    MISSING_COLUMN = "missing-column"
    DOUBLE_COLUMN = "double-column"
    TOO_MANY_CELLS = "too-many-cells"
    EMPTY_CELL = "empty-cell"
    TOO_LONG = "too-long"
    CONTROL_CHARACTER = "control-character"
    IDENTITY_NUMBER = "identity-number"
    SLASH = "slash"
    TILDE = "tilde"
    DOUBLE_CODE = "double-code"
    UNKNOWN_PARENT = "unknown-parent"
    NO_ROOT = "no-root"
    TWO_ROOTS = "two-roots"
    CYCLE = "cycle"
    WRONG_EMAIL = "wrong-email"
    OTHER_NAME = "other-name"
    SAME_POST = "same-post"
    TOO_MANY_POSTS = "too-many-posts"
    UNKNOWN_UNIT = "unknown-unit"
    UNKNOWN_LEVEL = "unknown-level"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to mend. `line` counts from 1 as an editor does, None for the whole file;
    `column` is the column's name in the file; `value` is what stood there and `other` what the
    reason needs besides: a line, a unit, a list.
    """

    file: File
    reason: Reason
    line: int | None = None
    column: str = ""
    value: str = ""
    other: str = ""


@dataclass(frozen=True, slots=True)
class UnitLine:
    code: str
    name: str
    parent: str | None  # code


@dataclass(frozen=True, slots=True)
class PersonLine:
    """`posts` holds (unit code, level), sorted: their order in the file says nothing."""

    email: str
    name: str
    posts: tuple[tuple[str, Level], ...]


@dataclass(frozen=True, slots=True)
class Roster:
    """A whole organisation. Each unit stands after its parent."""

    units: dict[str, UnitLine]  # by code
    people: dict[str, PersonLine]  # by e-mail


@dataclass
class Reading:
    """What came of reading the files: a roster, or faults; and columns that nobody asked for."""

    roster: Roster | None = None
    faults: list[Fault] = field(default_factory=list)
    ignored: list[tuple[File, str]] = field(default_factory=list)  # (file, column)
