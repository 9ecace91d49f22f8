"""`dialog check` and `dialog box check`, and what stops an application from starting."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from dialog.ballotbox.models import BoxRow
from dialog.cli import dialog
from dialog.core.errors import RefusedError
from dialog.storage import inspecting, server_settings
from dialog.storage.engine import make_engine
from dialog.storage.private import require_private
from tests.databases import BOX, STAFF, Part, address, careful
from tests.documents.clamd import clamd

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def environment(tmp_path: Path, migrated_sqlite: Path) -> dict[str, str]:
    """An instance as it should be, on SQLite."""
    tmp_path.chmod(0o700)
    for folder in ("keys", "exchange", "documents", "box", "box/keys"):
        (tmp_path / folder).mkdir(mode=0o700)
    shutil.copy(migrated_sqlite, tmp_path / "dialog.db")
    return {"DIALOG_INSTANCE": str(tmp_path), "DIALOG_BASE_URL": "https://dialog.example.org"}


def check(environment: dict[str, str], *words: str) -> tuple[int, str]:
    result = CliRunner().invoke(dialog, [*words, "check"], env=environment)
    return result.exit_code, result.output


@pytest.mark.parametrize("words", [(), ("box",)])
def test_when_all_is_well_it_says_so(environment: dict[str, str], words: tuple[str, ...]) -> None:
    status, said = check(environment, *words)
    assert status == 0
    assert "Nothing to mend." in said
    assert "Mend:" not in said


@pytest.mark.parametrize(
    ("words", "folder", "mode", "sentence"),
    [
        ((), "keys", 0o750, "can get into {0} (mode 0750)"),
        ((), ".", 0o755, "can get into {0} (mode 0755)"),
        ((), "documents", 0o750, "can get into {0} (mode 0750)"),
        ((), "exchange", 0o775, "Everybody on this machine can get into the exchange folder {0}"),
        ((), "exchange", 0o770, "chmod 3770 {0}"),
        (("box",), "box/keys", 0o701, "can get into {0} (mode 0701)"),
        (("box",), "box", 0o755, "can get into {0} (mode 0755)"),
    ],
)
def test_an_open_folder_is_named_with_what_closes_it(
    environment: dict[str, str], words: tuple[str, ...], folder: str, mode: int, sentence: str
) -> None:
    path = Path(environment["DIALOG_INSTANCE"], folder)
    path.chmod(mode)
    status, said = check(environment, *words)
    assert status == 1
    assert sentence.format(path) in said
    assert f"{path}" in said.split("chmod", 1)[1]


def test_an_exchange_folder_that_two_users_share_is_well(environment: dict[str, str]) -> None:
    Path(environment["DIALOG_INSTANCE"], "exchange").chmod(0o3770)
    assert check(environment)[0] == 0


@pytest.mark.parametrize(
    ("words", "changed", "sentence"),
    [
        ((), {"DIALOG_BOX_URL": "https://dialog.example.org:8443"}, "the same host name"),
        ((), {"DIALOG_BASE_URL": "http://dialog.example.org"}, "does not begin with https"),
        ((), {"DIALOG_BOX_KEYS": "/x"}, "DIALOG_BOX_KEYS, which is the ballot box's alone"),
        (("box",), {"DIALOG_KEYS": "/x"}, "DIALOG_KEYS, which is the staff application's alone"),
        (("box",), {"DIALOG_EXCHANGE": "/nowhere"}, "exchange folder /nowhere is missing"),
    ],
)
def test_settings_that_join_what_is_apart_are_said(
    environment: dict[str, str], words: tuple[str, ...], changed: dict[str, str], sentence: str
) -> None:
    status, said = check({**environment, **changed}, *words)
    assert status == 1
    assert sentence in said


def test_that_attempts_are_counted_by_each_process_is_said_but_no_fault(
    environment: dict[str, str],
) -> None:
    status, said = check(environment)
    assert "Know: DIALOG_LIMITS_URL is memory://" in said
    assert status == 0
    said = check({**environment, "DIALOG_LIMITS_URL": "redis://127.0.0.1:1/"})[1]
    assert "DIALOG_LIMITS_URL" not in said


def test_a_scanner_that_is_missing_is_said_and_one_that_does_not_answer_is_to_be_mended(
    environment: dict[str, str],
) -> None:
    status, said = check(environment)
    assert "Know: DIALOG_SCANNER is empty" in said
    assert status == 0
    with clamd() as scanner:
        status, said = check({**environment, "DIALOG_SCANNER": scanner})
        assert (status, "scanner" in said) == (0, False)
    status, said = check({**environment, "DIALOG_SCANNER": scanner})
    assert "Mend: The virus scanner does not answer" in said
    assert status == 1


def test_roles_as_they_should_be_leave_nothing_to_mend(
    postgresql: str, postgresql_parts: tuple[Part, Part]
) -> None:
    with careful(postgresql):
        found = list(inspecting.database(postgresql_parts[1].url, BoxRow.metadata))
    assert [finding for finding in found if finding.serious] == []


def test_an_application_that_owns_its_tables_or_may_do_everything_is_said(
    postgresql: str, postgresql_parts: tuple[Part, Part]
) -> None:
    mighty = address(postgresql, BOX, str(sa.make_url(postgresql).username))
    (finding,) = (
        f for f in inspecting.database(mighty, BoxRow.metadata) if "signs in" in f.sentence
    )
    assert "may do everything" in finding.sentence
    owner = address(postgresql, BOX, BOX.owner)
    (finding,) = (
        f for f in inspecting.database(owner, BoxRow.metadata) if "signs in" in f.sentence
    )
    assert "owns the tables" in finding.sentence


@pytest.mark.parametrize(
    ("grant", "revoke", "sentence"),
    [
        (f"GRANT CONNECT ON DATABASE {STAFF.database} TO {BOX.application}",
         f"REVOKE CONNECT ON DATABASE {STAFF.database} FROM {BOX.application}",
         f"can connect to other databases, too: {STAFF.database}"),
        (f"GRANT CONNECT ON DATABASE {BOX.database} TO PUBLIC",
         f"REVOKE CONNECT ON DATABASE {BOX.database} FROM PUBLIC", "Every role of the server"),
        (f"GRANT pg_read_all_data TO {BOX.application}",
         f"REVOKE pg_read_all_data FROM {BOX.application}",
         f"REVOKE pg_read_all_data FROM {BOX.application}"),
    ],
)  # fmt: skip
def test_what_a_role_was_given_besides_is_said(
    postgresql: str, postgresql_parts: tuple[Part, Part], grant: str, revoke: str, sentence: str
) -> None:
    engine = sa.create_engine(postgresql, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with engine.connect() as admin:
        admin.exec_driver_sql(grant)
        try:
            found = list(inspecting.database(postgresql_parts[1].url, BoxRow.metadata))
        finally:
            admin.exec_driver_sql(revoke)
    assert sentence in " ".join(finding.sentence for finding in found if finding.serious)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("log_statement", "all"),
        ("log_min_duration_statement", "100ms"),
        ("log_error_verbosity", "verbose"),
        ("log_parameter_max_length_on_error", "-1"),
        ("synchronous_commit", "off"),
    ],
)
def test_a_server_that_writes_down_too_much_or_loses_is_said(
    postgresql: str, postgresql_parts: tuple[Part, Part], name: str, value: str
) -> None:
    engine = make_engine(address(postgresql, BOX, str(sa.make_url(postgresql).username)))
    with engine.connect() as connection:
        before = {rule.name for rule, _ in server_settings.broken(connection)}
        connection.exec_driver_sql(f"SET LOCAL {name} = '{value}'")
        after = {rule.name: found for rule, found in server_settings.broken(connection)}
    engine.dispose()
    assert name not in before
    assert after[name].startswith(value.removesuffix("ms"))


def test_a_server_that_cannot_be_asked_is_a_finding_and_tells_no_password() -> None:
    url = "postgresql+psycopg://x:verysecret@/y?host=/nowhere"
    (finding,) = inspecting.database(url, BoxRow.metadata)
    assert "cannot be asked" in finding.sentence
    assert "verysecret" not in finding.sentence


def test_a_folder_of_keys_that_others_can_read_is_refused_and_a_new_one_is_closed(
    tmp_path: Path,
) -> None:
    require_private(tmp_path / "new")
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700
    (tmp_path / "new").chmod(0o705)
    with pytest.raises(RefusedError, match="chmod -R go="):
        require_private(tmp_path / "new")


@pytest.mark.parametrize("side", ["staff", "box"])
def test_a_server_does_not_start_with_keys_that_others_can_read(
    environment: dict[str, str], side: str
) -> None:
    folder = Path(environment["DIALOG_INSTANCE"], {"staff": "keys", "box": "box/keys"}[side])
    folder.chmod(0o755)
    ended = subprocess.run(
        [sys.executable, "-c", f"import wsgi; wsgi.{side}()"],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ended.returncode == 4  # gunicorn stops at that, instead of trying for ever
    assert f"chmod -R go= {folder}" in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize(
    ("command", "keys"),
    [(["run"], "keys"), (["worker", "--once"], "keys"), (["box", "hand-over"], "box/keys")],
)
def test_nor_does_a_command_that_uses_them(
    environment: dict[str, str], command: list[str], keys: str
) -> None:
    Path(environment["DIALOG_INSTANCE"], keys).chmod(0o750)
    ended = CliRunner().invoke(dialog, command, env=environment)
    assert isinstance(ended.exception, RefusedError)
    assert "chmod -R go=" in ended.exception.sentence


def test_what_dialog_writes_is_its_owners_alone(tmp_path: Path) -> None:
    instance = tmp_path / "instance"
    subprocess.run(
        [sys.executable, "-m", "dialog", "migrate"],
        cwd=ROOT,
        env={**os.environ, "DIALOG_INSTANCE": str(instance)},
        check=True,
        timeout=120,
        umask=0o022,
    )
    written = [instance, *instance.rglob("*")]
    assert {path.name for path in written} >= {"dialog.db", "box", "box.db"}
    assert [path for path in written if path.stat().st_mode & 0o077] == []
