"""Voting in a poll that is open, with a pass: places in its options, or words of one's own."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from flask_babel import gettext as _
from sqlmodel import Session

from dialog.core.errors import RefusedError
from dialog.core.identity_numbers import has_identity_number
from dialog.core.meetings import word_clouds
from dialog.meetings.live import passes
from dialog.meetings.live_models import MeetingPoll, MeetingVote, PollKind, PollState
from dialog.meetings.models import Meeting
from dialog.meetings.polling import polls

MOST_WORDS: Final = 3
LONGEST_WORD: Final = 30


def vote(
    session: Session,
    *,
    meeting: Meeting,
    poll_id: UUID,
    choices: Sequence[int | str],
    pass_: bytes,
    signature: bytes,
) -> None:
    """Vote, or vote otherwise while the poll is open; the same again changes nothing."""
    poll = polls.of(session, meeting=meeting, poll_id=poll_id)
    if poll is None:
        raise RefusedError(_("Omröstningen finns inte."))
    mark = passes.mark(session, meeting=meeting, thing_id=poll.id, pass_=pass_, signature=signature)
    given = _words(choices) if poll.kind is PollKind.WORDS else _places(choices, poll)
    # Shared with other votes, and closed to those who would close the poll meanwhile.
    session.refresh(poll, with_for_update={"read": True})
    if poll.state is not PollState.OPEN:
        raise RefusedError(_("Omröstningen är inte öppen."))
    row = session.get(MeetingVote, (poll.id, mark))
    if row is None:
        row = MeetingVote(poll_id=poll.id, pass_hash=mark, choices=given)
    row.choices = given
    session.add(row)
    session.flush()


def _places(choices: Sequence[int | str], poll: MeetingPoll) -> list[int | str]:
    given = sorted({each for each in choices if isinstance(each, int)})
    wrong = not given or not set(choices) <= set(range(len(poll.options)))
    if wrong or (len(given) > 1 and poll.kind is not PollKind.SEVERAL):
        raise RefusedError(_("Välj ett svar."))
    return list(given)


def _words(choices: Sequence[int | str]) -> list[int | str]:
    """Each word once, in no order that says how they were typed."""
    typed = [word for word in (word_clouds.clean(str(each)) for each in choices) if word]
    words = sorted({word_clouds.key(word): word for word in typed}.values())
    if not words:
        raise RefusedError(_("Skriv minst ett ord."))
    if len(words) > MOST_WORDS:
        raise RefusedError(_("Skriv högst tre ord."))
    if max(map(len, words)) > LONGEST_WORD:
        raise RefusedError(
            _("Ett ord får vara högst %(number)s tecken. Korta det.", number=LONGEST_WORD)
        )
    if has_identity_number(" ".join(typed)) or has_identity_number("".join(typed)):
        raise RefusedError(
            _("Det står ett personnummer i texten. Ta bort det: vi sparar inte sådana.")
        )
    return list(words)
