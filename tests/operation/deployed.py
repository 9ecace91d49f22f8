"""Both applications as processes, served as in production, with everything that they write kept."""

import http.client
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from urllib.parse import urlsplit

import psutil

from dialog import serving
from tests.pipeline import Pipeline

ROOT = Path(__file__).parent.parent.parent
WORKERS = 3
VISITOR = "127.0.0.77"  # loopback, and yet nobody's address but the visitors'
BROWSER = "Planted/7.0 (of a visitor)"


@dataclass(frozen=True)
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes


@dataclass(frozen=True)
class Deployed:
    """Running servers and the round that is open in them."""

    pipeline: Pipeline
    base: str
    box: str
    written: Path  # folder with all that the processes said
    masters: dict[str, psutil.Process]  # "staff" and "box"

    def ask(
        self,
        origin: str,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: Mapping[str, str] = MappingProxyType({}),
    ) -> Answer:
        """One request over a connection of its own, as from a visitor's browser."""
        address = urlsplit(origin)
        connection = http.client.HTTPConnection(
            address.hostname or "", address.port, timeout=60, source_address=(VISITOR, 0)
        )
        sent = {"User-Agent": BROWSER, "X-Forwarded-For": "203.0.113.9", "Origin": self.base}
        if body is not None:
            sent["Content-Type"] = "application/json"
        connection.request(method, path, body, {**sent, **headers})
        response = connection.getresponse()
        answer = Answer(response.status, response.headers, response.read())
        connection.close()
        return answer

    def workers(self, side: str) -> list[psutil.Process]:
        return list(self.masters[side].children())

    def everything_written(self) -> str:
        return "".join(
            path.read_text("utf-8", errors="replace") for path in sorted(self.written.iterdir())
        )


def environment(pipeline: Pipeline, base: str, box: str) -> dict[str, str]:
    """What an operator would set, and every log at its most verbose."""
    return {
        **os.environ,
        "DIALOG_INSTANCE": str(pipeline.settings.instance),
        "DIALOG_DATABASE_URL": pipeline.settings.database_url,
        "DIALOG_BOX_DATABASE_URL": pipeline.box.extensions["engine"].url.render_as_string(
            hide_password=False
        ),
        "DIALOG_BASE_URL": base,
        "DIALOG_BOX_URL": box,
        "DIALOG_DEMO": "0",
        "DIALOG_LOG_LEVEL": "DEBUG",
        "DIALOG_POSTING_GRACE": "0",
        "PYTHONUNBUFFERED": "1",
    }


def _wait(*urls: str) -> None:
    """Until each speaks; a busy machine takes its time to load two applications."""
    deadline = time.monotonic() + 150
    for url in urls:
        while True:
            try:
                urllib.request.urlopen(f"{url}/health", timeout=5).close()
            except urllib.error.HTTPError as spoken:
                spoken.close()
            except OSError:
                assert time.monotonic() < deadline, f"{url} does not answer"
                time.sleep(0.1)
                continue
            break


@contextmanager
def gunicorn(pipeline: Pipeline, base: str, box: str, written: Path) -> Iterator[Deployed]:
    """Both applications under gunicorn with several workers each, told to log all that it can."""
    parts = {
        part.name: part.environment
        for part in serving.parts(environment(pipeline, base, box), base_url=base, box_url=box)
    }
    started: dict[str, subprocess.Popen[bytes]] = {}
    try:
        for side, name, url in (("staff", "staff application", base), ("box", "ballot box", box)):
            address = urlsplit(url)
            with (written / f"{side}.log").open("wb") as log:
                started[side] = subprocess.Popen(
                    [sys.executable, "-m", "gunicorn", f"wsgi:{side}()",
                     "--bind", f"127.0.0.1:{address.port}", "--workers", str(WORKERS),
                     "--log-level", "debug", "--access-logfile", "-", "--capture-output"],
                    cwd=ROOT, env=parts[name], stdout=log, stderr=log,
                )  # fmt: skip
        _wait(base, box)
        masters = {side: psutil.Process(process.pid) for side, process in started.items()}
        yield Deployed(pipeline, base, box, written, masters)
    finally:
        for process in started.values():
            process.terminate()
        for process in started.values():
            process.wait(20)


@contextmanager
def dialog_run(pipeline: Pipeline, base: str, box: str, written: Path) -> Iterator[Deployed]:
    """`dialog run`: Granian, and the two workers."""
    with (written / "run.log").open("wb") as log:
        process = psutil.Popen(
            [sys.executable, "-m", "dialog", "run"],
            cwd=ROOT, env=environment(pipeline, base, box), stdout=log, stderr=log,
        )  # fmt: skip
    try:
        _wait(base, box)
        yield Deployed(pipeline, base, box, written, {})
    finally:
        process.terminate()
        process.wait(30)
