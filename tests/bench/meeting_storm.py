"""A meeting in which 2,000 vote and 200 ask within a minute while all of them follow it, and in the
middle the staff application is killed: what was acknowledged, what is kept, and what it takes.

Real processes as `dialog run` starts them. Whoever gets no answer sends the same again, as browsers
do. DIALOG_STORM says how many seconds it takes (60).
"""

import asyncio
import hashlib
import http.client
import os
import random
import re
import statistics
import tempfile
import time
from base64 import b64encode
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import psutil
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import load_der_private_key, load_der_public_key
from sqlmodel import Session, func, select

from dialog.application import create_app
from dialog.core.ballots import blind
from dialog.meetings.live import passes
from dialog.meetings.live_models import (
    MeetingKey,
    MeetingQuestion,
    MeetingVote,
    PollKind,
)
from dialog.meetings.models import Meeting
from dialog.meetings.polling import polls
from dialog.settings import Settings
from dialog.storage.engine import make_sessions
from tests.bench import Figure, streams
from tests.bench.streams import STREAMS, Browser

SECONDS = float(os.environ.get("DIALOG_STORM", "60"))
QUESTIONS = STREAMS // 10
SENDERS = 16  # requests that are on their way at the same moment
GIVING_UP = 30.0  # seconds after which a sender says that something is wrong
_HIDDEN = re.compile(r'name="(csrf_token|once)"[^>]*value="([^"]+)"')


@dataclass
class Storm:
    """What is sent to one staff application, and how long each took to be acknowledged, s."""

    port: int
    address: str
    waited: list[float] = field(default_factory=list)
    failed: int = 0  # tries without an answer

    def vote(self, poll: UUID, body: str) -> None:
        headers = {"Content-Type": "application/json"}
        self._until(200, "POST", f"{self.address}/rostningar/{poll}/rost", body, headers)

    def ask(self, browser: Browser, text: str) -> None:
        address = f"{self.address}/fragor/ny"
        headers = {"Cookie": f"dialog={browser.cookie}"}
        page, cookies = self._until(200, "GET", address, "", headers)
        form = {"text": text, "item": "", "name": "utan", **dict(_HIDDEN.findall(page))}
        kept = dict(each.split("=", 1) for each in (headers["Cookie"], *cookies))
        headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in kept.items())
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        self._until(200, "POST", address, urlencode(form), headers)

    def _until(
        self, status: int, method: str, address: str, body: str, headers: dict[str, str]
    ) -> tuple[str, list[str]]:
        """Send until it is acknowledged: the page, and the cookies that came with it."""
        began = time.monotonic()
        while time.monotonic() - began < GIVING_UP:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
            try:
                connection.request(method, address, body, headers)
                answer = connection.getresponse()
                page = answer.read().decode()
            except (OSError, http.client.HTTPException):
                self.failed += 1
                time.sleep(0.25)
                continue
            finally:
                connection.close()
            if answer.status != status:
                raise RuntimeError(answer.status, address, page)
            self.waited.append(time.monotonic() - began)
            return page, [each.split(";")[0] for each in answer.headers.get_all("Set-Cookie") or []]
        raise TimeoutError(address)


def run() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DIALOG_INSTANCE"] = folder
        return asyncio.run(Room(*streams.here()).measure())


