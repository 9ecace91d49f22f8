"""What a room above says of the things it has documents for: who sees and who changes them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from flask import Flask, current_app
from sqlmodel import Session

from dialog.documents.models import Document
from dialog.people.permissions import Actor


@dataclass(frozen=True)
class Rights:
    """What somebody may do with the documents of one thing. Who does not see them gets 404.
    `nameless`: it is not kept who handed them in. `draft`: what is taken away or replaced was never
    handed in, and is gone. `lent`: all of them are, or are redacted copies of
    those, and nobody hands in any on the pages of documents.
    """

    see: bool = False
    change: bool = False
    nameless: bool = False
    draft: bool = False
    lent: bool = False

    @property
    def hand_in(self) -> bool:
        return self.change and not self.lent


def open_to_all(_session: Session, _document: Document, _actor: Actor) -> str:
    """Nothing comes before a document for those who see it."""
    return ""


@dataclass(frozen=True)
class Place:
    """Each function gets a session and `about_id`, what the documents are of; `first` gets one of
    them, and who wants to open it.
    """

    rights: Callable[[Session, UUID, Actor], Rights]  # none for what does not exist
    trail: Callable[[Session, UUID], list[tuple[str, str]]]  # addresses and names, the widest first
    title: Callable[[Session, UUID], str]  # "Punkten Läget i verksamheten"
    changed: Callable[[Session, UUID], None]  # called in the transaction of the change
    most: int | None = None  # documents at once, where it is fewer than of other things
    first: Callable[[Session, Document, Actor], str] = open_to_all  # the page that comes before it


def use_documents(app: Flask, places: Mapping[str, Place]) -> None:
    """`places` by the word that `Document.about` holds."""
    app.extensions["documents"] = places


def place_of(about: str) -> Place | None:
    found: Mapping[str, Place] = current_app.extensions["documents"]
    return found.get(about)
