"""Acting under a mandate: chosen by a representative, kept with their session, said on every page.

Outside of it a representative sees what any employee sees. A mark in the cookie says only that
there may be something to look up, so that nobody else's pages ask.
"""

from collections.abc import Collection, Iterable
from typing import Final
from uuid import UUID

import flask
from flask import Flask, abort, g, redirect, request, url_for
from flask_login import current_user
from sqlmodel import Session, col, select

from dialog.people.models import SignIn
from dialog.people.sessions import token_hash
from dialog.people.signing_in import SAFE_METHODS, actor
from dialog.storage.clock import today
from dialog.unions import queries
from dialog.unions.models import Acting, Mandate
from dialog.unions.queries import Held
from dialog.web.database import session
from dialog.web.redirects import this_path

MARK: Final = "acting"


def use_acting(app: Flask) -> None:
    app.extensions["acting_in"] = _acting
    app.jinja_env.globals["acting"] = now_acting


def begin(db: Session, *, mandate: Mandate) -> None:
    """From now on the person of this session acts under the mandate, in this session alone."""
    row = db.get(Acting, _key())
    if row is None:
        row = Acting(token_hash=_key(), mandate_id=mandate.id)
    row.mandate_id = mandate.id
    db.add(row)
    db.flush()
    flask.session[MARK] = True
    _forget()


def stop(db: Session) -> None:
    """An employee again; harmless where that was so already."""
    row = db.get(Acting, _key())
    if row is not None:
        db.delete(row)
    flask.session.pop(MARK, None)
    _forget()


def now_acting() -> Held | None:
    """The mandate that this request is made under, if it is in force today."""
    if not flask.session.get(MARK) or not current_user.is_authenticated:
        return None
    if MARK not in g:
        g.acting = _found(session())
    found: Held | None = g.acting
    return found


def offer(bodies: Iterable[UUID]) -> None:
    """Who represents in one of the bodies and does not act there is led to choose to, and then on
    to this page. Others go on, to be told that there is no such page.
    """
    who, bodies = actor(), set(bodies)
    if who.person_id is None or who.acting_in in bodies or request.method not in SAFE_METHODS:
        return
    if queries.represents(session(), person_id=who.person_id, bodies=bodies):
        abort(redirect(url_for("unions.mine", next=this_path())))


def offer_for(organisations: Collection[UUID] | None = None) -> None:
    """The same for who represents one of the organisations in any body (None: whichever it is) and
    acts for none of them.
    """
    who = actor()
    if who.person_id is None or who.acting_for is not None or request.method not in SAFE_METHODS:
        return
    if queries.speaks(session(), person_id=who.person_id, organisations=organisations):
        abort(redirect(url_for("unions.mine", next=this_path())))


def _acting() -> tuple[UUID, UUID] | tuple[()]:
    """The body and the organisation, as `Actor` takes them."""
    found = now_acting()
    return (found.body.id, found.organisation.id) if found else ()


def _forget() -> None:
    for kept in (MARK, "actor"):
        g.pop(kept, None)


def _found(db: Session) -> Held | None:
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
    found = db.exec(query).first()
    return queries.held(db, mandate_id=found) if found else None


def _key() -> str:
    return token_hash(current_user.token)
