"""What an operator is told when the machine refuses: a disk, a folder or a database."""

import errno
import sys
from typing import Any, Final

MISSING_TABLE: Final = "42P01"  # PostgreSQL's codes
NO_RIGHT: Final = "42501"


def explained(error: BaseException) -> str:
    """A sentence that says what is wrong and what to do, or nothing: then it is a fault of ours,
    and its traceback is wanted. Values of statements are never repeated.
    """
    if isinstance(error, OSError):
        return _of_the_system(error)
    # Commands for people's own machines have no database, and do not load what speaks with one.
    known = sys.modules.get("sqlalchemy.exc")
    if known is None or not isinstance(error, known.DBAPIError):
        return ""
    missing = getattr(error.orig, "sqlstate", None) in {MISSING_TABLE, NO_RIGHT}
    return _of_the_database(error) if missing or isinstance(error, known.OperationalError) else ""


def _of_the_system(error: OSError) -> str:
    if error.errno == errno.ENOSPC:
        return "The disk is full. Make room and try again; nothing is half done."
    if error.filename is None or error.strerror is None:
        return ""
    return (
        f"{error.filename}: {error.strerror}. See that the folder is the right one and that"
        " Dialog's user may use it."
    )


def _of_the_database(error: Any) -> str:
    said = str(error.orig).strip().splitlines()
    reason = said[0].rstrip(".") if said else type(error.orig).__name__
    return (
        f"The database cannot be used: {reason}. Is it new, run `dialog migrate`; else see that it"
        " is running and that DIALOG_DATABASE_URL is right."
    )
