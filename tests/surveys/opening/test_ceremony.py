import hashlib
import io
import json
import os
import signal
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from uuid import uuid4

import pytest
from flask import Flask
from sqlmodel import Session

from dialog.core.ballots import batch, blind, manifest, peeling, sealing
from dialog.core.ballots.peeling import Record
from dialog.core.ballots.respondent import Prepared
from dialog.core.errors import RefusedError
from dialog.surveys import keys
from dialog.surveys.holders import steps_of
from dialog.surveys.opening import ceremony, opening, record, step_files
from dialog.surveys.opening.refusals import NotHandedOverError, WrongBatchError
from dialog.surveys.rounds.disposing import KINDS
from tests.pipeline import Pipeline
from tests.trustees import Held, begin, hand_in, open_layers, peel, take_turn


@pytest.fixture
def guarded(app: Flask, box: Flask, db: Session) -> Pipeline:
    """An open round whose keys two trustees hold beside the platform."""
    return Pipeline(app, box, db, trustees=2)


def begun(pipeline: Pipeline) -> tuple[Held, Held]:
    """Everybody has answered and it is the outermost trustee's turn. Gives outer and inner."""
    pipeline.everybody_answers()
    pipeline.close()
    begin(pipeline.db, pipeline.settings, pipeline.round)
    inner, outer = pipeline.held
    return outer, inner


def left_by(pipeline: Pipeline, who: Held) -> tuple[bytes, Record]:
    waiting = ceremony.waiting_for(
        pipeline.db, round_=pipeline.round, trustee=who.trustee, settings=pipeline.settings
    )
    return peel(waiting.path, who)


def refusal(pipeline: Pipeline, who: Held, left: bytes, made: Record) -> str:
    """What is said to `who` for handing that in; everything is then as it was."""
    before = [step.place for step in steps_of(pipeline.db, round_id=pipeline.round.id)]
    files = sorted(path.name for path in pipeline.settings.ceremony.glob("*"))
    with pytest.raises(RefusedError) as refused:
        hand_in(pipeline.db, pipeline.settings, pipeline.round, who, left=left, record=made)
    pipeline.db.rollback()
    assert [step.place for step in steps_of(pipeline.db, round_id=pipeline.round.id)] == before
    assert sorted(path.name for path in pipeline.settings.ceremony.glob("*")) == files
    return refused.value.sentence


def rebatched(pipeline: Pipeline, ballots: list[bytes], *, layers: int = 2) -> bytes:
    in_order = sorted(ballots, key=lambda ballot: hashlib.sha256(ballot).digest())
    first = batch.header(
        pipeline.round.id, ballots=len(ballots), length=len(ballots[0]), layers=layers
    )
    return first + b"".join(in_order)


def of(left: bytes, made: Record) -> Record:
    return replace(made, out_sha256=hashlib.sha256(left).hexdigest())


@pytest.mark.parametrize("trustees", [2, 3])
def test_what_was_answered_is_what_all_holders_open_together(
    app: Flask, box: Flask, db: Session, trustees: int
) -> None:
    pipeline = Pipeline(app, box, db, trustees=trustees)
    assert len(manifest.load(pipeline.round.manifest).holders) == trustees + 1
    pipeline.everybody_answers()
    pipeline.close()
    result = pipeline.open()
    assert (result.opened, result.received, result.responses) == (True, 12, 12)
    stored = Counter(json.loads(each.answers)["calm"] for each in pipeline.responses())
    assert stored == Counter(str(1 + index % 5) for index in range(12))
    assert pipeline.round.ballots_received == pipeline.round.tokens_issued == 12


def test_the_record_says_who_did_what_with_numbers_and_hashes_and_no_name_in_public(
    guarded: Pipeline,
) -> None:
    outer, inner = begun(guarded)
    take_turn(guarded.db, guarded.settings, guarded.round, outer)
    take_turn(guarded.db, guarded.settings, guarded.round, inner, by=inner.deputy)
    guarded.open()
    lines = record.of_round(guarded.db, round_=guarded.round)
    assert [(line.place, line.function, line.by_deputy) for line in lines] == [
        (3, "", False),
        (2, "forskare", False),
        (1, "skyddsombud", True),
        (0, "", False),
    ]
    assert {(line.ballots_in, line.ballots_out, line.blanks) for line in lines} == {(12, 12, 0)}
    for before, after in pairwise(lines):
        assert after.in_sha256 == before.out_sha256
    assert [line.person for line in lines] == ["", outer.person.name, inner.deputy.name, ""]
    public = json.dumps([line.published() for line in lines])
    for who in (outer, inner):
        assert who.person.name not in public
        assert who.deputy.name not in public


