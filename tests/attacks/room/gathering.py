"""A meeting from check-in to seven days after it, and what an attacker finds who copies everything
between its items and after it.

All act in the same order each time: whoever sees in which order rows came would know whose they
are. Only questions come in an order of their own, for everybody in a meeting sees when one comes.
"""

import random
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialog.application import create_app
from dialog.meetings import agenda, door, steps
from dialog.meetings.item_states import ItemAction
from dialog.meetings.live import disposing, moderating, questions
from dialog.meetings.live_models import PollKind
from dialog.meetings.models import Meeting, MeetingStep
from dialog.meetings.polling import polls
from dialog.meetings.states import Action
from dialog.people.models import SignIn
from dialog.storage import backup
from dialog.storage.clock import now
from dialog.storage.engine import make_sessions
from dialog.storage.outbox import OutboxRow
from tests import makers
from tests.attacks import databases
from tests.attacks.haul import Haul, Look, Order
from tests.attacks.known import spelled
from tests.attacks.performing import append, bundle
from tests.attacks.product import sources, wait_for
from tests.attacks.room.browser import Browser
from tests.attacks.running import STAFF, STREAM, WORKER, Instance, server
from tests.attacks.searching import Needles
from tests.attacks.signed_in import sessions
from tests.meetings.cast import Cast

PRODUCT, CONTROL = "Dialog's live room", "one mark for all, and a line in the log"
SUPPORTS = ("support of one question", "support of another")
VOTES = ("votes in one poll", "votes in another")
QUESTIONS = "questions"
BETRAYED = server(STAFF, "tests.attacks.room.betraying:staff")


@dataclass(frozen=True)
class Size:
    people: int = 200
    asking: int = 60


@dataclass
class Room:
    """A meeting that is held, and what becomes known of it."""

    instance: Instance
    cast: Cast
    meeting: UUID
    browsers: list[Browser]
    looks: list[Look] = field(default_factory=list)
    marks: dict[str, dict[bytes, str]] = field(default_factory=dict)
    things: dict[str, UUID] = field(default_factory=dict)

    @property
    def db(self) -> Session:
        return self.cast.db

    @property
    def held(self) -> Meeting:
        return self.db.get_one(Meeting, self.meeting, populate_existing=True)

    def look(self, name: str) -> None:
        """Copy everything as it is now, when the worker has done what it is to do."""
        self.db.commit()
        wait_for(lambda: not self._waiting())
        folder = self.instance.folder / "looks" / f"{len(self.looks)} {name}"
        folder.mkdir(parents=True)
        needles = Needles({mark: who for kind in self.marks.values() for mark, who in kind.items()})
        self.instance.databases.copy(folder, telling=needles.is_in)
        for path in self.instance.logs.iterdir():
            shutil.copy(path, folder / path.name)
        for path in sorted(self.instance.home.rglob("*")):
            if path.is_file():
                append(folder / bundle(path, self.instance.home), path)
        self.looks.append(Look(name, folder, opened=True))

    def back_up(self) -> None:
        """Add a backup to what was last copied."""
        into = self.looks[-1].folder
        made = into.with_name("backup")
        backup.make(self.instance.settings.database_url, made, side="staff")
        for path in made.rglob("*"):
            if path.is_file():
                shutil.copy(path, into / f"backup {path.name}")

    def _waiting(self) -> bool:
        found = self.db.exec(select(OutboxRow.id).where(col(OutboxRow.done_at).is_(None))).first()
        self.db.commit()
        return found is not None


@contextmanager
def gather(kind: str, *, seed: int, size: Size, folder: Path, betrayed: bool) -> Iterator[Room]:
    """A meeting in which all are checked in, with everything running as it is installed."""
    ours = Instance(databases.start(kind, folder / "databases", loud=False), folder, loud=False)
    try:
        ours.migrate()
        ours.listen()
        ours.start(BETRAYED if betrayed else STAFF, STREAM, WORKER)
        app = create_app(ours.settings)
        with app.test_request_context(), make_sessions(app.extensions["engine"])() as db:
            yield _invite(ours, Cast(app, db, people=size.people), seed=seed, betrayed=betrayed)
        app.extensions["engine"].dispose()
    finally:
        ours.stop()
        ours.databases.stop()


