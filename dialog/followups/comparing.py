"""What was answered after meetings, beside each other: only what is released of each as a whole.

The answers after two meetings are different answers, also where the same people gave them: what is
told of one follows from nothing that is told of another. Nothing is divided by unit or level, so
there are no parts of a meeting to subtract either.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlmodel import Session

from dialog.core.published import PublishedItem
from dialog.core.questionnaire import Item, items
from dialog.followups import planning, queries, standing
from dialog.meetings.models import Meeting
from dialog.results import comparing
from dialog.results import queries as releases
from dialog.results.models import Release

LOWEST: Final = 1
HIGHEST: Final = 5


@dataclass(frozen=True)
class Told:
    """A meeting, and what is told of each question after it: None where that is not shown, and
    `standing` says why nothing is. `version` is of the form that it had.
    """

    meeting: Meeting
    number: int  # in the picture
    standing: str
    release: Release | None
    answers: tuple[PublishedItem | None, ...]
    version: int | None = None

    @property
    def n(self) -> int | None:
        """How many answered."""
        return self.release.responses if self.release else None

    @property
    def means(self) -> tuple[float | None, ...]:
        return tuple(answer.mean if answer else None for answer in self.answers)


@dataclass(frozen=True)
class Comparison:
    questions: tuple[Item, ...]
    told: tuple[Told, ...]

    @property
    def shown(self) -> list[Told]:
        """Those with at least one figure."""
        return [each for each in self.told if any(mean is not None for mean in each.means)]


def compare(
    session: Session, *, meetings: Sequence[Meeting], versions: Mapping[UUID, int] | None = None
) -> Comparison:
    """Meetings in the order in which they were held. Those that nobody was to be asked after are
    left out.
    """
    asked = queries.asked_after(session, meetings=[meeting.id for meeting in meetings])
    wanted = [each for each in meetings if each.asks_after or each.id in asked]
    found = tuple(items(planning.questions()))
    told = []
    for number, meeting in enumerate(wanted, start=1):
        made = asked.get(meeting.id)
        plan = queries.plan_for(session, meeting=meeting) if made is None else None
        release = made.release if made else None
        told.append(
            Told(
                meeting=meeting,
                number=number,
                standing=standing.sentence(session, meeting, made, plan=plan),
                release=release,
                answers=_answers(session, release, found) if release else (None,) * len(found),
                version=(versions or {}).get(meeting.format_id) if meeting.format_id else None,
            )
        )
    return Comparison(found, tuple(told))


def _answers(
    session: Session, release: Release, wanted: Sequence[Item]
) -> tuple[PublishedItem | None, ...]:
    """Of the questions that were put in just these words, with the same answers."""
    put = {item.name: item for item in items(comparing.form(release.questionnaire))}
    top = releases.top(session, release_id=release.id)
    return tuple(
        top.items.get(item.name) if put.get(item.name) == item else None for item in wanted
    )
