"""Following a letter to the one that answers it, when it is joined to another or forwarded."""

from sqlmodel import Session, col, select

from dialog.core.submissions import State
from dialog.submissions.models import Submission


def answered_in(session: Session, *, submission: Submission) -> Submission:
    """The letter whose reply answers this one: where it went when it was joined to another or
    forwarded, however often; itself, if it stayed.
    """
    while True:
        if submission.joined_to_id is not None:
            goes_on = Submission.id == submission.joined_to_id
        elif submission.state is State.FORWARDED:
            goes_on = Submission.forwarded_from_id == submission.id
        else:
            return submission
        submission = session.exec(select(Submission).where(goes_on)).one()


def at_boards(session: Session, *, submission: Submission) -> list[Submission]:
    """The letter, and what it is at each board that it was forwarded to, the last one last."""
    found = [submission]
    while found[-1].state is State.FORWARDED:
        goes_on = Submission.forwarded_from_id == found[-1].id
        found.append(session.exec(select(Submission).where(goes_on)).one())
    return found


def answered_with(session: Session, *, submission: Submission) -> list[Submission]:
    """The other letters that are answered in this one; see `answered_in`."""
    found, ends = [], [submission]
    while ends:
        end = ends.pop()
        came = col(Submission.joined_to_id) == end.id
        if end.forwarded_from_id is not None:
            came |= col(Submission.id) == end.forwarded_from_id
        ends += session.exec(select(Submission).where(came)).all()
        found += [end]
    return found[1:]
