"""Backups are of real databases, made by the migrations, of both kinds."""

import json
import threading
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialog.core.errors import RefusedError, WrongInputError
from dialog.core.levels import Level
from dialog.organisation.models import Post, Unit
from dialog.people.models import Person
from dialog.storage import backup
from dialog.storage.engine import make_engine, make_sessions, session_at
from tests import makers


@pytest.fixture
def filled(url: str) -> str:
    with session_at(url) as db:
        root = makers.unit(db, "R", name="Regionen\twith\\signs\n'\";")
        part = makers.unit(db, "F01", root, name="Östra")
        part.headcount = {"": 1, "staff": 1}
        makers.post(db, makers.person(db, "Åsa Öberg", email="a@example.org"), part)
        db.commit()
    return url


def nothing(_session: Session) -> None:
    """Changes nothing."""


def put_back(url: str, folder: Path, *, replace: bool = True) -> None:
    backup.restore(url, backup.read(folder), side="staff", replace=replace, adjust=nothing)


def people(url: str) -> list[str]:
    with session_at(url) as db:
        return sorted(db.exec(select(Person.email)))


def test_what_was_there_is_there_again_and_what_came_later_is_gone(
    filled: str, tmp_path: Path
) -> None:
    made = backup.make(filled, tmp_path / "copy", side="staff")
    with session_at(filled) as db:
        makers.person(db, "Later Larsson")
        db.exec(sa.delete(Post))
        db.commit()
    put_back(filled, made.folder)
    with session_at(filled) as db:
        units = {unit.code: unit for unit in db.exec(select(Unit))}
        assert units["R"].name == "Regionen\twith\\signs\n'\";"
        assert units["F01"].parent_id == units["R"].id
        assert units["F01"].headcount == {"": 1, "staff": 1}
        assert db.exec(select(Post.level)).all() == [Level.STAFF]
        keys = db.connection().execute(sa.text("SELECT name_key FROM person")).all()
        assert keys == [("{sa }berg",)]
    assert people(filled) == ["a@example.org"]


def test_constraints_hold_after_a_restore(filled: str, tmp_path: Path) -> None:
    put_back(filled, backup.make(filled, tmp_path / "copy", side="staff").folder)
    with session_at(filled) as db:
        db.add(Person(name="Twice", email="a@example.org"))
        with pytest.raises(sa.exc.IntegrityError):
            db.commit()
    with session_at(filled) as db, pytest.raises(sa.exc.IntegrityError):
        db.exec(sa.delete(Unit).where(col(Unit.code) == "R"))


def test_a_copy_is_of_one_moment_while_others_write(url: str, tmp_path: Path) -> None:
    ended = threading.Event()
    engine = make_engine(url)

    def write() -> None:
        """Always two at once: a copy that holds an odd number is of two moments."""
        number = 0
        while not ended.is_set():
            number += 1
            with make_sessions(engine)() as db:
                for which in "ab":
                    db.add(Person(name="x" * 150, email=f"{which}{number}@example.org"))
                db.commit()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        folders = [tmp_path / f"copy{i}" for i in range(5)]
        for folder in folders:
            backup.make(url, folder, side="staff")
    finally:
        ended.set()
        writer.join()
        engine.dispose()
    counts = []
    for folder in folders:
        put_back(url, folder)
        found = people(url)
        assert {each[1:] for each in found if each[0] == "a"} == {
            each[1:] for each in found if each[0] == "b"
        }
        counts.append(len(found))
    assert counts[-1] > 0


def test_a_database_that_holds_rows_is_not_replaced_unless_told_to(
    filled: str, tmp_path: Path
) -> None:
    folder = backup.make(filled, tmp_path / "copy", side="staff").folder
    with session_at(filled) as db:
        makers.person(db, "Later Larsson")
    with pytest.raises(RefusedError, match="not empty"):
        put_back(filled, folder, replace=False)
    assert len(people(filled)) == 2


def test_an_empty_database_is_filled_without_asking(url: str, tmp_path: Path) -> None:
    folder = backup.make(url, tmp_path / "copy", side="staff").folder
    put_back(url, folder, replace=False)
    assert people(url) == []


def test_nothing_is_replaced_while_somebody_is_connected(filled: str, tmp_path: Path) -> None:
    folder = backup.make(filled, tmp_path / "copy", side="staff").folder
    engine = make_engine(filled)
    with make_sessions(engine, reading=True)() as db:
        db.exec(select(Person)).all()
        db.rollback()  # idle, as an application between two requests
        with session_at(filled) as other:
            makers.person(other, "Later Larsson")
        with pytest.raises(RefusedError, match="Stop"):
            put_back(filled, folder)
    engine.dispose()
    assert len(people(filled)) == 2


