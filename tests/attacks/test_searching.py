"""What the attackers look for they find, wherever it begins and however it is coded."""

import base64
import gzip
import random
import zlib

import pytest

from tests.attacks import plaintext
from tests.attacks.searching import CHUNK, Needles

MARK = b"3f0c9a7b1d2e4f506172"


def noise(length: int, seed: int = 1) -> bytes:
    return random.Random(seed).randbytes(length)


def hidden(form: bytes, at: int = 5_003) -> bytes:
    return noise(at) + form + noise(4_000, seed=2)


def test_every_needle_is_found_at_its_place_and_nothing_else() -> None:
    rng = random.Random(3)
    data, meaning, planted = bytearray(noise(300_000)), {}, []
    for number in range(500):
        needle = rng.randbytes(rng.randrange(8, 40))
        meaning[needle] = number
        if number % 5 == 0:
            at = number * 600 + rng.randrange(300)
            data[at : at + len(needle)] = needle
            planted.append((at, number))
    assert Needles(meaning).find(bytes(data)) == planted


def test_needles_that_all_begin_and_end_alike_are_told_apart() -> None:
    meaning = {f"person{n:05}@example.org".encode(): n for n in range(2_000)}
    data = b"".join(b" %s, " % needle for needle in meaning)
    assert [what for _, what in Needles(meaning).find(data)] == list(range(2_000))


def test_a_needle_at_the_very_end_before_nothing_is_found() -> None:
    for needle in (b"abcdefgh", b"abcdefgh\0\0\0\0", b"abcdefghijklmnopqrstuvwxyz0123\0\0"):
        data = b"x" * 100 + needle + bytes(1_000)
        assert Needles({needle: 1}).find(data) == [(100, 1)]


def test_needles_that_begin_alike_and_overlap_are_all_found() -> None:
    found = Needles({b"abcdefgh": 1, b"abcdefghij": 2, b"bcdefghi": 3}).find(b"..abcdefghij")
    assert sorted(found) == [(2, 1), (2, 2), (3, 3)]


@pytest.mark.parametrize("before", range(-12, 3, 2))
def test_a_needle_across_the_border_of_two_chunks_is_found(before: int) -> None:
    data = bytearray(CHUNK + 100)
    data[CHUNK + before : CHUNK + before + 12] = b"abcdefghijkl"
    assert Needles({b"abcdefghijkl": "x"}).find(bytes(data)) == [(CHUNK + before, "x")]


def test_a_needle_too_short_to_mean_anything_is_refused() -> None:
    with pytest.raises(ValueError, match="too short"):
        Needles({b"abc": 1})


def seen(data: bytes) -> bool:
    """Whether the attack on plaintext sees MARK in data, in any of its ways."""
    needles = Needles(dict.fromkeys(plaintext.forms(MARK), "mark"))
    pieces = Needles({piece: (MARK, at) for at, piece in plaintext.pieces(MARK)})
    ways = (needles.find(data), plaintext.broken(pieces, data), plaintext.packed(needles, data))
    return any(list(way) for way in ways)


def broken_every_eight(first: int) -> bytes:
    """As LZ packing writes what does not repeat: a byte of flags before every eight."""
    parts = [MARK[:first], *(MARK[at : at + 8] for at in range(first, len(MARK), 8))]
    return b"\0".join(parts)


@pytest.mark.parametrize(
    "form",
    [
        MARK,
        MARK[::-1],
        MARK.hex().encode(),
        MARK.hex().upper().encode(),
        MARK.decode().encode("utf-16-le"),
        MARK.decode().encode("utf-16-be"),
        *(base64.b64encode(b"x" * before + MARK + b"yy") for before in range(3)),
        *(base64.urlsafe_b64encode(b"x" * before + MARK + b"yy") for before in range(3)),
        zlib.compress(b"words " + MARK, 1),
        zlib.compress(b"words " + MARK, 9),
        gzip.compress(b"words " + MARK, mtime=0),
        *(broken_every_eight(first) for first in range(1, 8)),
    ],
)
def test_an_answer_is_seen_in_whatever_form_it_stands(form: bytes) -> None:
    assert seen(hidden(form))


def test_nothing_is_seen_where_nothing_is() -> None:
    assert not seen(hidden(b""))
    assert not seen(hidden(MARK[:-1] + b"x"))


def test_of_a_later_copy_all_that_differs_is_searched() -> None:
    before = noise(10 * plaintext.PAGE)
    for at in (0, 3 * plaintext.PAGE - 10, 5 * plaintext.PAGE + 7, len(before) - len(MARK)):
        after = before[:at] + MARK + before[at + len(MARK) :]
        assert [part for part in plaintext.changed(before, after) if MARK in part]
    assert list(plaintext.changed(before, before)) == []
    assert [part for part in plaintext.changed(before, before + MARK) if MARK in part]
