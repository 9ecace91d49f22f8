"""A small survey, and an analyst who is signed in."""

import pytest
from flask.testing import FlaskClient
from sqlmodel import Session

from dialog.people.models import Role
from dialog.surveys.building import saving
from dialog.surveys.models import Survey
from tests import makers
from tests.conftest import sign_in
from tests.surveys.building.small import small


@pytest.fixture
def survey(db: Session) -> Survey:
    author = makers.person(db, "Sara Skribent", Role.ANALYST)
    made = saving.create(db, author_id=author.id, questionnaire=small())
    db.commit()
    db.refresh(made)
    db.expunge(made)  # or reading its id would lock the database against the application
    db.rollback()
    return made


@pytest.fixture
def analyst(client: FlaskClient, db: Session) -> FlaskClient:
    return sign_in(client, db, makers.analyst(db))
