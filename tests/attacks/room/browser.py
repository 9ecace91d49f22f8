"""What a participant's browser does in a meeting's room, from an address of its own."""

import hashlib
import http.client
import json
import re
import secrets
from base64 import b64decode, b64encode
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit
from uuid import UUID

from cryptography.hazmat.primitives.serialization import load_der_public_key

from dialog.core.ballots import blind

TOKEN = re.compile(r'name="csrf_token"[^>]* value="([^"]+)"')
CSRF = re.compile(r'data-csrf="([^"]+)"')
ONCE = re.compile(r'name="once"[^>]* value="([^"]+)"')


@dataclass
class Browser:
    """Somebody who is signed in. `betrayed`: it sends its cookie with votes as well."""

    url: str
    person: str  # their e-mail address
    cookie: str
    source: str
    meeting: UUID
    betrayed: bool = False
    pass_: bytes = b""
    signature: bytes = b""
    blinded_hash: str = ""
    marks: dict[str, bytes] = field(default_factory=dict)

    def fetch_a_pass(self) -> None:
        """Open the room, and have a pass signed."""
        token = _in(CSRF, self._get("rum"))
        key: Any = load_der_public_key(b64decode(self._post("pass", {}, token)["key"]))
        self.pass_ = blind.prepare(secrets.token_bytes(32))
        blinded, inverse = blind.blind(key, self.pass_)
        self.blinded_hash = hashlib.sha256(blinded).hexdigest()
        answer = self._post("pass", {"blinded": b64encode(blinded).decode()}, token)
        self.signature = blind.finalize(key, self.pass_, b64decode(answer["signature"]), inverse)

    def follow(self, stream: str) -> None:
        """Hold a stream open for a moment."""
        address = f"{stream}/moten/{self.meeting}/handelser?vy=rum&efter=0"
        status, _body = self._send("GET", address, own=True, most=20)
        if status != 200:
            raise RuntimeError(f"{status} from the stream")

    def vote(self, poll: UUID, choice: int) -> None:
        self._spend(f"rostningar/{poll}/rost", choices=[choice])

    def support(self, question: UUID) -> None:
        self._spend(f"fragor/{question}/stod")

    def ask(self, words: str) -> None:
        """Open the page, and put a question without a name."""
        page = self._get("fragor/ny")
        form = {"csrf_token": _in(TOKEN, page), "once": _in(ONCE, page), "text": words}
        body = urlencode({**form, "name": "utan", "item": ""}).encode()
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        status, answer = self._send("POST", self._at("fragor/ny"), body, kind, own=True)
        if status != 200 or b"receipt" not in answer:
            raise RuntimeError(f"{status}: no receipt")

    def mark(self, thing: UUID) -> bytes:
        """What is kept of this pass with a thing."""
        return hashlib.sha256(self.pass_ + thing.bytes).hexdigest().encode()

    @property
    def one_mark(self) -> bytes:
        """What is kept of it in the control, with whatever it is."""
        return hashlib.sha256(self.pass_).hexdigest().encode()

    def _spend(self, where: str, **more: Any) -> None:
        told = {"pass": b64encode(self.pass_).decode()}
        told["signature"] = b64encode(self.signature).decode()
        self._post(where, {**told, **more}, own=self.betrayed)

    def _at(self, where: str) -> str:
        return f"{self.url}/moten/{self.meeting}/{where}"

    def _get(self, where: str) -> str:
        status, body = self._send("GET", self._at(where), own=True)
        if status != 200:
            raise RuntimeError(f"{status} from {where}")
        return body.decode()

    def _post(self, where: str, body: dict[str, Any], token: str = "", *, own: bool = True) -> Any:
        headers = {"Content-Type": "application/json", "X-CSRFToken": token}
        status, answer = self._send(
            "POST", self._at(where), json.dumps(body).encode(), headers, own=own
        )
        if status != 200:
            raise RuntimeError(f"{status} from {where}: {answer!r}")
        return json.loads(answer)

    def _send(
        self,
        method: str,
        address: str,
        body: bytes = b"",
        headers: dict[str, str] | None = None,
        *,
        own: bool,
        most: int = -1,
    ) -> tuple[int, bytes]:
        at = urlsplit(address)
        connection = http.client.HTTPConnection(
            "127.0.0.1", at.port or 80, timeout=60, source_address=(self.source, 0)
        )
        path = address.partition(at.netloc)[2]
        given = {**(headers or {}), "Host": at.netloc, "User-Agent": "Firefox/140.0"}
        if own:
            given["Cookie"] = self.cookie
        connection.request(method, path, body or None, given)
        answer = connection.getresponse()
        content = answer.read(most) if most > 0 else answer.read()
        connection.close()
        if own and (cookie := answer.getheader("Set-Cookie")):
            self.cookie = cookie.split(";")[0]
        return answer.status, content


def _in(pattern: re.Pattern[str], page: str) -> str:
    found = pattern.search(page)
    assert found is not None, pattern.pattern
    return found[1]
