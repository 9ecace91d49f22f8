from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialog.surveys import secrets

KEY = bytes(range(32))
ROUND = UUID("6f1c1b1e-5d0a-4a6e-9a43-000000000002")
numbers = st.integers(0, 2**secrets.NUMBER_BITS - 1)


@given(numbers)
def test_what_is_written_is_read_and_proves_its_number(number: int) -> None:
    for text in (
        secrets.link_secret(KEY, round_id=ROUND, number=number),
        secrets.code(KEY, round_id=ROUND, number=number),
    ):
        secret = secrets.read(text)
        assert secret is not None
        assert secret.number == number
        assert secrets.proves(KEY, secret, round_id=ROUND)
        assert not secrets.proves(KEY, secret, round_id=uuid4())
        assert not secrets.proves(bytes(32), secret, round_id=ROUND)


@given(numbers)
def test_lengths_are_as_printed(number: int) -> None:
    assert len(secrets.link_secret(KEY, round_id=ROUND, number=number)) == 32
    groups = secrets.code(KEY, round_id=ROUND, number=number).split("-")
    assert [len(group) for group in groups] == [4, 4, 4, 2]


@given(numbers)
def test_what_is_easily_misread_is_forgiven(number: int) -> None:
    code = secrets.code(KEY, round_id=ROUND, number=number)
    misread = code.replace("0", "O").replace("1", "l").replace("-", " – ")
    assert secrets.read(misread) == secrets.read(code)


def test_a_code_is_no_start_of_a_link() -> None:
    link = secrets.link_secret(KEY, round_id=ROUND, number=7)
    secret = secrets.read(link[:14])
    assert secret is not None
    assert not secrets.proves(KEY, secret, round_id=ROUND)


@pytest.mark.parametrize("text", ["", "x", "u" * 14, "å" * 32, "0" * 13, "0" * 33])
def test_what_can_be_neither_is_not_read(text: str) -> None:
    assert secrets.read(text) is None
