"""Two gigabytes sent to a server as it runs: refused by what is announced, or where the limit
is passed; neither memory nor disk fills.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

import psutil
import pytest

from dialog.application import MAX_UPLOAD
from dialog.storage.migrating import upgrade
from tests.ports import free_ports

ROOT = Path(__file__).parent.parent.parent
GIGABYTE, MEGABYTE = 2**30, 2**20
PART = b"x" * MEGABYTE
FIELD = (
    b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n'
    b"Content-Type: application/pdf\r\n\r\n%PDF-1.7\n"
)
SERVERS = {
    "granian": ("granian", "--interface", "wsgi", "--factory", "wsgi:staff", "--no-access-log",
                "--host", "127.0.0.1", "--port", "{port}", "--log-level", "warning"),
    "gunicorn": ("gunicorn", "wsgi:staff()", "--bind", "127.0.0.1:{port}"),
}  # fmt: skip


@contextmanager
def served(how: str, tmp_path: Path) -> Iterator[tuple[int, psutil.Process]]:
    """The staff application on a port, and its process."""
    (port,) = free_ports(1)
    upgrade("staff", f"sqlite:///{tmp_path / 'dialog.db'}")
    environment = {
        **os.environ, "DIALOG_INSTANCE": str(tmp_path), "DIALOG_DEMO": "0",
        "DIALOG_BASE_URL": f"http://localhost:{port}", "TMPDIR": str(tmp_path),
    }  # fmt: skip
    command = [word.format(port=port) for word in SERVERS[how]]
    with subprocess.Popen(
        [sys.executable, "-m", *command], cwd=ROOT, env=environment, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    ) as process:  # fmt: skip
        try:
            _wait_for(port)
            yield port, psutil.Process(process.pid)
        finally:
            process.terminate()


def _wait_for(port: int) -> None:
    for _time in range(600):
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    raise AssertionError


def memory(process: psutil.Process) -> int:
    """What it and its children hold, in bytes."""
    held = 0
    for each in (process, *process.children(recursive=True)):
        with suppress(psutil.NoSuchProcess):
            held += each.memory_info().rss
    return held


def head(port: int, *more: str) -> bytes:
    lines = (
        f"POST /handlingar/till/agenda-item/{uuid4()} HTTP/1.1", f"Host: localhost:{port}",
        "Content-Type: multipart/form-data; boundary=b", *more,
    )  # fmt: skip
    return "\r\n".join((*lines, "", "")).encode()


def send(
    port: int, start: bytes, *, chunked: bool, process: psutil.Process
) -> tuple[bytes, int, int]:
    """Send up to two gigabytes until something is answered: its first line, how many bytes were
    taken, and the most that the server held meanwhile.
    """
    with socket.create_connection(("127.0.0.1", port), 30) as connection:
        connection.sendall(start)
        taken, most = 0, memory(process)
        connection.settimeout(30)
        try:
            for number in range(2 * GIGABYTE // MEGABYTE):
                part = (FIELD if number == 0 else b"") + PART
                connection.sendall(b"%x\r\n%b\r\n" % (len(part), part) if chunked else part)
                taken += len(part)
                if number % 16 == 0:
                    most = max(most, memory(process))
                if _answered(connection):
                    break
        except (BrokenPipeError, ConnectionResetError):
            pass
        most = max(most, memory(process))
        with suppress(ConnectionResetError):
            return connection.recv(100).partition(b"\r\n")[0], taken, most
        return b"", taken, most


def _answered(connection: socket.socket) -> bool:
    connection.setblocking(False)
    try:
        return bool(connection.recv(1, socket.MSG_PEEK))
    except BlockingIOError:
        return False
    finally:
        connection.settimeout(30)


@pytest.mark.parametrize("how", SERVERS)
def test_two_gigabytes_are_refused_early(how: str, tmp_path: Path) -> None:
    with served(how, tmp_path) as (port, process):
        before = memory(process)
        for announced, accepted in (
            (f"Content-Length: {2 * GIGABYTE}", 0),
            ("Transfer-Encoding: chunked", MAX_UPLOAD),
        ):
            line, taken, most = send(
                port, head(port, announced), chunked=accepted > 0, process=process
            )
            assert b" 413 " in line or not line  # hung up on, before the answer was read
            assert taken < accepted + 16 * MEGABYTE  # what lies in sockets on the way
            assert most - before < 64 * MEGABYTE
        assert not [path for path in tmp_path.rglob("*") if path.stat().st_size > 8 * MEGABYTE]
