"""What a room above shows to whoever has the code of something that was sent to it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from flask import Flask, current_app


@dataclass(frozen=True)
class Key:
    """What opens it. A page that takes a further step sends both along in a form."""

    number: str
    code: str


Page = Callable[[UUID, Key], str]  # of the thing with this id


def use_receipts(app: Flask, places: Mapping[str, Page]) -> None:
    """`places` by the letter of the numbers."""
    app.extensions["receipts"] = places


def page_of(letter: str) -> Page | None:
    found: Mapping[str, Page] = current_app.extensions["receipts"]
    return found.get(letter)
