from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlmodel import Session

from dialog.core.errors import RefusedError
from dialog.people.models import Role
from dialog.results.commands import release
from dialog.results.publishing import releases
from dialog.results.release_files import FILES
from dialog.settings import Settings
from tests import makers
from tests.results import cast


@pytest.fixture(autouse=True)
def environment(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIALOG_DATABASE_URL", settings.database_url)


def run(*words: str) -> str:
    result = CliRunner().invoke(release, words, catch_exceptions=False, standalone_mode=False)
    if result.exception is not None:
        raise result.exception
    return result.output


def test_a_round_is_published_listed_and_written_to_files(db: Session, tmp_path: Path) -> None:
    round_ = cast.opened_round(db, cast.answers())
    said = run("publish", str(round_.id), "--by", "analys.andersson@example.org")
    assert "180 svar" in said
    made = releases.of_round(db, round_id=round_.id)
    assert made is not None
    assert made.digest in said
    release_id = made.id
    db.rollback()  # a session that writes keeps SQLite to itself
    assert str(release_id) in run("list")
    run("export", str(release_id), "--out", str(tmp_path / "out"))
    for name, make in FILES.items():
        assert (tmp_path / "out" / name).read_bytes() == b"".join(make(db, made))


def test_only_who_may_publish_publishes(db: Session) -> None:
    round_ = cast.opened_round(db, cast.answers())
    makers.person(db, "Data Dahl", Role.APPROVER)
    for address in ("data.dahl@example.org", "ingen@example.org"):
        with pytest.raises(RefusedError):
            run("publish", str(round_.id), "--by", address)
    assert releases.of_round(db, round_id=round_.id) is None


def test_what_does_not_exist_is_said_in_a_sentence(db: Session) -> None:
    nothing = "00000000-0000-0000-0000-000000000000"
    with pytest.raises(RefusedError, match="omgången"):
        run("publish", nothing, "--by", "x@example.org")
    with pytest.raises(RefusedError, match="finns inte"):
        run("export", nothing)
