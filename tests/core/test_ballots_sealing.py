import hashlib
import hmac
from uuid import UUID, uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from dialog.core.ballots import sealing
from dialog.core.ballots.sealing import SealError
from tests.core import ballot_vectors as v

ROUND = UUID("6f1c1b1e-5d0a-4a6e-9a43-000000000001")
KEY = ec.generate_private_key(ec.SECP256R1())
HOLDER = sealing.public_bytes(KEY.public_key())


# A second HPKE, written from RFC 9180 and held to its numbers: what the library seals must open
# with it, for the library's interface takes no associated data and cannot be given the vectors.


def extract(salt: bytes, suite: bytes, label: bytes, value: bytes) -> bytes:
    material = b"HPKE-v1" + suite + label + value
    return hmac.digest(salt or bytes(32), material, hashlib.sha256)


def expand(key: bytes, suite: bytes, label: bytes, value: bytes, length: int) -> bytes:
    data = length.to_bytes(2, "big") + b"HPKE-v1" + suite + label + value
    result, block, count = b"", b"", 1
    while len(result) < length:
        block = hmac.digest(key, block + data + bytes([count]), hashlib.sha256)
        result, count = result + block, count + 1
    return result[:length]


def open_by_the_book(
    key: ec.EllipticCurvePrivateKey, sealed: bytes, info: bytes, aad: bytes, *, aead: int
) -> bytes:
    """Base mode, single shot; `aead` is 1 for AES-128-GCM, 2 for AES-256-GCM."""
    point, ciphertext = sealed[:65], sealed[65:]
    shared = key.exchange(
        ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    )
    kem = b"KEM" + (16).to_bytes(2, "big")
    context = point + sealing.public_bytes(key.public_key())
    secret = expand(extract(b"", kem, b"eae_prk", shared), kem, b"shared_secret", context, 32)
    suite = b"HPKE" + b"".join(part.to_bytes(2, "big") for part in (16, 1, aead))
    hashes = extract(b"", suite, b"psk_id_hash", b"") + extract(b"", suite, b"info_hash", info)
    schedule = b"\0" + hashes
    master = extract(secret, suite, b"secret", b"")
    content_key = expand(master, suite, b"key", schedule, 16 * aead)
    nonce = expand(master, suite, b"base_nonce", schedule, 12)
    return AESGCM(content_key).decrypt(nonce, ciphertext, aad)


@pytest.mark.parametrize("vector", v.HPKE, ids=lambda vector: f"aead-{vector.aead}")
def test_the_book_has_the_numbers_of_rfc_9180(vector: v.Hpke) -> None:
    key = ec.derive_private_key(vector.private, ec.SECP256R1())
    sealed = vector.encapsulated + vector.ciphertext
    opened = open_by_the_book(key, sealed, vector.info, vector.aad, aead=vector.aead)
    assert opened == vector.plaintext


def test_what_is_sealed_opens_by_the_book() -> None:
    sealed = sealing.seal(b"words", [HOLDER], round_id=ROUND)
    assert open_by_the_book(KEY, sealed, sealing.info(ROUND, 0), b"", aead=2) == b"words"


@given(st.binary(max_size=200))
def test_what_is_sealed_is_unsealed(words: bytes) -> None:
    sealed = sealing.seal(words, [HOLDER], round_id=ROUND)
    assert len(sealed) == len(words) + sealing.OVERHEAD
    assert sealing.unseal(sealed, KEY, round_id=ROUND) == words


def test_layers_come_off_from_the_outside() -> None:
    outer = ec.generate_private_key(ec.SECP256R1())
    holders = [HOLDER, sealing.public_bytes(outer.public_key())]
    sealed = sealing.seal(b"words", holders, round_id=ROUND)
    with pytest.raises(SealError):
        sealing.unseal(sealed, KEY, round_id=ROUND)
    inner = sealing.unseal(sealed, outer, round_id=ROUND, layer=1)
    assert sealing.unseal(inner, KEY, round_id=ROUND, layer=0) == b"words"


def test_a_ballot_does_not_open_in_another_round_or_changed_or_cut() -> None:
    sealed = sealing.seal(b"words", [HOLDER], round_id=ROUND)
    with pytest.raises(SealError):
        sealing.unseal(sealed, KEY, round_id=uuid4())
    with pytest.raises(SealError):
        sealing.unseal(sealed, KEY, round_id=ROUND, layer=1)
    for changed in (sealed[:-1] + bytes([sealed[-1] ^ 1]), sealed[:-1], sealed[:10], b""):
        with pytest.raises(SealError):
            sealing.unseal(changed, KEY, round_id=ROUND)


def test_padding_gives_one_length_and_refuses_what_is_longer() -> None:
    assert sealing.pad(b"{}", 10) == b"{}        "
    with pytest.raises(SealError):
        sealing.pad(b"12345678901", 10)