def test_the_platform_cannot_open_alone_and_waits_for_every_trustee(guarded: Pipeline) -> None:
    outer, inner = begun(guarded)
    for each in (outer, inner):
        with pytest.raises(NotHandedOverError):
            opening.open_round(guarded.db, round_=guarded.round, settings=guarded.settings)
        take_turn(guarded.db, guarded.settings, guarded.round, each)
    key = keys.ballot_key(guarded.settings, round_id=guarded.round.id)
    for sealed in ceremony.handed_over(guarded.round, guarded.settings):
        for layer in range(3):
            with pytest.raises(sealing.SealError):
                sealing.unseal(sealed, key, round_id=guarded.round.id, layer=layer)


def test_nobody_opens_out_of_turn(guarded: Pipeline) -> None:
    guarded.everybody_answers()
    inner, outer = guarded.held
    args = {"round_": guarded.round, "settings": guarded.settings}

    def said(who: Held) -> str:
        with pytest.raises(RefusedError) as refused:
            ceremony.waiting_for(guarded.db, trustee=who.trustee, **args)  # type: ignore[arg-type]
        return refused.value.sentence

    assert "inte stängd" in said(outer)
    guarded.close()
    assert "Valurnan har inte lämnat över" in said(outer)
    begin(guarded.db, guarded.settings, guarded.round)
    assert "Först öppnar Nyckelhållare 2 (forskare)" in said(inner)
    take_turn(guarded.db, guarded.settings, guarded.round, outer)
    assert "redan öppnat" in said(outer)


def test_one_ballot_more_or_fewer_is_refused(guarded: Pipeline) -> None:
    outer, _inner = begun(guarded)
    left, made = left_by(guarded, outer)
    ballots = list(batch.read(left))
    fewer = rebatched(guarded, ballots[1:])
    said = refusal(guarded, outer, fewer, of(fewer, made))
    assert "12 svar lämnades till dig, men filen har 11" in said
    assert "Inget är ändrat" in said
    more = rebatched(guarded, [*ballots, os.urandom(len(ballots[0]))])
    assert "men filen har 13" in refusal(guarded, outer, more, of(more, made))


def test_a_batch_that_is_not_the_step_is_refused(guarded: Pipeline) -> None:
    outer, inner = begun(guarded)
    came = ceremony.waiting_for(
        guarded.db, round_=guarded.round, trustee=outer.trustee, settings=guarded.settings
    ).path.read_bytes()
    left, made = left_by(guarded, outer)
    ballots = list(batch.read(left))
    backwards = batch.header(guarded.round.id, ballots=12, length=len(ballots[0]), layers=2)
    other = batch.header(uuid4(), ballots=12, length=len(ballots[0]), layers=2)
    short = batch.header(guarded.round.id, ballots=12, length=10, layers=2)
    cases = {
        "inte öppnat i filen": came,
        "kom inte fram hel": left[:-1],
        "innehåller inga svar": b"",
        "innehåller inga svar från Dialog": b"garbage\n" * 100,
        "fel ordning": backwards + b"".join(reversed(ballots)),
        "en annan omgång": other + b"".join(ballots),
        "fel längd": short + b"".join(each[:10] for each in ballots),
    }
    for words, data in cases.items():
        assert words in refusal(guarded, outer, data, of(data, made)), words
    take_turn(guarded.db, guarded.settings, guarded.round, outer)
    twice, _made = left_by(guarded, inner)
    took = replace(left_by(guarded, inner)[1], in_sha256=made.in_sha256)
    assert "en annan fil som har öppnats" in refusal(guarded, inner, twice, took)
    assert "inte öppnat i filen" in refusal(guarded, inner, left, of(left, took))
    take_turn(guarded.db, guarded.settings, guarded.round, inner)
    assert guarded.open().responses == 12


