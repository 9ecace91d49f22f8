"""The wiring of the ballot box: three addresses, no session, no cookie, no log of requests."""

import logging
from urllib.parse import urlsplit

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from dialog.ballotbox import views
from dialog.ballotbox.announcements import Announcements
from dialog.ballotbox.settings import BoxSettings, from_environment
from dialog.storage.engine import make_engine, single
from dialog.storage.private import require_private
from dialog.storage.signed_files import Side
from dialog.web.headers import use_headers
from dialog.web.repeating import use_repeating

MAX_BODY = 64 * 1024
TELLING = ("Cookie", "Authorization", "Referer")  # headers that could say who is asking
A_DAY = 86_400
log = logging.getLogger("dialog.ballotbox")


def side(settings: BoxSettings) -> Side:
    """The ballot box's side of the exchange folder."""
    return Side(name="box", other="staff", folder=settings.exchange, keys=settings.keys)


def create_box(settings: BoxSettings | None = None) -> Flask:
    """The ballot box, ready to serve."""
    settings = settings or from_environment()
    require_private(settings.keys)
    box = Flask("dialog.ballotbox", static_folder=None)
    box.config.update(MAX_CONTENT_LENGTH=MAX_BODY)
    engine = make_engine(settings.database_url)
    ours = side(settings)
    ours.publish()
    box.extensions["engine"] = engine
    box.extensions["single"] = single(engine)
    box.extensions["announcements"] = Announcements(engine, ours)
    box.add_url_rule("/health", view_func=views.health)
    box.add_url_rule("/rounds/<uuid:round_id>/manifest.json", view_func=views.manifest)
    box.add_url_rule("/rounds/<uuid:round_id>/ballots", view_func=views.post, methods=["POST"])
    box.before_request(_refuse_telling)
    _allow_origin(box, origin=_origin(settings.base_url))
    use_headers(box, https=settings.https)
    use_repeating(box, refusing=tuple(f"HTTP_{name.upper()}" for name in TELLING))
    box.register_error_handler(HTTPException, _http)
    box.register_error_handler(Exception, _unexpected)
    return box


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _refuse_telling() -> tuple[Response, int] | None:
    for name in TELLING:
        if name in request.headers:
            return views.refused(400, "identified")
    return None


def _allow_origin(box: Flask, *, origin: str) -> None:
    fixed = {
        "Access-Control-Allow-Origin": origin,
        "Vary": "Origin",
        "Cross-Origin-Resource-Policy": "cross-origin",
    }
    preflight = {
        "Access-Control-Allow-Methods": "GET, POST",
        "Access-Control-Allow-Headers": "Content-Type",
        "Access-Control-Max-Age": str(A_DAY),
    }

    @box.after_request
    def _set(response: Response) -> Response:
        response.headers.extend(fixed)
        if request.method == "OPTIONS":
            response.headers.extend(preflight)
        return response


def _http(error: HTTPException) -> tuple[Response, int] | Response:
    status = error.code or 500
    reasons = {404: "unknown", 405: "method", 413: "length"}
    return views.refused(status, reasons.get(status, "unreadable"))


def _unexpected(error: Exception) -> tuple[Response, int]:
    # Its name and nothing else: a message could hold a ballot.
    log.error("unexpected %s", type(error).__name__)
    return views.refused(500, "unexpected")


__all__ = ["create_box", "side"]
