"""For a moment, an answer that is the same for everybody is repeated without asking Flask.

When a whole ward opens a survey at once, nearly all of its pages and manifests are answered here.
What is repeated depends on the address alone: the view has said so (`repeat`), it sets no cookie,
and no header of the request had a part in it.
"""

import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING, Final

from flask import Flask, request

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

Problem = tuple[type[BaseException], BaseException, TracebackType] | tuple[None, None, None] | None
FOR: Final = 1.0  # seconds: what has changed is seen after this time
AT_MOST: Final = 256  # answers kept; an address can be had with any query
MARK: Final = "dialog.repeat"
# Requests with these get an answer of their own: they ask about a copy they hold already.
_CONDITIONAL: Final = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_RANGE")
_DEPENDING: Final = {"set-cookie", "www-authenticate"}


@dataclass(frozen=True)
class _Answer:
    until: float  # of time.monotonic
    headers: tuple[tuple[str, str], ...]
    body: bytes


class Repeating:
    """A WSGI application around another, with a memory of its own process."""

    def __init__(
        self, answer: Callable[..., Iterable[bytes]], *, refusing: tuple[str, ...] = ()
    ) -> None:
        """Requests with one of the headers `refusing` (WSGI names) are always handed on."""
        self._answer = answer
        self._own = (*_CONDITIONAL, *refusing)
        self._kept: dict[tuple[str, str, str], _Answer] = {}
        self._lock = threading.Lock()

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] != "GET" or any(name in environ for name in self._own):
            return self._answer(environ, start_response)
        key = environ.get("HTTP_HOST", ""), environ["PATH_INFO"], environ.get("QUERY_STRING", "")
        kept = self._kept.get(key)
        if kept is None or kept.until <= time.monotonic():
            return self._ask(key, environ, start_response)
        start_response("200 OK", list(kept.headers))
        return [kept.body]

    def forget(self) -> None:
        """Ask again at once; for tests."""
        self._kept.clear()

    def _ask(
        self,
        key: tuple[str, str, str],
        environ: "WSGIEnvironment",
        start_response: "StartResponse",
    ) -> Iterable[bytes]:
        told: list[tuple[str, list[tuple[str, str]]]] = []

        def start(
            status: str, headers: list[tuple[str, str]], problem: Problem = None, /
        ) -> Callable[[bytes], object]:
            told.append((status, headers))
            return start_response(status, headers, problem)

        parts = self._answer(environ, start)
        if not environ.get(MARK) or not told or not told[-1][0].startswith("200 "):
            return parts
        body = b"".join(parts)
        if callable(close := getattr(parts, "close", None)):
            close()
        headers = tuple(told[-1][1])
        if not any(name.lower() in _DEPENDING for name, _value in headers):
            with self._lock:
                if len(self._kept) >= AT_MOST:
                    self._kept.clear()
                self._kept[key] = _Answer(time.monotonic() + FOR, headers, body)
        return [body]


def use_repeating(app: Flask, *, refusing: tuple[str, ...] = ()) -> None:
    """Repeat what views of `app` have marked; after use_headers, whose headers are part of it."""
    app.extensions["repeating"] = repeating = Repeating(app.wsgi_app, refusing=refusing)
    app.wsgi_app = repeating  # type: ignore[method-assign]  # Flask's documented way


def repeat() -> None:
    """This answer, if it is 200, depends on its address alone and may be a moment old."""
    request.environ[MARK] = True
