"""What can happen to a commitment, over every state, day and number of answers."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from dialog.core.commitments import (
    NEARLY_ALL,
    REMINDED_LATE,
    REMINDERS,
    TRANSITIONS,
    Action,
    Standing,
    State,
    Verdict,
    is_late,
    possible,
    reminder_due,
    said,
    standing,
)

DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))
NUMBERS = st.integers(0, 60)
ENDS = {State.CLOSED, State.DROPPED}


@given(st.lists(st.sampled_from(Action), max_size=20))
def test_whatever_is_tried_what_is_done_was_promised_and_what_ended_stays_so(
    tried: list[Action],
) -> None:
    state, passed = State.PROPOSED, [State.PROPOSED]
    for action in tried:
        if state in TRANSITIONS[action].before:
            assert state not in ENDS
            state = TRANSITIONS[action].after or state
            passed.append(state)
    if State.DONE in passed:
        assert State.ACCEPTED in passed[: passed.index(State.DONE)]
    for answered in {State.CONFIRMED, State.DISPUTED} & set(passed):
        assert passed[passed.index(answered) - 1] is State.DONE


def test_every_state_can_be_left_by_people_or_by_time_but_the_two_ends() -> None:
    for state in State:
        leads = {step.after for step in TRANSITIONS.values() if state in step.before} - {
            None,
            state,
        }
        assert bool(leads) is (state not in ENDS)
        assert bool(possible(state)) is (state not in ENDS)


def test_nobody_confirms_by_a_button() -> None:
    for state in State:
        assert not {Action.CONFIRM, Action.DISPUTE, Action.LAPSE} & set(possible(state))


@given(NUMBERS, NUMBERS, st.integers(2, 20))
def test_few_answers_tell_nothing_and_near_agreement_no_numbers(
    confirm: int, dispute: int, k: int
) -> None:
    told = said(confirm, dispute, k=k)
    number = confirm + dispute
    if number < k:
        assert told.verdict is Verdict.FEW
    if number < k or max(confirm, dispute) >= NEARLY_ALL * number:
        assert told.confirm is None
        assert told.dispute is None
    else:
        assert (told.confirm, told.dispute) == (confirm, dispute)
        assert min(confirm, dispute) >= 1  # nobody knows how everybody answered


@given(NUMBERS, NUMBERS)
def test_one_more_who_agrees_never_turns_a_confirmation_into_a_dispute(
    confirm: int, dispute: int
) -> None:
    before, after = said(confirm, dispute, k=1), said(confirm + 1, dispute, k=1)
    if before.verdict is Verdict.CONFIRMED:
        assert after.verdict is Verdict.CONFIRMED
    if confirm + dispute:
        assert (before.verdict is Verdict.CONFIRMED) is (confirm > dispute)


@given(st.sampled_from(State), st.sampled_from(Verdict), st.none() | DAYS, DAYS)
def test_what_is_late_is_shown_so_and_nothing_else_is(
    state: State, verdict: Verdict, due: date | None, today: date
) -> None:
    assert (standing(state, verdict, due, today) is Standing.LATE) is is_late(state, due, today)
    assert not is_late(state, today, today)  # the day itself is in time


@given(DAYS)
def test_each_reminder_of_a_day_comes_once_in_its_turn_and_none_comes_late(due: date) -> None:
    days = [due + timedelta(days=n) for n in range(-30, 60)]
    given_ = [found for day in days if (found := reminder_due(due, day)) is not None]
    assert tuple(dict.fromkeys(given_)) == REMINDERS
    for day in days:
        found = reminder_due(due, day)
        if found is not None:
            assert 0 <= (day - due).days - found < REMINDED_LATE
