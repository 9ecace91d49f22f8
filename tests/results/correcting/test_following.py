"""How far the making of a correction is, from the first step to the last."""

import re

import pytest
from flask.testing import FlaskClient
from sqlmodel import Session

from dialog.core.disclosure.settling import settle
from dialog.core.disclosure.sums import Pattern
from dialog.results.correcting import deciding
from dialog.results.models import Release
from dialog.worker import Worker
from tests.conftest import sign_in
from tests.results.correcting.scene import HIDE, Scene

EACH = 3  # two questions and the scale that they make


def test_the_page_follows_the_groups_and_then_the_questions(
    client: FlaskClient,
    db: Session,
    scene: Scene,
    first: Release,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = scene.approved(first, HIDE)
    address, told, settled = f"/resultat/rattelse/{made.id}", list[tuple[int, int]](), list[int]()
    sign_in(client, db, scene.approver)
    said = set[str]()
    db.rollback()

    def look(_worker: Worker) -> None:
        found = deciding.progress(db, correction=made)
        assert found is not None
        told.append((found.done, found.of))
        db.rollback()
        if found.done == 1:
            said.update(re.findall(r"granskas: steg \d+ av \d+", client.get(address).text))

    def count(*given: object, **more: object) -> Pattern:
        settled.append(len(told))
        return settle(*given, **more)  # type: ignore[arg-type]  # as it was called

    monkeypatch.setattr(Worker, "_meanwhile", look)
    monkeypatch.setattr("dialog.core.disclosure.rules.settle", count)
    scene.work()
    assert told == [(done, 2 * EACH) for done in range(2 * EACH + 1)]
    assert settled == [1, 2, 3]  # each after the step before was told
    assert said == {f"granskas: steg 2 av {2 * EACH}"}
