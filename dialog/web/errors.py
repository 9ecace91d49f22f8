"""Everything that goes wrong, turned into a page or a JSON answer in one place."""

import structlog
from flask import Flask, Response, g, jsonify, render_template, request
from flask_babel import gettext as _
from werkzeug.exceptions import HTTPException

from dialog.core.errors import RefusedError

log = structlog.get_logger()


def use_error_pages(app: Flask) -> None:
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(RefusedError, _refused)
    app.register_error_handler(Exception, _unexpected)


def _wants_json() -> bool:
    return request.is_json or request.accept_mimetypes.best == "application/json"


def _answer(status: int, title: str, sentence: str) -> tuple[Response | str, int]:
    g.refused = True
    opened = g.get("session")
    if opened is not None:
        opened.rollback()
    if _wants_json():
        return jsonify(error=sentence), status
    return render_template("web/error.html", title=title, sentence=sentence), status


def _http(error: HTTPException) -> tuple[Response | str, int] | Response:
    if error.code is None or error.code < 400:  # noqa: PLR2004 - redirects pass
        return error.get_response()  # type: ignore[return-value]  # werkzeug's and Flask's Response
    titles = {
        400: (
            _("Det gick inte att läsa det du skickade"),
            _("Gå tillbaka, ladda om sidan och försök igen."),
        ),
        404: (_("Sidan finns inte"), _("Kontrollera adressen, eller börja från startsidan.")),
        405: (_("Det gick inte att göra så"), _("Gå tillbaka och försök igen från sidan.")),
        413: (_("Filen är för stor"), _("Välj en mindre fil och försök igen.")),
        429: (_("För många försök"), _("Vänta några minuter och försök igen.")),
    }
    title, sentence = titles.get(error.code, (_("Något gick fel"), _("Försök igen om en stund.")))
    return _answer(error.code, title, sentence)


def _refused(error: RefusedError) -> tuple[Response | str, int]:
    return _answer(409, _("Det gick inte"), error.sentence)


def _unexpected(error: Exception) -> tuple[Response | str, int]:
    # The traceback's frames, not its values: a value could be an answer or a name.
    places = []
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{code.co_filename.rsplit('dialog/', 1)[-1]}:{trace.tb_lineno}")
        trace = trace.tb_next
    log.error("unexpected", error=type(error).__name__, places=places[-6:])
    return _answer(
        500,
        _("Något gick fel hos oss"),
        _("Felet är noterat. Försök igen om en stund. Inget av det du gjorde har sparats halvt."),
    )
