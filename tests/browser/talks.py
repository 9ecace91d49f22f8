"""What a meeting's room holds for its pages to show: questions, polls, words, and a group."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlmodel import Session

from dialog.meetings.groups.models import Dealing, MeetingGroup, MeetingGroupWork
from dialog.meetings.live import grouping, moderating, questions
from dialog.meetings.live_models import MeetingVote, PollKind
from dialog.meetings.models import Meeting
from dialog.meetings.polling import polls, words
from dialog.people.models import Person
from dialog.storage.clock import now

WRITERS: Final = 12


@dataclass(frozen=True)
class Talks:
    question: UUID
    poll: UUID  # whose words are to be read
    group: UUID


def hold(db: Session, meeting_id: UUID, *, secretary: Person, asker: Person) -> Talks:
    meeting = db.get_one(Meeting, meeting_id)
    question = _questions(db, meeting, secretary=secretary, asker=asker)
    return Talks(question, poll=_words(db, meeting), group=_group(db, meeting))


def _questions(db: Session, meeting: Meeting, *, secretary: Person, asker: Person) -> UUID:
    """One that waits, one that is shown and answered, and one that a moderator has in hand."""
    texts = ("Varför är schemat så sent?", "Får vi vikarier i sommar?", "Vem bestämmer?")
    made = [
        questions.put(db, meeting=meeting, once=text, text=text, asker=asker.id) for text in texts
    ]
    moderating.show(db, question=made[1], by=secretary.id)
    moderating.answer(db, question=made[1], by=secretary.id, text="Ja, från juni.")
    moderating.claim(db, question=made[2], by=secretary.id)
    grouping.put_under(db, meeting=meeting, heading="Schemat", chosen=[made[1].id])
    for poll in ("Ska vi mötas i maj?", "Vilken dag passar?"):
        row = polls.make(
            db, meeting=meeting, question=poll, kind=PollKind.SINGLE, options=["Ja", "Nej"]
        )
        polls.open_(db, poll=row)
    polls.close(db, poll=polls.all_of(db, meeting=meeting)[0])
    db.commit()
    return made[0].id


def _words(db: Session, meeting: Meeting) -> UUID:
    """Of one poll all see the words; those of the other are to be read first."""
    for question in ("Vad behöver ni?", "Hur var veckan?"):
        poll = polls.make(db, meeting=meeting, question=question, kind=PollKind.WORDS, options=[])
        polls.open_(db, poll=poll)
        written = (["lugn", "rolig"], ["stressig"], ["stressig", "lugn", "oförutsägbar"])
        db.add_all(
            MeetingVote(
                poll_id=poll.id, pass_hash=f"{number:064}", choices=list(written[number % 3])
            )
            for number in range(WRITERS)
        )
        polls.close(db, poll=poll)
    words.show(db, poll=poll, hidden=["rolig"])
    db.commit()
    return polls.all_of(db, meeting=meeting)[2].id


def _group(db: Session, meeting: Meeting) -> UUID:
    """One that people choose; a meeting that goes on would have other steps to walk."""
    work = MeetingGroupWork(
        meeting_id=meeting.id, task="Vad gör vi först?", how=Dealing.CHOSEN, began_at=now()
    )
    db.add(work)
    db.flush()
    group = MeetingGroup(work_id=work.id, number=1, note="Schemat.", version=1)
    db.add(group)
    db.commit()
    return group.id
