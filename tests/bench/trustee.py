"""A trustee's step with 60,000 ballots of 16 KiB: time on the clock and peak memory of the command,
all its processes together.
"""

import hashlib
import os
import secrets
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from uuid import UUID

import psutil
from cryptography.hazmat.primitives.asymmetric import ec

from dialog.core.ballots import batch, keyfile, sealing
from tests.bench import Figure

BALLOTS = 60_000
ROUND = UUID("6f1c1b1e-5d0a-4a6e-9a43-0000000000b6")
TIME_BUDGET, MEMORY_BUDGET = 120.0, 200.0


def run() -> list[Figure]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        key = ec.generate_private_key(ec.SECP256R1())
        locked = keyfile.lock(key, round_id=ROUND, layer=1, passphrase="mätningens lösenfras")
        (folder / "key.json").write_bytes(locked)
        (folder / "passphrase").write_text("mätningens lösenfras")
        _write_batch(folder / "in.batch", key.public_key())
        command = ["trustee", "open", "key.json", "in.batch", "--out", "out.batch"]
        started = time.monotonic()
        process = subprocess.Popen(
            [sys.executable, "-m", "dialog", *command, "--passphrase-file", "passphrase"],
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        peak = _watch(process)
        spent = time.monotonic() - started
        written = (folder / "out.batch").stat().st_size
    return [
        Figure(f"Trustee's step, {BALLOTS:,} ballots of 16 KiB: time", spent, "s", TIME_BUDGET),
        Figure("Trustee's step: peak memory", peak / 1e6, "MB", MEMORY_BUDGET),
        Figure("Trustee's step: written", written / 1e6, "MB"),
    ]


def _write_batch(path: Path, public: ec.EllipticCurvePublicKey) -> None:
    """A batch of what only its outer layer is right of: a trustee can see no further anyway. It
    is sealed twice as slowly as it is opened, so in chunks that are sorted by index only.
    """
    info = sealing.info(ROUND, 1)
    inner = sealing.MAX_LENGTH + sealing.OVERHEAD
    length = inner + sealing.OVERHEAD
    digests = []
    with path.with_suffix(".unsorted").open("wb") as file:
        for _ in range(BALLOTS):
            sealed = sealing.SUITE.encrypt(secrets.token_bytes(inner), public, info=info)
            digests.append(hashlib.sha256(sealed).digest())
            file.write(sealed)
    order = sorted(range(BALLOTS), key=digests.__getitem__)
    with path.with_suffix(".unsorted").open("rb") as file, path.open("wb") as out:
        out.write(batch.header(ROUND, ballots=BALLOTS, length=length, layers=2))
        for index in order:
            file.seek(index * length)
            out.write(file.read(length))
    path.with_suffix(".unsorted").unlink()
    os.sync()


def _watch(process: "subprocess.Popen[bytes]") -> int:
    """The most bytes that the process and its children held at once, until it ends well."""
    watched, most = psutil.Process(process.pid), 0
    while process.poll() is None:
        try:
            family = [watched, *watched.children(recursive=True)]
            most = max(most, sum(each.memory_info().rss for each in family))
        except psutil.NoSuchProcess:
            continue
        time.sleep(0.05)
    if process.returncode:
        raise RuntimeError(f"the command ended with {process.returncode}")
    return most
