"""E-mail addresses that mail can be sent to, and none else."""

import pytest
from flask import Flask

from dialog.core.errors import WrongInputError
from dialog.people.accounts import clean_email
from dialog.storage import letters


def test_a_domain_with_swedish_letters_is_kept_as_mail_servers_write_it() -> None:
    kept = clean_email(" Anna@Örebro.example.org ")
    assert kept == "anna@xn--rebro-iua.example.org"
    made = letters.compose(
        "Hej\nText", name="Anna", email=kept, sender="d@example.org", base_url="https://example.org"
    )
    assert kept in str(made["To"])


@pytest.mark.parametrize(
    "address", ["åsa@example.org", "anna", "anna@", "@example.org", "a b@example.org"]
)
def test_what_no_letter_reaches_is_no_address(app: Flask, address: str) -> None:
    with app.test_request_context(), pytest.raises(WrongInputError):
        clean_email(address)
