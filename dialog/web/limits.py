"""Attempts are counted per account, code or room, never per address alone: a hospital stands
behind one address.
"""

from flask import Flask, abort, current_app
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from limits import parse


def use_limits(app: Flask, storage_url: str) -> None:
    Limiter(get_remote_address, app=app, storage_uri=storage_url, headers_enabled=False)


def count(what: str, who: str, *, at_most: str) -> None:
    """Count one attempt at `what` by `who` (an account, a code); 429 past `at_most`,
    for example "10 per 15 minutes".
    """
    limiter: Limiter = next(iter(current_app.extensions["limiter"]))
    if not limiter.limiter.hit(parse(at_most), what, who):
        abort(429)
