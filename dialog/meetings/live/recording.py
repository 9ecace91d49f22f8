"""What minutes are told of the live room: questions that were shown, and polls that are closed."""

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlmodel import Session

from dialog.meetings.live import polls, questions
from dialog.meetings.live_models import MeetingQuestion, PollState
from dialog.meetings.models import Meeting
from dialog.minutes.places import Line


def lines(session: Session, *, meeting: Meeting) -> list[Line]:
    """In the language that is set, and no more than everybody saw: no names, no few votes."""
    asked = questions.shown(questions.all_of(session, meeting=meeting))
    voted = polls.shown(session, meeting=meeting)
    return [
        *(_question(each.row) for each in asked),
        *(_poll(each) for each in voted if each.row.state is PollState.CLOSED),
    ]


def _question(question: MeetingQuestion) -> Line:
    """As everybody saw it, words masked and nobody's name; with the answer if it was written."""
    text = f"{_quoted(question.text)}\n\n{question.answer}".strip()
    return Line(_("Fråga"), text, question.id, _("Besvarad") if question.answered else "")


def _poll(poll: polls.Shown) -> Line:
    if poll.voted is None:
        counted = _("Färre än %(k)s röstade, så resultatet visas inte.", k=polls.K)
        return Line(_("Omröstning"), f"{_quoted(poll.row.question)}\n\n{counted}", poll.row.id)
    voted = ngettext("%(num)s har röstat.", "%(num)s har röstat.", poll.voted)
    counted = "\n".join(f"- {each.option}: {each.number} ({each.share} %)" for each in poll.lines)
    return Line(
        _("Omröstning"), f"{_quoted(poll.row.question)}\n\n{voted}\n\n{counted}", poll.row.id
    )


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}" for line in text.splitlines())
