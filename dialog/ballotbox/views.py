"""The three addresses of the ballot box: is it well, what is the round, here is a ballot."""

from typing import Final
from uuid import UUID

import sqlalchemy as sa
from flask import Response, current_app, jsonify, request
from sqlalchemy.exc import SQLAlchemyError

from dialog.ballotbox.announcements import Announcements, Known
from dialog.ballotbox.receiving import Refusal, receive
from dialog.core.ballots.encoding import decode
from dialog.core.ballots.sealing import message
from dialog.storage.clock import now
from dialog.web.repeating import repeat

STATUS: Final = {
    Refusal.LENGTH: 400,
    Refusal.SIGNATURE: 403,
    Refusal.SPENT: 409,
    Refusal.CLOSED: 410,
    Refusal.PAUSED: 423,
}
# The page that posted words these for people; here they are for whoever reads the traffic.
SENTENCES: Final = {
    "unknown": "Valurnan känner inte till omgången.",
    "unreadable": "Det gick inte att läsa det som skickades.",
    "length": "Det som skickades har fel längd.",
    "signature": "Underskriften gäller inte för det här svaret.",
    "spent": "Ett annat svar har redan lämnats med samma underskrift.",
    "paused": "Omgången är pausad. Försök igen senare.",
    "closed": "Omgången är stängd.",
    "identified": "Valurnan tar inte emot något som kan visa vem som frågar.",
    "method": "Det går inte att göra så här.",
    "unexpected": "Något gick fel. Försök igen om en stund.",
}


def refused(status: int, reason: str) -> tuple[Response, int]:
    return jsonify(error=SENTENCES[reason], reason=reason), status


def health() -> tuple[Response, int]:
    """Whether the tables are there and may be read: a database alone takes no ballot."""
    try:
        with current_app.extensions["engine"].connect().execution_options(reading=True) as database:
            for table in ("box_round", "sealed_ballot"):
                database.execute(sa.text(f"SELECT 1 FROM {table} LIMIT 1"))  # noqa: S608 - our two
    except SQLAlchemyError:
        return jsonify(status="no database"), 503
    return jsonify(status="ok"), 200


def manifest(round_id: UUID) -> Response | tuple[Response, int]:
    known = _known(round_id)
    if known is None:
        return refused(404, "unknown")
    repeat()
    return Response(known.announcement.manifest, mimetype="application/json")


def post(round_id: UUID) -> tuple[Response, int]:
    known = _known(round_id)
    if known is None:
        return refused(404, "unknown")
    try:
        body = request.get_json()
        ballot, prefix, signature = (
            decode(body[name]) for name in ("ballot", "prefix", "signature")
        )
    except (ValueError, KeyError, TypeError):
        return refused(400, "unreadable")
    refusal = receive(
        current_app.extensions["single"],
        round_id=round_id,
        known=known,
        ballot=ballot,
        prefix=prefix,
        signature=signature,
        now=now(),
    )
    if refusal is not None:
        return refused(STATUS[refusal], refusal.value)
    return jsonify(receipt=message(ballot).hex()), 201


def _known(round_id: UUID) -> Known | None:
    announcements: Announcements = current_app.extensions["announcements"]
    return announcements.of(round_id)
