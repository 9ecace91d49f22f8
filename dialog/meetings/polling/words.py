"""Words that were written in a poll are read by whoever leads before all see them."""

from collections.abc import Collection

from flask_babel import gettext as _
from sqlmodel import Session

from dialog.core.errors import RefusedError
from dialog.core.meetings.word_clouds import Word
from dialog.meetings import steps
from dialog.meetings.live_models import MeetingPoll, PollKind, PollState
from dialog.meetings.models import Meeting
from dialog.meetings.polling import polls


def words(poll: MeetingPoll) -> list[Word]:
    """All that were written, for those who lead; none while it is open or if fewer than k wrote."""
    if poll.kind is not PollKind.WORDS or poll.state in {PollState.READY, PollState.OPEN}:
        return []
    return polls.words_of(poll).words


def show(session: Session, *, poll: MeetingPoll, hidden: Collection[str]) -> None:
    """Show all the words but those whose keys are in `hidden`; again, with others hidden."""
    steps.hold(session, meeting=session.get_one(Meeting, poll.meeting_id))
    session.refresh(poll, with_for_update=True)
    known = [word.key for word in words(poll)]
    if not known:
        raise RefusedError(_("Det finns inga ord att visa."))
    poll.hidden = [key for key in known if key in hidden]
    poll.state = PollState.CLOSED
    polls.tell(session, poll)
