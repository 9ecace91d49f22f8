"""Files that are gone when they are to be gone, also what a killed process left half done."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from dialog.storage.files import create_once, erase

KILLED = """
import os, signal, sys
from pathlib import Path
from dialog.storage import files
def die(*args, **kwargs):
    os.kill(os.getpid(), signal.SIGKILL)
if sys.argv[2] == "before":
    files.os.link = die
else:
    Path.unlink = die
files.create_once(Path(sys.argv[1]), b"a secret key")
"""


def killed_while_creating(path: Path, moment: str) -> None:
    ended = subprocess.run([sys.executable, "-c", KILLED, str(path), moment], check=False)
    assert ended.returncode == -signal.SIGKILL


def test_a_secret_whose_maker_was_killed_leaves_nothing_when_it_is_erased(tmp_path: Path) -> None:
    for moment in ("before", "after"):  # the file has its name
        path = tmp_path / moment
        killed_while_creating(path, moment)
        assert [each for each in tmp_path.iterdir() if b"secret" in each.read_bytes()]
        create_once(path, b"another secret")
        copies = [os.open(each, os.O_RDONLY) for each in tmp_path.iterdir()]
        erase(path)
        assert list(tmp_path.iterdir()) == []
        for copy in copies:  # whoever still has a file open reads nothing of it either
            assert b"secret" not in os.read(copy, 100)
            os.close(copy)


def test_erasing_what_is_gone_is_no_error(tmp_path: Path) -> None:
    erase(tmp_path / "gone")
    erase(tmp_path / "gone")
