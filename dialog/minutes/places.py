"""What a room above says of the things it has minutes of: who writes and reads them, and so on."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Flask, current_app
from sqlmodel import Session

from dialog.minutes.models import Minutes
from dialog.people.permissions import People


@dataclass(frozen=True)
class Line:
    """What a section begins with; one with the same source is not made twice."""

    heading: str
    text: str = ""
    source_id: UUID | None = None
    outcome: str = ""


@dataclass(frozen=True)
class Place:
    """Each function gets a session and `about_id`, what the minutes are about."""

    name: Any  # of the list that its pages stand under: "Möten"
    list_url: Callable[[], str]
    url: Callable[[UUID], str]
    people: Callable[[Session, UUID], People]  # `running` write, `coming` read what is sent round
    lines: Callable[[Session, UUID], Sequence[Line]]  # attendance, the agenda and its outcomes
    hindrance: Callable[[Session, UUID], str]  # why the text cannot be sent round yet, or empty
    locked: Callable[[Session, UUID], None]  # called in the transaction in which the text is locked


def use_minutes(app: Flask, places: Mapping[str, Place]) -> None:
    """`places` by the word that `Minutes.about` holds."""
    app.extensions["minutes"] = places


def place_of(minutes: Minutes) -> Place:
    found: Place = current_app.extensions["minutes"][minutes.about]
    return found
