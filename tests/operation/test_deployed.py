"""Real servers, real HTTP: what leaves them, what they write down, what their workers agree on."""

import json
import re
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
import sqlalchemy as sa
from sqlmodel import col, select

from dialog.application import create_app
from dialog.ballotbox import create_box
from dialog.ballotbox.settings import from_environment as box_settings
from dialog.core.ballots import respondent
from dialog.core.ballots.respondent import Prepared
from dialog.settings import from_environment
from dialog.storage.clock import now
from dialog.storage.engine import make_sessions
from dialog.storage.migrating import upgrade
from dialog.storage.rows import Row
from dialog.surveys.models import Invitation, Response, Round
from tests import databases, makers
from tests.operation import deployed
from tests.operation.deployed import BROWSER, VISITOR, WORKERS, Answer, Deployed
from tests.pipeline import Invited, Pipeline
from tests.ports import free_ports

HOW = ("dialog run, SQLite", "gunicorn, SQLite", "gunicorn, PostgreSQL")
PEOPLE = 12
AT_ONCE = 50


@pytest.fixture(scope="module", params=HOW)
def served(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Deployed]:
    folder, written = tmp_path_factory.mktemp("instance"), tmp_path_factory.mktemp("written")
    ports = free_ports(2)
    base, box = f"http://localhost:{ports[0]}", f"http://127.0.0.1:{ports[1]}"
    addresses = _databases(request, folder)
    with ExitStack() as ending:
        pipeline = ending.enter_context(_pipeline(folder, addresses, base=base, box=box))
        run = deployed.gunicorn if "gunicorn" in request.param else deployed.dialog_run
        yield ending.enter_context(run(pipeline, base, box, written))


def _databases(request: pytest.FixtureRequest, folder: Path) -> tuple[str, str]:
    if request.param.endswith("SQLite"):
        staff, box = f"sqlite:///{folder / 'dialog.db'}", f"sqlite:///{folder / 'box' / 'box.db'}"
        upgrade("staff", staff)
        upgrade("ballotbox", box)
        return staff, box
    parts: tuple[databases.Part, databases.Part] = request.getfixturevalue("postgresql_parts")
    databases.empty(parts[0], Row.metadata)
    return parts[0].url, parts[1].url


@contextmanager
def _pipeline(
    folder: Path, addresses: tuple[str, str], *, base: str, box: str
) -> Iterator[Pipeline]:
    """An open round, made beside the servers; they only find it in their database."""
    told = {"DIALOG_INSTANCE": str(folder), "DIALOG_BASE_URL": base, "DIALOG_BOX_URL": box}
    app = create_app(from_environment(**told, DIALOG_DATABASE_URL=addresses[0]))
    kept = create_box(box_settings(**told, DIALOG_BOX_DATABASE_URL=addresses[1]))
    with make_sessions(app.extensions["engine"])() as db:
        made = Pipeline(app, kept, db, people=0)
        for number in range(PEOPLE):
            person = makers.person(db, f"Planterad {number}", email=f"plant{number}@example.org")
            made.invited.append(made.invite(made.units[0], person_id=person.id))
        db.commit()
        yield made
    for application in (app, kept):
        application.extensions["engine"].dispose()


def page(served: Deployed) -> str:
    return f"/enkat/{served.pipeline.round.id}"


def as_json(body: Any) -> bytes:
    return json.dumps(body).encode()


def issue(served: Deployed, made: Prepared, who: Invited) -> Answer:
    body = as_json(respondent.issue_request(made, secret=who.link))
    return served.ask(served.base, "POST", f"{page(served)}/issue", body)


def post(served: Deployed, body: dict[str, str]) -> Answer:
    path = f"/rounds/{served.pipeline.round.id}/ballots"
    return served.ask(served.box, "POST", path, as_json(body))


