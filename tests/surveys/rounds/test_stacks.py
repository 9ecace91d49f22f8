"""Printed codes: made, shuffled, used once, withdrawn, counted, and remembered after a restore."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import uuid4

import numpy as np
import pytest
import time_machine
from flask import Flask
from sqlmodel import Session, col, select

from dialog.core.ballots import respondent
from dialog.core.errors import RefusedError
from dialog.core.levels import Level
from dialog.settings import Settings
from dialog.storage.clock import now
from dialog.surveys import issued_marks, secrets
from dialog.surveys.models import Access, CodeStack, Invitation, LinkIssue, Round, RoundState
from dialog.surveys.rounds import (
    disposing,
    inviting,
    queries,
    reconciling,
    response_rate,
    stacks,
    steps,
)
from dialog.web.slips import Slip
from tests.pipeline import Pipeline
from tests.surveys.rounds.cast import Cast, desk_of


@pytest.fixture
def cast(db: Session) -> Cast:
    return Cast(db)


@pytest.fixture
def round_(cast: Cast) -> Round:
    """An approved round for which codes can be printed."""
    return cast.approved(access=Access.CODES, reminders=[])


@pytest.fixture
def printing(pipeline: Pipeline) -> Pipeline:
    """An open round into which printed codes lead."""
    pipeline.round = pipeline.make_round(Access.CODES)
    issued_marks.begin(pipeline.settings, round_id=pipeline.round.id)
    return pipeline


def number_of(slip: Slip) -> int:
    found = secrets.read(slip.code)
    assert found is not None
    return found.number


def stack_in(pipeline: Pipeline, count: int = 12, **more: object) -> tuple[CodeStack, list[Slip]]:
    """A stack of the pipeline's round, committed, with its slips."""
    stack = stacks.make(pipeline.db, round_=pipeline.round, count=count, by=None, **more)  # type: ignore[arg-type]
    slips = stacks.slips(pipeline.db, stack=stack, settings=pipeline.settings)
    pipeline.db.commit()
    return stack, slips


def withdraw(pipeline: Pipeline, stack: CodeStack) -> None:
    stacks.withdraw(pipeline.db, round_=pipeline.round, stack=stack, by=None)
    pipeline.db.commit()


def reason(pipeline: Pipeline, slip: Slip, what: str = "place") -> str:
    body = {"secret": slip.code}
    if what == "issue":
        body = respondent.issue_request(pipeline.seal(), secret=slip.code)
    answer = pipeline.ask(what, body)
    assert answer.json is not None
    return str(answer.json.get("reason", answer.status_code))


def rank_correlation(values: Sequence[float]) -> float:
    """Of the values, which all differ, with their places: 1 in order, -1 in reverse."""
    ranks = np.argsort(np.argsort(values))
    return float(np.corrcoef(ranks, np.arange(len(values)))[0, 1])


# What a stack is


def test_a_code_is_nobodys_and_stands_nowhere(
    db: Session, settings: Settings, cast: Cast, round_: Round
) -> None:
    stack = stacks.make(db, round_=round_, count=20, by=None, unit=cast.units[0], level=Level.STAFF)
    slips = stacks.slips(db, stack=stack, settings=settings)
    rows = db.exec(select(Invitation).where(Invitation.stack_id == stack.id)).all()
    assert len({slip.code for slip in slips}) == len(rows) == 20
    assert {row.person_id for row in rows} == {None}
    assert {(row.unit_id, row.level) for row in rows} == {(cast.units[0].id, "staff")}
    stored = " ".join(str(row.model_dump()) for row in [*rows, stack])
    for slip in slips:
        assert slip.code.replace("-", "").lower() not in stored
        assert slip.link.partition("#")[2] not in stored
        assert slip.link.startswith(f"{settings.base_url}/enkat/{round_.id}#")


