import json
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st

from dialog.core.ballots import keyfile, recovery, sealing, trial
from dialog.core.ballots.encoding import canonical, decode, encode
from dialog.core.ballots.keyfile import KeyFileError, WrongPassphraseError
from dialog.core.ballots.recovery import MistypedError
from dialog.core.ballots.sealing import SealError
from tests.core import trustee_vectors

V = trustee_vectors.read()
ROUND = UUID(V["round"])
KEY = ec.generate_private_key(ec.SECP256R1())
SECRETS = st.binary(min_size=32, max_size=32)
LOCKED = keyfile.lock(KEY, round_id=ROUND, layer=2, passphrase="en lång lösenfras")


def changed(**fields: object) -> bytes:
    return canonical({**json.loads(LOCKED), **fields})


@pytest.mark.parametrize("layer", [1, 2])
def test_the_key_files_of_the_vectors_open(layer: int) -> None:
    read = keyfile.load(V["key_files"][layer].encode())
    assert (read.round_id, read.layer) == (ROUND, layer)
    assert read.check_code == V["check_codes"][layer]
    private = keyfile.unlock(read, passphrase=V["passphrase"])
    assert keyfile.scalar(private) == decode(V["scalars"][layer])


def test_a_key_file_holds_the_key_only_under_its_passphrase() -> None:
    secret = keyfile.scalar(KEY)
    assert encode(secret).encode() not in LOCKED
    assert secret.hex().encode() not in LOCKED
    read = keyfile.load(LOCKED)
    assert keyfile.scalar(keyfile.unlock(read, passphrase="en lång lösenfras")) == secret
    with pytest.raises(WrongPassphraseError):
        keyfile.unlock(read, passphrase="en lång lösenfras ")


def test_two_files_of_one_key_have_nothing_secret_in_common() -> None:
    again = keyfile.lock(KEY, round_id=ROUND, layer=2, passphrase="en lång lösenfras")
    first, second = json.loads(LOCKED), json.loads(again)
    assert first["sealed"] != second["sealed"]
    assert first["iv"] != second["iv"]
    assert first["kdf"]["salt"] != second["kdf"]["salt"]


@pytest.mark.parametrize(
    "fields",
    [{"round": "6f1c1b1e-5d0a-4a6e-9a43-0000000000a8"}, {"layer": 1}],
    ids=["round", "layer"],
)
def test_a_file_that_claims_another_round_or_place_does_not_open(fields: dict[str, object]) -> None:
    read = keyfile.load(changed(**fields))
    with pytest.raises(WrongPassphraseError):
        keyfile.unlock(read, passphrase="en lång lösenfras")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"null",
        b"[]",
        b"{}",
        LOCKED[:-1],
        LOCKED + b"x",
        b" " * 5000,
        changed(format="dialog key 2"),
        changed(public="AAAA"),
        changed(iv="AAAA"),
        changed(sealed="AAAA"),
        changed(layer=0),
        changed(layer="1"),
        changed(round="no round"),
        changed(kdf={"name": "PBKDF2-SHA-256", "iterations": 10, "salt": "A" * 22}),
        changed(kdf={"name": "PBKDF2-SHA-256", "iterations": 10**9, "salt": "A" * 22}),
        changed(kdf={"name": "scrypt", "iterations": 600_000, "salt": "A" * 22}),
        changed(kdf=None),
    ],
)
def test_what_is_no_key_file_is_said_to_be_none(data: bytes) -> None:
    with pytest.raises(KeyFileError):
        keyfile.load(data)


@given(st.binary(max_size=300))
def test_any_bytes_are_a_key_file_or_refused(data: bytes) -> None:
    with pytest.raises(KeyFileError):
        keyfile.load(data)


def test_a_passphrase_is_the_same_however_its_letters_are_composed() -> None:
    locked = keyfile.lock(KEY, round_id=ROUND, layer=1, passphrase="Å ö é 1234567")
    composed = "A\u030a o\u0308 e\u0301 1234567"
    assert keyfile.unlock(keyfile.load(locked), passphrase=composed).private_numbers() == (
        KEY.private_numbers()
    )


