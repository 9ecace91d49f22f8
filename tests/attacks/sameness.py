"""Looks for anything in the page or the manifest that differs from one visitor to the next, and
hands one respondent another key.
"""

import http.client
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec

from dialog.core.ballots import sealing
from dialog.core.ballots.encoding import canonical, encode
from dialog.simulate.respondent import Visitor, answer
from tests.attacks.live import Live
from tests.attacks.measures import Measure, faults
from tests.attacks.signed_in import emails, sessions

VISITORS = 50
MOVING = {"date"}  # the only header that may differ: what time it is
BROWSERS = ("Firefox/140.0", "Chrome/142.0", "Safari/26.1", "curl/8.14")
LANGUAGES = ("sv", "en", "fi;q=0.9, sv;q=0.1", "")


def run(live: Live) -> Iterator[Measure]:
    visitors = list(_visitors(live))
    name = f"/enkat/{live.round_id}"
    paths = [
        name,
        f"{name}?lang=en",
        *(f"{name}/{what}.json" for what in ("manifest", "form", "units")),
    ]
    found = []
    for path in paths:
        answers = {_get(live.instance.base_url, path, headers) for headers in visitors}
        if len(answers) != 1 or next(iter(answers))[0] != 200:
            found.append(f"{path.replace(str(live.round_id), '*')}: {len(answers)} different")
    ours = _get(live.instance.base_url, f"{name}/manifest.json", {})[2]
    theirs = _get(live.instance.box_url, f"/rounds/{live.round_id}/manifest.json", {})[2]
    if ours != theirs:
        found.append("the two applications show different manifests")
    yield faults("pages and manifests that differ", found, of=VISITORS * len(paths))
    yield faults("cookies set for who answers", _cookies(live, paths, visitors), of=len(paths))
    yield faults("answers sent with another key", _another_key(live), of=1)


def _visitors(live: Live) -> Iterator[dict[str, str]]:
    """Headers of different people, two in three of them signed in, with different browsers."""
    settings = live.instance.settings
    people = [(email, BROWSERS[n % 4]) for n, email in enumerate(emails(settings, most=VISITORS))]
    for number, who in enumerate(sessions(settings, people)):
        headers = {"User-Agent": who.browser, "Accept-Language": LANGUAGES[number // 4 % 4]}
        if number % 3:
            headers["Cookie"] = f"{who.cookie}; sprak={'en' if number % 2 else 'sv'}"
        yield headers


def _get(url: str, path: str, headers: dict[str, str]) -> tuple[int, Any, bytes]:
    at = urlsplit(url)
    connection = http.client.HTTPConnection(at.hostname or "", at.port or 80, timeout=30)
    connection.request("GET", path, headers=headers)
    answered = connection.getresponse()
    told = tuple(
        sorted((k.lower(), v) for k, v in answered.getheaders() if k.lower() not in MOVING)
    )
    body = answered.read()
    connection.close()
    return answered.status, told, body


def _cookies(live: Live, paths: list[str], visitors: list[dict[str, str]]) -> list[str]:
    """Which of the paths set one. The sessions are real: the front door tells them apart."""
    signed_in = next(headers for headers in visitors if "Cookie" in headers)
    at_the_door = [
        _get(live.instance.base_url, "/", {"User-Agent": signed_in["User-Agent"], **more})
        for more in ({}, {"Cookie": signed_in["Cookie"]})
    ]
    assert at_the_door[0] != at_the_door[1], "nobody was signed in: the attack would prove nothing"
    answers = [_get(live.instance.base_url, path, signed_in) for path in paths]
    return [
        path
        for path, (_status, told, _body) in zip(paths, answers, strict=True)
        if any(name == "set-cookie" for name, _value in told)
    ]


def _another_key(live: Live) -> list[str]:
    """One respondent's page shows a manifest with the attacker's key: nothing may be sent. The
    same page with the true manifest lets them answer.
    """
    evil = encode(sealing.public_bytes(ec.generate_private_key(ec.SECP256R1()).public_key()))
    found = []
    for forging in (True, False):
        between = _Between(live, evil if forging else "")
        who = live.take()
        outcome = answer(
            Visitor(who.secret, who.unit, who.level, who.answers),
            base_url=between.url, round_id=str(live.round_id), order=0,
        )  # fmt: skip
        between.stop()
        if forging and (between.sent or outcome.receipt):
            found.append(f"sent to {between.sent}")
        if not forging:
            assert outcome.receipt, f"the true manifest was refused: {outcome.problem}"
    return found


class _Between:
    """Stands before the staff application and passes all on; with `key` in place of the round's."""

    def __init__(self, live: Live, key: str) -> None:
        self.sent: list[str] = []  # what was posted but for the question of who one is
        between, onwards = self, urlsplit(live.instance.base_url)

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_args: Any) -> None:
                """No line."""

            def do_GET(self) -> None:
                self._pass_on(b"")

            def do_POST(self) -> None:
                if not self.path.endswith("/place"):
                    between.sent.append(self.path)
                self._pass_on(self.rfile.read(int(self.headers["Content-Length"])))

            def _pass_on(self, body: bytes) -> None:
                connection = http.client.HTTPConnection(onwards.hostname or "", onwards.port or 80)
                headers = {"Origin": live.instance.base_url, "Content-Type": "application/json"}
                connection.request(self.command, self.path, body or None, headers)
                answered = connection.getresponse()
                content = answered.read()
                if key and self.path.endswith("/manifest.json"):
                    content = canonical({**json.loads(content), "holders": [key]})
                connection.close()
                self.send_response(answered.status)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
