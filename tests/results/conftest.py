"""A small region whose round is released, for the tests of corrections."""

from pathlib import Path

import pytest
from flask import Flask
from sqlmodel import Session

from dialog.results.models import Release
from tests import makers
from tests.results import cast
from tests.results.correcting import scene as corrections
from tests.results.correcting.scene import Scene
from tests.surveys.rounds.cast import desk_of


@pytest.fixture
def scene(app: Flask, db: Session, tmp_path: Path) -> Scene:
    people = makers.analyst(db), makers.approver(db)
    return Scene(db, cast.region(db), *people, desk_of(app), tmp_path)


@pytest.fixture
def first(scene: Scene) -> Release:
    return scene.released(corrections.answered(3))
