"""What the parts of a review are called."""

from collections.abc import Mapping
from typing import Any, Final

from flask_babel import lazy_gettext as _l

from dialog.core.review import SubStudy

SUB_STUDIES: Final[Mapping[SubStudy, Any]] = {
    SubStudy.POLITICAL: _l("Delstudie 1: den politiska organisationen"),
    SubStudy.MANAGERS: _l("Delstudie 2: mellan chefsnivåer"),
    SubStudy.STAFF: _l("Delstudie 3: medarbetare och ledning"),
}

_SHORT: Final[Mapping[SubStudy, Any]] = {
    SubStudy.POLITICAL: _l("Politiska organisationen"),
    SubStudy.MANAGERS: _l("Mellan chefsnivåer"),
    SubStudy.STAFF: _l("Medarbetare och ledning"),
}


def short(part: SubStudy) -> str:
    """For the head of a column."""
    return str(_SHORT[part])
