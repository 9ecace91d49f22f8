"""Words for what the organisation's rules say in codes: levels, and what is wrong with a file."""

from flask_babel import gettext as _

from dialog.core.levels import Level


def level_name(level: Level) -> str:
    """The level as its people are called, in the reader's language."""
    names: dict[Level, str] = {
        Level.ELECTED: _("Förtroendevald"),
        Level.DIRECTOR: _("Direktör"),
        Level.MANAGER_3: _("Chef 3"),
        Level.MANAGER_2: _("Chef 2"),
        Level.MANAGER_1: _("Chef 1"),
        Level.STAFF: _("Medarbetare"),
    }
    return names[level]
