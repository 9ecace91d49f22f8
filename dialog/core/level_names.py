"""What each level is called in Swedish and English, for files that hold both."""

from collections.abc import Mapping
from typing import Final

from dialog.core.levels import Level
from dialog.core.questionnaire import Text

LEVEL_NAMES: Final[Mapping[Level, Text]] = {
    Level.ELECTED: Text(sv="Förtroendevald", en="Elected representative"),
    Level.DIRECTOR: Text(sv="Direktör", en="Director"),
    Level.MANAGER_3: Text(sv="Chef 3", en="Manager 3"),
    Level.MANAGER_2: Text(sv="Chef 2", en="Manager 2"),
    Level.MANAGER_1: Text(sv="Chef 1", en="Manager 1"),
    Level.STAFF: Text(sv="Medarbetare", en="Staff"),
}
