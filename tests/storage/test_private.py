import stat
from pathlib import Path

from dialog.people.keys import secret_file
from dialog.storage.files import create_once
from dialog.storage.private import is_open, require_private


def mode(folder: Path) -> int:
    return stat.S_IMODE(folder.stat().st_mode)


def test_a_secret_closes_every_folder_that_is_made_for_it(tmp_path: Path) -> None:
    for make, name in ((create_once, "one"), (lambda path, _data: secret_file(path), "two")):
        make(tmp_path / name / "rounds" / "key.pem", b"secret")
        assert mode(tmp_path / name) == mode(tmp_path / name / "rounds") == 0o700
        require_private(tmp_path / name)


def test_a_folder_that_is_there_is_left_as_it_is(tmp_path: Path) -> None:
    folder = tmp_path / "shared"
    folder.mkdir()
    folder.chmod(0o755)  # whatever this machine masks
    create_once(folder / "key.pem", b"secret")
    assert is_open(folder)
