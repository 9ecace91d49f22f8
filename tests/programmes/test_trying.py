"""What is tried of a round's releases finds out what they would give away together."""

from pathlib import Path
from typing import Any

from flask import Flask
from sqlmodel import Session

from dialog.programmes import trying
from dialog.results.models import Release
from tests import makers
from tests.results import cast
from tests.results.correcting.scene import THREE_INTO_TWENTY, Scene, three_beside_twenty
from tests.surveys.rounds.cast import desk_of


def found(chain: list[Release], folders: list[Path]) -> dict[str, Any]:
    return trying.tried(chain, folders, tell=lambda _share: None)


def test_a_release_that_betrays_three_beside_the_one_before_is_found_out(
    app: Flask, db: Session, tmp_path: Path
) -> None:
    people = makers.analyst(db), makers.approver(db)
    scene = Scene(db, cast.region(db), *people, desk_of(app), tmp_path)
    first = scene.released(three_beside_twenty())
    scene.units["E113"].active = False
    db.commit()
    scene.careless(first, THREE_INTO_TWENTY)
    second = scene.made(first, THREE_INTO_TWENTY)
    for release in (first, second):
        scene.look(release)
    folders = [tmp_path / str(release.id) for release in (first, second)]
    careful = found([first, second], folders)
    assert careful["findings"] == 0
    assert all(file["as_published"] for file in careful["files"])
    careless = found([first, second], [folders[0], tmp_path / "careless"])
    assert careless["findings"] > 0
    assert [file["as_published"] for file in careless["files"]] == [True, False]
    alone = found([second], [tmp_path / "careless"])
    assert alone["findings"] == 0  # only beside the first does it betray anybody
