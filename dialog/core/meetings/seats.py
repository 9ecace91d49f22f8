"""Who has a seat in a room, and who waits for one: first come, first served."""

from collections.abc import Hashable, Sequence
from typing import TypeVar

Who = TypeVar("Who", bound=Hashable)


def seated(
    wanting: Sequence[tuple[Who, bool]], *, capacity: int | None
) -> tuple[list[Who], list[Who]]:
    """Those who have a seat and those who wait, of `wanting` (in order of answer; whether they
    have a seat already). A seat is never taken away: where the room has become smaller there are
    more seated than it holds, and nobody moves up until there is room.
    """
    have = [who for who, has in wanting if has]
    waiting = [who for who, has in wanting if not has]
    if capacity is None:
        return [who for who, _has in wanting], []
    free = max(0, capacity - len(have))
    new = set(waiting[:free])
    return [who for who, has in wanting if has or who in new], waiting[free:]
