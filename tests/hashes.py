"""Hashes of passwords as light as argon2 lets them be.

A proper one takes 0.1 s of a core on purpose. What most tests try is who is let in, not what
guessing costs; tests/people/test_passwords.py tries that, with PRODUCTION.
"""

from typing import Final

import pytest
from argon2 import PasswordHasher

from dialog.people import passwords

PRODUCTION: Final = passwords._HASHER
LIGHT: Final = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


def lighten(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(passwords, "_HASHER", LIGHT)
