import dataclasses
import secrets
from concurrent.futures import ThreadPoolExecutor

import gmpy2
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from hypothesis import given, settings
from hypothesis import strategies as st

from dialog.core.ballots import blind, raw_rsa
from dialog.core.ballots.blind import BlindError, Signer
from tests.core import ballot_vectors as v

PRIVATE = rsa.generate_private_key(public_exponent=65537, key_size=2048)
PUBLIC = PRIVATE.public_key()
SIGNER = Signer.of(PRIVATE)
OURS = dataclasses.replace(SIGNER, raw=None)  # our own arithmetic, where there is no OpenSSL


def vector_key() -> rsa.RSAPrivateKey:
    e, n = 65537, v.P * v.Q
    d = int(gmpy2.invert(e, (v.P - 1) * (v.Q - 1)))
    return rsa.RSAPrivateNumbers(
        p=v.P,
        q=v.Q,
        d=d,
        dmp1=d % (v.P - 1),
        dmq1=d % (v.Q - 1),
        iqmp=int(gmpy2.invert(v.Q, v.P)),
        public_numbers=rsa.RSAPublicNumbers(e, n),
    ).private_key()


def test_the_numbers_of_rfc_9474_come_out() -> None:
    key = vector_key()
    prepared = v.PREFIX + v.MESSAGE
    blinded, inverse = blind.blind(key.public_key(), prepared, salt=v.SALT, inverse=v.INVERSE)
    assert blinded == v.BLINDED
    signer = Signer.of(key)
    blind_signature = blind.blind_sign(signer, blinded)
    assert blind_signature == blind.blind_sign(dataclasses.replace(signer, raw=None), blinded)
    assert blind.finalize(key.public_key(), prepared, blind_signature, inverse) == v.SIGNATURE


@given(st.binary(max_size=100))
@settings(max_examples=30, deadline=None)
def test_whatever_is_blinded_and_signed_verifies(message: bytes) -> None:
    prepared = blind.prepare(message)
    blinded, inverse = blind.blind(PUBLIC, prepared)
    signature = blind.finalize(PUBLIC, prepared, blind.blind_sign(SIGNER, blinded), inverse)
    assert blind.verify(PUBLIC, prepared, signature)
    assert not blind.verify(PUBLIC, prepared + b"x", signature)
    assert not blind.verify(PUBLIC, prepared, signature[:-1] + bytes([signature[-1] ^ 1]))


def test_the_same_request_is_signed_with_the_same_bytes() -> None:
    blinded, _ = blind.blind(PUBLIC, blind.prepare(b"one"))
    assert blind.blind_sign(SIGNER, blinded) == blind.blind_sign(SIGNER, blinded)


def test_one_message_is_blinded_differently_each_time() -> None:
    prepared = blind.prepare(b"one")
    assert blind.blind(PUBLIC, prepared)[0] != blind.blind(PUBLIC, prepared)[0]
    assert blind.prepare(b"one") != blind.prepare(b"one")


@pytest.mark.parametrize("signer", [SIGNER, OURS], ids=["OpenSSL", "ours"])
@pytest.mark.parametrize("wrong", [b"", bytes(256), b"\xff" * 256, bytes(255), bytes(257)])
def test_what_does_not_fit_the_key_is_not_signed(wrong: bytes, signer: Signer) -> None:
    with pytest.raises(BlindError):
        blind.blind_sign(signer, wrong)


def test_a_wrong_signature_is_not_finalized() -> None:
    prepared = blind.prepare(b"one")
    _blinded, inverse = blind.blind(PUBLIC, prepared)
    with pytest.raises(BlindError):
        blind.finalize(PUBLIC, prepared, secrets.token_bytes(256), inverse)
    with pytest.raises(BlindError):
        blind.finalize(PUBLIC, prepared, b"short", inverse)


def test_a_signer_with_a_fault_in_its_numbers_gives_nothing_away() -> None:
    blinded, _ = blind.blind(PUBLIC, blind.prepare(b"one"))
    with pytest.raises(BlindError, match="signing failed"):
        blind.blind_sign(dataclasses.replace(OURS, dp=SIGNER.dp + 2), blinded)

    def faulty(block: bytes) -> bytes:
        assert SIGNER.raw is not None
        right = SIGNER.raw(block)
        return right[:-1] + bytes([right[-1] ^ 1])

    with pytest.raises(BlindError, match="signing failed"):
        blind.blind_sign(dataclasses.replace(SIGNER, raw=faulty), blinded)


def test_openssl_signs_where_python_brings_it_and_refuses_what_is_too_large() -> None:
    assert SIGNER.raw is not None, "Python's own OpenSSL 3 was not reached"
    with pytest.raises(raw_rsa.RawRsaError):
        SIGNER.raw(b"\xff" * 256)
    with pytest.raises(raw_rsa.RawRsaError):
        SIGNER.raw(bytes(257))


@given(st.integers(min_value=1, max_value=int(SIGNER.n) - 1))
@settings(max_examples=50, deadline=None)
def test_openssl_and_our_own_arithmetic_sign_with_the_same_bytes(number: int) -> None:
    block = number.to_bytes(256, "big")
    assert blind.blind_sign(SIGNER, block) == blind.blind_sign(OURS, block)


def test_threads_sign_at_once_with_one_key() -> None:
    blocks = [blind.blind(PUBLIC, blind.prepare(bytes([i])))[0] for i in range(64)]
    with ThreadPoolExecutor(max_workers=8) as pool:
        signed = list(pool.map(lambda block: blind.blind_sign(SIGNER, block), blocks))
    assert signed == [blind.blind_sign(OURS, block) for block in blocks]