def test_what_answering_asks_for_comes_with_its_headers_and_without_a_cookie(
    served: Deployed,
) -> None:
    who = as_json({"secret": served.pipeline.invited[0].link})
    answers = {
        path: served.ask(served.base, "GET", path)
        for path in (page(served), *(f"{page(served)}/{name}.json"
                                     for name in ("manifest", "form", "units")))
    }  # fmt: skip
    answers["place"] = served.ask(served.base, "POST", f"{page(served)}/place", who)
    script = re.search(r'src="(/[^"]+\.js[^"]*)"', answers[page(served)].body.decode())
    assert script is not None
    answers["script"] = served.ask(served.base, "GET", script[1])
    rounds = f"/rounds/{served.pipeline.round.id}"
    for path in ("/health", f"{rounds}/manifest.json"):
        answers[f"box {path}"] = served.ask(served.box, "GET", path)
    answers["preflight"] = served.ask(
        served.box,
        "OPTIONS",
        f"{rounds}/ballots",
        headers={"Access-Control-Request-Method": "POST"},
    )
    for what, answer in answers.items():
        assert answer.status == 200, what
        assert "Set-Cookie" not in answer.headers, what
        _expect_headers(answer, what)
    assert answers[page(served)].headers["Referrer-Policy"] == "no-referrer"
    assert served.box in answers[page(served)].headers["Content-Security-Policy"]
    assert answers["place"].headers["Cache-Control"] == "no-store"
    assert "Cookie" not in answers[page(served)].headers.get("Vary", "")


def _expect_headers(answer: Answer, what: str) -> None:
    headers = answer.headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy, what
    assert "unsafe" not in policy, what
    assert headers["X-Content-Type-Options"] == "nosniff", what
    assert headers["Referrer-Policy"] in ("no-referrer", "same-origin"), what
    assert headers["Cache-Control"], what
    for name in ("Content-Security-Policy", "Referrer-Policy", "Cache-Control"):
        assert len(headers.get_all(name, [])) == 1, (what, name)


@pytest.mark.parametrize("address", ["base", "box"])
@pytest.mark.parametrize("path", ["/finns-inte", "/enkat/finns-inte", "/rounds/x/manifest.json"])
def test_an_error_carries_the_headers_too_and_no_cookie(
    served: Deployed, address: str, path: str
) -> None:
    answer = served.ask(getattr(served, address), "GET", path)
    assert answer.status == 404
    assert "Set-Cookie" not in answer.headers
    _expect_headers(answer, path)


@pytest.mark.parametrize(
    ("name", "value"),
    [("Cookie", "dialog=x"), ("Authorization", "Bearer x"), ("Referer", "http://localhost/enkat")],
)
def test_the_ballot_box_refuses_whatever_says_who_asks(
    served: Deployed, name: str, value: str
) -> None:
    rounds = f"/rounds/{served.pipeline.round.id}"
    for method, path in (("GET", f"{rounds}/manifest.json"), ("POST", f"{rounds}/ballots")):
        body = b"{}" if method == "POST" else None
        answer = served.ask(served.box, method, path, body, {name: value})
        assert answer.status == 400
        assert json.loads(answer.body)["reason"] == "identified"


def test_page_and_manifests_are_the_same_bytes_whoever_asks_and_whichever_worker_answers(
    served: Deployed,
) -> None:
    manifest = f"/rounds/{served.pipeline.round.id}/manifest.json"
    wanted: list[tuple[str, str, str, dict[str, str]]] = [
        ("staff", served.base, page(served), {"Cookie": "dialog=planted"}),
        ("staff", served.base, f"{page(served)}/manifest.json", {}),
        ("box", served.box, manifest, {}),
    ]
    found: dict[str, set[bytes]] = {}
    for side, origin, path, more in wanted:
        for _worker in _each_alone(served, side):
            for headers in ({}, more):
                answer = served.ask(origin, "GET", path, headers=headers)
                assert answer.status == 200
                found.setdefault(path, set()).add(answer.body)
    assert all(len(bodies) == 1 for bodies in found.values())
    assert found[manifest] == found[f"{page(served)}/manifest.json"]


def _each_alone(served: Deployed, side: str) -> Iterator[int]:
    """Each of the side's workers, while the others stand still: who is left must answer."""
    if not served.masters:
        yield 0
        return
    workers = served.workers(side)
    assert len(workers) == WORKERS
    for worker in workers:
        others = [other for other in workers if other != worker]
        try:
            for other in others:
                other.suspend()
            yield worker.pid
        finally:
            for other in others:
                other.resume()


def test_of_fifty_requests_at_once_for_one_person_one_gets_a_token(served: Deployed) -> None:
    who, pipeline = served.pipeline.invited[-1], served.pipeline
    tried = [pipeline.seal(str(1 + number % 5)) for number in range(AT_ONCE)]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = list(pool.map(lambda made: issue(served, made, who), tried))
    assert sorted(answer.status for answer in answers) == [200] + [409] * (AT_ONCE - 1)
    first = next(place for place, answer in enumerate(answers) if answer.status == 200)
    with ThreadPoolExecutor(AT_ONCE) as pool:  # the same again is a retry, whichever worker has it
        again = list(pool.map(lambda _: issue(served, tried[first], who), range(AT_ONCE)))
    assert {(answer.status, answer.body) for answer in again} == {(200, answers[first].body)}
    marked = select(Invitation).where(
        col(Invitation.round_id) == pipeline.round.id, col(Invitation.number) == who.number
    )
    assert pipeline.db.exec(marked).one().issued
    pipeline.db.commit()  # not rollback: what is read after that would hold SQLite's lock


