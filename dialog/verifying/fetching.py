"""Asking a server for a file as a visitor does: bounded in size, and followed nowhere else."""

import http.client
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

LARGEST: Final = 8 * 2**20
TIMEOUT: Final = 20.0


@dataclass(frozen=True)
class Answer:
    """Header names are in lower case; a header sent twice stands once, with a comma between."""

    status: int
    headers: Mapping[str, str]
    body: bytes


Get = Callable[[str, Mapping[str, str]], Answer]


class UnreachableError(OSError):
    """No answer from `url`; `reason` is the system's."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(reason)
        self.url, self.reason = url, reason


class _Stay(urllib.request.HTTPRedirectHandler):
    """A server that sends us elsewhere is not followed: what is elsewhere was not asked for."""

    def redirect_request(self, *_args: Any, **_kwargs: Any) -> None:
        return None


_OPENER = urllib.request.build_opener(_Stay)


def get(url: str, headers: Mapping[str, str]) -> Answer:
    """The answer to GET `url`, whatever its status. Raises UnreachableError."""
    request = urllib.request.Request(url, headers=dict(headers))  # noqa: S310 - checked by `address`
    try:
        with _OPENER.open(request, timeout=TIMEOUT) as response:
            return _answer(response.status, response.headers, response.read(LARGEST + 1), url)
    except urllib.error.HTTPError as refused:
        with refused:
            return _answer(refused.code, refused.headers, refused.read(LARGEST + 1), url)
    except (OSError, http.client.HTTPException) as failed:
        reason = getattr(failed, "reason", failed)
        raise UnreachableError(url, str(reason) or type(failed).__name__) from None


def _answer(status: int, headers: Any, body: bytes, url: str) -> Answer:
    if len(body) > LARGEST:
        raise UnreachableError(url, f"> {LARGEST} byte")
    joined: dict[str, str] = {}
    for name, value in headers.items():
        before = joined.get(name.lower())
        joined[name.lower()] = value if before is None else f"{before}, {value}"
    return Answer(status, joined, body)
