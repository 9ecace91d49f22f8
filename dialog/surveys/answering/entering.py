"""Who somebody who answers is: by the secret of a link, by a typed code, or signed in."""

from uuid import UUID

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import Engine

from dialog.people.signing_in import actor
from dialog.settings import Settings
from dialog.surveys import keys, secrets
from dialog.surveys.answering import issuing
from dialog.surveys.answering.issuing import AnsweringError, Visitor
from dialog.web import limits
from dialog.web.database import abandon

WRONG_CODES = "10 per 15 minutes"


def visitor(round_id: UUID, text: object) -> Visitor:
    """The visitor with the secret or code `text`; without one, whoever is signed in.

    Raises AnsweringError("unknown") for a wrong one, and TooManyRequests for too many wrong codes.
    """
    if text is None or (isinstance(text, str) and not text.strip()):
        person_id = actor().person_id
        abandon()  # the session that was looked up in: its lock would be in our own way
        return Visitor(person_id=person_id)
    secret = secrets.read(text) if isinstance(text, str) else None
    if secret is None or not _proved(secret, (round_id,)):
        raise AnsweringError("unknown")
    return Visitor(number=secret.number)


def round_of_code(text: str) -> UUID | None:
    """The running round that a typed code belongs to; None if the code is wrong.

    Raises TooManyRequests for too many wrong ones.
    """
    secret = secrets.read(text)
    if secret is None:
        return None
    engine: Engine = current_app.extensions["engine"]
    with engine.connect().execution_options(reading=True) as connection:
        rounds = issuing.rounds_of_number(connection, number=secret.number)
    return _proved(secret, tuple(rounds))


def _proved(secret: secrets.Secret, rounds: tuple[UUID, ...]) -> UUID | None:
    """The round among `rounds` that the secret proves. A code is short, so wrong ones count
    against its number, and past the limit right ones wait as well; a link's 130 bits need no limit.
    """
    settings: Settings = current_app.extensions["settings"]
    key, guessed = keys.link_key(settings), str(secret.number)
    typed = secret.purpose == "code"
    blocked = typed and limits.used_up("code", guessed, at_most=WRONG_CODES)
    if not blocked:
        for round_id in rounds:
            if secrets.proves(key, secret, round_id=round_id):
                return round_id
    if typed:
        sentence = _("Koden har skrivits fel för många gånger. Vänta en kvart och försök igen.")
        limits.count("code", guessed, at_most=WRONG_CODES, sentence=sentence)
    return None
