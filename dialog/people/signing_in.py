"""Signing in and out, and who the current request is by."""

from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import Any, Final, ParamSpec, TypeVar
from urllib.parse import urlsplit
from uuid import UUID

import flask
from flask import Flask, abort, current_app, flash, g, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import LoginManager, UserMixin, current_user, login_fresh, login_user, logout_user
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, col, select

from dialog.people import passwords, sessions
from dialog.people.accounts import account_of
from dialog.people.devices import kind_of_device
from dialog.people.models import Account, Person, Role
from dialog.people.permissions import Actor, may
from dialog.web import limits
from dialog.web.database import let_go, reading, session, writing_a_note
from dialog.web.redirects import own_path, this_path

P = ParamSpec("P")
R = TypeVar("R")
ATTEMPTS: Final = "10 per 15 minutes"
SAFE_METHODS: Final = {"GET", "HEAD"}


class SignedIn(UserMixin):  # type: ignore[misc]  # flask-login has no types
    """What Flask-Login holds: the person, the roles, and the session's token."""

    def __init__(self, person: Person, roles: frozenset[Role], token: str) -> None:
        self.person, self.roles, self.token = person, roles, token

    def get_id(self) -> str:
        return self.token


def use_sign_in(app: Flask) -> None:
    manager = LoginManager()
    manager.init_app(app, add_context_processor=False)  # it would look up who it is on every page
    # A session that turns up with another address or browser may read, not do what `fresh` guards.
    manager.session_protection = "basic"
    manager.user_loader(_present)
    app.extensions["acting_in"] = lambda: ()  # rooms above may know better
    app.jinja_env.globals["actor"] = actor
    app.jinja_env.globals["may"] = lambda action, thing=None: may(actor(), action, thing)


def authenticate(*, email: str, password: str) -> UUID | None:
    """Who this is, or None. Takes the same time whether or not there is such an account, and no
    lock of the database while it hashes. Raises TooManyRequests and BusyError.
    """
    address = email.strip().lower()
    limits.count(
        "sign-in",
        address,
        at_most=ATTEMPTS,
        sentence=_(
            "Någon har försökt logga in med den här e-postadressen för många gånger. Vänta en"
            " kvart, eller välj ett nytt lösenord under Glömt lösenordet."
        ),
    )
    with reading() as db:
        account = db.exec(
            select(Account)
            .join(Person, col(Person.id) == col(Account.person_id))
            .where(Person.email == address, Person.active, col(Account.closed).is_(False))
        ).first()
    if not passwords.matches(account.password_hash if account else "", password) or not account:
        return None
    limits.forget("sign-in", address, at_most=ATTEMPTS)
    if passwords.is_outdated(account.password_hash):
        renewed = passwords.hash_password(password)
        account_of(session(), person_id=account.person_id).password_hash = renewed
    return account.person_id


def enter(db: Session, *, person: Person) -> None:
    """Sign `person` in on this browser: a new session in place of whatever was there."""
    if former := flask.session.get("_user_id"):
        sessions.end(db, token=former)
    flask.session.clear()
    login_user(start(db, person=person, device=kind_of_device(request.user_agent.string)))
    g.pop("actor", None)


def leave(db: Session) -> None:
    """Sign out on this browser."""
    if token := flask.session.get("_user_id"):
        sessions.end(db, token=token)
    logout_user()
    flask.session.clear()
    g.pop("actor", None)


def start(db: Session, *, person: Person, device: str) -> SignedIn:
    """Begin a session for `person`."""
    token = sessions.begin(db, person_id=person.id, device=device)
    found = sessions.find(db, token=token)
    return SignedIn(person, found[2] if found else frozenset(), token)


def _present(token: str) -> SignedIn | None:
    """Flask-Login's question: whose session is this? Notes at times that it is in use."""
    db = session()
    found = sessions.find(db, token=token)
    if found is None:
        return None
    row, person, roles = found
    view = flask.current_app.view_functions.get(request.endpoint or "")
    if sessions.is_worth_noting(row) and not getattr(view, "traceless", False):
        _note_seen(db, token)
    return SignedIn(person, roles, token)


def _note_seen(db: Session, token: str) -> None:
    if request.method not in SAFE_METHODS:
        sessions.note_seen(db, token=token)
        return
    let_go()  # a request never holds two connections
    with suppress(OperationalError), writing_a_note() as note:  # busy: the next request notes it
        sessions.note_seen(note, token=token)


def actor() -> Actor:
    """Who this request is by."""
    if "actor" not in g:
        user: Any = current_user
        g.actor = (
            Actor(user.person.id, user.roles, *current_app.extensions["acting_in"]())
            if user and user.is_authenticated
            else Actor()
        )
    found: Actor = g.actor
    return found


def me() -> UUID:
    """Whoever is signed in, where the view has asked for that."""
    who = actor().person_id
    assert who is not None
    return who


def permit(action: str, thing: Any = None) -> None:
    """Go on only if the current actor may. Somebody signed in gets 404, as if the page did not
    exist; somebody who is not is asked to sign in, whether it exists or not.
    """
    if may(actor(), action, thing):
        return
    if actor().person_id is not None:
        abort(404)
    if request.method not in SAFE_METHODS or request.is_json:
        abort(401)
    abort(redirect(url_for("people.sign_in", next=this_path())))


def permitted(
    action: str, *, fresh: bool = False, traceless: bool = False
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """A view that needs `action`. With `fresh`, somebody whose network or browser has changed
    since they signed in gives their password once more: the cookie may have been taken. With
    `traceless`, no line in the log and no note of when somebody was last seen tells of it.
    """

    def decorate(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            if traceless:
                g.unlogged = True
            permit(action)
            if fresh and not login_fresh():
                flash(_("Nätet eller webbläsaren har bytts. Skriv lösenordet igen."), "warning")
                back = own_path(urlsplit(request.referrer or "").path)
                abort(redirect(url_for("people.sign_in", next=back)))
            return view(*args, **kwargs)

        guarded.action = action  # type: ignore[attr-defined]  # read by the test of all views
        guarded.traceless = traceless  # type: ignore[attr-defined]  # read when the session is
        return guarded

    return decorate
