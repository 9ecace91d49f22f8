"""What all tests of minutes share: their cast, and a browser for each person."""

from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session

from dialog.people.models import Person
from tests.conftest import sign_in
from tests.minutes.cast import Cast
from tests.minutes.steps import As


@pytest.fixture
def cast(app: Flask, db: Session) -> Cast:
    return Cast(app, db)


@pytest.fixture
def as_(app: Flask, db: Session) -> As:
    """A browser of its own for each person."""
    browsers: dict[UUID, FlaskClient] = {}

    def of(person: Person) -> FlaskClient:
        if person.id not in browsers:
            browsers[person.id] = sign_in(app.test_client(), db, person)
        return browsers[person.id]

    return of
