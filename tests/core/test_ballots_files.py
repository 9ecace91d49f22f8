import hashlib
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from dialog.core.ballots import batch, encoding, manifest, signed, state
from dialog.core.ballots.batch import BatchError
from dialog.core.ballots.state import Announcement, BoxState

ROUND = uuid4()
NOON = datetime(2026, 10, 14, 12, tzinfo=UTC)


def a_manifest() -> manifest.Manifest:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return manifest.Manifest(
        round_id=ROUND,
        token_key=manifest.spki(key.public_key()),
        holders=(b"\x04" + bytes(64),),
        questionnaire="aa" * 32,
        script="bb" * 32,
        k=10,
        length=2000,
        box="http://127.0.0.1:8001",
        languages=("sv", "en"),
    )


def test_a_manifest_is_read_as_it_was_written_in_one_form() -> None:
    made = a_manifest()
    data = manifest.dump(made)
    assert manifest.load(data) == made
    assert manifest.dump(manifest.load(data)) == data
    assert b" " not in data
    assert manifest.load(data).public_token_key.key_size == 2048


@pytest.mark.parametrize("wrong", [b"", b"[]", b"{}", b'{"version":2}', b'{"version":1}', b"null"])
def test_what_is_no_manifest_is_refused(wrong: bytes) -> None:
    with pytest.raises(ValueError, match=r".*"):
        manifest.load(wrong)


def test_a_fingerprint_is_the_start_of_the_hash_in_groups() -> None:
    digest = hashlib.sha256(b"x").hexdigest()
    assert manifest.fingerprint(b"x").replace(" ", "") == digest[:16]
    assert len(manifest.fingerprint(b"x")) == 19


@pytest.mark.parametrize("text", ["*", "a", "ab=c", "a b", "å"])
def test_only_base64url_is_decoded(text: str) -> None:
    with pytest.raises(ValueError, match="base64url"):
        encoding.decode(text)


def test_a_signature_holds_for_one_file_and_one_name() -> None:
    key = Ed25519PrivateKey.generate()
    digest = hashlib.sha256(b"content").digest()
    signature = signed.sign(key, name="a.batch", digest=digest)
    public = key.public_key()
    assert signed.verify(public, name="a.batch", digest=digest, signature=signature)
    assert not signed.verify(public, name="b.batch", digest=digest, signature=signature)
    assert not signed.verify(public, name="a.batch", digest=bytes(32), signature=signature)
    assert not signed.verify(public, name="a.batch", digest=digest, signature=b"garbage")


def announced(state_: BoxState, until: datetime | None = None) -> Announcement:
    return Announcement(ROUND, b"{}", state_, 7, until)


def test_an_announcement_is_read_as_it_was_written() -> None:
    made = announced(BoxState.OPEN, NOON)
    assert state.load(state.dump(made)) == made


@pytest.mark.parametrize(
    ("state_", "until", "refusal"),
    [
        (BoxState.OPEN, None, None),
        (BoxState.OPEN, NOON + timedelta(seconds=1), None),
        (BoxState.OPEN, NOON, "closed"),
        (BoxState.PAUSED, None, "paused"),
        (BoxState.CLOSED, None, "closed"),
        (BoxState.CLOSED, NOON + timedelta(seconds=1), None),
        (BoxState.CLOSED, NOON, "closed"),
        (BoxState.DONE, NOON + timedelta(days=1), "closed"),
    ],
)
def test_ballots_are_taken_until_the_time_to_post_has_passed(
    state_: BoxState, until: datetime | None, refusal: str | None
) -> None:
    assert state.refusal(announced(state_, until), NOON) == refusal


def test_only_a_closed_round_past_its_time_is_due() -> None:
    assert state.due(announced(BoxState.CLOSED, NOON), NOON)
    assert not state.due(announced(BoxState.CLOSED, NOON + timedelta(seconds=1)), NOON)
    assert not state.due(announced(BoxState.OPEN, NOON), NOON)
    assert not state.due(announced(BoxState.PAUSED), NOON)
    assert not state.due(announced(BoxState.DONE), NOON)


def a_batch(*ballots: bytes) -> bytes:
    in_order = sorted(ballots, key=lambda ballot: hashlib.sha256(ballot).digest())
    return batch.header(ROUND, ballots=len(ballots), length=4) + b"".join(in_order)


def test_a_batch_gives_its_ballots_back() -> None:
    read = batch.parse(a_batch(b"aaaa", b"bbbb", b"cccc"), round_id=ROUND, length=4)
    batch.check_order(read)
    assert sorted(read) == [b"aaaa", b"bbbb", b"cccc"]


def test_an_empty_batch_is_a_batch() -> None:
    assert list(batch.parse(a_batch(), round_id=ROUND, length=4)) == []


@pytest.mark.parametrize("data", [b"", b"\n", b"{}\n", b"[1]\n", b"x" * 3000])
def test_what_has_no_header_is_no_batch(data: bytes) -> None:
    with pytest.raises(BatchError, match="header"):
        batch.parse(data, round_id=ROUND, length=4)


def test_a_batch_of_another_round_or_length_or_cut_off_is_refused() -> None:
    data = a_batch(b"aaaa", b"bbbb")
    with pytest.raises(BatchError, match="another round"):
        batch.parse(data, round_id=uuid4(), length=4)
    with pytest.raises(BatchError, match="another length"):
        batch.parse(data, round_id=ROUND, length=5)
    for changed in (data[:-1], data + b"x"):
        with pytest.raises(BatchError, match="cut off"):
            batch.parse(changed, round_id=ROUND, length=4)


def test_a_batch_with_another_number_of_layers_is_refused() -> None:
    data = batch.header(ROUND, ballots=1, length=4, layers=2) + b"aaaa"
    assert batch.parse(data, round_id=ROUND, length=4, layers=2).layers == 2
    with pytest.raises(BatchError, match="layers"):
        batch.parse(data, round_id=ROUND, length=4, layers=3)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [(b'"ballots":1', b'"ballots":1.0'), (b'"ballots":1', b'"ballots": 1'), (b"4", b"-4")],
)
def test_a_header_has_one_form_only(right: bytes, wrong: bytes) -> None:
    data = batch.header(ROUND, ballots=1, length=4) + b"aaaa"
    with pytest.raises(BatchError, match="header"):
        batch.parse(data.replace(right, wrong, 1), round_id=ROUND, length=4)


def test_a_ballot_twice_or_out_of_order_is_found() -> None:
    first, second = sorted((b"aaaa", b"bbbb"), key=lambda b: hashlib.sha256(b).digest())
    for wrong in ((first, first), (second, first)):
        data = batch.header(ROUND, ballots=2, length=4) + b"".join(wrong)
        with pytest.raises(BatchError, match="order"):
            batch.check_order(batch.parse(data, round_id=ROUND, length=4))
