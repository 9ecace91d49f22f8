"""What stands in each column of the tables that can be asked for, with an example.

Every column of the tables is here; a test says so when one is added. Values are invented.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from flask_babel import lazy_gettext as _l

from dialog.surveys.models import Access


@dataclass(frozen=True)
class Column:
    """`examples` are two values, `before` what stands there until the round opens, if that is
    something else. `ways` are the ways in with which the column is filled.
    """

    words: Any
    examples: tuple[Any, Any]
    ways: frozenset[Access] = frozenset(Access)
    before: Any = None


MAILS: Final = frozenset(access for access in Access if access.mails)
PRINTS: Final = frozenset(access for access in Access if access.prints)
YES, NO, NOTHING = _l("ja"), _l("nej"), "–"
A_TEXT: Final = _l("(en text som någon har skrivit)")
UNIT: Final = "unit_id"
GROUP: Final = "result_group"
PLACED: Final = frozenset({UNIT, GROUP})  # emptied when the unit on the answers is disposed of
# None: numbers that the machine keeps the rows apart by, and that say nothing.
Columns = Mapping[str, Column | None]

LISTED: Final[Columns] = {
    "id": None,
    "round_id": None,
    "person_id": Column(_l("Namn och e-postadress"), (_l("Person 1"), _l("Person 2")), MAILS),
    "number": Column(_l("Slumptalet i länken eller koden"), ("482 110 357", "73 905 224")),
    "stack_id": Column(_l("Hög med lappar"), (_l("Hög 1"), _l("Hög 1")), PRINTS),
    UNIT: Column(_l("Enhet"), ("", "")),
    "level": Column(_l("Nivå"), ("", "")),
    "withdrawn": Column(_l("Koden är tillbakadragen"), (NO, NO), PRINTS),
    "issued": Column(_l("Har svarat"), (YES, NO), before=NO),
    "blinded_hash": Column(
        _l("Kontrollsumma av begäran om att få svara"), ("9c41…", NOTHING), before=NOTHING
    ),
    "sent": Column(_l("Inbjudan skickad"), (YES, YES), MAILS, before=NO),
    "reminding": Column(_l("Påminnelse på väg"), (NO, NO), MAILS),
    "mail_problem": Column(_l("Varför mejlet inte kom fram"), (NOTHING, NOTHING), MAILS),
}
ANSWERED: Final[Columns] = {
    "id": None,
    "round_id": None,
    UNIT: Column(_l("Enhet"), ("", "")),
    GROUP: Column(_l("Resultatgrupp"), ("", "")),
    "level": Column(_l("Nivå"), ("", "")),
    "answers": Column(_l("Svaren på de fasta frågorna"), ("", "")),
}
WRITTEN: Final[Columns] = {
    "id": None,
    "round_id": None,
    "item": Column(_l("Fråga"), ("", "")),
    UNIT: Column(_l("Enhet"), ("", "")),
    "level": Column(_l("Nivå"), ("", "")),
    "text": Column(_l("Texten som den skrevs"), (A_TEXT, A_TEXT)),
}


def filled(columns: Columns, *, access: Access) -> dict[str, Column]:
    """The columns that say something, with this way in."""
    return {
        name: column
        for name, column in columns.items()
        if column is not None and access in column.ways
    }
