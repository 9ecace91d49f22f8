"""What is said when something cannot take a step: what is wrong, and what can be done now."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _

from dialog.core.errors import IllegalTransitionError
from dialog.web.i18n import one_of


def illegal(wrong: str, possible: Sequence[Any], *, over: str = "") -> IllegalTransitionError:
    """`wrong` is a sentence; `possible` are the steps that can be taken now, such as "pausa
    omgången"; where there are none `over` is said.
    """
    if not possible:
        return IllegalTransitionError(f"{wrong} {over}".rstrip())
    choices = one_of([str(each) for each in possible])
    now_possible = _("Det som går nu är att %(choices)s.", choices=choices)
    return IllegalTransitionError(f"{wrong} {now_possible}")
