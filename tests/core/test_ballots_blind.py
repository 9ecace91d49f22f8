import dataclasses
import secrets

import gmpy2
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from hypothesis import given, settings
from hypothesis import strategies as st

from dialog.core.ballots import blind
from dialog.core.ballots.blind import BlindError, Signer
from tests.core import ballot_vectors as v

PRIVATE = rsa.generate_private_key(public_exponent=65537, key_size=2048)
PUBLIC = PRIVATE.public_key()
SIGNER = Signer.of(PRIVATE)


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
    blind_signature = blind.blind_sign(Signer.of(key), blinded)
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


@pytest.mark.parametrize("wrong", [b"", bytes(256), b"\xff" * 256, bytes(255), bytes(257)])
def test_what_does_not_fit_the_key_is_not_signed(wrong: bytes) -> None:
    with pytest.raises(BlindError):
        blind.blind_sign(SIGNER, wrong)


def test_a_wrong_signature_is_not_finalized() -> None:
    prepared = blind.prepare(b"one")
    _blinded, inverse = blind.blind(PUBLIC, prepared)
    with pytest.raises(BlindError):
        blind.finalize(PUBLIC, prepared, secrets.token_bytes(256), inverse)
    with pytest.raises(BlindError):
        blind.finalize(PUBLIC, prepared, b"short", inverse)


def test_a_signer_with_a_fault_in_its_numbers_gives_nothing_away() -> None:

    faulty = dataclasses.replace(SIGNER, dp=SIGNER.dp + 2)
    blinded, _ = blind.blind(PUBLIC, blind.prepare(b"one"))
    with pytest.raises(BlindError, match="signing failed"):
        blind.blind_sign(faulty, blinded)
