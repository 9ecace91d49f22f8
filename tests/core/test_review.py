"""What a review round demands and gives, by itself."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from dialog.core.review import DataAccess, Lack, ReviewPlan, SubStudy, access, lacks, under_embargo

AUTHOR, HOLDER, DEPUTY, STRANGER = (uuid4() for _ in range(4))
UNIVERSITY = frozenset({AUTHOR, HOLDER, DEPUTY})
DAY = date(2027, 3, 1)
WHOLE = ReviewPlan(
    university=UNIVERSITY,
    author=AUTHOR,
    keys=((STRANGER, uuid4()), (HOLDER, DEPUTY)),
    sub_study=SubStudy.STAFF,
    released_from=DAY,
    closes_on=DAY - timedelta(days=30),
    kept_until=DAY,
)


def test_a_whole_plan_lacks_nothing() -> None:
    assert lacks(WHOLE) == []


@pytest.mark.parametrize(
    ("changed", "lack"),
    [
        ({"sub_study": None}, Lack.SUB_STUDY),
        ({"author": STRANGER}, Lack.AUTHOR),
        ({"keys": ()}, Lack.KEY),
        ({"keys": ((STRANGER, DEPUTY),)}, Lack.KEY),
        ({"released_from": None}, Lack.DAY),
        ({"closes_on": DAY}, Lack.DAY_TOO_EARLY),
        ({"kept_until": DAY - timedelta(days=1)}, Lack.NOT_KEPT),
    ],
)
def test_each_thing_that_is_lacking_is_said_alone(changed: dict[str, object], lack: Lack) -> None:
    assert lacks(replace(WHOLE, **changed)) == [lack]  # type: ignore[arg-type]  # a table of cases


def test_a_deputy_outside_the_university_makes_a_key_not_its_own() -> None:
    assert lacks(replace(WHOLE, keys=((HOLDER, STRANGER),))) == [Lack.KEY]


def test_without_people_the_university_is_what_is_lacking() -> None:
    assert lacks(replace(WHOLE, university=frozenset())) == [Lack.UNIVERSITY, Lack.KEY]


def test_an_embargo_holds_until_the_day_before_and_none_without_a_day() -> None:
    assert under_embargo(DAY, today=DAY - timedelta(days=1))
    assert not under_embargo(DAY, today=DAY)
    assert not under_embargo(None, today=date.min)


@pytest.mark.parametrize(
    ("universities", "expected"),
    [
        ([None, None], DataAccess.TWO_APPROVE),
        ([], DataAccess.TWO_APPROVE),
        ([UNIVERSITY], DataAccess.FOLLOWS),
        ([UNIVERSITY, UNIVERSITY | {STRANGER}], DataAccess.FOLLOWS),
        ([UNIVERSITY, None], DataAccess.APART),
        ([frozenset({STRANGER})], DataAccess.NOT_THEIRS),
        ([UNIVERSITY, frozenset({STRANGER})], DataAccess.NOT_THEIRS),
        ([frozenset({STRANGER}), None], DataAccess.NOT_THEIRS),
        ([frozenset()], DataAccess.NOT_THEIRS),
    ],
)
def test_data_of_a_review_are_its_universitys_and_others_need_two_approvals(
    universities: list[frozenset[UUID] | None], expected: DataAccess
) -> None:
    assert access(universities, applicant=AUTHOR) is expected