class Room:
    """A meeting that has begun, with an open poll, and all that is going to be sent to it."""

    def __init__(self, settings: Settings, ports: list[int]) -> None:
        self._settings, self._ports = settings, ports
        self._app = create_app(settings)
        address, self._browsers = streams.invite(self._app)
        self._storm = Storm(ports[0], address)
        with self._session() as session:
            meeting = session.get_one(Meeting, UUID(address.rsplit("/", 1)[1]))
            poll = polls.make(
                session, meeting=meeting, question="?", kind=PollKind.SCALE, options=[]
            )
            polls.open_(session, poll=poll)
            ballots = [_ballot(session, meeting) for _browser in self._browsers]
            session.commit()
            self._doings: list[tuple[Any, ...]] = [
                *((self._storm.vote, poll.id, body) for body in ballots),
                *((self._storm.ask, self._browsers[n], _question(n)) for n in range(QUESTIONS)),
            ]
        random.Random(1).shuffle(self._doings)

    async def measure(self) -> list[Figure]:
        stream_port = self._ports[1]
        with (
            streams.started("stream of meetings", self._settings, port=stream_port) as stream,
            streams.followed(self._browsers, [stream_port], self._storm.address),
        ):
            await asyncio.wait_for(streams.all_open(self._browsers), 120)
            memory, cpu = await asyncio.to_thread(self._rage, stream)
            with self._session() as session:
                last = session.scalar(select(Meeting.events)) or 0
                votes = session.scalar(select(func.count()).select_from(MeetingVote)) or 0
                texts = list(session.scalars(select(MeetingQuestion.original)))
            await streams.heard_by_all(self._browsers, last)
        missed = sum(set(range(1, last + 1)) != set(each.heard) for each in self._browsers)
        lost = len({_question(number) for number in range(QUESTIONS)} - set(texts))
        name = f"meeting, {STREAMS} votes and {QUESTIONS} questions in {SECONDS:.0f} s"
        waited = self._storm.waited
        return [
            Figure(f"{name}: votes lost", STREAMS - votes, "", 0),
            Figure(f"{name}: questions lost", lost, "", 0),
            Figure(f"{name}: questions kept twice", len(texts) - len(set(texts)), "", 0),
            Figure(f"{name}: tries unanswered (kill -9 in the middle)", self._storm.failed, ""),
            Figure(f"{name}: median until acknowledged", statistics.median(waited), "s"),
            Figure(f"{name}: longest, over the kill and the new start", max(waited), "s"),
            Figure(f"{name}: streams that missed an event", missed, "", 0),
            Figure(f"{name}: memory of staff application and stream", memory, "MB", 400),
            Figure(f"{name}: CPU of the staff application since the kill", cpu, "s"),
        ]

    def _rage(self, stream: psutil.Process) -> tuple[float, float]:
        """All of it, spread over the time; memory (MB) and CPU (s) at the end."""
        todo, half = self._doings, len(self._doings) // 2
        before, unheard, after = todo[:half], todo[half:][:SENDERS], todo[half:][SENDERS:]
        with ThreadPoolExecutor(SENDERS) as senders:
            with self._staff():
                sent = list(_spread(senders, before))
            sent += _spread(senders, unheard)
            with self._staff() as staff:
                sent += _spread(senders, after)
                for each in sent:
                    each.result()
                times = [one.cpu_times() for one in (staff, *staff.children(recursive=True))]
                return streams.memory([staff, stream]), sum(t.user + t.system for t in times)

    def _staff(self) -> streams.Started:
        return streams.started("staff application", self._settings, port=self._ports[0])

    @contextmanager
    def _session(self) -> Iterator[Session]:
        with make_sessions(self._app.extensions["engine"])() as session:
            yield session


def _spread(senders: ThreadPoolExecutor, doings: list[tuple[Any, ...]]) -> Iterator[Any]:
    for do, *given in doings:
        yield senders.submit(do, *given)
        time.sleep(SECONDS / (STREAMS + QUESTIONS))


def _question(number: int) -> str:
    return f"Hur blir det med sak {number}?"


def _ballot(session: Session, meeting: Meeting) -> str:
    """What a browser sends to vote: a pass of its own, signed, and what it chose."""
    public: Any = load_der_public_key(passes.public_key(session, meeting=meeting))
    private = load_der_private_key(
        session.get_one(MeetingKey, meeting.id).private_key, password=None
    )
    assert isinstance(private, rsa.RSAPrivateKey)
    prepared = blind.prepare(hashlib.sha256(os.urandom(32)).digest())
    blinded, inverse = blind.blind(public, prepared)
    signed = blind.blind_sign(blind.Signer.of(private), blinded)
    signature = blind.finalize(public, prepared, signed, inverse)
    given = {"pass": prepared, "signature": signature}
    sent = ", ".join(f'"{name}": "{b64encode(each).decode()}"' for name, each in given.items())
    return f'{{{sent}, "choices": [{random.randrange(5)}]}}'
