"""What the answering page asks for: the manifest, the form, the units, a place and a signature.

None of these requests is logged, sets a cookie, or answers differently but by what is asked.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final, ParamSpec
from uuid import UUID

from flask import Response, current_app, g, jsonify, request
from flask.blueprints import BlueprintSetupState
from flask_babel import lazy_gettext

from dialog.core.ballots.encoding import decode, encode
from dialog.storage.clock import now
from dialog.surveys.answering import entering, issuing
from dialog.surveys.answering.cache import AnsweringCache, Face
from dialog.surveys.answering.issuing import AnsweringError
from dialog.web.anonymous import for_everybody
from dialog.web.redirects import from_own_page

P = ParamSpec("P")
REFUSALS: Final[dict[str, tuple[int, Any]]] = {
    "unknown": (404, lazy_gettext("Länken eller koden gäller inte för den här enkäten.")),
    "withdrawn": (
        410,
        lazy_gettext("Koden gäller inte längre. Be den som delade ut lapparna om en ny."),
    ),
    "issued": (409, lazy_gettext("Ett svar har redan skickats med den här länken eller koden.")),
    "closed": (410, lazy_gettext("Enkäten har stängt.")),
    "paused": (423, lazy_gettext("Enkäten är pausad. Försök igen senare.")),
    "unreadable": (400, lazy_gettext("Det gick inte att läsa det som skickades.")),
    "origin": (403, lazy_gettext("Svaret måste skickas från enkätens egen sida.")),
    "lost": (503, lazy_gettext("Enkäten kan inte ta emot svar just nu. Försök igen senare.")),
}
PUBLIC = "public, max-age=60"


def use_answering(state: BlueprintSetupState) -> None:
    """Give the application its memory of rounds, and take what answers JSON out of the forms'
    protection: these check the origin themselves.
    """
    extensions = state.app.extensions
    extensions["answering"] = AnsweringCache(extensions["engine"], extensions["settings"])
    for view in (place, issue):
        extensions["csrf"].exempt(view)


def cache() -> AnsweringCache:
    found: AnsweringCache = current_app.extensions["answering"]
    return found


def face_of(round_id: UUID) -> Face:
    """The round as it is met by somebody who answers. Raises AnsweringError("unknown")."""
    face = cache().of(round_id)
    if face is None:
        raise AnsweringError("unknown")
    return face


def quiet(view: Callable[P, Response]) -> Callable[P, Response]:
    """A view that leaves no line in the log and words its refusals as JSON."""

    @wraps(view)
    def answered(*args: P.args, **kwargs: P.kwargs) -> Response:
        g.unlogged = True
        try:
            return view(*args, **kwargs)
        except AnsweringError as refused:
            return _refused(refused.reason)

    return answered


def _refused(reason: str) -> Response:
    status, sentence = REFUSALS[reason]
    response = jsonify(error=str(sentence), reason=reason)
    response.status_code = status
    return response


def _public(content: bytes) -> Response:
    for_everybody()
    response = Response(content, mimetype="application/json")
    response.headers["Cache-Control"] = PUBLIC
    return response


@quiet
def manifest(round_id: UUID) -> Response:
    return _public(face_of(round_id).fixed.manifest)


@quiet
def form(round_id: UUID) -> Response:
    return _public(face_of(round_id).fixed.form)


@quiet
def units(round_id: UUID) -> Response:
    face_of(round_id)
    return _public(cache().units(round_id))


@quiet
def place(round_id: UUID) -> Response:
    face, body = face_of(round_id), _body()
    visitor = entering.visitor(round_id, body.get("secret"))
    found = issuing.place(cache().reader, round_id=round_id, face=face, visitor=visitor)
    return jsonify(unit=found.unit, level=found.level, answered=found.answered)


@quiet
def issue(round_id: UUID) -> Response:
    face, body = face_of(round_id), _body()
    try:
        blinded = decode(body["blinded"])
    except (KeyError, TypeError, ValueError):
        raise AnsweringError("unreadable") from None
    signature = issuing.issue(
        cache().writer,
        settings=current_app.extensions["settings"],
        round_id=round_id,
        face=face,
        visitor=entering.visitor(round_id, body.get("secret")),
        blinded=blinded,
        now=now(),
    )
    return jsonify(signature=encode(signature))


def _body() -> dict[str, Any]:
    """The JSON object that one of our own pages sent."""
    if not from_own_page():
        raise AnsweringError("origin")
    body = request.get_json(silent=True)
    if not isinstance(body, dict):
        raise AnsweringError("unreadable")
    return body


__all__ = [
    "cache",
    "face_of",
    "form",
    "issue",
    "manifest",
    "place",
    "quiet",
    "units",
    "use_answering",
]
