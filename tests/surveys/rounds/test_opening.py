"""From closing to opened answers by the worker alone, with real ballots."""

import pytest
from flask import Flask
from sqlmodel import select

from dialog.core.errors import RefusedError
from dialog.surveys import keys
from dialog.surveys.models import Round, RoundState, RoundStep
from dialog.surveys.rounds import opening_duties
from dialog.surveys.rounds import steps as rounds
from tests.pipeline import Pipeline
from tests.surveys.rounds.cast import desk_of


def after_the_worker(app: Flask, pipeline: Pipeline) -> Round:
    pipeline.db.commit()
    opening_duties.open_due(desk_of(app))
    opening_duties.open_due(desk_of(app))
    pipeline.db.expire_all()
    return pipeline.db.get_one(Round, pipeline.round.id)


def state_file(pipeline: Pipeline) -> str:
    return (pipeline.settings.exchange / f"{pipeline.round.id}.state.json").read_text()


def test_what_was_handed_over_is_opened_once_and_the_key_destroyed(
    app: Flask, pipeline: Pipeline
) -> None:
    pipeline.everybody_answers()
    pipeline.close()
    round_ = after_the_worker(app, pipeline)
    assert round_.state is RoundState.OPENED
    assert round_.key_destroyed_at is not None
    assert len(pipeline.responses()) == 12
    steps = pipeline.db.exec(select(RoundStep.action)).all()
    assert list(steps).count("unseal") == 1
    assert '"state":"done"' in state_file(pipeline)


def test_too_few_answers_end_the_round_and_say_so(app: Flask, pipeline: Pipeline) -> None:
    for who in pipeline.invited[:9]:
        pipeline.answer(who)
    pipeline.close()
    round_ = after_the_worker(app, pipeline)
    assert round_.state is RoundState.UNOPENED
    assert "Färre än 10" in round_.ending_note
    assert pipeline.responses() == []


def test_a_lost_key_ends_the_round_and_says_so(app: Flask, pipeline: Pipeline) -> None:
    pipeline.everybody_answers()
    pipeline.close()
    keys.destroy(pipeline.settings, round_id=pipeline.round.id)
    round_ = after_the_worker(app, pipeline)
    assert round_.state is RoundState.UNOPENED
    assert "nyckel" in round_.ending_note


def test_a_spoilt_batch_leaves_the_round_closed_until_it_is_mended(
    app: Flask, pipeline: Pipeline
) -> None:
    pipeline.everybody_answers()
    pipeline.close()
    batch = pipeline.settings.exchange / f"{pipeline.round.id}.batch"
    whole = batch.read_bytes()
    batch.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    round_ = after_the_worker(app, pipeline)
    assert round_.state is RoundState.CLOSED
    assert "skadad" in round_.ending_note
    batch.write_bytes(whole)
    round_ = after_the_worker(app, pipeline)
    assert (round_.state, round_.ending_note) == (RoundState.OPENED, "")


def test_killed_between_writing_and_destroying_the_key_is_finished_later(
    app: Flask, pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipeline.everybody_answers()
    pipeline.close()
    pipeline.db.commit()
    with monkeypatch.context() as killed:
        killed.setattr(opening_duties, "_finish", lambda *_args, **_kwargs: None)
        opening_duties.open_due(desk_of(app))
    assert list((pipeline.settings.keys / "rounds").glob("*.ballot.pem"))
    round_ = after_the_worker(app, pipeline)
    assert round_.key_destroyed_at is not None
    assert not list((pipeline.settings.keys / "rounds").glob("*.ballot.pem"))
    assert len(pipeline.responses()) == 12


def test_a_round_whose_key_is_left_is_not_archived(app: Flask, pipeline: Pipeline) -> None:
    pipeline.round.state = RoundState.RELEASED
    with pytest.raises(RefusedError, match="inte raderad"):
        rounds.archive(pipeline.db, round_=pipeline.round, by=pipeline.round.author_id)
