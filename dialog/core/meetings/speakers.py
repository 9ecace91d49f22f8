"""In which order those who have asked for the floor speak, and how time was shared out."""

from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Turn:
    """Somebody waits. `number` grows with the order in which they asked."""

    number: int
    who: Hashable
    reply: bool = False  # to whoever is speaking: before all others


def queue(waiting: Sequence[Turn], *, spoken: Collection[Hashable], new_first: bool) -> list[Turn]:
    """Replies, then (if `new_first`) those who are not among `spoken`, then the others; each in the
    order in which they asked.
    """
    return sorted(
        waiting,
        key=lambda turn: (not turn.reply, new_first and turn.who in spoken, turn.number),
    )


@dataclass(frozen=True)
class Share:
    speeches: int
    seconds: int


def share(speeches: Sequence[int]) -> Share:
    """Of speeches that lasted so many seconds each."""
    return Share(len(speeches), sum(speeches))
