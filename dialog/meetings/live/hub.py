"""One look at the database for all streams of a process: whether a meeting has newer events."""

import asyncio
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from typing import Final
from uuid import UUID

import structlog

EVERY: Final = 0.25  # seconds between two looks
Look = Callable[[Collection[UUID]], Mapping[UUID, int]]


class Hub:
    """Streams wait here for a number that is higher than theirs. All of it runs on one event loop;
    `look` (which reads the database) runs in a thread of its own and holds nothing between looks.
    """

    def __init__(self, look: Look, *, every: float = EVERY) -> None:
        self._look, self._every = look, every
        self._last: dict[UUID, int] = {}
        self._followed: Counter[UUID] = Counter()
        self._changed: dict[UUID, asyncio.Event] = {}
        self._task: asyncio.Task[None] | None = None

    def follow(self, meeting_id: UUID) -> None:
        """Look for this meeting's events from now on, until `leave`."""
        self._followed[meeting_id] += 1
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._poll())

    def leave(self, meeting_id: UUID) -> None:
        self._followed[meeting_id] -= 1
        if self._followed[meeting_id] <= 0:
            for kept in (self._followed, self._last, self._changed):
                kept.pop(meeting_id, None)

    async def newer(self, meeting_id: UUID, *, than: int, within: float) -> int | None:
        """The number of the last event once it is higher; None if that takes too long (s)."""
        deadline = asyncio.get_running_loop().time() + within
        while self._last.get(meeting_id, 0) <= than:
            changed = self._changed.setdefault(meeting_id, asyncio.Event())
            left = deadline - asyncio.get_running_loop().time()
            try:
                await asyncio.wait_for(changed.wait(), max(0.0, left))
            except TimeoutError:
                return None
        return self._last[meeting_id]

    async def _poll(self) -> None:
        while self._followed:
            await self._once()
            await asyncio.sleep(self._every)

    async def _once(self) -> None:
        try:
            found = await asyncio.to_thread(self._look, tuple(self._followed))
        except Exception as error:  # noqa: BLE001 - the database is away: the next look tells
            structlog.get_logger().warning("look", error=type(error).__name__)
            return
        for meeting_id, number in found.items():
            if meeting_id in self._followed and number > self._last.get(meeting_id, -1):
                self._last[meeting_id] = number
                if waiting := self._changed.pop(meeting_id, None):
                    waiting.set()
