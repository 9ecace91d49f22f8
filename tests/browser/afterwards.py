"""What is asked after meetings, in each state that has pages of its own."""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from dialog.followups import planning
from dialog.meetings import formats
from dialog.meetings.states import Action
from dialog.people.models import Person
from tests.browser.conftest import Live
from tests.followups.cast import Meetings, given

ANSWERED = (given(4, 3, 2), given(5, 4, 3), given(3, 4, 1), given(4, 5, 3))


@dataclass(frozen=True)
class Afterwards:
    plans: dict[str, UUID]  # by state
    series: UUID
    form: UUID
    meetings: dict[str, UUID]  # by what became of the questions


def ask_after(
    live: Live,
    db: Session,
    *,
    secretary: Person,
    approver: Person,
    pairs: list[tuple[Person, Person]],
    units: tuple[str, ...],
) -> Afterwards:
    """A series with a meeting whose answers are there, one that nobody was asked after, and one
    whose answers are awaited. Twenty people or more are in `units`.
    """
    of = Meetings(
        live.app, db, secretary=secretary, approver=approver, pairs=pairs[:2], units=units
    )
    series = of.series(asks_after=True, shows_after=True)
    plan = of.plan(series, message="Tack för att du kom.")
    first, held = of.held_meeting("Mötet om schemat", series=series)
    form = formats.keep(db, meeting=first, by=secretary.id, title="Samtal i små grupper")
    db.commit()
    of.answer(first, *ANSWERED * 3)
    of.released(first, held, live.box_app)
    few = of.meeting("Mötet om lokalerna", series=series, units=units[:1])
    of.follow()
    of.take(few, Action.BEGIN, Action.END)
    of.follow()
    coming, _held = of.held_meeting("Mötet om våren", series=series)
    draft = of.draft()
    review = of.draft(of.series(title="Ledningen möter sjukhuset"))
    planning.submit(db, plan=review, by=secretary.id)
    db.commit()
    return Afterwards(
        plans={"approved": plan.id, "draft": draft.id, "review": review.id},
        series=series.id,
        form=form.id,
        meetings={"released": first.id, "few": few.id, "open": coming.id},
    )
