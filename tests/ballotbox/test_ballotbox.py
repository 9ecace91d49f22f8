import hashlib
import json
import os
import secrets
import signal
import subprocess
import sys
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from flask import Flask

from dialog.ballotbox import create_box
from dialog.ballotbox.announcements import Announcements
from dialog.ballotbox.models import BoxRow, SealedBallot
from dialog.ballotbox.settings import from_environment as box_settings
from dialog.core.ballots import batch, state
from dialog.core.ballots.encoding import decode, encode
from dialog.core.ballots.sealing import OVERHEAD
from dialog.storage.clock import now
from dialog.storage.signed_files import Side, UnsignedFileError
from dialog.surveys import keys
from dialog.surveys.models import RoundState
from dialog.surveys.opening import exchange
from tests.pipeline import Pipeline


def token(pipeline: Pipeline, who: int = 0) -> dict[str, str]:
    return pipeline.token(pipeline.seal(), pipeline.invited[who].link)


def kept(pipeline: Pipeline) -> list[bytes]:
    engine = pipeline.box.extensions["engine"]
    with engine.connect() as connection:
        return list(connection.scalars(sa.select(sa.inspect(SealedBallot).local_table.c.ballot)))


@pytest.mark.parametrize("name", ["Cookie", "Authorization", "Referer"])
def test_whoever_says_who_he_is_is_refused(pipeline: Pipeline, name: str) -> None:
    client, body = pipeline.box.test_client(use_cookies=False), token(pipeline)
    url = f"/rounds/{pipeline.round.id}/ballots"
    assert client.post(url, json=body, headers={name: "x"}).status_code == 400
    assert kept(pipeline) == []
    assert client.post(url, json=body).status_code == 201


def test_only_pages_of_the_staff_application_may_post(pipeline: Pipeline) -> None:
    url = f"/rounds/{pipeline.round.id}/ballots"
    preflight = pipeline.post_client.options(url, headers={"Origin": "http://localhost:8000"})
    assert preflight.status_code == 200
    assert preflight.headers["Access-Control-Allow-Origin"] == "http://localhost:8000"
    assert preflight.headers["Access-Control-Allow-Headers"] == "Content-Type"
    assert "Access-Control-Allow-Credentials" not in preflight.headers
    evil = pipeline.post_client.options(url, headers={"Origin": "http://evil.example"})
    assert evil.headers["Access-Control-Allow-Origin"] == "http://localhost:8000"
    refused = pipeline.post({})
    assert refused.headers["Access-Control-Allow-Origin"] == "http://localhost:8000"


def test_the_same_ballot_again_is_acknowledged_and_kept_once(pipeline: Pipeline) -> None:
    body = token(pipeline)
    assert [pipeline.post(body).status_code for _ in range(3)] == [201] * 3
    assert kept(pipeline) == [decode(body["ballot"])]


def test_many_posts_of_one_token_at_once_keep_one_ballot(pipeline: Pipeline) -> None:
    body, url = token(pipeline), f"/rounds/{pipeline.round.id}/ballots"
    with ThreadPoolExecutor(8) as pool:
        sent = [
            pool.submit(lambda: pipeline.box.test_client().post(url, json=body).status_code)
            for _ in range(30)
        ]
    assert {one.result() for one in sent} == {201}
    assert len(kept(pipeline)) == 1


@pytest.mark.parametrize("part", ["ballot", "prefix", "signature"])
def test_a_ballot_changed_in_any_part_is_refused(pipeline: Pipeline, part: str) -> None:
    body = token(pipeline)
    data = decode(body[part])
    changed = encode(data[:-1] + bytes([data[-1] ^ 1]))
    assert pipeline.post({**body, part: changed}).status_code == 403
    assert kept(pipeline) == []


def test_a_ballot_that_is_kept_is_acknowledged_to_nobody_with_another_prefix(
    pipeline: Pipeline,
) -> None:
    body = token(pipeline)
    assert pipeline.post(body).status_code == 201
    assert pipeline.post({**body, "prefix": encode(secrets.token_bytes(32))}).status_code == 409
    assert pipeline.post(body).status_code == 201


def test_a_forged_signature_is_refused(pipeline: Pipeline) -> None:
    body = {**token(pipeline), "signature": encode(secrets.token_bytes(256))}
    assert pipeline.post(body).status_code == 403


@pytest.mark.parametrize(
    "body", [{}, {"ballot": 1, "prefix": 2, "signature": 3}, {"ballot": "*"}, [], "x", 7]
)
def test_what_is_no_ballot_cannot_be_read(pipeline: Pipeline, body: object) -> None:
    answer = pipeline.post_client.post(f"/rounds/{pipeline.round.id}/ballots", json=body)
    assert answer.status_code == 400
    assert answer.json is not None
    assert answer.json["reason"] == "unreadable"


def test_a_ballot_of_another_length_is_refused(pipeline: Pipeline) -> None:
    body = token(pipeline)
    for ballot in (b"", decode(body["ballot"]) + b"x"):
        assert pipeline.post({**body, "ballot": encode(ballot)}).status_code == 400
    huge = pipeline.post({**body, "ballot": "A" * 100_000})
    assert huge.status_code == 413


