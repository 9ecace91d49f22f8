"""A round's result groups as they are kept with its plan: frozen at approval with the rest."""

from collections.abc import Iterable
from typing import Any

from dialog.core.disclosure.joining import ResultGroup
from dialog.surveys.models import Round


def of(round_: Round) -> list[ResultGroup]:
    """The groups that are declared, in the order in which they were."""
    return [
        ResultGroup(each["code"], each["name"], tuple(each["units"]))
        for each in round_.result_groups or ()
    ]


def as_json(groups: Iterable[ResultGroup]) -> list[dict[str, Any]]:
    """What `Round.result_groups` holds."""
    return [{"code": g.code, "name": g.name, "units": list(g.units)} for g in groups]
