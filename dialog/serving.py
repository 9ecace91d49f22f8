"""Running all of Dialog as processes: two applications, a worker on either side, one Ctrl-C."""

import contextlib
import ctypes
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from dialog.core.errors import RefusedError

ROOT = Path(__file__).parent.parent
READY_WITHIN = 60.0
STOP_WITHIN = 8.0
THREADS = 4  # that run Python, in each worker
WSGI = ("--interface", "wsgi", "--blocking-threads", str(THREADS))
# Streams wait in one thread: thousands of them, that may come at the same moment.
ASGI = ("--interface", "asgi", "--backlog", "4096", "--backpressure", "8000")
PR_SET_PDEATHSIG = 1
# What both sides are told of Dialog.
BOTH_MAY_KNOW = (
    "DIALOG_INSTANCE",
    "DIALOG_EXCHANGE",
    "DIALOG_BASE_URL",
    "DIALOG_BOX_URL",
    "DIALOG_LOG_LEVEL",
)
# Whoever migrates knows these; what serves has no use for them.
OWNERS_ALONE = ("DIALOG_MIGRATE_URL", "DIALOG_BOX_MIGRATE_URL", "DIALOG_ADMIN_URL")
# What the ballot box is told of the machine. PGPASSWORD and the like are not among it: they could
# be the other side's.
MACHINE = re.compile(
    r"PATH|HOME|USER|LOGNAME|SHELL|LANG(UAGE)?|LC_\w+|TZ|TMPDIR|XDG_RUNTIME_DIR|LD_LIBRARY_PATH"
    r"|VIRTUAL_ENV|PYTHON\w+|SSL_CERT_\w+|PGHOST|PGPORT|PGSSL\w+"
)


@dataclass
class Part:
    """One process: what it is called, how it is started, and how often it had to be."""

    name: str
    command: tuple[str, ...]
    environment: dict[str, str]
    process: subprocess.Popen[bytes] | None = None
    starts: list[float] = field(default_factory=list)

    def start(self) -> None:
        self.starts.append(time.monotonic())
        self.process = subprocess.Popen(  # noqa: S603 - our own commands, no shell
            self.command,
            env=self.environment,
            cwd=ROOT,
            start_new_session=True,  # Ctrl-C reaches us alone, and we stop them in order
            preexec_fn=_end_with_parent,  # noqa: PLW1509 - one system call, no thread has started
        )


def _end_with_parent() -> None:
    """Linux: a child gets SIGTERM when its parent dies, however that dies."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _server(
    application: str, url: str, *, workers: int, how: tuple[str, ...] = WSGI
) -> tuple[str, ...]:
    """Granian costs a third of gunicorn's threads per request; see docs/decisions."""
    address = urlsplit(url)
    host = "127.0.0.1" if address.hostname == "localhost" else str(address.hostname)
    return (
        sys.executable, "-m", "granian", *how, "--factory", application,
        "--host", host, "--port", str(address.port or 80), "--workers", str(workers),
        "--respawn-failed-workers", "--workers-kill-timeout", "3",
        "--working-dir", str(ROOT), "--log-level", "warning", "--no-access-log",
    )  # fmt: skip


def parts(
    environment: Mapping[str, str], *, base_url: str, box_url: str, stream_url: str = ""
) -> list[Part]:
    """The processes, in the order they start. Each side gets only its own settings."""
    serving = {name: value for name, value in environment.items() if name not in OWNERS_ALONE}
    staff = {
        name: value
        for name, value in serving.items()
        if not name.startswith("DIALOG_BOX_") or name in BOTH_MAY_KNOW
    }
    box = {
        name: value
        for name, value in serving.items()
        if name.startswith("DIALOG_BOX_") or name in BOTH_MAY_KNOW or MACHINE.fullmatch(name)
    }
    command = (sys.executable, "-m", "dialog")
    stream = Part(
        "stream of meetings", _server("wsgi:stream", stream_url, workers=1, how=ASGI), staff
    )
    return [
        Part("ballot box", _server("wsgi:box", box_url, workers=1), box),
        Part("staff application", _server("wsgi:staff", base_url, workers=1), staff),
        *([stream] if stream_url else []),
        Part("worker", (*command, "worker"), staff),
        Part("ballot box worker", (*command, "box", "worker"), box),
    ]


def check_ports(*urls: str) -> None:
    """Refuse with a sentence if something else already listens where we want to."""
    for url in urls:
        address = urlsplit(url)
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((address.hostname or "127.0.0.1", address.port or 80))
            except OSError:
                raise RefusedError(
                    f"Something already listens on port {address.port}. Stop it, or choose other"
                    " addresses with DIALOG_BASE_URL and DIALOG_BOX_URL."
                ) from None


def wait_until_ready(urls: Mapping[str, str], running: list[Part]) -> None:
    """Return when each address answers; RefusedError when a process ends or time runs out."""
    deadline = time.monotonic() + READY_WITHIN
    for name, url in urls.items():
        while not _answers(url):
            for part in running:
                if part.process is not None and part.process.poll() is not None:
                    raise RefusedError(f"The {part.name} stopped at once; its message is above.")
            if time.monotonic() > deadline:
                raise RefusedError(f"The {name} did not answer within {READY_WITHIN:.0f} s.")
            time.sleep(0.1)


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/health", timeout=5):  # noqa: S310 - our own address
            return True
    except urllib.error.HTTPError:
        return True  # it speaks; whether it is well is for whoever watches /health
    except OSError:
        return False


def stop(running: list[Part]) -> None:
    """Ask each to end, the last started first; whatever does not is killed."""
    alive = [part.process for part in reversed(running) if part.process is not None]
    for process in alive:
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
    deadline = time.monotonic() + STOP_WITHIN
    for process in alive:
        try:
            process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            _end_group(process)
            process.wait()


def _end_group(process: subprocess.Popen[bytes]) -> None:
    """Kill the process and all it started: each part leads a group of its own."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def restart_what_ended(running: list[Part]) -> list[str]:
    """Start again what has ended; the names of those. Five starts in a minute are too many."""
    names = []
    for part in running:
        if part.process is not None and part.process.poll() is not None:
            _end_group(part.process)  # workers that outlived their master still hold the port
            recent = [moment for moment in part.starts if moment > time.monotonic() - 60]
            if len(recent) >= 5:  # noqa: PLR2004 - five, as said above
                raise RefusedError(f"The {part.name} keeps stopping; its messages are above.")
            part.start()
            names.append(part.name)
    return names


@contextlib.contextmanager
def serving(
    environment: Mapping[str, str], *, base_url: str, box_url: str, stream_url: str = ""
) -> Iterator[list[Part]]:
    """All processes, ready to answer; stopped when the block ends, however it ends."""
    urls = {"ballot box": box_url, "staff application": base_url}
    if stream_url:
        urls["stream of meetings"] = stream_url
    check_ports(*urls.values())
    running = parts(environment, base_url=base_url, box_url=box_url, stream_url=stream_url)
    try:
        for part in running:
            part.start()
        wait_until_ready(urls, running)
        yield running
    finally:
        stop(running)