def test_an_unknown_round_is_not_found(pipeline: Pipeline) -> None:
    assert pipeline.post_client.get(f"/rounds/{uuid4()}/manifest.json").status_code == 404
    answer = pipeline.post_client.post(f"/rounds/{uuid4()}/ballots", json={})
    assert answer.status_code == 404


def test_every_body_of_a_round_has_one_length(pipeline: Pipeline) -> None:
    made = [
        pipeline.seal("1"),
        pipeline.seal("5", "ö" * 200),
        pipeline.seal(answers={"calm": "_declined"}, unit="C", level=""),
    ]
    assert len({len(one.ballot) for one in made}) == 1
    bodies = [pipeline.token(one, pipeline.invited[i].link) for i, one in enumerate(made)]
    assert len({len(str(body)) for body in bodies}) == 1


def test_paused_refuses_and_closed_takes_only_what_was_taken_before(pipeline: Pipeline) -> None:
    early, late = token(pipeline, 0), token(pipeline, 1)
    assert pipeline.post(early).status_code == 201
    pipeline.change(RoundState.PAUSED)
    assert pipeline.post(late).status_code == 423
    assert pipeline.post(early).status_code == 201
    pipeline.change(RoundState.OPEN)
    pipeline.change(RoundState.CLOSED)
    assert pipeline.post(late).status_code == 410
    assert pipeline.post(early).status_code == 201


def test_posting_stays_open_for_the_time_of_grace(pipeline: Pipeline) -> None:
    object.__setattr__(pipeline.settings, "posting_grace", 900)
    body = token(pipeline)
    pipeline.change(RoundState.CLOSED)
    assert pipeline.hand_over() == []
    assert pipeline.post(body).status_code == 201


def test_a_second_announcement_of_closing_moves_no_time(pipeline: Pipeline) -> None:
    object.__setattr__(pipeline.settings, "posting_grace", 900)
    pipeline.change(RoundState.CLOSED)
    path = pipeline.settings.exchange / exchange.state_file(pipeline.round.id)
    first = path.read_bytes()
    exchange.announce(pipeline.round, pipeline.settings)
    assert path.read_bytes() == first


def test_an_older_announcement_is_not_believed_again(pipeline: Pipeline) -> None:
    folder = pipeline.settings.exchange
    names = [exchange.state_file(pipeline.round.id) + end for end in ("", ".sig")]
    older = {name: (folder / name).read_bytes() for name in names}
    body = token(pipeline)
    pipeline.change(RoundState.CLOSED)
    assert pipeline.post(body).status_code == 410
    for name, content in older.items():
        (folder / name).write_bytes(content)
    assert pipeline.post(body).status_code == 410
    engine = pipeline.box.extensions["engine"]
    fresh = Announcements(engine, pipeline.box.extensions["announcements"].side)
    known = fresh.of(pipeline.round.id)
    assert known is not None
    assert known.announcement.state is state.BoxState.CLOSED


def test_an_announcement_by_anybody_else_is_not_believed(pipeline: Pipeline) -> None:
    body = token(pipeline)
    forger = Side("staff", "box", pipeline.settings.exchange, pipeline.settings.instance / "forged")
    name = exchange.state_file(pipeline.round.id)
    before = state.load((pipeline.settings.exchange / name).read_bytes())
    forged = replace(before, state=state.BoxState.CLOSED, sequence=before.sequence + 10)
    forger.write(name, [state.dump(forged)])
    assert pipeline.post(body).status_code == 201


def test_a_manifest_never_changes_once_announced(pipeline: Pipeline) -> None:
    side = keys.side(pipeline.settings)
    name = exchange.state_file(pipeline.round.id)
    before = state.load((pipeline.settings.exchange / name).read_bytes())
    other = pipeline.round.manifest.replace(b'"k":10', b'"k":11')
    assert pipeline.post_client.get(f"/rounds/{pipeline.round.id}/manifest.json").data
    changed = replace(before, manifest=other, sequence=before.sequence + 10)
    side.write(name, [state.dump(changed)])
    served = pipeline.post_client.get(f"/rounds/{pipeline.round.id}/manifest.json").data
    assert served == pipeline.round.manifest


def test_a_batch_holds_what_was_acknowledged_sorted_by_hash(pipeline: Pipeline) -> None:
    posted = [pipeline.answer(who).ballot for who in pipeline.invited]
    pipeline.close()
    data = exchange.batch(pipeline.round.id, pipeline.settings)
    length = pipeline.manifest.length + OVERHEAD
    read = batch.parse(data, round_id=pipeline.round.id, length=length)
    in_order = sorted(posted, key=lambda ballot: hashlib.sha256(ballot).digest())
    assert list(read) == in_order


def test_handing_over_is_done_once_and_after_it_no_ballot_is_taken(pipeline: Pipeline) -> None:
    late = token(pipeline, 1)
    pipeline.change(RoundState.CLOSED)
    assert pipeline.hand_over() == [pipeline.round.id]
    assert pipeline.hand_over() == []
    pipeline.change(RoundState.OPEN)  # a mistake on the other side
    assert pipeline.post(late).status_code == 410


