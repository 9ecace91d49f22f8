"""What a room above tells of what was asked after a meeting, and over a series or a form."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask, current_app
from sqlmodel import Session

from dialog.meetings.models import Meeting, MeetingFormat, MeetingSeries


@dataclass(frozen=True)
class Told:
    """A sentence, and a page that says more: its address and what a link there says."""

    sentence: str
    url: str = ""
    link: str = ""


@dataclass(frozen=True)
class Afterwards:
    """Each function gives None where there is nothing to tell the reader."""

    meeting: Callable[[Session, Meeting, bool], Told | None]  # True: the reader runs it
    series: Callable[[Session, MeetingSeries], Told | None]
    form: Callable[[Session, MeetingFormat], Told | None]
    every: Callable[[], Told]  # for those who plan meetings


def use_afterwards(app: Flask, afterwards: Afterwards) -> None:
    app.extensions["afterwards"] = afterwards


def told() -> Afterwards:
    found: Afterwards = current_app.extensions["afterwards"]
    return found
