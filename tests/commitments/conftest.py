"""The cast, in a request: sentences are made in a language."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlmodel import Session

from tests.commitments.cast import Cast


@pytest.fixture
def cast(app: Flask, db: Session) -> Iterator[Cast]:
    """For tests of rules, in a request of their own."""
    with app.test_request_context():
        yield Cast(db)


@pytest.fixture
def outside(app: Flask, db: Session) -> Cast:
    """For tests that send requests."""
    with app.test_request_context():
        return Cast(db)