def test_a_changed_batch_is_not_believed(pipeline: Pipeline) -> None:
    pipeline.answer(pipeline.invited[0])
    pipeline.close()
    path = pipeline.settings.exchange / exchange.batch_file(pipeline.round.id)
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(UnsignedFileError):
        exchange.batch(pipeline.round.id, pipeline.settings)


def test_a_new_public_key_in_the_folder_is_not_believed(pipeline: Pipeline) -> None:
    pipeline.close()
    assert exchange.batch(pipeline.round.id, pipeline.settings)
    other = Ed25519PrivateKey.generate().public_key().public_bytes_raw()
    (pipeline.settings.exchange / "box.pub").write_bytes(other)
    assert exchange.batch(pipeline.round.id, pipeline.settings)


def test_when_the_round_is_done_its_ballots_are_erased_and_stay_refused(
    pipeline: Pipeline,
) -> None:
    made = pipeline.seal()
    body = pipeline.token(made, pipeline.invited[0].link)
    assert pipeline.post(body).status_code == 201
    pipeline.close()
    pipeline.round.key_destroyed_at = now()
    pipeline.change(RoundState.OPENED)
    pipeline.hand_over()
    assert kept(pipeline) == []
    assert not exchange.handed_over(pipeline.round.id, pipeline.settings)
    assert pipeline.post(body).status_code == 410


def test_a_batch_that_was_cut_off_by_a_crash_is_removed_with_the_round(pipeline: Pipeline) -> None:
    pipeline.answer(pipeline.invited[0])
    half = pipeline.settings.exchange / f".{pipeline.round.id}.batch.0011223344556677"
    half.write_bytes(b"sealed ballots")
    pipeline.close()
    pipeline.round.key_destroyed_at = now()
    pipeline.change(RoundState.OPENED)
    pipeline.hand_over()
    assert not half.exists()


def test_no_table_has_a_time_an_address_or_a_number_of_arrival(pipeline: Pipeline) -> None:
    columns = {
        f"{table.name}.{column.name}"
        for table in BoxRow.metadata.sorted_tables
        for column in table.columns
    }
    assert columns == {
        "box_round.round_id",
        "box_round.sequence",
        "box_round.announcement",
        "box_round.handed_over",
        "sealed_ballot.round_id",
        "sealed_ballot.token_hash",
        "sealed_ballot.digest",
        "sealed_ballot.ballot",
    }
    engine = pipeline.box.extensions["engine"]
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection, pytest.raises(sa.exc.OperationalError):
            connection.execute(sa.text("SELECT rowid FROM sealed_ballot"))


def test_a_deadline_that_passes_closes_without_being_told(pipeline: Pipeline) -> None:
    body = token(pipeline)
    pipeline.round.closes_at = now() + timedelta(milliseconds=300)
    pipeline.change(RoundState.OPEN)
    time.sleep(0.4)
    assert pipeline.post(body).status_code == 410
    assert pipeline.hand_over() == []  # nobody has said that it is closed


SERVER = """
import os, sys
from dialog.ballotbox import create_box
from werkzeug.serving import make_server
server = make_server("127.0.0.1", 0, create_box(), threaded=True)
print(server.server_port, flush=True)
server.serve_forever()
"""


def test_what_was_acknowledged_is_there_after_kill_9(pipeline: Pipeline, box_url: str) -> None:
    bodies = [token(pipeline, i) for i in range(len(pipeline.invited))]
    environment = {
        **os.environ,
        "DIALOG_INSTANCE": str(pipeline.settings.instance),
        "DIALOG_BOX_DATABASE_URL": box_url,
    }
    process = subprocess.Popen(
        [sys.executable, "-c", SERVER],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    port = int(process.stdout.readline())
    acknowledged: list[bytes] = []

    def send(body: dict[str, str]) -> None:
        request = urllib.request.Request(
            f"http://127.0.0.1:{port}/rounds/{pipeline.round.id}/ballots",
            data=json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
        )
        try:
            with urllib.request.urlopen(request) as answer:
                if answer.status == 201:
                    acknowledged.append(decode(body["ballot"]))
        except OSError:
            return
        if len(acknowledged) == 5:
            os.kill(process.pid, signal.SIGKILL)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(send, bodies))
    process.kill()  # if it was not already
    process.wait()
    process.stdout.close()
    assert len(acknowledged) >= 5
    after = kept(pipeline)
    assert set(acknowledged) <= set(after)
    assert len(after) == len(set(after))
    for body in bodies:  # everybody tries again, as the page does
        assert pipeline.post(body).status_code == 201
    assert len(kept(pipeline)) == len(bodies)


def test_it_is_well_only_when_its_tables_are_there(box: Flask, tmp_path: Path) -> None:
    assert box.test_client().get("/health").status_code == 200
    empty = create_box(
        box_settings(DIALOG_INSTANCE=str(tmp_path / "new"), DIALOG_BOX_DATABASE_URL="sqlite://")
    )
    answer = empty.test_client().get("/health")
    assert answer.status_code == 503
    assert answer.json == {"status": "no database"}
    empty.extensions["engine"].dispose()