def test_the_order_of_slips_says_nothing_of_numbers_ids_rows_or_another_printing(
    db: Session, settings: Settings, round_: Round
) -> None:
    many = 400
    stack = stacks.make(db, round_=round_, count=many, by=None)
    rows = db.exec(select(Invitation).where(Invitation.stack_id == stack.id)).all()
    row = {each.number: place for place, each in enumerate(rows)}  # as the database gives them
    ids = {each.number: str(each.id) for each in rows}
    first, second = (
        [number_of(slip) for slip in stacks.slips(db, stack=stack, settings=settings)]
        for _printing in range(2)
    )
    assert sorted(first) == sorted(second)
    again = {number: place for place, number in enumerate(second)}
    by_id = {number: place for place, number in enumerate(sorted(ids, key=ids.__getitem__))}
    for known in (
        [float(number) for number in first],
        [float(row[number]) for number in first],
        [float(by_id[number]) for number in first],
        [float(again[number]) for number in first],
    ):
        # Of no order, the rank correlation of 400 is within 0.25 but for one time in a million.
        assert abs(rank_correlation(known)) < 0.25
    # And the numbers were not drawn in order either.
    assert abs(rank_correlation([float(each.number) for each in rows])) < 0.25


def test_every_printing_holds_used_codes_too(printing: Pipeline) -> None:
    stack, slips = stack_in(printing)
    printing.token(printing.seal(), slips[0].code)
    printing.db.expire_all()
    again = stacks.slips(printing.db, stack=stack, settings=printing.settings)
    assert {slip.code for slip in again} == {slip.code for slip in slips}


# When codes are made


@pytest.mark.parametrize("count", [0, 9, 501])
def test_a_stack_is_neither_so_small_that_it_points_at_somebody_nor_endless(
    db: Session, round_: Round, count: int
) -> None:
    with pytest.raises(RefusedError, match="minst 10 och högst 500"):
        stacks.make(db, round_=round_, count=count, by=None)
    assert db.exec(select(CodeStack)).all() == []


def test_sending_the_form_twice_makes_one_stack(db: Session, round_: Round) -> None:
    id_ = uuid4()
    first = stacks.make(db, round_=round_, count=10, by=None, stack_id=id_)
    assert stacks.make(db, round_=round_, count=10, by=None, stack_id=id_) is first
    assert len(db.exec(select(Invitation)).all()) == 10


def test_codes_are_made_only_for_a_round_planned_for_them_and_not_before_approval(
    db: Session, cast: Cast
) -> None:
    with pytest.raises(RefusedError, match="inte planerad för koder"):
        stacks.make(db, round_=cast.approved(), count=10, by=None)
    with pytest.raises(RefusedError, match="godkänd eller öppen"):
        stacks.make(db, round_=cast.plan(access=Access.CODES), count=10, by=None)


def test_a_unit_outside_the_audience_is_refused(db: Session, cast: Cast) -> None:
    round_ = cast.approved(
        access=Access.BOTH, audience={"units": [cast.units[0].code], "levels": []}, k=5
    )
    with pytest.raises(RefusedError, match="målgrupp"):
        stacks.make(db, round_=round_, count=10, by=None, unit=cast.units[1])


def test_sheets_can_be_fetched_for_an_hour_and_never_when_withdrawn(
    db: Session, settings: Settings, round_: Round
) -> None:
    stack = stacks.make(db, round_=round_, count=10, by=None)
    made = stacks.printed(db, round_=round_, stack=stack, settings=settings)
    assert made.startswith(b"%PDF-")
    late = time_machine.travel(now() + timedelta(minutes=61))
    with late, pytest.raises(RefusedError, match="i en timme"):
        stacks.printed(db, round_=round_, stack=stack, settings=settings)
    stacks.withdraw(db, round_=round_, stack=stack, by=None)
    with pytest.raises(RefusedError, match="tillbakadragen"):
        stacks.printed(db, round_=round_, stack=stack, settings=settings)


def test_the_file_tells_neither_when_it_was_made_nor_by_whom(
    db: Session, settings: Settings, round_: Round
) -> None:
    stack = stacks.make(db, round_=round_, count=10, by=None)
    made = stacks.printed(db, round_=round_, stack=stack, settings=settings)
    for trace in (
        b"CreationDate",
        b"CreateDate",
        b"ModifyDate",
        b"/Author",
        str(stack.id).encode(),
    ):
        assert trace not in made