def test_at_the_most_verbose_nothing_is_written_of_who_came_and_what_was_said(
    served: Deployed,
) -> None:
    """Runs last: it closes the round."""
    secrets = _everybody_answers(served)
    secrets |= _some_go_wrong(served)
    if not served.masters:
        _close_and_wait(served)
    written = served.everything_written()
    assert '"rule": "/logga-in"' in written  # the log is on
    assert [secret for secret in sorted(secrets) if secret in written] == []
    for line in ("GET /", "POST /", "HTTP/1.1"):
        assert line not in written, "an access log"


def _everybody_answers(served: Deployed) -> set[str]:
    """Each as a browser does it; gives all that must not be written down."""
    pipeline = served.pipeline
    known = {VISITOR, BROWSER, "203.0.113.9", "plant", "Planterad", str(pipeline.round.id)}
    for number, who in enumerate(pipeline.invited[:-1]):
        text = f"Jag såg något, nummer {number}, som ingen ska veta"
        made = pipeline.seal(str(1 + number % 5), text)
        asked = respondent.issue_request(made, secret=who.link)
        signed = issue(served, made, who)
        assert signed.status == 200, signed.body
        body = respondent.post_request(
            pipeline.manifest, made, json.loads(signed.body)["signature"]
        )
        kept = post(served, body)
        assert kept.status == 201, kept.body
        receipt = json.loads(kept.body)["receipt"]
        known |= {who.link, who.code, text, asked["blinded"][:40], receipt, body["signature"][:40],
                  body["ballot"][:40], made.ballot.hex()[:40]}  # fmt: skip
    return known


def _some_go_wrong(served: Deployed) -> set[str]:
    """What is refused tempts a log most."""
    lost = served.pipeline.invited[0]
    served.ask(served.base, "GET", f"{page(served)}?hemligt={lost.link}")
    served.ask(served.base, "POST", f"{page(served)}/issue", b'{"secret": "plantedbytes')
    post(served, {"ballot": "plantedbytes", "prefix": "", "signature": "!"})
    signing_in = served.ask(served.base, "GET", "/logga-in")
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', signing_in.body.decode())
    assert token is not None
    form = {"csrf_token": token[1], "email": "plant0@example.org", "password": "plantedpassword"}
    refused = served.ask(
        served.base, "POST", "/logga-in", urlencode(form).encode(),
        {"Content-Type": "application/x-www-form-urlencoded", "Referer": f"{served.base}/",
         "Cookie": signing_in.headers["Set-Cookie"].split(";")[0]},
    )  # fmt: skip
    assert refused.status in (200, 401, 422)
    for origin in (served.base, served.box):
        with socket.create_connection(
            ("127.0.0.1", urlsplit(origin).port or 0), timeout=20, source_address=(VISITOR, 0)
        ) as raw:
            raw.sendall(b"plantedbytes \x00 nonsense\r\n\r\n")
            raw.recv(1000)
    return {"plantedbytes", "plantedpassword", token[1]}


def _close_and_wait(served: Deployed) -> None:
    """Let the workers close the round, hand it over and open it: they write logs as well."""
    pipeline = served.pipeline
    pipeline.db.execute(sa.update(Round).values(closes_at=now() - timedelta(seconds=1)))
    pipeline.db.commit()
    count = sa.select(sa.func.count()).select_from(Response)
    reading = pipeline.app.extensions["engine"].execution_options(reading=True)
    deadline = time.monotonic() + 60
    while True:
        with reading.connect() as connection:
            if connection.scalar(count) == PEOPLE - 1:
                return
        assert time.monotonic() < deadline, served.everything_written()[-2000:]
        time.sleep(0.2)


def test_gunicorn_says_what_several_workers_of_the_staff_application_must_share(
    served: Deployed,
) -> None:
    if not served.masters:
        assert "DIALOG_LIMITS_URL" not in served.everything_written()  # one process a side
        return
    said = {side: (served.written / f"{side}.log").read_text() for side in ("staff", "box")}
    assert f"each of {WORKERS} workers counts failed attempts" in said["staff"]
    assert "DIALOG_LIMITS_URL" not in said["box"]
