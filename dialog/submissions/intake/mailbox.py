"""A function mailbox: mail that the mail server leaves in a Maildir, each taken in as a letter.

What has been taken in is moved from `new` to `cur`, marked as seen, when that is committed. Cut off
between the two, or read by two workers, the same bytes are known and not taken in again.
"""

import os
from datetime import datetime
from pathlib import Path
from typing import Final
from uuid import UUID

import structlog
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, select

from dialog.core.errors import BusyError
from dialog.desk import Desk
from dialog.diary.models import DiaryAuthority
from dialog.storage.clock import STOCKHOLM
from dialog.submissions.intake import entering, reading

ASIDE: Final = "other"  # what could not be taken in: for a person to look at
AT_ONCE: Final = 3  # the worker has other things to do

log = structlog.get_logger()


def read_mailbox(desk: Desk) -> None:
    """Take in what is new, the oldest first."""
    folder = desk.settings.mailbox
    new = folder / "new"
    if not new.is_dir():
        return
    with desk.reading() as session:
        board = _board(session, desk.settings.mailbox_board)
        board_id = board.id if board else None
    if board_id is None:
        log.error("the mailbox has no authority: set DIALOG_MAILBOX_BOARD to letters of a diary")
        return
    waiting = sorted((each for each in new.iterdir() if _readable(each)), key=_age)
    for path in waiting[:AT_ONCE]:
        if desk.stopping.is_set():
            return
        try:
            _read_one(desk, path, board_id)
        except (BusyError, OSError, OperationalError) as error:
            log.warning("the mailbox waits", error=type(error).__name__)  # no fault of this mail's
            return


def _readable(path: Path) -> bool:
    """Whether it is a file that we may read: one that we may not holds up no other."""
    if path.is_file() and not os.access(path, os.R_OK):
        log.error("a mail in the mailbox cannot be read: see the rights of its file")
        return False
    return path.is_file()


def _read_one(desk: Desk, path: Path, board_id: UUID) -> None:
    """Whatever is wrong with one mail holds up no other: it is put aside for a person."""
    folder = desk.settings.mailbox
    arrived_on = datetime.fromtimestamp(path.stat().st_mtime, STOCKHOLM).date()
    try:
        with path.open("rb") as stream:
            came = reading.mail(stream, settings=desk.settings)
        with desk.writing() as session:
            entering.take_in(
                session, came=came, authority_id=board_id, arrived_on=arrived_on, by=None
            )
            session.commit()
    except (BusyError, OSError, OperationalError):
        raise
    except entering.KnownError:
        pass  # it was cut off before the move
    except Exception as error:  # noqa: BLE001 - made by a stranger, and read by several libraries
        log.warning("mail is put aside", error=type(error).__name__)
        _move(path, folder / ASIDE / path.name)
        return
    _move(path, folder / "cur" / f"{path.name.partition(':')[0]}:2,S")


def aside(folder: Path) -> int:
    """How many mails of the mailbox a person has to look at."""
    other = folder / ASIDE
    return sum(1 for _each in other.iterdir()) if other.is_dir() else 0


def _board(session: Session, letters: str) -> DiaryAuthority | None:
    return session.exec(select(DiaryAuthority).where(DiaryAuthority.letters == letters)).first()


def _age(path: Path) -> tuple[float, str]:
    try:
        return path.stat().st_mtime, path.name
    except FileNotFoundError:
        return 0.0, path.name


def _move(path: Path, to: Path) -> None:
    to.parent.mkdir(mode=0o700, exist_ok=True)
    try:
        path.rename(to)
    except FileNotFoundError:
        return
