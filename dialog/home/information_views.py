"""Pages for everybody: what Dialog is, what it protects, who may do what; language and health."""

from contextlib import suppress
from typing import Any

import sqlalchemy as sa
from flask import Response, current_app, jsonify, redirect, render_template, request
from sqlalchemy.exc import OperationalError
from sqlmodel import col

from dialog.home import operation
from dialog.people.models import Person
from dialog.people.permissions import ACTIONS, holders
from dialog.people.signing_in import actor, permitted
from dialog.people.words import ACTIONS as ACTION_WORDS
from dialog.people.words import ROLES
from dialog.web import i18n
from dialog.web.database import let_go, reading, writing_a_note
from dialog.web.redirects import own_path


@permitted("page.read")
def language(chosen: str) -> Any:
    """Keep the choice and go back to the page; it is also the language of mail to the person."""
    answer: Response = redirect(own_path(request.args.get("next")))  # type: ignore[assignment]  # Flask's Response
    settings = current_app.extensions["settings"]
    i18n.remember(answer, chosen, secure=settings.https)
    person_id = actor().person_id
    if person_id is not None:
        let_go()
        with suppress(OperationalError), writing_a_note() as note:
            note.exec(sa.update(Person).where(col(Person.id) == person_id).values(language=chosen))
    return answer


@permitted("page.read")
def about() -> Any:
    return render_template("home/about.html", contact=_contact())


@permitted("page.read")
def anonymity() -> Any:
    return render_template("home/anonymity.html", contact=_contact())


@permitted("page.read")
def who_may() -> Any:
    table = [(ACTION_WORDS[action], *holders(action)) for action in ACTIONS]
    return render_template("home/who_may.html", table=table, roles=ROLES)


@permitted("page.read")
def accessibility() -> Any:
    return render_template("home/accessibility.html", contact=_contact())


@permitted("page.read")
def health() -> Any:
    with reading() as db:
        found = operation.health(db)
    return jsonify(found), 200 if found["ok"] else 503


def _contact() -> str:
    found: str = current_app.extensions["settings"].contact
    return found
