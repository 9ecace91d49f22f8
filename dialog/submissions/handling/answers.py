"""What those who signed a letter see of what the authority did: questions, the reply, promises."""

from typing import Any, Final

from sqlmodel import Session

from dialog.commitments import queries as commitments
from dialog.commitments import words as commitment_words
from dialog.core.submissions import State
from dialog.submissions.handling import files, following, queries
from dialog.submissions.models import Submission

PROMISES: Final = "submission"  # the word by which a commitment knows a letter


def facts(session: Session, submission: Submission) -> dict[str, Any]:
    """Of a letter that was joined to another or forwarded, the reply and the promises of that one;
    of one that was forwarded what the other board asks too. `asked` is which letter waits for an
    answer. A promise is shown once its owner has accepted it, as to everybody.
    """
    answered = following.answered_in(session, submission=submission)
    reply = queries.sent_reply(session, submission=answered)
    boards = following.at_boards(session, submission=submission)
    questions = [
        each for letter in boards for each in queries.questions_of(session, submission=letter)
    ]
    return {
        "reply": reply,
        "reply_files": files.of_reply(session, reply),
        "questions": files.with_files(session, questions),
        "asked": boards[-1].id if boards[-1].state is State.SUPPLEMENT else None,
        "promises": [
            each
            for each in commitments.of_source(session, kind=PROMISES, source_id=answered.id)
            if each.commitment.accepted_at
        ],
        "commitment_words": commitment_words,
    }