def test_who_hangs_up_meanwhile_is_waited_for(filled: str, tmp_path: Path) -> None:
    if filled.startswith("sqlite"):
        pytest.skip("SQLite: who hangs up is gone")
    folder = backup.make(filled, tmp_path / "copy", side="staff").folder
    engine = make_engine(filled)
    engine.connect().close()  # idle, in the pool
    going = threading.Timer(0.3, engine.dispose)
    going.start()
    put_back(filled, folder)
    going.join()


def test_nothing_is_replaced_when_the_adjusting_fails(filled: str, tmp_path: Path) -> None:
    made = backup.make(filled, tmp_path / "copy", side="staff")
    with session_at(filled) as db:
        makers.person(db, "Later Larsson")

    def fail(db: Session) -> None:
        db.add(Person(name="Half", email="half@example.org"))
        db.flush()
        raise RuntimeError("power cut")

    with pytest.raises(RuntimeError):
        backup.restore(filled, made, side="staff", replace=True, adjust=fail)
    assert people(filled) == ["a@example.org", "later.larsson@example.org"]
    assert not list(tmp_path.glob(".*"))


def test_what_the_adjusting_changes_is_in_the_restored_database(
    filled: str, tmp_path: Path
) -> None:
    def rename(db: Session) -> None:
        db.exec(select(Person)).one().name = "Renamed"

    made = backup.make(filled, tmp_path / "copy", side="staff")
    backup.restore(filled, made, side="staff", replace=True, adjust=rename)
    with session_at(filled) as db:
        assert db.exec(select(Person.name)).all() == ["Renamed"]


def test_a_damaged_copy_is_found_before_anything_changes(filled: str, tmp_path: Path) -> None:
    folder = backup.make(filled, tmp_path / "copy", side="staff").folder
    victim = next(path for path in sorted(folder.rglob("*")) if path.stat().st_size > 0
                  and path.is_file() and path.name != "manifest.json")  # fmt: skip
    data = bytearray(victim.read_bytes())
    data[len(data) // 2] ^= 1
    victim.write_bytes(data)
    with pytest.raises(WrongInputError) as refused:
        backup.read(folder)
    assert refused.value.faults == (str(victim.relative_to(folder)),)


def test_a_folder_that_is_no_backup_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WrongInputError, match="not a backup"):
        backup.read(tmp_path)
    (tmp_path / "manifest.json").write_text(json.dumps({"format": 99}))
    with pytest.raises(WrongInputError, match="later version"):
        backup.read(tmp_path)


def test_a_backup_of_the_other_side_or_of_another_kind_is_refused(
    filled: str, tmp_path: Path
) -> None:
    made = backup.make(filled, tmp_path / "copy", side="staff")
    with pytest.raises(RefusedError, match="ballotbox"):
        backup.restore(filled, made, side="ballotbox", replace=True, adjust=nothing)
    other = "postgresql+psycopg://nowhere/x" if "sqlite" in filled else "sqlite:////nowhere/x.db"
    with pytest.raises(RefusedError, match="this database is"):
        backup.restore(other, made, side="staff", replace=True, adjust=nothing)


def test_a_backup_of_a_later_version_is_refused_whole(filled: str, tmp_path: Path) -> None:
    with session_at(filled) as db:
        db.connection().execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
        db.commit()
    made = backup.make(filled, tmp_path / "copy", side="staff")
    with session_at(filled) as db:
        makers.person(db, "Later Larsson")
    with pytest.raises(RefusedError, match="later version"):
        put_back(filled, made.folder)
    assert len(people(filled)) == 2


def test_a_folder_that_holds_something_is_not_written_to(filled: str, tmp_path: Path) -> None:
    (tmp_path / "copy").mkdir()
    (tmp_path / "copy" / "mine").write_text("keep")
    with pytest.raises(WrongInputError, match="already holds"):
        backup.make(filled, tmp_path / "copy", side="staff")


def test_an_interrupted_backup_leaves_nothing_that_looks_like_one(
    filled: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object, **_named: object) -> bytes:
        raise OSError("disk full")

    monkeypatch.setattr(backup, "write_whole", full)
    with pytest.raises(OSError, match="disk full"):
        backup.make(filled, tmp_path / "copy", side="staff")
    assert not (tmp_path / "copy").exists()
    assert not list(tmp_path.glob(".*"))


def test_a_copy_can_be_read_by_its_owner_alone(filled: str, tmp_path: Path) -> None:
    folder = backup.make(filled, tmp_path / "copy", side="staff").folder
    for path in (folder, *folder.rglob("*")):
        assert path.stat().st_mode & 0o077 == 0, path
