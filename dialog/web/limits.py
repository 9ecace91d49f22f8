"""Attempts are counted per account, code or room, never per address alone: a hospital stands
behind one address.
"""

import hashlib
import hmac
import math
import time

from flask import Flask, current_app
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from limits import parse
from werkzeug.exceptions import TooManyRequests


def use_limits(app: Flask, storage_url: str) -> None:
    limiter = Limiter(get_remote_address, storage_uri=storage_url, headers_enabled=False)
    # Counted as known to the application already, it adds no check of its own to every request:
    # we count where something is tried, by `count`.
    app.extensions["limiter"] = {limiter}
    limiter.init_app(app)


def count(what: str, who: str, *, at_most: str, sentence: str = "") -> None:
    """Count one attempt at `what` by `who` (an account, a code); 429 past `at_most`, for example
    "10 per 15 minutes". `sentence` tells the user what to do then. `who` is not kept as it is.
    """
    limit, key = parse(at_most), _pseudonym(what, who)
    if not _limiter().limiter.hit(limit, what, key):
        wait = _limiter().limiter.get_window_stats(limit, what, key).reset_time - time.time()
        raise TooManyRequests(sentence or None, retry_after=max(1, math.ceil(wait)))


def used_up(what: str, who: str, *, at_most: str) -> bool:
    """Whether one more attempt would be too many; counts nothing."""
    return not _limiter().limiter.test(parse(at_most), what, _pseudonym(what, who))


def forget(what: str, who: str, *, at_most: str) -> None:
    """Start counting anew: the attempts led to success."""
    _limiter().limiter.clear(parse(at_most), what, _pseudonym(what, who))


def _limiter() -> Limiter:
    found: Limiter = next(iter(current_app.extensions["limiter"]))
    return found


def _pseudonym(what: str, who: str) -> str:
    """A name for `who` that says nothing without our secret key."""
    key = current_app.config["SECRET_KEY"]
    return hmac.new(key, f"limit\0{what}\0{who}".encode(), hashlib.sha256).hexdigest()
