"""The short form of `make bench`'s storm: a meeting loses nothing when its server is killed."""

import os
import subprocess
import sys


def test_when_the_server_is_killed_in_a_meeting_nothing_acknowledged_is_lost() -> None:
    small = {"DIALOG_STREAMS": "40", "DIALOG_STORM": "3"}
    command = (sys.executable, "-m", "tests.bench", "meeting_storm")
    done = subprocess.run(
        command,
        check=False,
        env={**os.environ, **small},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr  # a figure above its budget
    assert "votes lost | 0" in done.stdout
    (tries,) = (line for line in done.stdout.splitlines() if "tries unanswered" in line)
    assert int(tries.split("|")[2]) > 0  # somebody did meet the dead server
