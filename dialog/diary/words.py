"""What pages call the parts of a diary."""

from typing import Final

from flask_babel import lazy_gettext as _l

from dialog.diary.models import Direction, EntryKind

DIRECTIONS: Final = {
    Direction.IN: _l("Inkommen"),
    Direction.OUT: _l("Utgående"),
    Direction.DRAWN_UP: _l("Upprättad"),
}
KINDS: Final = {
    EntryKind.MATTER: _l("Ärendet öppnades"),
    EntryKind.DOCUMENT: _l("Registrerades"),
    EntryKind.CORRECTION: _l("Rättades"),
    EntryKind.FILES: _l("Filer"),
    EntryKind.DISPOSAL: _l("Gallrades"),
}
