"""The record of an opening with trustees: who did what and when, in plain values. It holds numbers
and hashes, nothing of what anybody answered.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from dialog.people.models import Person
from dialog.surveys.holders import steps_of, trustees_of
from dialog.surveys.models import Round


@dataclass(frozen=True)
class Line:
    """A step. `place` is 0 for the platform; `function` is empty for it and for the ballot box.
    `person` is for those who work with the round; what is published holds no name.
    """

    place: int
    function: str
    by_deputy: bool
    person: str
    at: datetime
    ballots_in: int
    ballots_out: int
    blanks: int
    in_sha256: str
    out_sha256: str

    @property
    def is_box(self) -> bool:
        return not self.function and self.place > 0

    def published(self) -> dict[str, Any]:
        """What everybody may see of it, for JSON."""
        return {
            "place": self.place,
            "function": self.function,
            "by_deputy": self.by_deputy,
            "at": self.at.isoformat(timespec="seconds"),
            "in": self.ballots_in,
            "out": self.ballots_out,
            "blanks": self.blanks,
            "in_sha256": self.in_sha256,
            "out_sha256": self.out_sha256,
        }


def from_published(line: Mapping[str, Any]) -> Line:
    """A line as it was published, without a name."""
    return Line(
        place=line["place"],
        function=line["function"],
        by_deputy=line["by_deputy"],
        person="",
        at=datetime.fromisoformat(line["at"]),
        ballots_in=line["in"],
        ballots_out=line["out"],
        blanks=line["blanks"],
        in_sha256=line["in_sha256"],
        out_sha256=line["out_sha256"],
    )


def of_round(session: Session, *, round_: Round) -> Sequence[Line]:
    """The steps taken so far, the first first; none if the platform alone holds a key."""
    functions = {each.place: each.function for each in trustees_of(session, round_id=round_.id)}
    steps = steps_of(session, round_id=round_.id)
    names = _names(session, {step.person_id for step in steps if step.person_id is not None})
    return [
        Line(
            place=step.place,
            function=functions.get(step.place, ""),
            by_deputy=step.by_deputy,
            person=names.get(step.person_id, "") if step.person_id else "",
            at=step.at,
            ballots_in=step.ballots_in,
            ballots_out=step.ballots_out,
            blanks=step.blanks,
            in_sha256=step.in_sha256,
            out_sha256=step.out_sha256,
        )
        for step in steps
    ]


def _names(session: Session, people: set[UUID]) -> dict[UUID, str]:
    query = select(Person.id, Person.name).where(col(Person.id).in_(people))
    return dict(session.exec(query).all())
