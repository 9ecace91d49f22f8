"""What a round of an independent review demands, and what it gives the university that leads it.

The university is research principal: it sets the questionnaire, holds a key, has its data without
anybody's consent but the round's own approval, and nothing is released before the embargo is over.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID


class SubStudy(StrEnum):
    """The three parts of the review."""

    POLITICAL = "d1"  # the political organisation
    MANAGERS = "d2"  # between levels of managers
    STAFF = "d3"  # staff and management


class Lack(StrEnum):
    """What a review round's plan is without."""

    SUB_STUDY = "sub-study"
    UNIVERSITY = "university"  # nobody is named for it
    AUTHOR = "author"  # the questionnaire is by somebody else
    KEY = "key"  # no key is the university's alone
    DAY = "day"  # until when nothing is released
    DAY_TOO_EARLY = "day-too-early"  # before the answers can have been opened
    NOT_KEPT = "not-kept"  # the answers would be gone before they may be published


class DataAccess(StrEnum):
    """How somebody can have data of some rounds together."""

    TWO_APPROVE = "two-approve"
    FOLLOWS = "follows"  # from the rounds' own approval
    APART = "apart"  # a review's rounds are applied for apart from others
    NOT_THEIRS = "not-theirs"  # of a review only its university has data


@dataclass(frozen=True)
class ReviewPlan:
    """`university` are its people; `keys` holder and deputy of each key that is not the
    platform's; `kept_until` the last day of the answers and of their units.
    """

    university: frozenset[UUID]
    author: UUID
    keys: tuple[tuple[UUID, UUID], ...]
    sub_study: SubStudy | None
    released_from: date | None
    closes_on: date | None
    kept_until: date | None


def lacks(plan: ReviewPlan) -> list[Lack]:
    """Everything that the plan must have before it can be approved."""
    found = []
    if plan.sub_study is None:
        found.append(Lack.SUB_STUDY)
    if not plan.university:
        found.append(Lack.UNIVERSITY)
    elif plan.author not in plan.university:
        found.append(Lack.AUTHOR)
    # A deputy's copy opens as well as the holder's own.
    if not any(plan.university.issuperset(pair) for pair in plan.keys):
        found.append(Lack.KEY)
    if plan.released_from is None:
        found.append(Lack.DAY)
    else:
        if plan.closes_on is not None and plan.released_from <= plan.closes_on:
            found.append(Lack.DAY_TOO_EARLY)
        if plan.kept_until is not None and plan.kept_until < plan.released_from:
            found.append(Lack.NOT_KEPT)
    return found


def under_embargo(released_from: date | None, *, today: date) -> bool:
    """Whether nothing may be released yet. Without a day there is no embargo."""
    return released_from is not None and today < released_from


def access(universities: Sequence[frozenset[UUID] | None], *, applicant: UUID) -> DataAccess:
    """How `applicant` can have data of some rounds: for each the people who were the university's
    when the round was approved, None for a round of no review.
    """
    reviews = [people for people in universities if people is not None]
    if not reviews:
        return DataAccess.TWO_APPROVE
    if any(applicant not in people for people in reviews):
        return DataAccess.NOT_THEIRS
    return DataAccess.FOLLOWS if len(reviews) == len(universities) else DataAccess.APART