def test_both_ways_invite_by_mail_and_leave_printed_codes_without_mail(
    db: Session, settings: Settings, cast: Cast
) -> None:
    round_ = cast.approved(access=Access.BOTH)
    stacks.make(db, round_=round_, count=10, by=None)
    inviting.start(db, round_=round_, by=None, settings=settings)
    mailing = queries.mailing(db, round_=round_)
    assert mailing is not None
    assert (round_.invited, mailing.invited) == (15, 15)
    assert queries.codes_printed(db, round_=round_) == (10, 0)


# How they are used


@pytest.mark.parametrize("way", ["code", "link"])
def test_a_slip_leads_to_one_answer_and_no_second(printing: Pipeline, way: str) -> None:
    _stack, slips = stack_in(printing, unit=printing.units[1])
    secret = slips[0].code if way == "code" else slips[0].link.partition("#")[2]
    place = printing.ask("place", {"secret": secret})
    assert place.json == {"unit": "B", "level": "", "answered": False}
    made = printing.seal()
    assert printing.post(printing.token(made, secret)).status_code == 201
    assert printing.issue(made, secret).status_code == 200  # a retry is harmless
    assert printing.issue(printing.seal(), slips[0].code).status_code == 409
    answered = printing.ask("place", {"secret": slips[0].code}).json
    assert answered is not None
    assert answered["answered"] is True


def test_a_stack_without_a_unit_leaves_the_choice_to_the_respondent(printing: Pipeline) -> None:
    _stack, slips = stack_in(printing)
    place = printing.ask("place", {"secret": slips[0].code})
    assert place.json == {"unit": "", "level": "", "answered": False}


def test_without_a_code_nobody_comes_in(printing: Pipeline) -> None:
    assert printing.ask("place", {}).status_code == 404


def test_of_a_withdrawn_stack_unused_codes_stop_and_used_ones_count(printing: Pipeline) -> None:
    stack, slips = stack_in(printing)
    made = printing.seal()
    first = printing.issue(made, slips[0].code)
    withdraw(printing, stack)
    withdraw(printing, stack)
    assert printing.issue(made, slips[0].code).data == first.data  # lost on the way, asked again
    assert reason(printing, slips[1]) == reason(printing, slips[1], "issue") == "withdrawn"
    assert reason(printing, slips[0], "issue") == "issued"
    happened = steps.steps_of(printing.db, round_=printing.round)
    assert [each.action for each, _name in happened].count(stacks.WITHDRAWN) == 1


def test_another_stack_goes_on_when_one_is_withdrawn(printing: Pipeline) -> None:
    lost, _slips = stack_in(printing)
    _kept, slips = stack_in(printing)
    withdraw(printing, lost)
    assert printing.issue(printing.seal(), slips[0].code).status_code == 200


def test_a_code_can_be_guessed_ten_times_and_then_waits(printing: Pipeline) -> None:
    _stack, slips = stack_in(printing)
    good = slips[0].code
    wrong = good[:-1] + ("0" if good[-1] != "0" else "1")
    answers = [printing.ask("place", {"secret": wrong}).status_code for _try in range(12)]
    assert answers[:10] == [404] * 10
    assert answers[-1] == 429
    assert printing.ask("place", {"secret": slips[1].code}).status_code == 200


def test_a_round_by_codes_is_opened_like_any_other(printing: Pipeline) -> None:
    _stack, slips = stack_in(printing, unit=printing.units[0])
    for slip in slips:
        assert printing.post(printing.token(printing.seal(), slip.code)).status_code == 201
    printing.close()
    assert printing.open().opened
    assert len(printing.responses()) == printing.round.tokens_issued == len(slips)


# How they are counted


