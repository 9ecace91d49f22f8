"""Words that were written in a poll are read by whoever leads before all see them; those that they
hide are in the end gone.
"""

from collections.abc import Collection

from flask_babel import gettext as _
from sqlmodel import Session

from dialog.core.errors import RefusedError
from dialog.core.meetings.word_clouds import Word, key
from dialog.meetings import steps
from dialog.meetings.live import questions
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
    meeting = session.get_one(Meeting, poll.meeting_id)
    steps.hold(session, meeting=meeting)
    session.refresh(poll, with_for_update=True)
    known = [word.key for word in words(poll)]
    if not known:
        raise RefusedError(_("Det finns inga ord att visa."))
    poll.hidden = [*_gone(poll), *(each for each in known if each in hidden)]
    poll.state = PollState.CLOSED
    polls.tell(session, poll)
    if not questions.are_taken(session, meeting=meeting):  # the others are disposed of already
        forget(session, poll=poll)


def forget(session: Session, *, poll: MeetingPoll) -> None:
    """Keep of the words those that all see; of the others, and where nobody has read them of all,
    how many they were. Again changes nothing.
    """
    unread = poll.state is PollState.SORTING
    goes = {word.key for word in words(poll) if unread or word.key in poll.hidden}
    if not goes:
        return
    poll.tally = [word for word in poll.tally if key(str(word)) not in goes]
    poll.hidden = [*_gone(poll), *(polls.GONE for _each in goes)]
    poll.state = PollState.CLOSED
    polls.tell(session, poll)


def _gone(poll: MeetingPoll) -> list[str]:
    return [each for each in poll.hidden if each == polls.GONE]
