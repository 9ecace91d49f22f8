"""Steps of something with states: checked against its table, and each kept with who, when and why.

A room gives the tables of its own things; a row of steps has `person_id`, `at`, `action`, `before`,
`after` and `reason`, and a column that says what it is of.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from sqlmodel import Session, col, select

from dialog.core.errors import IllegalTransitionError
from dialog.core.transitions import Transition
from dialog.people.models import Person
from dialog.storage.clock import now
from dialog.storage.rows import Row

Step = TypeVar("Step", bound=Row)


def hold(session: Session, thing: Any) -> None:
    """Read it again and keep others from changing it until this transaction ends."""
    session.flush()
    session.refresh(thing, with_for_update=True)


class Steps(Generic[Step]):
    """Those of one kind of thing: `of` is the column of `rows` that holds its id."""

    def __init__(
        self,
        rows: type[Step],
        *,
        of: str,
        table: Mapping[Any, Transition[Any]],
        refusal: Callable[[Any, Any], IllegalTransitionError],
    ) -> None:
        self._rows, self._of = rows, of
        self._table, self._refusal = table, refusal

    def check(self, session: Session, thing: Any, action: Any) -> None:
        """Hold it, and refuse if `action` is not possible. Nothing is changed then."""
        hold(session, thing)
        if thing.state not in self._table[action].before:
            raise self._refusal(thing.state, action)

    def take(
        self,
        session: Session,
        thing: Any,
        action: Any,
        *,
        by: UUID | None,
        reason: str = "",
        after: Any = None,
        **more: Any,
    ) -> Step:
        """Change the state and keep the step. `by` None is the platform itself; `after` is where a
        step leads whose end the table leaves open. Raises IllegalTransitionError.
        """
        self.check(session, thing, action)
        before = thing.state
        thing.state = self._table[action].after or after or before
        return self.keep(session, thing, action, by=by, before=before, reason=reason, **more)

    def keep(
        self,
        session: Session,
        thing: Any,
        action: str,
        *,
        by: UUID | None,
        before: Any = None,
        reason: str = "",
        at: datetime | None = None,
        **more: Any,
    ) -> Step:
        """Write down what happened, now or `at` a moment that tells less. `more` are columns that
        only this kind of thing has.
        """
        step = self._rows(
            **{self._of: thing.id},
            person_id=by,
            at=at or now(),
            action=str(action),
            before=str(before or thing.state),
            after=str(thing.state),
            reason=reason,
            **more,
        )
        session.add(thing)
        session.add(step)
        session.flush()
        return step

    def kept(self, session: Session, thing: Any) -> list[tuple[Step, str]]:
        """What has happened, the first first, with the name of who did it (empty: the platform)."""
        rows: Any = self._rows
        query = (
            select(rows, Person.name)
            .join(Person, col(Person.id) == rows.person_id, isouter=True)
            .where(getattr(rows, self._of) == thing.id)
            .order_by(rows.at, rows.id)
        )
        return [(step, name or "") for step, name in session.exec(query)]