def test_a_record_that_does_not_fit_is_refused(guarded: Pipeline) -> None:
    outer, _inner = begun(guarded)
    left, made = left_by(guarded, outer)
    for wrong in (
        replace(made, out_sha256="00" * 32),
        replace(made, layer=1),
        replace(made, blanks=13),
        replace(made, ballots_in=13),
        replace(made, ballots_out=11),
    ):
        assert "Protokollet hör inte till filen" in refusal(guarded, outer, left, wrong)


def test_too_long_a_file_is_not_read_to_its_end(guarded: Pipeline) -> None:
    outer, _inner = begun(guarded)
    left, _made = left_by(guarded, outer)
    endless = io.BytesIO(left + bytes(10_000_000))
    with step_files.receiving(
        guarded.settings, round_id=guarded.round.id, stream=endless, at_most=len(left)
    ) as received:
        assert received.size == len(left) + 1
        assert endless.tell() == len(left) + 1
        assert list(guarded.settings.ceremony.glob("*incoming*"))
    assert not list(guarded.settings.ceremony.glob("*incoming*"))


def test_broken_and_copied_ballots_stop_nobody_and_count_as_invalid(guarded: Pipeline) -> None:
    """A respondent may post any bytes, and one inside in two wrappings."""
    frozen = guarded.manifest
    honest = guarded.invited[:10]
    for who in honest:
        guarded.answer(who)
    made = guarded.seal("5", unit="A")
    inside = made.ballot
    for held in reversed(guarded.held):
        inside = sealing.unseal(
            inside, held.private, round_id=guarded.round.id, layer=held.trustee.place
        )
    whole = frozen.length + sealing.OVERHEAD * 3
    for forged in (wrapped(guarded, inside), wrapped(guarded, inside), os.urandom(whole)):
        who = guarded.invite(guarded.units[0])
        guarded.db.commit()
        replaced = replace_ballot(guarded, forged)
        assert guarded.post(guarded.token(replaced, who.link)).status_code == 201
    guarded.close()
    result = guarded.open()
    assert (result.received, result.responses) == (13, 11)
    lines = record.of_round(guarded.db, round_=guarded.round)
    assert [line.blanks for line in lines] == [0, 1, 2, 2]  # the copy is found when it is bare


def wrapped(pipeline: Pipeline, inside: bytes) -> bytes:
    """An inside that only the platform's layer closes, in the trustees' layers once more."""
    for held in pipeline.held:
        info = sealing.info(pipeline.round.id, held.trustee.place)
        key = sealing.public_key(held.trustee.public_key)
        inside = sealing.SUITE.encrypt(inside, key, info=info)
    return inside


def replace_ballot(pipeline: Pipeline, ballot: bytes) -> Prepared:
    prepared = blind.prepare(sealing.message(ballot))
    blinded, inverse = blind.blind(pipeline.manifest.public_token_key, prepared)
    return Prepared(ballot, prepared, blinded, inverse)


def test_a_damaged_file_is_found_and_can_be_handed_in_again(guarded: Pipeline) -> None:
    outer, inner = begun(guarded)
    take_turn(guarded.db, guarded.settings, guarded.round, outer)
    left, made = left_by(guarded, inner)
    hand_in(guarded.db, guarded.settings, guarded.round, inner, left=left, record=made)
    last = steps_of(guarded.db, round_id=guarded.round.id)[-1]
    path = step_files.path_of(
        guarded.settings, round_id=guarded.round.id, place=1, sha256=last.out_sha256
    )
    for damage in (left[:-1], left[:-1] + bytes([left[-1] ^ 1]), b""):
        path.write_bytes(damage)
        with pytest.raises(WrongBatchError, match="lämna in sin fil en gång till"):
            opening.open_round(guarded.db, round_=guarded.round, settings=guarded.settings)
        guarded.db.rollback()
    path.unlink()
    assert ceremony.is_known(guarded.db, trustee=inner.trustee, sha256=made.out_sha256)
    with step_files.receiving(
        guarded.settings, round_id=guarded.round.id, stream=io.BytesIO(left), at_most=len(left)
    ) as received:
        step_files.keep(guarded.settings, received, round_id=guarded.round.id, place=1)
    assert guarded.open().responses == 12