def test_codes_used_are_counted_apart_and_only_from_k(app: Flask, db: Session, cast: Cast) -> None:
    settings = app.extensions["settings"]
    round_ = cast.opened_to_all(settings, access=Access.BOTH, reminders=[])
    stack = stacks.make(db, round_=round_, count=30, by=None, unit=cast.units[0])
    other = stacks.make(db, round_=round_, count=20, by=None)
    used(db, stack, 9)
    assert counted(db, round_) == (None, {})
    used(db, stack, 12)
    used(db, other, 3)  # too few to stand beside the others: they would follow by subtraction
    assert counted(db, round_) == (15, {})
    used(db, other, 11)
    assert counted(db, round_) == (23, {"F1": [12, 30], "": [11, 20]})
    assert db.get_one(Round, round_.id).rate_shown is None  # nobody has answered by mail


def test_withdrawing_changes_no_number_from_which_a_stacks_use_could_be_told(
    app: Flask, db: Session, cast: Cast
) -> None:
    round_ = cast.opened_to_all(app.extensions["settings"], access=Access.CODES, reminders=[])
    stack = stacks.make(db, round_=round_, count=30, by=None, unit=cast.units[0])
    lost = stacks.make(db, round_=round_, count=10, by=None, unit=cast.units[0])
    used(db, stack, 12)
    used(db, lost, 3)
    before = counted(db, round_)
    stacks.withdraw(db, round_=round_, stack=lost, by=None)
    assert counted(db, round_) == before == (15, {"F1": [15, 40]})
    assert queries.codes_printed(db, round_=round_) == (40, 10)


def used(db: Session, stack: CodeStack, count: int) -> None:
    query = select(Invitation).where(Invitation.stack_id == stack.id)
    for row in db.exec(query.order_by(col(Invitation.number)).limit(count)):
        row.issued = True
        db.add(row)
    db.commit()


def counted(db: Session, round_: Round) -> tuple[int | None, dict[str, list[int]]]:
    response_rate.update(db, round_=round_)
    db.commit()
    return round_.codes_shown, round_.codes_by_unit


# After a restore, and in the end


def test_after_a_restore_a_used_code_stays_used(printing: Pipeline) -> None:
    _stack, slips = stack_in(printing)
    printing.token(printing.seal(), slips[0].code)
    forget_answers(printing)
    reconciling.after_restore(printing.db, settings=printing.settings)
    reconciling.reconcile(printing.db, round_=printing.round, by=None, settings=printing.settings)
    printing.change(RoundState.OPEN)
    assert reason(printing, slips[0], "issue") == "issued"
    assert printing.issue(printing.seal(), slips[1].code).status_code == 200


def test_tokens_for_codes_that_the_backup_had_not_are_still_counted(printing: Pipeline) -> None:
    stack, slips = stack_in(printing)
    printing.token(printing.seal(), slips[0].code)
    printing.db.expire_all()
    for row in printing.db.exec(select(Invitation).where(Invitation.stack_id == stack.id)):
        printing.db.delete(row)
    printing.db.commit()
    for _again in range(2):
        reconciling.take_marks(printing.db, round_=printing.round, settings=printing.settings)
        printing.db.commit()
    assert len(printing.db.exec(select(LinkIssue)).all()) == 1
    assert reason(printing, slips[1]) == "unknown"


def forget_answers(pipeline: Pipeline) -> None:
    pipeline.db.expire_all()
    for row in pipeline.db.exec(select(Invitation).where(col(Invitation.issued))):
        row.issued, row.blinded_hash = False, ""
        pipeline.db.add(row)
    pipeline.db.commit()


def test_codes_are_disposed_of_with_the_list(app: Flask, db: Session, cast: Cast) -> None:
    round_ = cast.opened_to_all(app.extensions["settings"], access=Access.CODES, reminders=[])
    stacks.make(db, round_=round_, count=10, by=None)
    round_.state = RoundState.CLOSED
    until = round_.keep_list_until
    assert until is not None
    db.add(round_)
    db.commit()
    with time_machine.travel(now() + timedelta(days=70)):
        disposing.dispose_due(desk_of(app))
    assert db.exec(select(Invitation)).all() == []
    assert db.exec(select(CodeStack)).all() == []
