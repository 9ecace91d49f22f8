import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialog.core.ballots import fingerprint
from dialog.core.ballots.fingerprint import FingerprintError
from dialog.core.ballots.fingerprint_words import WORDS

ROOT = Path(__file__).parents[2]


def test_each_byte_has_a_word_of_its_own_also_without_dots_and_rings() -> None:
    folded = {word.translate(str.maketrans("åäöé", "aaoe")) for word in WORDS}
    assert len(WORDS) == len(set(WORDS)) == len(folded) == 256
    assert all(re.fullmatch("[a-zåäö]{2,10}", word) for word in WORDS)


def test_folded_words_never_are_another_word() -> None:
    for word in WORDS:
        folded = word.translate(str.maketrans("åäöé", "aaoe"))
        assert folded == word or folded not in WORDS


def test_the_browser_has_the_same_words_in_the_same_order() -> None:
    text = (ROOT / "frontend/answer/fingerprint_words.ts").read_text("utf-8")
    assert text.split("`")[1].split() == list(WORDS)


@given(st.binary())
def test_the_words_of_something_are_its_fingerprint_however_they_are_typed(data: bytes) -> None:
    said = fingerprint.words(data)
    assert len(said) == fingerprint.COUNT
    for typed in (
        " ".join(said),
        ", ".join(said).upper(),
        "\n".join(f"{place}. {word}" for place, word in enumerate(said, 1)),
        " ".join(said).translate(str.maketrans("åäö", "aao")),
    ):
        assert fingerprint.matches(typed, data)


@given(st.binary(), st.binary())
def test_other_bytes_have_another_fingerprint(one: bytes, other: bytes) -> None:
    assert fingerprint.matches(" ".join(fingerprint.words(one)), other) == (one == other)


def test_all_digits_of_the_hash_will_do_as_well() -> None:
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert fingerprint.matches(empty, b"")
    assert not fingerprint.matches(empty, b"x")


@pytest.mark.parametrize(
    ("typed", "word"),
    [("", ""), ("abborre", ""), ("abborre " * 11, ""), ("abborre " * 9 + "zebra", "zebra")],
)
def test_what_is_no_fingerprint_is_refused_and_the_strange_word_named(
    typed: str, word: str
) -> None:
    with pytest.raises(FingerprintError) as refused:
        fingerprint.read(typed)
    assert refused.value.word == word
