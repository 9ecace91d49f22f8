"""Both applications as two users of one machine, on SQLite, with the folders of the documents."""

import os
import pickle
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

import pytest
from sqlmodel import select

from dialog.application import create_app
from dialog.ballotbox import create_box
from dialog.ballotbox.commands import looker
from dialog.ballotbox.settings import BoxSettings
from dialog.ballotbox.settings import from_environment as box_settings
from dialog.settings import Settings, from_environment
from dialog.storage.engine import session_at
from dialog.storage.migrating import upgrade
from dialog.surveys.models import Response, Round, RoundState
from dialog.surveys.opening import exchange, opening
from tests.pipeline import Pipeline

pytestmark = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can become two other users"
)
STAFF, BOX, GROUP = 64_001, 64_002, 64_003  # numbers of nobody
T = TypeVar("T")


def as_user(uid: int, what: Callable[[], T]) -> T:
    """Do it in a process of the user, who is in the exchange's group as well; its result."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.setgroups([GROUP])
            os.setgid(uid)
            os.setuid(uid)
            os.umask(0o077)
            answer: Any = what()
        except BaseException as problem:  # noqa: BLE001 - told to the parent
            answer = problem
        with os.fdopen(writing, "wb") as pipe:
            pickle.dump(answer, pipe)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        answer = pickle.load(pipe)
    os.waitpid(child, 0)
    if isinstance(answer, BaseException):
        raise answer
    return answer  # type: ignore[no-any-return]


@dataclass(frozen=True)
class Machine:
    root: Path

    @property
    def staff(self) -> Settings:
        return from_environment(
            DIALOG_INSTANCE=str(self.root / "dialog"),
            DIALOG_KEYS=str(self.root / "dialog-keys"),
            DIALOG_EXCHANGE=str(self.root / "exchange"),
            DIALOG_POSTING_GRACE="0",
        )

    @property
    def box(self) -> BoxSettings:
        return box_settings(
            DIALOG_INSTANCE=str(self.root / "ballotbox"),
            DIALOG_BOX_KEYS=str(self.root / "ballotbox-keys"),
            DIALOG_EXCHANGE=str(self.root / "exchange"),
        )

    # What each side does, step by step.

    def opens(self) -> tuple[UUID, list[dict[str, str]]]:
        """The staff application: an open round, and a token for each person."""
        upgrade("staff", self.staff.database_url)
        app = create_app(self.staff)
        with session_at(self.staff.database_url) as db:
            made = Pipeline(app, _Unused(), db)  # type: ignore[arg-type]  # this process has no box
            tokens = [made.token(made.seal(), who.link) for who in made.invited]
        return made.round.id, tokens

    def takes(self, round_id: UUID, tokens: list[dict[str, str]]) -> set[int]:
        upgrade("ballotbox", self.box.database_url)
        client = create_box(self.box).test_client()
        return {client.post(f"/rounds/{round_id}/ballots", json=t).status_code for t in tokens}

    def closes(self) -> None:
        with session_at(self.staff.database_url) as db:
            round_ = db.exec(select(Round)).one()
            round_.state = RoundState.CLOSED
            db.add(round_)
            db.commit()
            exchange.announce(round_, self.staff)

    def looks(self) -> int:
        return looker(self.box)()

    def reads(self) -> int:
        with session_at(self.staff.database_url) as db:
            round_ = db.exec(select(Round)).one()
            opening.open_round(db, round_=round_, settings=self.staff)
            round_.state = RoundState.OPENED
            db.commit()
            opening.finish(db, round_=round_, settings=self.staff)
            db.commit()
            return len(db.exec(select(Response.id)).all())


class _Unused:
    def test_client(self) -> None:
        """There is none."""


@pytest.fixture
def folder() -> Iterator[Path]:
    """Where every user can get to; pytest's own folders are root's alone."""
    made = Path(tempfile.mkdtemp(prefix="two-users-"))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made)


@pytest.fixture
def machine(folder: Path) -> Machine:
    """Folders as in docs/running-in-production.md."""
    for name, owner in (("dialog", STAFF), ("dialog-keys", STAFF),
                        ("ballotbox", BOX), ("ballotbox-keys", BOX)):  # fmt: skip
        (folder / name).mkdir()
        os.chown(folder / name, owner, owner)
        (folder / name).chmod(0o700)
    (folder / "exchange").mkdir()
    os.chown(folder / "exchange", 0, GROUP)
    (folder / "exchange").chmod(0o3770)
    return Machine(folder)


def test_a_round_goes_its_whole_way_between_two_users_and_neither_can_read_the_other(
    machine: Machine, tmp_path: Path
) -> None:
    # Once as ourselves: what is imported on the way may lie where the two cannot read.
    _whole_way(Machine(tmp_path), lambda _uid, what: what())
    _whole_way(machine, as_user)
    for uid, theirs in ((BOX, ("dialog", "dialog-keys")), (STAFF, ("ballotbox", "ballotbox-keys"))):
        for name in theirs:
            files = [path for path in (machine.root / name).rglob("*") if path.is_file()]
            assert files
            for path in (machine.root / name, *files):
                with pytest.raises(PermissionError):
                    as_user(uid, partial(_look, path))


def _look(path: Path) -> None:
    if path.is_dir():
        list(path.iterdir())
    else:
        path.read_bytes()


def _whole_way(machine: Machine, by: Callable[[int, Callable[[], Any]], Any]) -> None:
    round_id, tokens = by(STAFF, machine.opens)
    assert by(BOX, lambda: machine.takes(round_id, tokens)) == {201}
    by(STAFF, machine.closes)
    assert by(BOX, machine.looks) == 1
    assert by(STAFF, machine.reads) == len(tokens)
    by(BOX, machine.looks)
    assert not list((machine.root / "exchange").glob("*.batch"))  # the box took it back


def test_neither_can_remove_or_replace_what_the_other_has_written_nor_others_read_it(
    machine: Machine, tmp_path: Path
) -> None:
    Machine(tmp_path).opens()
    as_user(STAFF, machine.opens)
    (state, *_) = (machine.root / "exchange").glob("*.state.json")
    assert as_user(BOX, state.read_bytes)
    for attempt in (state.unlink, lambda: state.write_bytes(b""),
                    lambda: state.rename(state.with_suffix(".x"))):  # fmt: skip
        with pytest.raises(PermissionError):
            as_user(BOX, attempt)
    assert state.stat().st_mode & 0o007 == 0
