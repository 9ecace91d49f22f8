"""Answers that betray the level which their response was stored without.

Whoever answers what only managers are asked is a manager, also where the level is stored as none
because too few had it. Beside the participation list such a row stands for fewer than k people. So
where a place holds people of several levels, and a question was asked of some of these levels and
not of others, nobody's answer to it is kept there.
"""

from collections import defaultdict
from collections.abc import Mapping

from dialog.core.conditions import holds
from dialog.core.disclosure.coarsening import Place, Stored
from dialog.core.questionnaire import LEVEL, Condition, Questionnaire
from dialog.core.routing import Gates, gates

Items = frozenset[str]


def betraying(form: Questionnaire, stored: Mapping[Place, Stored]) -> dict[Place, Items]:
    """For each place that answers came from, the items of `form` whose answers are not kept.

    `stored` tells where those from each (unit, level) are stored (core.disclosure.coarsening).
    """
    levels: dict[Stored, set[str]] = defaultdict(set)
    for (_unit, level), place in stored.items():
        levels[place].add(level)
    asked = gates(form, {LEVEL})
    left_out = {
        place: frozenset(name for name, gate in asked.items() if _parts(gate, here))
        for place, here in levels.items()
    }
    return {place: left_out[at] for place, at in stored.items()}


def _parts(gate: Gates, levels: set[str]) -> bool:
    """Whether some of these levels pass a test of the gate that others do not."""
    return any(
        len({holds(Condition(parts=(test,)), {}, level) for level in levels}) > 1 for test in gate
    )
