"""One simulated respondent: the requests that a browser makes, over real HTTP."""

import http.client
import json
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from dialog.core.ballots import manifest, respondent
from dialog.core.errors import RefusedError

TIMEOUT = 30.0
TRIES = 4


@dataclass(frozen=True)
class Visitor:
    """Who is to answer. An empty secret is somebody who came by the open link. `source` is the
    loopback address they come from, where each is to have one of their own.
    """

    secret: str
    unit: str
    level: str
    answers: dict[str, Any]
    address: str = ""  # the person's e-mail, for the truth file only
    planted: str = ""
    source: str = ""


@dataclass(frozen=True)
class Outcome:
    """What became of a visitor: `receipt` is the hash of the ballot, empty if it was refused."""

    visitor: Visitor
    order: int  # of arrival
    receipt: str = ""
    problem: str = ""
    seconds: float = 0.0


@dataclass
class Line:
    """A connection to one origin, opened anew when it breaks; a request is tried again as a
    browser's script does, which must be harmless.
    """

    url: str
    headers: dict[str, str] = field(default_factory=dict)
    source: str = ""
    connection: http.client.HTTPConnection | None = None

    def send(self, method: str, path: str, body: dict[str, str] | None = None) -> tuple[int, bytes]:
        """The status and body of the answer. Raises OSError when there is none."""
        for left in reversed(range(TRIES)):
            try:
                return self._once(method, path, body)
            except (OSError, http.client.HTTPException):
                self.close()
                if not left:
                    raise
                time.sleep(0.2 * (TRIES - left))
        raise OSError

    def _once(self, method: str, path: str, body: dict[str, str] | None) -> tuple[int, bytes]:
        if self.connection is None:
            address = urlsplit(self.url)
            kind = (
                http.client.HTTPSConnection
                if address.scheme == "https"
                else http.client.HTTPConnection
            )
            self.connection = kind(
                address.hostname or "",
                address.port,
                timeout=TIMEOUT,
                source_address=(self.source, 0) if self.source else None,
            )
        headers = {**self.headers, "Accept": "application/json, text/html;q=0.9"}
        data = None
        if body is not None:
            headers["Content-Type"] = "application/json"
            data = json.dumps(body).encode()
        self.connection.request(method, path, data, headers)
        response = self.connection.getresponse()
        return response.status, response.read()

    def close(self) -> None:
        if self.connection is not None:
            self.connection.close()
        self.connection = None


def answer(
    visitor: Visitor,
    *,
    base_url: str,
    round_id: str,
    order: int,
    known: manifest.Manifest | None = None,
) -> Outcome:
    """The whole journey: page, manifest from both sides, place, issue, post. With the manifest
    `known` only page, issue and post: what a benchmark of those three asks for.
    """
    started = time.perf_counter()
    headers = {"Origin": base_url}
    staff = Line(base_url, headers, visitor.source)
    box = Line(known.box, headers, visitor.source) if known else None
    try:
        _expect(staff.send("GET", f"/enkat/{round_id}"), 200)
        if known is None or box is None:
            told = _expect(staff.send("GET", f"/enkat/{round_id}/manifest.json"), 200)
            known = manifest.load(told)
            box = Line(known.box, headers, visitor.source)
            _expect(box.send("GET", f"/rounds/{round_id}/manifest.json"), 200, same_as=told)
            who = {"secret": respondent.padded(visitor.secret)}
            _expect(staff.send("POST", f"/enkat/{round_id}/place", who), 200)
        made = respondent.prepare(
            known, unit=visitor.unit, level=visitor.level, answers=visitor.answers
        )
        asked = respondent.issue_request(made, secret=visitor.secret)
        signed = _expect(staff.send("POST", f"/enkat/{round_id}/issue", asked), 200)
        posted = respondent.post_request(known, made, json.loads(signed)["signature"])
        kept = _expect(box.send("POST", f"/rounds/{round_id}/ballots", posted), 201)
    except (RefusedError, OSError, http.client.HTTPException, ValueError) as problem:
        return Outcome(visitor, order, problem=str(problem) or type(problem).__name__)
    finally:
        staff.close()
        if box is not None:
            box.close()
    receipt = json.loads(kept)["receipt"]
    return Outcome(visitor, order, receipt, seconds=time.perf_counter() - started)


def _expect(answered: tuple[int, bytes], status: int, *, same_as: bytes | None = None) -> bytes:
    if answered[0] == status:
        if same_as is not None and answered[1] != same_as:
            raise RefusedError("The two applications show different manifests.")
        return answered[1]
    try:
        reason = json.loads(answered[1]).get("error", "")
    except (ValueError, AttributeError):
        reason = ""
    raise RefusedError(f"{answered[0]} {reason}".strip())
