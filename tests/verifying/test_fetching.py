import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from dialog.verifying import fetching
from dialog.verifying.fetching import UnreachableError, get


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/away":
            self.send_response(302)
            self.send_header("Location", "/page")
            self.end_headers()
            return
        self.send_response(404 if self.path == "/missing" else 200)
        self.send_header("X-Twice", "one")
        self.send_header("X-Twice", "two")
        self.end_headers()
        self.wfile.write(self.headers.get("User-Agent", "").encode())

    def log_message(self, *_args: object) -> None:
        pass


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def test_an_answer_comes_with_its_headers_whatever_its_status(base: str) -> None:
    answer = get(f"{base}/page", {"User-Agent": "somebody"})
    assert (answer.status, answer.body) == (200, b"somebody")
    assert answer.headers["x-twice"] == "one, two"
    assert get(f"{base}/missing", {}).status == 404


def test_a_redirect_is_an_answer_and_not_followed(base: str) -> None:
    assert get(f"{base}/away", {}).status == 302


def test_an_answer_without_end_is_cut_off(base: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "LARGEST", 3)
    with pytest.raises(UnreachableError):
        get(f"{base}/page", {"User-Agent": "somebody"})


def test_nobody_there_is_told_with_the_address() -> None:
    with pytest.raises(UnreachableError) as failed:
        get("http://127.0.0.1:9/page", {})
    assert failed.value.url == "http://127.0.0.1:9/page"
    assert failed.value.reason
