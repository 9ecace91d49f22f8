"""Everything that goes over the wire, with the moment and the address: what a proxy before the
applications sees, and more than its log would keep.
"""

import asyncio
import contextlib
import threading
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Message:
    """A request or an answer: when it was complete, at which address, its head, its body."""

    moment: float  # seconds since the epoch
    address: str
    origin: str  # "staff" or "box"
    is_request: bool
    head: bytes
    body: bytes

    @property
    def line(self) -> bytes:
        return self.head.split(b"\r\n", 1)[0]


@dataclass(frozen=True)
class Exchange:
    """A request with its answer."""

    asked: Message
    told: Message

    @property
    def path(self) -> str:
        return self.asked.line.split(b" ")[1].decode()


def exchanges(heard: Iterable[Message], path: str = "") -> list[Exchange]:
    """Requests whose path ends so with what was answered, in the order of the answers: what was
    written by then is on disk. An address asks one thing at a time of each side.
    """
    waiting: dict[tuple[str, str], Message] = {}
    found = []
    for one in sorted(heard, key=lambda one: one.moment):
        who = one.address, one.origin
        if one.is_request:
            waiting[who] = one
        elif who in waiting:
            found.append(Exchange(waiting.pop(who), one))
    return [one for one in found if one.path.endswith(path)]


@dataclass
class Listener:
    """A proxy in a thread of its own. It connects onwards from the address that came to it."""

    origin: str
    host: str
    port: int
    onwards: int
    heard: list[Message] = field(default_factory=list)

    def start(self) -> None:
        self._loop = asyncio.new_event_loop()
        ready = threading.Event()

        def run() -> None:
            self._server = self._loop.run_until_complete(
                asyncio.start_server(self._meet, self.host, self.port, backlog=512)
            )
            ready.set()
            self._loop.run_forever()

        self._thread = threading.Thread(target=run, daemon=True)
        self._thread.start()
        if not ready.wait(10):
            raise RuntimeError("the listener did not start")

    def stop(self) -> None:
        async def end() -> None:
            self._server.close()
            for task in asyncio.all_tasks() - {asyncio.current_task()}:
                task.cancel()
            await asyncio.sleep(0)

        asyncio.run_coroutine_threadsafe(end(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    async def _meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        address = writer.get_extra_info("peername")[0]
        try:
            back, onwards = await asyncio.open_connection(
                "127.0.0.1", self.onwards, local_addr=(address, 0)
            )
        except OSError:
            writer.close()
            return
        with contextlib.suppress(OSError):
            await asyncio.gather(
                self._pass_on(reader, onwards, address, is_request=True),
                self._pass_on(back, writer, address, is_request=False),
            )

    async def _pass_on(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        address: str,
        *,
        is_request: bool,
    ) -> None:
        waiting = b""
        try:
            while data := await reader.read(2**16):
                writer.write(data)
                await writer.drain()
                waiting += data
                for head, body, left in _whole(waiting):
                    waiting = left
                    self.heard.append(
                        Message(time.time(), address, self.origin, is_request, head, body)
                    )
        except OSError:
            pass
        finally:
            writer.close()


def _whole(data: bytes) -> Iterator[tuple[bytes, bytes, bytes]]:
    """The messages that are complete in `data`, each with what is left after it."""
    while b"\r\n\r\n" in data:
        head, rest = data.split(b"\r\n\r\n", 1)
        length = 0
        for line in head.split(b"\r\n")[1:]:
            name, _, value = line.partition(b":")
            if name.strip().lower() == b"content-length":
                length = int(value)
        if len(rest) < length:
            return
        body, data = rest[:length], rest[length:]
        yield head, body, data
