"""The mail to somebody who put a question by name: the question, and its answer in writing."""

from uuid import UUID

from dialog.desk import Desk, Duty, Finish
from dialog.meetings.letters import composed, page
from dialog.meetings.live_models import MeetingQuestion
from dialog.meetings.models import Meeting
from dialog.meetings.recipients import recipient
from dialog.storage import letters
from dialog.unions.notices import noting


def send(desk: Desk, duty: Duty) -> Finish | None:
    """Killed between sending and marking, it sends the same answer again: harmless."""
    with desk.reading() as session:
        question = session.get_one(MeetingQuestion, UUID(str(duty.payload["question"])))
        meeting = session.get_one(Meeting, question.meeting_id)
        asker = question.asker_id
        to = recipient(session, meeting=meeting, person_id=asker) if asker else None
    if to is None or not question.answer:
        return None
    settings = desk.settings
    template = letters.templates("dialog.meetings", "templates/meetings/live").get_template(
        "answer.txt"
    )
    words = template.render(
        language=to.language,
        meeting=meeting,
        question=question,
        page=f"{page(meeting, settings)}/rum",
    )
    message = composed(words, to, settings)
    return noting(to.person_id, to.mandate_id, desk.send(message))
