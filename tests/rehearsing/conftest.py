"""A round that is planned and may be rehearsed."""

import pytest
from flask.testing import FlaskClient
from sqlmodel import Session

from dialog.organisation.models import Unit
from dialog.storage.clock import today
from dialog.surveys.models import (
    Round,
)
from tests import makers
from tests.conftest import sign_in
from tests.rehearsing.planned import A_DAY
from tests.results import cast as results
from tests.surveys.rounds.cast import Cast


@pytest.fixture
def units(db: Session) -> dict[str, Unit]:
    return results.region(db)


@pytest.fixture
def cast(db: Session, units: dict[str, Unit]) -> Cast:
    made = Cast(db, people=0, units=[units["E111"], units["E121"]])
    makers.staff(db, units, results.SIZES)
    return made


@pytest.fixture
def round_(cast: Cast) -> Round:
    return cast.plan(opens_on=today() + A_DAY)


@pytest.fixture
def analyst(client: FlaskClient, db: Session, cast: Cast) -> FlaskClient:
    return sign_in(client, db, cast.analyst)