@pytest.mark.parametrize("layer", [0, 1, 2])
def test_the_sheets_of_the_vectors_are_written_and_read(layer: int) -> None:
    secret = decode(V["scalars"][layer])
    assert list(recovery.sheet(secret)) == V["sheets"][layer]
    assert recovery.read_sheet("\n".join(V["sheets"][layer])) == secret
    assert recovery.check_code(decode(V["holders"][layer])) == V["check_codes"][layer]


@given(SECRETS)
def test_a_sheet_is_read_back_as_it_was_printed(secret: bytes) -> None:
    assert recovery.read_sheet("\n".join(recovery.sheet(secret))) == secret


@given(SECRETS)
def test_a_sheet_may_be_typed_as_people_type(secret: bytes) -> None:
    typed = "\n\n".join(recovery.sheet(secret)).lower().replace(" ", "-")
    assert recovery.read_sheet(typed.replace("0", "o").replace("1", "l")) == secret
    assert recovery.read_sheet(typed.replace("-", "").replace("1", "i")) == secret


@given(SECRETS, st.integers(0, 3), st.data())
def test_one_wrong_character_is_found_in_its_line(
    secret: bytes, line: int, data: st.DataObject
) -> None:
    lines = [printed.replace(" ", "") for printed in recovery.sheet(secret)]
    at = data.draw(st.integers(0, len(lines[line]) - 2))
    other = data.draw(st.sampled_from(recovery.ALPHABET.replace(lines[line][at], "")))
    lines[line] = lines[line][:at] + other + lines[line][at + 1 :]
    with pytest.raises(MistypedError) as mistyped:
        recovery.read_sheet("\n".join(lines))
    assert mistyped.value.line == line + 1


@given(SECRETS, st.integers(0, 3), st.data())
def test_two_neighbours_that_changed_places_are_found_in_their_line(
    secret: bytes, line: int, data: st.DataObject
) -> None:
    lines = [printed.replace(" ", "") for printed in recovery.sheet(secret)]
    at = data.draw(st.integers(0, len(lines[line]) - 3))
    first, second = lines[line][at], lines[line][at + 1]
    if first == second:
        return
    lines[line] = lines[line][:at] + second + first + lines[line][at + 2 :]
    with pytest.raises(MistypedError) as mistyped:
        recovery.read_sheet("\n".join(lines))
    assert mistyped.value.line == line + 1


@given(SECRETS)
def test_lines_that_changed_places_are_found(secret: bytes) -> None:
    first, second, *rest = recovery.sheet(secret)
    if first[:-1] != second[:-1]:
        with pytest.raises(MistypedError):
            recovery.read_sheet("\n".join([second, first, *rest]))


@pytest.mark.parametrize(
    "typed", ["", "ABCD", "A\nB\nC\nD", "Å\n" * 4, "ABCD EFGH JKMN PQRS *\n" * 4]
)
def test_what_is_no_sheet_is_refused(typed: str) -> None:
    with pytest.raises(MistypedError):
        recovery.read_sheet(typed)


@pytest.mark.parametrize("layer", [1, 2])
def test_the_test_ballots_of_the_vectors_open(layer: int) -> None:
    private = keyfile.private_key(decode(V["scalars"][layer]))
    sealed = decode(V["tests"][layer]["sealed"])
    answer = trial.answer(sealed, private, round_id=ROUND, layer=layer)
    assert answer == V["tests"][layer]["answer_hex"]


def test_a_test_ballot_opens_with_its_own_key_and_place_only() -> None:
    public = sealing.public_bytes(KEY.public_key())
    sealed, answer = trial.make(public, round_id=ROUND, layer=1)
    assert trial.answer(sealed, KEY, round_id=ROUND, layer=1) == answer
    other = ec.generate_private_key(ec.SECP256R1())
    with pytest.raises(SealError):
        trial.answer(sealed, other, round_id=ROUND, layer=1)
    with pytest.raises(SealError):
        trial.answer(sealed, KEY, round_id=ROUND, layer=2)
    with pytest.raises(SealError):  # a ballot's layer cannot be had opened as a test
        trial.answer(
            sealing.seal(bytes(32), [public], round_id=ROUND), KEY, round_id=ROUND, layer=0
        )
