"""Security headers, the same on every answer of either application."""

from flask import Flask, Response


def policy(*, connect: str = "") -> str:
    """A Content-Security-Policy without inline script or style. `connect`: one more origin that
    scripts may talk to (the ballot box).
    """
    return (
        "default-src 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'self'; "
        f"form-action 'self'; img-src 'self' data:; connect-src 'self' {connect}".strip()
    )


def use_headers(app: Flask, *, connect: str = "", https: bool = False) -> None:
    """Set the headers after each request; a view may set its own Referrer-Policy or caching."""
    fixed = {
        "Content-Security-Policy": policy(connect=connect),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "SAMEORIGIN",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
        "Referrer-Policy": "same-origin",
        "Cache-Control": "no-store",
    }
    if https:
        fixed["Strict-Transport-Security"] = "max-age=63072000; includeSubDomains"

    @app.after_request
    def _set(response: Response) -> Response:
        for name, value in fixed.items():
            response.headers.setdefault(name, value)
        return response
