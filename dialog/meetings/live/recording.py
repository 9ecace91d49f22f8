"""What minutes are told of the live room: questions that were shown, and polls that are closed."""

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlmodel import Session

from dialog.meetings.live import grouping, questions
from dialog.meetings.live_models import MeetingQuestion, PollState
from dialog.meetings.models import Meeting
from dialog.meetings.polling import polls
from dialog.minutes.places import Line


def lines(session: Session, *, meeting: Meeting) -> list[Line]:
    """In the language that is set, and no more than everybody saw: no names, no few votes."""
    asked = questions.shown(questions.all_of(session, meeting=meeting))
    voted = polls.shown(session, meeting=meeting)
    return [
        *(_question(each.row) for group in grouping.grouped(asked) for each in group.asked),
        *(_poll(each) for each in voted if each.row.state is PollState.CLOSED),
    ]


def _question(question: MeetingQuestion) -> Line:
    """As everybody saw it, words masked and nobody's name; with the answer if it was written."""
    text = f"{_quoted(question.text)}\n\n{question.answer}".strip()
    heading = _("Fråga: %(theme)s", theme=question.theme) if question.theme else _("Fråga")
    return Line(heading, text, question.id, _("Besvarad") if question.answered else "")


def _poll(poll: polls.Shown) -> Line:
    parts = [_quoted(poll.row.question)]
    if poll.voted is None:
        parts.append(_("Färre än %(k)s röstade, så resultatet visas inte.", k=polls.K))
    else:
        parts.append(ngettext("%(num)s har röstat.", "%(num)s har röstat.", poll.voted))
        parts.append("\n".join(_counted(poll)))
    if poll.cloud and (hidden := poll.cloud.hidden):
        parts.append(
            ngettext(
                "%(num)s ord är dolt av den som leder mötet.",
                "%(num)s ord är dolda av den som leder mötet.",
                hidden,
            )
        )
    return Line(_("Omröstning"), "\n\n".join(parts), poll.row.id)


def _counted(poll: polls.Shown) -> list[str]:
    if poll.cloud:
        return [f"- {word.text}: {word.number}" for word in poll.cloud.words]
    return [f"- {each.option}: {each.number} ({each.share} %)" for each in poll.lines]


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}" for line in text.splitlines())
