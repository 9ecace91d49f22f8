"""Where to go next: only ever to a page of our own."""

from urllib.parse import urlsplit

from flask import request

LONGEST = 500


def own_path(target: str | None, *, otherwise: str = "/") -> str:
    r"""`target` if it is a path of this site (with its query), else `otherwise`. Browsers read
    `//host`, `/\host` and tabs within either as another site.
    """
    if not target or len(target) > LONGEST or not target.isprintable():
        return otherwise
    if not target.startswith("/") or target.startswith("//") or "\\" in target:
        return otherwise
    parts = urlsplit(target)
    return otherwise if parts.scheme or parts.netloc else target


def this_path() -> str:
    """The path and query of this request, to come back to."""
    return request.full_path if request.query_string else request.path


def from_own_page() -> bool:
    """Whether the browser says that this request was sent from one of our own pages."""
    asked = request.headers.get("Origin") or request.referrer or ""
    return bool(asked) and urlsplit(asked).netloc == request.host
