"""Acting under a mandate: chosen by a representative, kept with their session, said on every page.

Outside of it a representative sees what any employee sees. A mark in the cookie says only that
there may be something to look up, so that nobody else's pages ask.
"""

from typing import Final

import flask
from flask import Flask, g
from flask_login import current_user
from sqlmodel import Session, col, select

from dialog.people.models import SignIn
from dialog.people.sessions import token_hash
from dialog.people.signing_in import actor
from dialog.storage.clock import today
from dialog.unions import queries
from dialog.unions.models import Acting, Mandate
from dialog.unions.queries import Held
from dialog.web.database import session as request_session

MARK: Final = "acting"


def use_acting(app: Flask) -> None:
    app.jinja_env.globals["acting"] = now_acting


def begin(session: Session, *, mandate: Mandate) -> None:
    """From now on the person of this session acts under the mandate, in this session alone."""
    row = session.get(Acting, _key())
    if row is None:
        row = Acting(token_hash=_key(), mandate_id=mandate.id)
    row.mandate_id = mandate.id
    session.add(row)
    session.flush()
    flask.session[MARK] = True
    g.pop(MARK, None)


def stop(session: Session) -> None:
    """An employee again; harmless where that was so already."""
    row = session.get(Acting, _key())
    if row is not None:
        session.delete(row)
    flask.session.pop(MARK, None)
    g.pop(MARK, None)


def now_acting() -> Held | None:
    """The mandate that this request is made under, if it is in force today."""
    if not flask.session.get(MARK) or actor().person_id is None:
        return None
    if MARK not in g:
        g.acting = _found(request_session())
    found: Held | None = g.acting
    return found


def mandate() -> Mandate | None:
    """The bare mandate of `now_acting`."""
    found = now_acting()
    return found.mandate if found else None


def _found(session: Session) -> Held | None:
    query = (
        select(Mandate.id)
        .join(Acting, col(Acting.mandate_id) == col(Mandate.id))
        .join(SignIn, col(SignIn.token_hash) == col(Acting.token_hash))
        .where(
            Acting.token_hash == _key(),
            SignIn.person_id == Mandate.person_id,
            queries.is_in_force(today()),
        )
    )
    found = session.exec(query).first()
    return queries.held(session, mandate_id=found) if found else None


def _key() -> str:
    return token_hash(current_user.token)