def _invite(ours: Instance, cast: Cast, *, seed: int, betrayed: bool) -> Room:
    meeting = cast.invited()
    random.Random(seed).shuffle(cast.people)  # the order in which all act
    wanted = [(who.email, "Firefox/140.0") for who in cast.people]
    browsers = [
        Browser(ours.base_url, email, signed.cookie, source, meeting.id, betrayed)
        for (email, _browser), signed, source in zip(
            wanted, sessions(ours.settings, wanted), sources(), strict=False
        )
    ]
    steps.take(cast.db, meeting=meeting, action=Action.BEGIN, by=cast.secretary.id)
    cast.db.commit()
    room = Room(ours, cast, meeting.id, browsers)
    room.look("before")
    for who in cast.people:
        door.enter(cast.db, meeting=meeting, person_id=who.id)
        cast.db.commit()
    _let_time_pass(room)
    for browser in browsers:
        browser.fetch_a_pass()
        browser.follow(ours.behind[STREAM])
    return room


def hold(room: Room, *, asking: int, seed: int) -> None:
    """Two items with a poll and a question to support in each; in the first people ask."""
    for number, (votes, supports) in enumerate(zip(VOTES, SUPPORTS, strict=True)):
        line = agenda.Line(f"Punkt {number + 1}")
        item = agenda.add(room.db, meeting=room.held, line=line, by=room.cast.secretary.id)
        agenda.take(room.db, item=item, action=ItemAction.BEGIN)
        _vote(room, votes)
        _support(room, supports)
        if not number:
            _ask(room, asking, random.Random(seed))
        agenda.take(room.db, item=item, action=ItemAction.HANDLE)
        room.look(f"after item {number + 1}")
    steps.take(room.db, meeting=room.held, action=Action.END, by=room.cast.secretary.id)
    room.look("after the meeting")
    room.back_up()
    ended = sa.update(MeetingStep).where(col(MeetingStep.action) == str(Action.END))
    room.db.connection().execute(ended.values(at=now() - timedelta(days=8)))
    room.db.commit()
    disposing.dispose_due(makers.desk(room.db, room.instance.settings))
    room.look("eight days after")


def _vote(room: Room, name: str) -> None:
    poll = polls.make(room.db, meeting=room.held, question=name, kind=PollKind.SCALE, options=[])
    polls.open_(room.db, poll=poll)
    room.db.commit()
    room.marks[name] = {one.mark(poll.id): one.person for one in room.browsers}
    for place, browser in enumerate(room.browsers):
        browser.vote(poll.id, place % 5)
    polls.close(room.db, poll=poll)
    room.db.commit()


def _support(room: Room, name: str) -> None:
    question = questions.put(room.db, meeting=room.held, once=name, text=name, slip=True)
    moderating.show(room.db, question=question, by=room.cast.secretary.id)
    room.db.commit()
    room.marks[name] = {one.mark(question.id): one.person for one in room.browsers}
    for browser in room.browsers:
        browser.support(question.id)
    if room.db.get_bind().dialect.name == "postgresql":  # as autovacuum does when it comes by
        room.db.connection().execute(sa.text("ANALYZE meeting_support"))
        room.db.commit()


def _ask(room: Room, number: int, rng: random.Random) -> None:
    """Some ask who have not done anything for a while."""
    _let_time_pass(room)
    askers = rng.sample(room.browsers, number)
    room.marks[QUESTIONS] = {f"{rng.getrandbits(80):020x}".encode(): one.person for one in askers}
    for browser, mark in zip(askers, room.marks[QUESTIONS], strict=True):
        browser.ask(f"Varför är det så? {mark.decode()}")


def _let_time_pass(room: Room) -> None:
    """So long that when somebody is seen next is noted."""
    room.db.connection().execute(sa.update(SignIn).values(seen_at=now() - timedelta(minutes=6)))
    room.db.commit()


def haul_of(room: Room, *, kind: str, seed: int, variant: str) -> Haul:
    """What the attacker has: all that was copied, and the check-in list, whose order is that in
    which all have acted. He was not there: he has heard nothing.
    """
    known = {who.email: who.id for who in room.cast.people}
    values: dict[bytes, str] = {}
    for browser in room.browsers:
        who, person = browser.person, known[browser.person]
        forms = [*spelled(person.bytes), *map(str.encode, (who, str(person), browser.blinded_hash))]
        values |= dict.fromkeys(forms, who)
    return Haul(
        variant=variant,
        database=kind,
        seed=seed,
        looks=room.looks,
        heard=(),
        marks=room.marks,
        values=values,
        orders=[
            Order("checked in", [one.person for one in room.browsers], by_time=True),
            Order("e-mail address", sorted(known)),
            Order("id of the person", sorted(known, key=lambda who: known[who].hex)),
        ],
        participants=(),
        parents={},
        stored=(),
        k=0,
    )
