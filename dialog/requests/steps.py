"""What happens to a request: each step checked against the table, and kept."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final
from uuid import UUID

from flask_babel import gettext as _
from sqlmodel import Session, select

from dialog.core.errors import IllegalTransitionError
from dialog.core.requests import OPEN, TRANSITIONS, Action, State, possible
from dialog.people import steps
from dialog.people.steps import Steps
from dialog.requests.models import DisclosureRequest, RequestedDocument, RequestStep
from dialog.requests.words import DOING, HINDRANCES, STATES
from dialog.storage.clock import STOCKHOLM, midnight
from dialog.web.refusing import illegal

MAKE: Final = "make"


def _refusal(
    state: State, action: Action, now_possible: Sequence[Action] = (), *, hindrance: Any = ""
) -> IllegalTransitionError:
    wrong = hindrance or _(
        "Det går inte att %(what)s: begäran är i läget ”%(state)s”.",
        what=DOING[action],
        state=STATES[state][0],
    )
    doing = [DOING[each] for each in now_possible]
    return illegal(str(wrong), doing, over=_("Inget mer kan göras med den."))


_STEPS: Final = Steps(RequestStep, of="request_id", table=TRANSITIONS, refusal=_refusal)
# What a step takes besides a state of the table.
_BESIDES: Final[Mapping[Action, Callable[[Session, DisclosureRequest], bool]]] = {
    Action.FIND_NOTHING: lambda session, request: not _is_about_any(session, request),
    Action.REGISTER: lambda _session, request: request.line_id is None,
    Action.CONTEST: lambda _session, request: request.contestable,
    Action.APPEAL: lambda _session, request: request.decided_on is not None,
}


def can(session: Session, *, request: DisclosureRequest) -> list[Action]:
    """What officials can do with it now, in the order of the table."""
    return [each for each in possible(request.state) if _fits(session, request, each)]


def refusal(
    session: Session, *, request: DisclosureRequest, action: Action
) -> IllegalTransitionError:
    """Why it cannot be done, and what can."""
    state_fits = request.state in TRANSITIONS[action].before
    hindrance = HINDRANCES.get(action, "") if state_fits else ""
    now_possible = can(session, request=request)
    return _refusal(request.state, action, now_possible, hindrance=hindrance)


def check(session: Session, *, request: DisclosureRequest, action: Action) -> None:
    """Hold the request, and refuse if `action` is not possible. Nothing is changed then. Raises
    IllegalTransitionError.
    """
    hold(session, request=request)
    if request.state not in TRANSITIONS[action].before or not _fits(session, request, action):
        raise refusal(session, request=request, action=action)


def _fits(session: Session, request: DisclosureRequest, action: Action) -> bool:
    besides = _BESIDES.get(action)
    return besides is None or besides(session, request)


def _is_about_any(session: Session, request: DisclosureRequest) -> bool:
    query = select(RequestedDocument.id).where(RequestedDocument.request_id == request.id)
    return session.exec(query.limit(1)).first() is not None


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
    check(session, request=request, action=action)
    return _STEPS.take(session, request, action, by=by, reason=reason, after=after)


def locate(session: Session, *, request: DisclosureRequest, by: UUID) -> None:
    """What the request is about changes: it is to be assessed, by the official or the authority."""
    hold(session, request=request)
    after = State.LOCATED if request.state in OPEN else request.state
    take(session, request=request, action=Action.LOCATE, by=by, after=after)


def take_unknown(session: Session, *, request: DisclosureRequest, action: Action) -> None:
    """The requester's step: of when, only the day is kept. Raises IllegalTransitionError."""
    check(session, request=request, action=action)
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
