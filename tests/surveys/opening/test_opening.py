import json
import os
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from sqlmodel import select

from dialog.core import questionnaire
from dialog.core.errors import IllegalTransitionError, RefusedError
from dialog.surveys import keys
from dialog.surveys.models import Invitation, RoundState, TextAnswer
from dialog.surveys.opening import exchange, opening
from dialog.surveys.opening.refusals import NotHandedOverError, WrongBatchError
from dialog.surveys.opening.sealing import prepare
from tests.pipeline import FORM, Pipeline


def test_what_was_answered_is_what_is_opened(pipeline: Pipeline) -> None:
    given = [str(1 + i % 5) for i in range(12)]
    for who, calm in zip(pipeline.invited, given, strict=True):
        pipeline.answer(who, calm)
    pipeline.close()
    result = pipeline.open()
    assert (result.opened, result.received, result.responses) == (True, 12, 12)
    stored = [json.loads(response.answers) for response in pipeline.responses()]
    assert Counter(answers["calm"] for answers in stored) == Counter(given)
    assert pipeline.round.ballots_received == pipeline.round.tokens_issued == 12
    assert pipeline.round.key_destroyed_at is not None


def test_texts_stand_apart_from_the_answers_they_came_with(pipeline: Pipeline) -> None:
    for index, who in enumerate(pipeline.invited):
        pipeline.answer(who, note=f"Text {index} åäö 😀")
    pipeline.close()
    pipeline.open()
    assert all("note" not in response.answers for response in pipeline.responses())
    texts = pipeline.db.exec(select(TextAnswer)).all()
    assert {text.text for text in texts} == {f"Text {i} åäö 😀" for i in range(12)}
    assert {text.item for text in texts} == {"note"}


def test_nothing_is_stored_for_fewer_than_k(pipeline: Pipeline) -> None:
    a, b, c = pipeline.units
    extra = [pipeline.invite(unit) for unit in (*[a] * 10, b, c)]
    pipeline.db.commit()
    for who in (*pipeline.invited, *extra):
        pipeline.answer(who)
    pipeline.close()
    pipeline.open()
    places = Counter((response.unit_id, response.level) for response in pipeline.responses())
    assert sum(places.values()) == 24
    assert min(places.values()) >= pipeline.round.k
    assert len(places) == 2  # the large unit for itself, the small ones together


def test_below_k_nothing_is_opened_and_the_key_is_destroyed(pipeline: Pipeline) -> None:
    for who in pipeline.invited[:9]:
        pipeline.answer(who)
    pipeline.close()
    result = pipeline.open()
    assert not result.opened
    assert "Färre än 10" in result.note
    assert pipeline.responses() == []
    assert not list((pipeline.settings.keys / "rounds").glob("*.pem"))


def test_a_lost_key_ends_the_round_and_says_so(pipeline: Pipeline) -> None:
    pipeline.everybody_answers()
    pipeline.close()
    keys.destroy(pipeline.settings, round_id=pipeline.round.id)
    result = pipeline.open()
    assert not result.opened
    assert "nyckel" in result.note
    assert result.received == 12


def test_invalid_answers_are_counted_by_reason_and_not_stored(pipeline: Pipeline) -> None:
    extra = [pipeline.invite(pipeline.units[0]) for _ in range(5)]
    pipeline.db.commit()
    for who in pipeline.invited:
        pipeline.answer(who)
    pipeline.answer(extra[0], unit="NOWHERE")
    pipeline.answer(extra[1], level="emperor")
    pipeline.answer(extra[2], answers={"calm": "7"})
    pipeline.answer(extra[3], answers={"calm": "1", "other": "x"})
    pipeline.answer(extra[4], answers={})
    pipeline.close()
    result = pipeline.open()
    assert result.invalid == {
        "unit": 1,
        "level": 1,
        "unknown_option": 1,
        "unknown_item": 1,
        "required": 1,
    }
    assert result.invalid == pipeline.round.ballots_invalid
    assert (result.received, result.responses) == (17, 12)
    assert len(pipeline.responses()) == 12


def test_only_a_closed_round_is_opened_and_only_when_it_was_handed_over(
    pipeline: Pipeline,
) -> None:
    with pytest.raises(IllegalTransitionError):
        opening.open_round(pipeline.db, round_=pipeline.round, settings=pipeline.settings)
    pipeline.change(RoundState.CLOSED)
    with pytest.raises(NotHandedOverError):
        opening.open_round(pipeline.db, round_=pipeline.round, settings=pipeline.settings)


def test_a_changed_batch_is_not_opened_and_the_round_stays_closed(pipeline: Pipeline) -> None:
    pipeline.everybody_answers()
    pipeline.close()
    path = pipeline.settings.exchange / exchange.batch_file(pipeline.round.id)
    whole = path.read_bytes()
    path.write_bytes(whole[:-1])
    with pytest.raises(WrongBatchError):
        pipeline.open()
    pipeline.db.rollback()
    path.write_bytes(whole)
    assert pipeline.open().opened


def test_more_ballots_in_a_unit_than_tokens_are_reported(pipeline: Pipeline) -> None:
    for who in pipeline.invited:
        pipeline.answer(who, unit="A")  # everybody corrects the unit
    pipeline.close()
    pipeline.open()
    assert pipeline.round.units_exceeded == 1


