"""Deciding which units a round publishes together: while its plan is a draft, and never later."""

from collections.abc import Collection, Sequence
from itertools import count
from typing import Final
from uuid import UUID

from babel.lists import format_list
from sqlmodel import Session

from dialog.core.disclosure.joining import ResultGroup
from dialog.core.errors import RefusedError
from dialog.organisation import queries as organisation
from dialog.organisation.reading import OF_A_GROUP
from dialog.surveys import result_groups
from dialog.surveys.models import Round
from dialog.surveys.rounds import neighbours, planning, steps
from dialog.surveys.rounds.neighbours import Neighbours, Units

LONGEST_NAME: Final = 120  # of one that is made of the units' own
CODE_OF_PARENT: Final = 50  # characters of it that begin the group's


def accept(
    session: Session, *, round_: Round, by: UUID, percent: int, only: Units | None = None
) -> int:
    """Declare what is proposed if `percent` answer, or the one of it that is `only`; gives how
    many groups. Asked again there is nothing left to declare.
    """
    steps.hold(session, round_=round_)
    found = neighbours.of(session, round_=round_)
    proposed = neighbours.proposal(found, round_=round_, percent=percent)
    chosen = [units for units in proposed if only is None or units == only]
    groups = result_groups.of(round_)
    taken = {group.code for group in groups} | organisation.codes_with(session, part=OF_A_GROUP)
    for units in chosen:
        groups.append(_named(found, units, taken))
        taken.add(groups[-1].code)
    _keep(session, round_, by, groups)
    return len(chosen)


def declare(
    session: Session,
    *,
    round_: Round,
    by: UUID,
    name: str,
    units: Sequence[str],
    code: str | None = None,
) -> ResultGroup:
    """Join `units` under a name (one of their own, if it is empty): a new group, or what becomes
    of the one with `code`. Raises RefusedError if they cannot be a group.
    """
    steps.hold(session, round_=round_)
    found = neighbours.of(session, round_=round_)
    groups = result_groups.of(round_)
    others = [group for group in groups if group.code != code]
    chosen = tuple(unit for unit in found.names if unit in set(units))
    complaint = neighbours.fault(
        found, chosen if len(chosen) == len(set(units)) else units, k=round_.k, others=others
    )
    if complaint:
        raise RefusedError(complaint)
    used = {group.code for group in others} | organisation.codes_with(session, part=OF_A_GROUP)
    made = _named(found, chosen, used, name=planning.one_line(name), code=code)
    if code is None:
        groups = [*groups, made]
    else:
        groups = [made if group.code == code else group for group in groups]
    _keep(session, round_, by, groups)
    return made


def drop(session: Session, *, round_: Round, by: UUID, codes: Collection[str]) -> None:
    """Take groups away again. One that is not there is no fault."""
    steps.hold(session, round_=round_)
    kept = [group for group in result_groups.of(round_) if group.code not in codes]
    _keep(session, round_, by, kept)


def _keep(session: Session, round_: Round, by: UUID, groups: Sequence[ResultGroup]) -> None:
    kept = result_groups.as_json(groups)
    planning.change(session, round_=round_, by=by, result_groups=kept)


def _named(
    found: Neighbours,
    units: Units,
    taken: Collection[str],
    *,
    name: str = "",
    code: str | None = None,
) -> ResultGroup:
    parent = found.parents[units[0]] or ""
    return ResultGroup(code or _code(parent, taken), name or name_of(found, units), units)


def name_of(found: Neighbours, units: Units) -> str:
    """What a group is called unless somebody names it: by its units, or if that is long by the
    first of them. In Swedish as their names are, whoever reads it later.
    """
    whole = str(format_list([found.names[unit] for unit in units], locale="sv"))
    if len(whole) <= LONGEST_NAME:
        return whole
    return f"{found.names[units[0]][:LONGEST_NAME]} med flera ({len(units)} enheter)"


def _code(parent: str, taken: Collection[str]) -> str:
    """A code that nothing has, and no unit of a later roster either: none may have OF_A_GROUP."""
    begins = f"{parent[:CODE_OF_PARENT]}{OF_A_GROUP}"
    return next(code for number in count(1) if (code := f"{begins}{number}") not in taken)
