"""Walks every address of the application as nobody and as each role."""

import inspect
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session
from werkzeug.routing import Rule

from dialog.people.models import Role
from dialog.people.permissions import ACTIONS, Actor, holders, may
from dialog.people.words import ACTIONS as WORDS
from dialog.people.words import ROLES
from tests import makers
from tests.conftest import sign_in

SAMPLES: dict[str, Callable[[], Any]] = {
    "UUIDConverter": uuid4,
    "IntegerConverter": lambda: 1,
    "UnicodeConverter": lambda: "finns-inte",
    "PathConverter": lambda: "finns/inte",
    "AnyConverter": lambda: "sv",
}
# Each role alone, and on PostgreSQL whoever has all: who may do what is no question to a database.
WALKS = [*(("sqlite", (role,)) for role in Role), ("postgresql", tuple(Role))]


def rules(app: Flask) -> Iterator[Rule]:
    for rule in app.url_map.iter_rules():
        if rule.endpoint != "static":
            yield rule


def address(app: Flask, rule: Rule) -> str:
    parts = rule._converters.items()
    values: dict[str, Any] = {name: SAMPLES[type(part).__name__]() for name, part in parts}
    with app.test_request_context():
        return app.url_for(rule.endpoint, **values)


def action_of(app: Flask, rule: Rule) -> str | None:
    action: str | None = getattr(app.view_functions[rule.endpoint], "action", None)
    return action


def test_every_view_asks_the_table_of_permissions(app: Flask) -> None:
    assert holders("round.answer")[0]
    for rule in rules(app):
        if rule.rule.startswith(("/enkat/", "/kontroll/")):
            continue  # the same bytes for everybody: it must not even ask who that is
        view = app.view_functions[rule.endpoint]
        asks = action_of(app, rule) or "permit(" in inspect.getsource(inspect.unwrap(view))
        assert asks, f"{rule.endpoint} says nowhere who may see it"


def test_every_action_has_a_rule_and_words(app: Flask) -> None:
    assert set(WORDS) == set(ACTIONS)
    assert set(ROLES) == set(Role)
    for rule in rules(app):
        assert (action_of(app, rule) or "page.read") in ACTIONS


@pytest.mark.parametrize(("database_url", "roles"), WALKS, indirect=["database_url"])
def test_a_page_that_a_role_may_not_see_does_not_exist(
    app: Flask, client: FlaskClient, db: Session, roles: tuple[Role, ...]
) -> None:
    person = makers.person(db, "Roll Rosén", *roles)
    actor = Actor(person.id, frozenset(roles))
    sign_in(client, db, person)
    for rule in rules(app):
        action = action_of(app, rule)
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            if not action or rule.endpoint == "people.sign_out" or "approve" in action:
                continue
            answer = client.open(address(app, rule), method=method)
            assert answer.status_code != 403, rule.rule
            assert answer.status_code < 500 or rule.endpoint == "home.health", rule.rule
            if not may(actor, action):
                assert answer.status_code == 404, f"{method} {rule.rule} as {roles}"


def test_nobody_signed_in_is_asked_to_sign_in_where_that_could_help(
    app: Flask, client: FlaskClient
) -> None:
    for rule in rules(app):
        action = action_of(app, rule)
        if not action or "approve" in action or may(Actor(), action):
            continue
        if "GET" in (rule.methods or ()):
            answer = client.get(address(app, rule))
            assert (answer.location or "").startswith("/logga-in?next=/"), rule.rule
        if "POST" in (rule.methods or ()):
            assert client.post(address(app, rule)).status_code == 401, rule.rule


def test_an_author_never_approves_their_own() -> None:
    class Written:
        author_id = uuid4()

    approver = frozenset({Role.APPROVER, Role.ANALYST})
    assert may(Actor(uuid4(), approver), "round.approve", Written)
    assert not may(Actor(Written.author_id, approver), "round.approve", Written)


def test_roles_add_up(client: FlaskClient, db: Session) -> None:
    both = makers.person(db, "Båda Bengtsson", Role.ADMINISTRATOR, Role.ANALYST)
    sign_in(client, db, both)
    assert client.get("/personer").status_code == 200
    assert client.get("/enkater").status_code == 200


def test_the_page_of_permissions_says_what_the_table_says(client: FlaskClient) -> None:
    page = client.get("/om/behorigheter").text
    assert page.count("<tr>") == len(ACTIONS) + 1
    assert holders("role.grant") == (False, False, (Role.ADMINISTRATOR,))
    assert holders("page.read")[0]
    assert holders("account.own")[:2] == (False, True)