def test_the_batches_are_gone_when_the_round_is_open(guarded: Pipeline) -> None:
    outer, inner = begun(guarded)
    for each in (outer, inner):
        take_turn(guarded.db, guarded.settings, guarded.round, each)
    assert list(guarded.settings.ceremony.glob("*"))
    guarded.open()
    assert not list(guarded.settings.ceremony.glob("*"))


def test_the_list_of_who_took_part_may_be_gone_before_the_last_trustee_opens(
    guarded: Pipeline,
) -> None:
    begun(guarded)
    assert guarded.round.tokens_issued == 12
    KINDS["list"].remove(guarded.db, guarded.round)
    guarded.db.commit()
    for each in reversed(guarded.held):
        take_turn(guarded.db, guarded.settings, guarded.round, each)
    guarded.open()
    assert guarded.round.tokens_issued == 12


def test_no_answer_can_be_read_in_any_file_between_the_steps(guarded: Pipeline) -> None:
    for index, who in enumerate(guarded.invited):
        guarded.answer(who, note=f"hemligt ord {index}")
    guarded.close()
    open_layers(guarded.db, guarded.settings, guarded.round, guarded.held)
    for path in guarded.settings.instance.rglob("*"):
        if path.is_file():
            assert b"hemligt ord" not in path.read_bytes(), path


CRASHING = """
import io, json, os, signal, sys
from pathlib import Path
from uuid import UUID
import dialog.application  # all tables
from dialog.core.ballots import peeling
from dialog.settings import from_environment
from dialog.storage.engine import make_engine, make_sessions
from dialog.surveys.holders import trustees_of
from dialog.surveys.models import Round
from dialog.surveys.opening import ceremony, step_files
settings, (round_id, file, moment) = from_environment(), sys.argv[1:]
left = Path(file).read_bytes()
record = peeling.load(Path(file + ".json").read_bytes())
die = lambda *_a, **_k: os.kill(os.getpid(), signal.SIGKILL)
with make_sessions(make_engine(settings.database_url))() as session:
    round_ = session.get(Round, UUID(round_id))
    trustee = trustees_of(session, round_id=round_.id)[-1]
    if moment == "receiving":
        step_files.os.fsync = die
    if moment == "keeping":
        step_files.settle = die
    with step_files.receiving(
        settings, round_id=round_.id, stream=io.BytesIO(left), at_most=len(left)
    ) as received:
        if moment == "received":
            die()
        ceremony.hand_in(
            session, round_=round_, trustee=trustee, by=trustee.person_id,
            received=received, record=record, settings=settings,
        )
        if moment == "written":
            die()
        session.commit()
        die()
"""


@pytest.mark.parametrize("moment", ["receiving", "received", "keeping", "written", "committed"])
def test_kill_9_at_any_moment_of_handing_in_is_harmless(
    guarded: Pipeline, moment: str, tmp_path: Path
) -> None:
    outer, inner = begun(guarded)
    left, made = left_by(guarded, outer)
    file = tmp_path / "left.batch"
    file.write_bytes(left)
    file.with_name("left.batch.json").write_bytes(peeling.dump(made))
    arguments = [str(guarded.round.id), str(file), moment]
    guarded.db.rollback()  # reading holds the only lock of SQLite here
    process = subprocess.run(
        [sys.executable, "-c", CRASHING, *arguments],
        env={
            **os.environ,
            "DIALOG_INSTANCE": str(guarded.settings.instance),
            "DIALOG_DATABASE_URL": guarded.settings.database_url,
        },
        check=False,
    )
    assert process.returncode == -signal.SIGKILL
    guarded.db.rollback()
    taken = [step.place for step in steps_of(guarded.db, round_id=guarded.round.id)]
    assert taken == ([3, 2] if moment == "committed" else [3])
    if moment != "committed":
        hand_in(guarded.db, guarded.settings, guarded.round, outer, left=left, record=made)
    take_turn(guarded.db, guarded.settings, guarded.round, inner)
    assert guarded.open().responses == 12
    assert not list(guarded.settings.ceremony.glob("*"))
