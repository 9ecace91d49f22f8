"""Makes `trustee_vectors.json`, which the script in the browser is held to as well:
`python -m tests.core.trustee_vectors > tests/core/trustee_vectors.json`.

Everything is base64url without padding unless its name says hex.
"""

import hashlib
import json
from pathlib import Path
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import ec

from dialog.core.ballots import batch, keyfile, peeling, recovery, sealing, trial
from dialog.core.ballots.encoding import encode

FILE = Path(__file__).with_suffix(".json")
ROUND = UUID("6f1c1b1e-5d0a-4a6e-9a43-0000000000a7")
LENGTH = 48  # bytes of a plaintext
PASSPHRASE = "Åtta röda cyklar ﬁnns här"  # NFKC makes two letters of the ligature


def read() -> dict[str, Any]:
    content: dict[str, Any] = json.loads(FILE.read_text("utf-8"))
    return content


def sealed_batch(ballots: list[bytes], *, layers: int) -> bytes:
    """A batch of sealed ballots in the order that a batch has."""
    in_order = sorted(ballots, key=lambda ballot: hashlib.sha256(ballot).digest())
    first = batch.header(ROUND, ballots=len(ballots), length=len(ballots[0]), layers=layers)
    return first + b"".join(in_order)


def _make() -> dict[str, Any]:
    keys = [ec.generate_private_key(ec.SECP256R1()) for _ in range(3)]
    holders = [sealing.public_bytes(key.public_key()) for key in keys]
    return {
        "round": str(ROUND),
        "length": LENGTH,
        "holders": [encode(holder) for holder in holders],
        "scalars": [encode(keyfile.scalar(key)) for key in keys],
        "check_codes": [recovery.check_code(holder) for holder in holders],
        "sheets": [list(recovery.sheet(keyfile.scalar(key))) for key in keys],
        "passphrase": PASSPHRASE,
        "key_files": [
            None,  # the platform's key is in no such file
            *(_key_file(key, layer) for layer, key in enumerate(keys[1:], start=1)),
        ],
        "tests": [None, *(_test(holders[layer], layer) for layer in (1, 2))],
        "blank": _blank(),
        "steps": _steps(keys, holders),
    }


def _key_file(key: ec.EllipticCurvePrivateKey, layer: int) -> str:
    return keyfile.lock(key, round_id=ROUND, layer=layer, passphrase=PASSPHRASE).decode()


def _test(holder: bytes, layer: int) -> dict[str, str]:
    sealed, answer = trial.make(holder, round_id=ROUND, layer=layer)
    return {"sealed": encode(sealed), "answer_hex": answer}


def _blank() -> list[dict[str, Any]]:
    sealed = b"does not open"
    return [
        {
            "sealed": encode(sealed),
            "attempt": attempt,
            "blank": encode(peeling.blank(sealed, length=40, attempt=attempt)),
        }
        for attempt in (0, 1)
    ]


def _steps(keys: list[ec.EllipticCurvePrivateKey], holders: list[bytes]) -> list[dict[str, str]]:
    """Both trustees' steps, outermost first. Among the ballots: one sealed twice from one inside,
    one of which only the outer layer is right, one of which nothing is, and one that is alike
    inside to what would stand for another that does not open.
    """
    plain = [b"%d" % number for number in range(4)]
    ballots = [sealing.seal(sealing.pad(words, LENGTH), holders, round_id=ROUND) for words in plain]
    inside = sealing.seal(sealing.pad(b"twice", LENGTH), holders[:2], round_id=ROUND)
    ballots += [_outer(inside, holders[2], 2) for _ in range(2)]
    ballots.append(_outer(bytes(LENGTH + 2 * sealing.OVERHEAD), holders[2], 2))
    wrong = bytes(len(ballots[0]))
    ballots.append(wrong)
    ballots.append(_outer(peeling.blank(wrong, length=len(inside)), holders[2], 2))
    data = sealed_batch(ballots, layers=3)
    made = []
    for layer in (2, 1):
        came = batch.parse(
            data,
            round_id=ROUND,
            length=LENGTH + sealing.OVERHEAD * (layer + 1),
            layers=layer + 1,
        )
        peeled = peeling.peel(came, keys[layer], layer=layer)
        left = b"".join(peeling.parts(peeled, keys[layer]))
        record = peeling.record(peeled, out_sha256=hashlib.sha256(left).hexdigest())
        step = {"in": encode(data), "out": encode(left), "record": peeling.dump(record).decode()}
        made.append(step)
        data = left
    return made


def _outer(inside: bytes, holder: bytes, layer: int) -> bytes:
    info = sealing.info(ROUND, layer)
    return sealing.SUITE.encrypt(inside, sealing.public_key(holder), info=info)


if __name__ == "__main__":
    print(json.dumps(_make(), indent=1, ensure_ascii=False))
