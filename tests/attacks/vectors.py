"""Holds the cryptography to the numbers that the standards print."""

from collections.abc import Callable, Iterator
from functools import partial

from tests.attacks.measures import Measure, faults
from tests.core import ballot_vectors
from tests.core.test_ballots_blind import test_the_numbers_of_rfc_9474_come_out
from tests.core.test_ballots_sealing import (
    test_the_book_has_the_numbers_of_rfc_9180,
    test_what_is_sealed_opens_by_the_book,
)

PRINTED: tuple[tuple[str, Callable[[], None]], ...] = (
    ("RFC 9474, A.1", test_the_numbers_of_rfc_9474_come_out),
    *(
        (f"RFC 9180, AEAD {one.aead}", partial(test_the_book_has_the_numbers_of_rfc_9180, one))
        for one in ballot_vectors.HPKE
    ),
    ("the library's seal by the book of RFC 9180", test_what_is_sealed_opens_by_the_book),
)


def run() -> Iterator[Measure]:
    found = []
    for name, holds in PRINTED:
        try:
            holds()
        except AssertionError:
            found.append(name)
    yield faults("numbers of a standard that do not come out", found, of=len(PRINTED))
