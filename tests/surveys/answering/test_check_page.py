import hashlib
import html

import pytest

from dialog.core.ballots import fingerprint
from dialog.people.models import Role
from dialog.surveys.models import RoundState
from dialog.web import repeating
from tests import makers
from tests.conftest import sign_in
from tests.pipeline import Pipeline

PAGES = ["", "/anslag"]


@pytest.mark.parametrize("page", PAGES)
def test_anybody_sees_the_same_bytes_with_the_ten_words(pipeline: Pipeline, page: str) -> None:
    address, bodies = f"/kontroll/{pipeline.round.id}{page}", set()
    for index in range(4):
        client = pipeline.app.test_client()
        if index:
            sign_in(client, pipeline.db, makers.person(pipeline.db, f"P {index}", Role.ANALYST))
        pipeline.app.extensions["repeating"].forget()
        answer = client.get(address)
        assert answer.status_code == 200
        assert "Set-Cookie" not in answer.headers
        bodies.add(answer.data)
    assert len(bodies) == 1
    text = html.unescape(bodies.pop().decode())
    for word in fingerprint.words(pipeline.round.manifest):
        assert f">{word}</li>" in text


def test_the_page_binds_what_the_manifest_holds(pipeline: Pipeline) -> None:
    text = pipeline.staff.get(f"/kontroll/{pipeline.round.id}").text
    for held in (
        pipeline.manifest.script,
        pipeline.manifest.questionnaire,
        pipeline.manifest.box,
        hashlib.sha256(pipeline.round.manifest).hexdigest(),
    ):
        assert held in text
    assert "Check from a computer of your own" in pipeline.staff.get(
        f"/kontroll/{pipeline.round.id}?lang=en"
    ).text  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_a_plan_that_is_not_approved_or_was_cancelled_cannot_be_checked(
    pipeline: Pipeline, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(repeating, "FOR", 0.0)
    for state in RoundState:
        pipeline.round.state = state
        pipeline.db.add(pipeline.round)
        pipeline.db.commit()
        hidden = state in {RoundState.DRAFT, RoundState.REVIEW, RoundState.CANCELLED}
        status = pipeline.staff.get(f"/kontroll/{pipeline.round.id}{page}").status_code
        assert status == (404 if hidden else 200), state
    pipeline.round.manifest = b""
    pipeline.db.add(pipeline.round)
    pipeline.db.commit()
    assert pipeline.staff.get(f"/kontroll/{pipeline.round.id}{page}").status_code == 404
