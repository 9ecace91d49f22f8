"""What happens to a request: each step checked against the table, and kept."""

from collections.abc import Sequence
from datetime import date
from typing import Final
from uuid import UUID

from flask_babel import gettext as _
from sqlmodel import Session

from dialog.core.errors import IllegalTransitionError
from dialog.core.requests import OPEN, TRANSITIONS, Action, State, possible
from dialog.people import steps
from dialog.people.steps import Steps
from dialog.requests.models import DisclosureRequest, RequestStep
from dialog.requests.words import DOING, STATES
from dialog.storage.clock import STOCKHOLM, midnight
from dialog.web.refusing import illegal

MAKE: Final = "make"


def refusal(state: State, action: Action) -> IllegalTransitionError:
    wrong = _(
        "Det går inte att %(what)s: begäran är i läget ”%(state)s”.",
        what=DOING[action],
        state=STATES[state][0],
    )
    doing = [DOING[each] for each in possible(state)]
    return illegal(wrong, doing, over=_("Inget mer kan göras med den."))


_STEPS: Final = Steps(RequestStep, of="request_id", table=TRANSITIONS, refusal=refusal)


def check(session: Session, *, request: DisclosureRequest, action: Action) -> None:
    """Hold the request, and refuse if `action` is not possible. Nothing is changed then."""
    _STEPS.check(session, request, action)


def hold(session: Session, *, request: DisclosureRequest) -> None:
    steps.hold(session, request)


def take(
    session: Session,
    *,
    request: DisclosureRequest,
    action: Action,
    by: UUID,
    reason: str = "",
    after: State | None = None,
) -> RequestStep:
    """An official's step. Raises IllegalTransitionError."""
    return _STEPS.take(session, request, action, by=by, reason=reason, after=after)


def locate(session: Session, *, request: DisclosureRequest, by: UUID) -> None:
    """What the request is about changes: it is to be assessed, by the official or the authority."""
    check(session, request=request, action=Action.LOCATE)
    after = State.LOCATED if request.state in OPEN else request.state
    take(session, request=request, action=Action.LOCATE, by=by, after=after)


def take_unknown(session: Session, *, request: DisclosureRequest, action: Action) -> None:
    """The requester's step: of when, only the day is kept. Raises IllegalTransitionError."""
    _STEPS.take(session, request, action, by=None, at=midnight())


def begin(session: Session, *, request: DisclosureRequest) -> None:
    """The first: it came in."""
    _STEPS.keep(session, request, MAKE, by=None, at=midnight())


def steps_of(session: Session, *, request: DisclosureRequest) -> Sequence[tuple[RequestStep, str]]:
    """What has happened, with the official's name (empty: the requester), by days. Within a day
    in the order of the table, for the requester's steps have no time.
    """
    order = [MAKE, *Action]

    def place(kept: tuple[RequestStep, str]) -> tuple[date, int]:
        return kept[0].at.astimezone(STOCKHOLM).date(), order.index(kept[0].action)

    return sorted(_STEPS.kept(session, request), key=place)
