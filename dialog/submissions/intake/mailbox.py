"""A function mailbox: mail that the mail server leaves in a Maildir, each taken in as a letter.

What has been taken in is moved from `new` to `cur`, marked as seen, when that is committed. Cut off
between the two, or read by two workers, the same bytes are known and not taken in again.
"""

from pathlib import Path
from typing import Final
from uuid import UUID

import structlog
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from dialog.core.documents.kinds import UnfitError
from dialog.core.errors import BusyError, RefusedError
from dialog.desk import Desk
from dialog.diary.models import DiaryAuthority
from dialog.submissions.intake import entering, reading
from dialog.submissions.intake.reading import Came

ASIDE: Final = "other"  # what is no mail: for a person to look at
AT_ONCE: Final = 20

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
    waiting = sorted((each for each in new.iterdir() if each.is_file()), key=_age)
    for path in waiting[:AT_ONCE]:
        if desk.stopping.is_set():
            return
        try:
            with path.open("rb") as stream:
                came = reading.mail(stream, settings=desk.settings)
        except FileNotFoundError:
            continue  # another worker was first
        except BusyError:
            return
        except UnfitError as unfit:
            log.warning("what lies in the mailbox is no mail", fault=unfit.fault)
            _move(path, folder / ASIDE / path.name)
            continue
        with desk.writing() as session:
            _take_in(session, came, board_id)
        _move(path, folder / "cur" / f"{path.name.partition(':')[0]}:2,S")


def _board(session: Session, letters: str) -> DiaryAuthority | None:
    return session.exec(select(DiaryAuthority).where(DiaryAuthority.letters == letters)).first()


def _take_in(session: Session, came: Came, board_id: UUID) -> None:
    try:
        entering.take_in(session, came=came, authority_id=board_id, arrived_on=None, by=None)
        session.commit()
    except (RefusedError, IntegrityError):  # taken in before, or by another worker just now
        session.rollback()


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
