"""Security headers, the same on every answer of either application."""

from collections.abc import Callable, Iterable
from types import TracebackType
from typing import TYPE_CHECKING

from flask import Flask

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

Problem = tuple[type[BaseException], BaseException, TracebackType] | tuple[None, None, None] | None


def policy(*, connect: str = "") -> str:
    """A Content-Security-Policy without inline script or style. `connect`: one more origin that
    scripts may talk to (the ballot box).
    """
    return (
        "default-src 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'self'; "
        f"form-action 'self'; img-src 'self' data:; connect-src 'self' {connect}".strip()
    )


def use_headers(app: Flask, *, connect: str = "", https: bool = False) -> None:
    """Set the headers on whatever leaves, error or not; a view may set its own Referrer-Policy or
    caching. Around the application and not after each request: there it cost 0.08 ms a time.
    """
    fixed = [
        ("Content-Security-Policy", policy(connect=connect)),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "SAMEORIGIN"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
        ("Referrer-Policy", "same-origin"),
        ("Cache-Control", "no-store"),
    ]
    if https:
        fixed.append(("Strict-Transport-Security", "max-age=63072000; includeSubDomains"))
    answer = app.wsgi_app

    def answer_with_headers(
        environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        def start(
            status: str, headers: list[tuple[str, str]], problem: Problem = None, /
        ) -> Callable[[bytes], object]:
            own = {name.lower() for name, _value in headers}
            headers += [pair for pair in fixed if pair[0].lower() not in own]
            return start_response(status, headers, problem)

        return answer(environ, start)

    app.wsgi_app = answer_with_headers  # type: ignore[method-assign]  # Flask's documented way
