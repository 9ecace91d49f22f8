import hashlib
import re

import pytest

from dialog.core.ballots.sealing import message
from dialog.surveys.models import RoundState
from dialog.web import repeating
from tests.pipeline import Pipeline


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(repeating, "FOR", 0.0)


def listed(pipeline: Pipeline) -> list[str]:
    return pipeline.staff.get(f"/kontroll/{pipeline.round.id}/kvitton.txt").text.split()


def test_everybodys_receipt_is_on_the_list_once_the_round_is_opened(pipeline: Pipeline) -> None:
    told = []
    for index, who in enumerate(pipeline.invited):
        made = pipeline.seal(str(1 + index % 5), unit=who.unit)
        posted = pipeline.post(pipeline.token(made, who.link))
        assert posted.json is not None
        told.append(posted.json["receipt"])
        assert posted.json["receipt"] == message(made.ballot).hex()
    address = f"/kontroll/{pipeline.round.id}/kvitton.txt"
    assert pipeline.staff.get(address).status_code == 404
    pipeline.close()
    pipeline.open()
    assert listed(pipeline) == sorted(told), "in the order of the hashes, not of arrival"
    page = pipeline.staff.get(f"/kontroll/{pipeline.round.id}").text
    assert f"Listan har {len(told)} kvitton" in page


def test_a_round_that_ends_unopened_has_its_list_too(pipeline: Pipeline) -> None:
    made = pipeline.answer(pipeline.invited[0])
    pipeline.close()
    assert not pipeline.open().opened
    assert pipeline.round.state is RoundState.UNOPENED
    assert listed(pipeline) == [message(made.ballot).hex()]


def test_the_list_tells_nothing_but_hashes_and_cannot_be_changed_by_opening_again(
    pipeline: Pipeline,
) -> None:
    pipeline.everybody_answers()
    pipeline.close()
    pipeline.open()
    before = listed(pipeline)
    pipeline.hand_over()
    assert listed(pipeline) == before
    assert all(re.fullmatch("[0-9a-f]{64}", receipt) for receipt in before)
    answers = {hashlib.sha256(row.answers.encode()).hexdigest() for row in pipeline.responses()}
    assert not answers & set(before)
