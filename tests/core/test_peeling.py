import hashlib
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given, settings
from hypothesis import strategies as st

from dialog.core.ballots import batch, keyfile, peeling, sealing
from dialog.core.ballots.batch import Batch
from dialog.core.ballots.encoding import decode
from dialog.core.ballots.peeling import Peeled, WrongKeyError
from tests.core import trustee_vectors
from tests.core.trustee_vectors import ROUND, sealed_batch

V = trustee_vectors.read()
INNER, OUTER = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
HOLDERS = [sealing.public_bytes(key.public_key()) for key in (INNER, OUTER)]
LENGTH = 20


def seal(words: bytes) -> bytes:
    return sealing.seal(sealing.pad(words, LENGTH), HOLDERS, round_id=ROUND)


def outer(inside: bytes) -> bytes:
    info = sealing.info(ROUND, 1)
    return sealing.SUITE.encrypt(inside, OUTER.public_key(), info=info)


def came(ballots: list[bytes]) -> Batch:
    data = sealed_batch(ballots, layers=2)
    return batch.parse(data, round_id=ROUND, length=len(ballots[0]), layers=2)


def peel(ballots: list[bytes], key: ec.EllipticCurvePrivateKey = OUTER) -> tuple[Peeled, Batch]:
    peeled = peeling.peel(came(ballots), key, layer=1)
    data = b"".join(peeling.parts(peeled, key))
    left = batch.parse(data, round_id=ROUND, length=LENGTH + sealing.OVERHEAD, layers=1)
    batch.check_order(left)
    return peeled, left


def words(left: Batch) -> list[bytes]:
    """What the platform reads in the end; blanks are left out."""
    found = []
    for sealed in left:
        try:
            found.append(sealing.unseal(sealed, INNER, round_id=ROUND).rstrip())
        except sealing.SealError:
            continue
    return sorted(found)


@pytest.mark.parametrize("step", [0, 1])
def test_the_steps_of_the_vectors_give_the_same_bytes(step: int) -> None:
    layer = 2 - step
    private = keyfile.private_key(decode(V["scalars"][layer]))
    length = V["length"] + sealing.OVERHEAD * (layer + 1)
    given_ = decode(V["steps"][step]["in"])
    read = batch.parse(given_, round_id=UUID(V["round"]), length=length, layers=layer + 1)
    batch.check_order(read)
    peeled = peeling.peel(read, private, layer=layer)
    left = b"".join(peeling.parts(peeled, private))
    assert left == decode(V["steps"][step]["out"])
    record = peeling.record(peeled, out_sha256=hashlib.sha256(left).hexdigest())
    assert peeling.dump(record).decode() == V["steps"][step]["record"]
    assert record.in_sha256 == hashlib.sha256(given_).hexdigest()


def test_the_vectors_blanks_are_ours() -> None:
    for case in V["blank"]:
        made = peeling.blank(decode(case["sealed"]), length=40, attempt=case["attempt"])
        assert made == decode(case["blank"])


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.integers(0, 5), min_size=1, max_size=6),
    st.integers(0, 3),
    st.integers(0, 3),
)
def test_as_many_leave_as_came_and_everything_readable_is_still_there(
    answers: list[int], garbage: int, copies: int
) -> None:
    good = [seal(b"%d" % number) for number in answers]
    broken = [bytes([number]) * len(good[0]) for number in range(garbage)]
    inside = sealing.unseal(good[0], OUTER, round_id=ROUND, layer=1)
    peeled, left = peel([*good, *broken, *(outer(inside) for _ in range(copies))])
    assert left.ballots == len(good) + garbage + copies
    assert words(left) == sorted(b"%d" % number for number in answers)
    assert len(peeled.blanks) == garbage + copies


@settings(max_examples=10, deadline=None)
@given(st.integers(2, 8))
def test_the_order_that_ballots_leave_in_is_that_of_what_is_inside(number: int) -> None:
    ballots = [seal(b"%d" % each) for each in range(number)]
    _peeled, left = peel(ballots)
    inside = [sealing.unseal(ballot, OUTER, round_id=ROUND, layer=1) for ballot in ballots]
    assert list(left) == sorted(inside, key=lambda each: hashlib.sha256(each).digest())


def test_the_same_batch_gives_the_same_bytes_again() -> None:
    ballots = [seal(b"%d" % number) for number in range(5)]
    assert bytes(peel(ballots)[1].data[:]) == bytes(peel(ballots)[1].data[:])


def test_a_ballot_made_to_look_like_anothers_blank_stops_nothing() -> None:
    good, broken = seal(b"1"), bytes(len(seal(b"1")))
    size = len(broken) - sealing.OVERHEAD
    posing = [outer(peeling.blank(broken, length=size, attempt=attempt)) for attempt in (0, 1, 0)]
    _peeled, left = peel([good, broken, *posing])
    assert left.ballots == 5
    assert words(left) == [b"1"]


def test_a_key_that_opens_nothing_is_the_wrong_one() -> None:
    with pytest.raises(WrongKeyError):
        peeling.peel(came([seal(b"1"), seal(b"2")]), INNER, layer=1)
    with pytest.raises(WrongKeyError):  # the right key at another place
        peeling.peel(came([seal(b"1"), seal(b"2")]), OUTER, layer=2)


def test_an_empty_batch_passes_through() -> None:
    empty = batch.parse(
        batch.header(ROUND, ballots=0, length=200, layers=2), round_id=ROUND, length=200, layers=2
    )
    peeled = peeling.peel(empty, OUTER, layer=1)
    left = b"".join(peeling.parts(peeled, OUTER))
    assert left == batch.header(ROUND, ballots=0, length=200 - sealing.OVERHEAD, layers=1)


def test_progress_is_told_twice_through_the_batch() -> None:
    told: list[int] = []
    read = came([seal(b"%d" % number) for number in range(3)])
    peeled = peeling.peel(read, OUTER, layer=1, progress=told.append)
    list(peeling.parts(peeled, OUTER, progress=told.append))
    assert told == [0, 0]


def test_a_record_is_read_as_it_was_written() -> None:
    peeled, left = peel([seal(b"1"), bytes(len(seal(b"1")))])
    digest = hashlib.sha256(bytes(left.data[:])).hexdigest()
    record = peeling.record(peeled, out_sha256=digest)
    assert (record.ballots_in, record.ballots_out, record.blanks) == (2, 2, 1)
    assert peeling.load(peeling.dump(record)) == record


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"null",
        b"{}",
        b'{"layer":1,"in":2,"out":2,"blanks":0,"in_sha256":"aa","out_sha256":"bb"}',
        b'{"layer":1,"in":-2,"out":2,"blanks":0,"in_sha256":"%b","out_sha256":"%b"}'
        % (b"a" * 64, b"a" * 64),
        b'{"layer":1,"in":true,"out":2,"blanks":0,"in_sha256":"%b","out_sha256":"%b"}'
        % (b"a" * 64, b"a" * 64),
    ],
)
def test_what_is_no_record_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="record"):
        peeling.load(data)
