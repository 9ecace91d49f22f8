"""Signing in and out: a session kept in the database, and who the current request is by."""

import hashlib
import secrets
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

from flask import Flask, abort, g
from flask_login import LoginManager, UserMixin, current_user
from sqlmodel import Session, select

from dialog.people.models import Person, RoleGrant, SignIn
from dialog.people.permissions import Actor, may
from dialog.storage.clock import now
from dialog.web.database import session

P = ParamSpec("P")
R = TypeVar("R")


class SignedIn(UserMixin):  # type: ignore[misc]  # flask-login has no types
    """What Flask-Login holds: the person, the roles, and the session's token."""

    def __init__(self, person: Person, roles: frozenset[Any], token: str) -> None:
        self.person, self.roles, self.token = person, roles, token

    def get_id(self) -> str:
        return self.token


def use_sign_in(app: Flask) -> None:
    manager = LoginManager(app)
    manager.login_view = "people.sign_in"
    manager.login_message = None
    manager.user_loader(lambda token: load(session(), token=token))
    app.jinja_env.globals["actor"] = actor
    app.jinja_env.globals["may"] = lambda action, thing=None: may(actor(), action, thing)


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def start(db: Session, *, person: Person, device: str) -> SignedIn:
    """Begin a session for `person`."""
    token = secrets.token_urlsafe(32)
    moment = now()
    db.add(
        SignIn(
            token_hash=token_hash(token),
            person_id=person.id,
            started_at=moment,
            seen_at=moment,
            device=device,
        )
    )
    return SignedIn(person, roles_of(db, person_id=person.id), token)


def load(db: Session, *, token: str) -> SignedIn | None:
    """The session with this token, if it has not ended and the person is active."""
    row = db.exec(
        select(SignIn, Person)
        .join(Person, Person.id == SignIn.person_id)  # type: ignore[arg-type]  # a SQL expression
        .where(SignIn.token_hash == token_hash(token), Person.active)
    ).first()
    if row is None:
        return None
    return SignedIn(row[1], roles_of(db, person_id=row[1].id), token)


def roles_of(db: Session, *, person_id: UUID) -> frozenset[Any]:
    return frozenset(db.exec(select(RoleGrant.role).where(RoleGrant.person_id == person_id)))


def actor() -> Actor:
    """Who this request is by."""
    if "actor" not in g:
        user: Any = current_user
        g.actor = Actor(user.person.id, user.roles) if user and user.is_authenticated else Actor()
    found: Actor = g.actor
    return found


def permit(action: str, thing: Any = None) -> None:
    """Go on only if the current actor may; else 404, as if the page did not exist."""
    if not may(actor(), action, thing):
        abort(404)


def permitted(action: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """A view that needs `action`. Somebody not signed in is asked to sign in by the web layer
    only where the action could become possible: that is the sign-in page's business, not ours.
    """

    def decorate(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            permit(action)
            return view(*args, **kwargs)

        return guarded

    return decorate
