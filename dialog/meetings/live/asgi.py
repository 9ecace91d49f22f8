"""What is said to an ASGI server, and heard from it (asgi.readthedocs.io, HTTP and lifespan)."""

from collections.abc import Awaitable, Callable
from typing import Any

Send = Callable[[dict[str, Any]], Awaitable[None]]
Receive = Callable[[], Awaitable[dict[str, Any]]]


async def part(send: Send, text: str, *, more: bool = True) -> None:
    """Send a part of an answer; the last without `more`."""
    await send({"type": "http.response.body", "body": text.encode(), "more_body": more})


async def left(receive: Receive) -> None:
    """Return when the browser has gone."""
    while (await receive())["type"] != "http.disconnect":
        pass


async def lifespan(receive: Receive, send: Send) -> None:
    """Say yes to the beginning and the end."""
    while True:
        what = (await receive())["type"]
        await send({"type": f"{what}.complete"})
        if what == "lifespan.shutdown":
            return
