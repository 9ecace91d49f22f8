"""`dialog run` as an operator meets it: real processes, real signals."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from dialog import serving
from tests.ports import free_ports


def somewhere(folder: Path) -> dict[str, str]:
    """The environment of a Dialog in an empty folder."""
    staff, box = free_ports(2)
    return {
        **os.environ,
        "DIALOG_INSTANCE": str(folder),
        "DIALOG_BASE_URL": f"http://localhost:{staff}",
        "DIALOG_BOX_URL": f"http://127.0.0.1:{box}",
        "DIALOG_DEMO": "0",
    }


@contextlib.contextmanager
def started(environment: dict[str, str]) -> Iterator[psutil.Popen]:
    process = psutil.Popen(
        [sys.executable, "-m", "dialog", "run"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        wait_for(environment["DIALOG_BASE_URL"])
        yield process
    finally:
        if process.is_running():
            process.send_signal(signal.SIGINT)
            process.wait(20)
        process.stdout.close()


@dataclass(frozen=True)
class Running:
    """`dialog run` when it has welcomed the operator."""

    process: psutil.Popen
    environment: dict[str, str]
    welcome: str


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """One for several tests: to start takes 8 s of a core. What ends it is tried last."""
    environment = somewhere(tmp_path_factory.mktemp("instance"))
    with started(environment) as process:
        yield Running(process, environment, welcomed(process))


def wait_for(url: str) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            with urllib.request.urlopen(f"{url}/health", timeout=5):
                return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def welcomed(process: psutil.Popen) -> str:
    """Everything that is printed until the welcome ends."""
    lines = []
    for line in process.stdout:
        lines.append(line.decode())
        if "Ctrl-C" in lines[-1]:
            break
    return "".join(lines)


def named(process: psutil.Popen, *words: str) -> list[psutil.Process]:
    """The running processes below `process` whose command line has all the words."""
    found = []
    for child in process.children(recursive=True):
        with contextlib.suppress(psutil.NoSuchProcess):  # ended meanwhile
            if set(words) <= set(child.cmdline()):
                found.append(child)
    return found


def test_each_process_is_told_only_what_its_own_side_needs() -> None:
    given = {
        "PATH": "/bin",
        "LC_ALL": "C.UTF-8",
        "PGPASSWORD": "whose?",
        "SOMETHING_SECRET": "x",
        **{f"DIALOG_{name}": name for name in ("INSTANCE", "DATABASE_URL", "KEYS", "MIGRATE_URL",
           "ADMIN_URL", "BOX_URL", "BOX_DATABASE_URL", "BOX_KEYS", "BOX_MIGRATE_URL")},
    }  # fmt: skip
    told = {
        part.name: {name.removeprefix("DIALOG_") for name in part.environment}
        for part in serving.parts(
            given, base_url="http://localhost:1", box_url="http://127.0.0.1:2"
        )
    }
    box = {"PATH", "LC_ALL", "INSTANCE", "BOX_URL", "BOX_DATABASE_URL", "BOX_KEYS"}
    assert told["ballot box"] == told["ballot box worker"] == box
    staff = {"INSTANCE", "DATABASE_URL", "KEYS", "BOX_URL"}
    machine = {"PATH", "LC_ALL", "PGPASSWORD", "SOMETHING_SECRET"}
    assert told["staff application"] == told["worker"] == staff | machine


def test_a_port_in_use_is_a_sentence_and_no_traceback(tmp_path: Path) -> None:
    environment = somewhere(tmp_path)
    with socket.socket() as taken:
        port = int(environment["DIALOG_BASE_URL"].rsplit(":", 1)[1])
        taken.bind(("127.0.0.1", port))
        taken.listen()
        result = subprocess.run(
            [sys.executable, "-m", "dialog", "run"],
            env=environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert result.returncode == 2
    assert f"port {port}" in result.stderr
    assert "Traceback" not in result.stderr


def test_when_the_command_itself_is_killed_nothing_is_left_running(tmp_path: Path) -> None:
    with started(somewhere(tmp_path)) as process:
        welcomed(process)
        children = process.children(recursive=True)
        process.kill()
        process.wait(10)
        gone, alive = psutil.wait_procs(children, timeout=15)
    assert gone
    assert not alive


def test_the_ballot_box_is_told_nothing_of_the_staff_side(running: Running) -> None:
    (box, *_) = named(running.process, "wsgi:box")
    told = {name for name in box.environ() if name.startswith("DIALOG_")}
    assert not told & {"DIALOG_DATABASE_URL", "DIALOG_KEYS", "DIALOG_SMTP_URL"}


def test_a_worker_that_is_killed_is_started_again(running: Running) -> None:
    (worker,) = named(running.process, "box", "worker")
    worker.kill()
    deadline = time.monotonic() + 20
    while not [one for one in named(running.process, "box", "worker") if one.pid != worker.pid]:
        assert time.monotonic() < deadline, "no new worker"
        time.sleep(0.1)


def test_a_simulated_round_whose_keys_trustees_hold_goes_all_the_way(
    running: Running,
) -> None:
    """From the plan to the opened answers over real HTTP; the trustees sign in and hand in."""
    words = ["simulate", "--people", "60", "--responses", "30", "--trustees", "3", "--close"]
    ended = subprocess.run(
        [sys.executable, "-m", "dialog", *words],
        env={**running.environment, "DIALOG_POSTING_GRACE": "0"},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert ended.returncode == 0, ended.stderr
    assert "30 answered, 0 were refused." in ended.stdout
    for place in (3, 2, 1):
        assert f"Trustee {place} opened: 30 in and out." in ended.stdout
    assert "The round is opened." in ended.stdout


def test_it_says_how_to_create_the_first_administrator_and_ctrl_c_leaves_no_process(
    running: Running,
) -> None:
    assert "dialog person add" in running.welcome
    children = running.process.children(recursive=True)
    assert len(children) >= 6  # two masters with a process each, and a worker on either side
    running.process.send_signal(signal.SIGINT)
    assert running.process.wait(20) == 0
    assert not [child for child in children if child.is_running()]
