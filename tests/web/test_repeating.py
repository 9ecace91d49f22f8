import itertools
from collections.abc import Callable

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient

from dialog.web import repeating
from dialog.web.headers import use_headers
from dialog.web.repeating import repeat, use_repeating


@pytest.fixture
def client() -> FlaskClient:
    app, numbers = Flask(__name__), itertools.count(1)

    def marked() -> str:
        repeat()
        return str(next(numbers))

    def with_cookie() -> Response:
        repeat()
        response = Response(str(next(numbers)))
        response.set_cookie("who", "somebody")
        return response

    def missing() -> tuple[str, int]:
        repeat()
        return str(next(numbers)), 404

    views: dict[str, Callable[[], object]] = {
        "/marked": marked,
        "/plain": lambda: str(next(numbers)),
        "/cookie": with_cookie,
        "/missing": missing,
    }
    for path, view in views.items():
        app.add_url_rule(path, path, view, methods=["GET", "POST"])  # type: ignore[arg-type]  # plain strings
    use_headers(app)
    use_repeating(app, refusing=("HTTP_REFERER",))
    return app.test_client(use_cookies=False)


def test_a_marked_answer_is_repeated_with_its_headers(client: FlaskClient) -> None:
    first, second = client.get("/marked"), client.get("/marked")
    assert first.data == second.data == b"1"
    assert list(first.headers) == list(second.headers)
    assert second.headers["X-Content-Type-Options"] == "nosniff"


def test_after_its_moment_it_is_asked_for_again(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(repeating, "FOR", 0.0)
    assert [client.get("/marked").data for _ in range(2)] == [b"1", b"2"]


@pytest.mark.parametrize("path", ["/plain", "/cookie", "/missing"])
def test_what_is_not_marked_or_sets_a_cookie_or_fails_is_never_repeated(
    client: FlaskClient, path: str
) -> None:
    assert [client.get(path).data for _ in range(2)] == [b"1", b"2"]


def test_another_address_host_or_method_has_an_answer_of_its_own(client: FlaskClient) -> None:
    answers = [
        client.get("/marked"),
        client.get("/marked?lang=en"),
        client.get("/marked", base_url="http://other.example"),
        client.post("/marked"),
    ]
    assert [answer.data for answer in answers] == [b"1", b"2", b"3", b"4"]


@pytest.mark.parametrize("header", ["If-None-Match", "Range", "Referer"])
def test_a_request_that_says_more_than_its_address_is_handed_on(
    client: FlaskClient, header: str
) -> None:
    client.get("/marked")
    assert client.get("/marked", headers={header: "x"}).data == b"2"


def test_whoever_asks_for_ever_new_addresses_fills_no_memory(client: FlaskClient) -> None:
    for number in range(repeating.AT_MOST + 10):
        client.get(f"/marked?{number}")
    kept = client.application.extensions["repeating"]._kept
    assert len(kept) <= repeating.AT_MOST