def test_finishing_again_changes_nothing(pipeline: Pipeline) -> None:
    pipeline.everybody_answers()
    pipeline.close()
    pipeline.open()
    at = pipeline.round.key_destroyed_at
    opening.finish(pipeline.db, round_=pipeline.round, settings=pipeline.settings)
    assert pipeline.round.key_destroyed_at == at


def test_the_key_stays_if_the_rows_are_not_all_there(pipeline: Pipeline) -> None:
    pipeline.everybody_answers()
    pipeline.close()
    opening.open_round(pipeline.db, round_=pipeline.round, settings=pipeline.settings)
    pipeline.round.state = RoundState.OPENED
    pipeline.db.commit()
    pipeline.db.delete(pipeline.responses()[0])
    pipeline.db.commit()
    with pytest.raises(WrongBatchError):
        opening.finish(pipeline.db, round_=pipeline.round, settings=pipeline.settings)
    assert keys.ballot_key(pipeline.settings, round_id=pipeline.round.id)


def test_no_answer_can_be_read_anywhere_before_opening(pipeline: Pipeline) -> None:
    planted = "hemlighetsfullt-ord-4711"
    for who in pipeline.invited:
        pipeline.answer(who, note=planted)
    pipeline.close()
    for path in pipeline.settings.instance.rglob("*"):
        if path.is_file():
            assert planted.encode() not in path.read_bytes(), path
    pipeline.open()
    assert planted in {text.text for text in pipeline.db.exec(select(TextAnswer))}


def test_no_long_value_is_shared_by_invitations_and_responses(pipeline: Pipeline) -> None:
    pipeline.everybody_answers()
    pipeline.close()
    pipeline.open()
    units = {str(unit.id) for unit in pipeline.units}
    left = {
        str(value)
        for row in pipeline.db.exec(select(Invitation))
        for value in row.model_dump().values()
    }
    right = {
        str(value)
        for row in (*pipeline.responses(), *pipeline.db.exec(select(TextAnswer)))
        for value in row.model_dump().values()
    }
    shared = {value for value in left & right if len(value) >= 12}
    assert shared - units <= {str(pipeline.round.id)}


CRASHING = """
import os, signal, sys
from uuid import UUID
from dialog.settings import from_environment
from dialog.storage.engine import make_engine, make_sessions
from dialog.surveys.models import Round, RoundState
from dialog.surveys.opening import opening, writing
settings = from_environment()
moment = sys.argv[2]
die = lambda *_a, **_k: os.kill(os.getpid(), signal.SIGKILL)
with make_sessions(make_engine(settings.database_url))() as session:
    round_ = session.get(Round, UUID(sys.argv[1]))
    if moment == "writing":
        writing._texts = die
    if moment == "destroying":
        opening.keys.destroy = die
    opening.open_round(session, round_=round_, settings=settings)
    if moment == "written":
        die()
    round_.state = RoundState.OPENED
    session.commit()
    if moment == "committed":
        die()
    opening.finish(session, round_=round_, settings=settings)
    if moment == "finished":
        die()
"""


@pytest.mark.parametrize("moment", ["writing", "written", "committed", "destroying", "finished"])
def test_kill_9_at_any_moment_of_opening_loses_and_doubles_nothing(
    pipeline: Pipeline, moment: str
) -> None:
    pipeline.everybody_answers()
    pipeline.close()
    process = subprocess.run(
        [sys.executable, "-c", CRASHING, str(pipeline.round.id), moment],
        env={
            **os.environ,
            "DIALOG_INSTANCE": str(pipeline.settings.instance),
            "DIALOG_DATABASE_URL": pipeline.settings.database_url,
        },
        check=False,
    )
    assert process.returncode == -signal.SIGKILL
    pipeline.db.expire_all()
    if pipeline.round.state is RoundState.CLOSED:
        assert pipeline.responses() == []
        pipeline.open()
    else:
        opening.finish(pipeline.db, round_=pipeline.round, settings=pipeline.settings)
        pipeline.db.commit()
    assert len(pipeline.responses()) == 12
    assert len(pipeline.db.exec(select(TextAnswer)).all()) == 12
    assert not list((pipeline.settings.keys / "rounds").glob("*.pem"))


def test_keys_are_made_for_us_alone_and_not_made_anew(pipeline: Pipeline) -> None:
    folder: Path = pipeline.settings.keys / "rounds"
    before = {path: path.read_bytes() for path in folder.glob("*.pem")}
    assert len(before) == 2
    assert all(path.stat().st_mode & 0o077 == 0 for path in before)
    prepare(pipeline.db, round_=pipeline.round, settings=pipeline.settings)
    assert {path: path.read_bytes() for path in folder.glob("*.pem")} == before


def test_a_questionnaire_too_long_to_pad_is_refused(pipeline: Pipeline) -> None:
    questions = FORM.sections[0].questions
    longer = tuple(
        questions[1].model_copy(update={"name": f"note_{i}", "max_length": 2000}) for i in range(9)
    )
    section = FORM.sections[0].model_copy(update={"questions": (*questions, *longer)})
    form = FORM.model_copy(update={"sections": (section,)})
    pipeline.round.manifest = b""
    pipeline.round.questionnaire = questionnaire.dump(form).decode()
    with pytest.raises(RefusedError, match="för långa"):
        prepare(pipeline.db, round_=pipeline.round, settings=pipeline.settings)
