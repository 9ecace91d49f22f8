"""Events as server-sent events (text/event-stream, WHATWG HTML 9.2)."""

import json
from collections.abc import Iterable
from typing import Any, Final

from dialog.meetings.live_models import MeetingEvent

TYPE: Final = "text/event-stream"
STREAM: Final = "dialog.stream"  # in a request's environ: a stream asks, and holds the answer open
PULSE: Final = "puls"  # nothing has happened; the server is there
HAPPENED: Final = "hande"  # one event: its number and kind
SHOWN: Final = "lage"  # what the page shows now
OVER: Final = "slut"  # this answer ends; ask again after `om` milliseconds
ASK_AGAIN: Final = 1_000


def message(event: str, data: Any, *, number: int | None = None) -> str:
    head = f"id: {number}\n" if number is not None else ""
    return f"{head}event: {event}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"


def happened(events: Iterable[MeetingEvent]) -> str:
    return "".join(
        message(
            HAPPENED,
            {"nummer": each.number, "slag": str(each.kind), **each.payload},
            number=each.number,
        )
        for each in events
    )


def shown(html: str) -> str:
    return message(SHOWN, {"html": html})


def over(*, after: int = ASK_AGAIN) -> str:
    return message(OVER, {"om": after})
