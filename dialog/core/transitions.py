"""A table of the steps that something with states can take."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar

State = TypeVar("State", bound=StrEnum)
Action = TypeVar("Action", bound=StrEnum)


@dataclass(frozen=True)
class Transition(Generic[State]):
    """From which states a step may be taken, and where it leads (None: that is not fixed)."""

    before: frozenset[State]
    after: State | None
    words: Any = ""  # what is done, as a lazy text: "pausa omgången"; of rules in core elsewhere
    by_people: bool = True  # False: the platform takes the step by itself


def possible(table: Mapping[Action, Transition[State]], state: State) -> tuple[Action, ...]:
    """What people can do in `state`, in the order of the table."""
    return tuple(
        action for action, step in table.items() if step.by_people and state in step.before
    )
