import threading
import time
from typing import Literal

import pytest
from argon2 import PasswordHasher

from dialog.core.errors import BusyError
from dialog.people import passwords
from tests.hashes import PRODUCTION

GOOD = "fyra ord i en rad"


@pytest.fixture(autouse=True)
def hashes_as_in_production(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "_HASHER", PRODUCTION)


def test_a_guess_costs_what_the_standard_asks_for() -> None:
    parts = passwords.hash_password(GOOD).split("$")
    assert parts[1] == "argon2id"
    costs = dict(part.split("=") for part in parts[3].split(","))
    # RFC 9106, section 4: the second recommended option, for where memory is short.
    assert int(costs["m"]) >= 64 * 2**10
    assert int(costs["t"]) >= 3


def test_a_password_is_recognised_and_another_is_not() -> None:
    kept = passwords.hash_password(GOOD)
    assert GOOD not in kept
    assert kept.startswith("$argon2id$")
    assert passwords.matches(kept, GOOD)
    assert not passwords.matches(kept, GOOD + " ")


def test_a_letter_is_the_same_however_the_keyboard_composed_it() -> None:
    assert passwords.matches(passwords.hash_password("blåbärssoppan"), "bla\u030aba\u0308rssoppan")


@pytest.mark.parametrize("password", ["", "x", GOOD])
def test_nobody_has_the_password_of_no_account(password: str) -> None:
    assert not passwords.matches("", password)


def test_no_account_costs_as_much_as_a_wrong_password(monkeypatch: pytest.MonkeyPatch) -> None:
    verified: list[str] = []

    class Watching(PasswordHasher):
        def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:  # noqa: A002 - theirs
            verified.append(str(hash))
            return super().verify(hash, password)

    monkeypatch.setattr(passwords, "_HASHER", Watching())
    assert not passwords.matches("", GOOD)
    assert verified
    assert not passwords.is_outdated(verified[0])  # the same memory, time and lanes


def test_no_more_than_two_are_hashed_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    at_once, most, lock = 0, 0, threading.Lock()

    class Slow:
        def hash(self, _password: str) -> str:
            nonlocal at_once, most
            with lock:
                at_once += 1
                most = max(most, at_once)
            time.sleep(0.05)
            with lock:
                at_once -= 1
            return ""

    monkeypatch.setattr(passwords, "_HASHER", Slow())
    threads = [threading.Thread(target=passwords.hash_password, args=("x",)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == passwords.AT_ONCE


def test_whoever_waits_too_long_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "PATIENCE", 0.01)
    monkeypatch.setattr(passwords, "_TURNS", threading.BoundedSemaphore(1))
    passwords._TURNS.acquire()
    with pytest.raises(BusyError):
        passwords.hash_password(GOOD)


def test_a_hash_with_other_parameters_is_outdated() -> None:
    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(GOOD)
    assert passwords.is_outdated(weak)
    assert not passwords.is_outdated(passwords.hash_password(GOOD))


@pytest.mark.parametrize(
    "password",
    [
        "elva tecken",
        "Anna.Almgren@example.org",
        "anna.almgren",
        "PasswordPassword",
        "lösenord1234",
        "aaaaaaaaaaaaaaa",
        "x" * 1001,
    ],
)
def test_a_password_that_is_short_or_easy_to_guess_is_refused(password: str) -> None:
    assert passwords.fault(password, email="anna.almgren@example.org")


@pytest.mark.parametrize("password", [GOOD, "abborrpinnar", "ÅÄÖ åäö 12 tecken"])
def test_a_long_password_needs_no_signs_or_digits(password: str) -> None:
    assert passwords.fault(password, email="anna.almgren@example.org") is None


def test_the_list_of_common_passwords_holds_only_what_length_lets_through() -> None:
    assert len(passwords._common()) > 100
    assert all(len(each) >= passwords.SHORTEST for each in passwords._common())
    assert all(each == each.casefold() for each in passwords._common())
