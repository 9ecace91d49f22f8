"""Everything that goes wrong, turned into a page or a JSON answer in one place."""

from typing import Any

from flask import Flask, Response, jsonify, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from dialog.core.errors import BusyError, RefusedError, WrongInputError
from dialog.web.database import abandon
from dialog.web.logs import log_unexpected
from dialog.web.redirects import from_own_page, this_path

# status: (reason for programs, title, sentence)
PAGES: dict[int, tuple[str, Any, Any]] = {
    400: (
        "unreadable",
        lazy_gettext("Det gick inte att läsa det du skickade"),
        lazy_gettext("Gå tillbaka, ladda om sidan och försök igen."),
    ),
    401: (
        "signed-out",
        lazy_gettext("Du är inte inloggad"),
        lazy_gettext("Du loggas ut när du inte har gjort något på ett tag. Inget har sparats än."),
    ),
    404: (
        "unknown",
        lazy_gettext("Sidan finns inte"),
        lazy_gettext(
            "Adressen kan vara felskriven, eller så är sidan borttagen eller inte till för dig."
        ),
    ),
    405: (
        "method",
        lazy_gettext("Den här adressen är inte en sida"),
        lazy_gettext("Gå tillbaka till sidan du kom från och använd knappen där."),
    ),
    413: (
        "large",
        lazy_gettext("Det du skickade är för stort"),
        lazy_gettext("Gå tillbaka och välj en fil på högst 32 megabyte."),
    ),
    429: (
        "limited",
        lazy_gettext("För många försök"),
        lazy_gettext("Vänta en kvart och försök igen."),
    ),
    500: (
        "broken",
        lazy_gettext("Något gick fel hos oss"),
        lazy_gettext(
            "Felet är noterat. Inget har sparats halvt: antingen finns allt du gjorde kvar,"
            " eller inget av det. Försök igen om en stund."
        ),
    ),
    503: (
        "busy",
        lazy_gettext("Många vill in just nu"),
        lazy_gettext("Vänta en minut och försök igen."),
    ),
}
SIGNED_OUT = 401
TOO_MANY = 429  # raised by us with a sentence for the user
BROKEN = 500


def use_error_pages(app: Flask) -> None:
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(CSRFError, _stale)
    app.register_error_handler(RefusedError, _refused)
    app.register_error_handler(BusyError, _busy)
    app.register_error_handler(Exception, _unexpected)


def _http(error: HTTPException) -> Any:
    if error.code is None or error.code < 400:  # noqa: PLR2004 - redirects pass
        return error.get_response()
    known = error.code if error.code in PAGES else 400 if error.code < BROKEN else BROKEN
    _reason, title, sentence = PAGES[known]
    if error.code == TOO_MANY and error.description != type(error).description:
        sentence = error.description
    answer = _answer(error.code, title, sentence, keep_typed=error.code == SIGNED_OUT)
    if retry_after := getattr(error, "retry_after", None):
        answer.headers["Retry-After"] = str(retry_after)
    return answer


def _stale(_error: CSRFError) -> Response:
    return _answer(
        400,
        _("Sidan har stått öppen för länge"),
        _("Av säkerhetsskäl tar vi inte emot det som skickas från en gammal sida."),
        keep_typed=True,
    )


def _refused(error: RefusedError) -> Response:
    faults = error.faults if isinstance(error, WrongInputError) else ()
    return _answer(409, _("Det gick inte"), error.sentence, faults=faults)


def _busy(error: BusyError) -> Response:
    _reason, title, sentence = PAGES[503]
    return _answer(503, title, error.sentence or sentence)


def _unexpected(error: Exception) -> Response:
    log_unexpected(error)
    _reason, title, sentence = PAGES[BROKEN]
    return _answer(BROKEN, title, sentence)


def _answer(
    status: int,
    title: Any,
    sentence: Any,
    *,
    keep_typed: bool = False,
    faults: tuple[str, ...] = (),
) -> Response:
    """A page, or JSON for a script. With status 500 the page asks neither who is signed in nor
    the database anything: that may be what is broken.
    """
    abandon()
    if _wants_json():
        reason = PAGES[status][0] if status in PAGES else "refused"
        response = jsonify(error=str(sentence), reason=reason)
    else:
        response = Response(
            render_template(
                "web/error.html",
                title=title,
                sentence=sentence,
                faults=faults,
                status=status,
                plain=status >= BROKEN,
                typed=_typed() if keep_typed else None,
                action=this_path(),
            ),
            content_type="text/html; charset=utf-8",
        )
    response.status_code = status
    return response


def _wants_json() -> bool:
    return request.is_json or request.accept_mimetypes.best == "application/json"


def _typed() -> list[tuple[str, str]] | None:
    """What the user filled in, to be sent once more by a button; None if there is nothing.
    Never what another site sent: one more click must not carry out a forged request.
    """
    if request.method != "POST" or not from_own_page():
        return None
    return [
        (name, value)
        for name, value in request.form.items(multi=True)
        if "csrf_token" not in name and "password" not in name
    ] or None
