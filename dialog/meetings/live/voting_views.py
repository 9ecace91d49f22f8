"""What browsers send with a pass: a question supported, a vote; and how they get the pass."""

import binascii
from base64 import b64decode, b64encode
from typing import Any
from uuid import UUID

from flask import abort, jsonify, request
from flask.blueprints import BlueprintSetupState

from dialog.core.errors import RefusedError
from dialog.meetings import page as pages
from dialog.meetings.live import passes, questions, slips, supporting, visiting
from dialog.meetings.models import Meeting
from dialog.meetings.polling import voting
from dialog.people.signing_in import me, permitted
from dialog.web.database import session


def use_passes(state: BlueprintSetupState) -> None:
    """What comes with a pass comes without a cookie, so no other site can send it in one's name."""
    for view in (support, vote):
        state.app.extensions["csrf"].exempt(view)


@permitted("meeting.follow", traceless=True)
def pass_(meeting_id: UUID) -> Any:
    """The meeting's public key; with something blinded, its signature too. A guest sends the code
    of a slip with it.
    """
    meeting, guest = visiting.followed(meeting_id)
    if not questions.are_taken(session(), meeting=meeting):
        return _refused(RefusedError(""))
    key = b64encode(passes.public_key(session(), meeting=meeting)).decode()
    given = _json()
    if "blinded" not in given:
        return jsonify(key=key)
    try:
        signature = _issue(meeting, given, guest=guest)
    except RefusedError as refused:
        return _refused(refused)
    return jsonify(key=key, signature=b64encode(signature).decode())


def _issue(meeting: Meeting, given: dict[str, Any], *, guest: bool) -> bytes:
    blinded = _bytes(given, "blinded")
    if not guest:
        return passes.issue(session(), meeting=meeting, person_id=me(), blinded=blinded)
    keys = pages.settings().keys
    slip = slips.of(session(), keys, meeting=meeting, given=str(given.get("slip", "")))
    return passes.issue_for_slip(session(), slip=slip, blinded=blinded)


@permitted("meeting.vote", traceless=True)
def support(meeting_id: UUID, question_id: UUID) -> Any:
    meeting, given = _with_pass(meeting_id)
    try:
        supporting.support(session(), meeting=meeting, question_id=question_id, **given)
    except RefusedError as refused:
        return _refused(refused)
    return jsonify(ok=True)


@permitted("meeting.vote", traceless=True)
def vote(meeting_id: UUID, poll_id: UUID) -> Any:
    meeting, given = _with_pass(meeting_id)
    choices = _json().get("choices")
    if not isinstance(choices, list) or not all(type(each) in {int, str} for each in choices):
        abort(400)
    try:
        voting.vote(session(), meeting=meeting, poll_id=poll_id, choices=choices, **given)
    except RefusedError as refused:
        return _refused(refused)
    return jsonify(ok=True)


def _with_pass(meeting_id: UUID) -> tuple[Meeting, dict[str, bytes]]:
    meeting = session().get(Meeting, meeting_id) or abort(404)
    given = _json()
    return meeting, {"pass_": _bytes(given, "pass"), "signature": _bytes(given, "signature")}


def _json() -> dict[str, Any]:
    given = request.get_json()
    return given if isinstance(given, dict) else abort(400)


def _bytes(given: dict[str, Any], name: str) -> bytes:
    try:
        return b64decode(str(given.get(name, "")), validate=True)
    except binascii.Error:
        abort(400)


def _refused(refused: RefusedError) -> Any:
    return jsonify(sentence=refused.sentence), 409
