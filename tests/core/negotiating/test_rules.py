"""What is due, what waits, and the last days before a decision."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialog.core.negotiating import ahead, days
from dialog.core.negotiating.ahead import Block, Wait
from dialog.core.negotiating.backwards import Lead, last_days
from dialog.core.negotiating.rules import ASK_CENTRALLY, RULES, Event, Paragraph, Rules

ELEVEN = RULES[Paragraph.EMPLOYER_FIRST]
NEGOTIATED = [RULES[each] for each in Paragraph if each is not Paragraph.INFORMED]
REQUESTED = date(2026, 11, 30)
CONCLUDED = date(2026, 12, 10)


def due(
    happened: dict[Event, date], on: date, rules: Rules = ELEVEN, *, agreed: bool = False
) -> list[tuple[Event, date, bool]]:
    found = ahead.dues(rules, happened, agreed=agreed, on=on)
    return [(each.term.then, each.on, each.late) for each in found]


def test_a_meeting_is_due_within_two_weeks_of_the_request() -> None:
    requested = {Event.REQUESTED: REQUESTED}
    assert due(requested, REQUESTED) == [(Event.MET, date(2026, 12, 14), False)]
    assert due(requested, date(2026, 12, 15)) == [(Event.MET, date(2026, 12, 14), True)]
    met = {**requested, Event.MET: date(2026, 12, 9)}
    assert due(met, date(2026, 12, 15)) == []
    assert due({**requested, Event.CONCLUDED: CONCLUDED}, date(2027, 3, 1)) == []  # without one


def test_a_central_negotiation_is_asked_for_in_seven_days_and_met_in_three_weeks() -> None:
    concluded = {Event.REQUESTED: REQUESTED, Event.MET: CONCLUDED, Event.CONCLUDED: CONCLUDED}
    assert due(concluded, CONCLUDED) == [(Event.CENTRAL_REQUESTED, date(2026, 12, 17), False)]
    assert due(concluded, date(2026, 12, 18)) == []  # the right is lost, nobody is late
    assert due(concluded, CONCLUDED, agreed=True) == []  # there is nothing to ask for
    late = {**concluded, Event.CENTRAL_REQUESTED: date(2026, 12, 18)}
    assert due(late, date(2026, 12, 18)) == []
    assert ahead.block(ELEVEN, late, agreed=False, on=date(2026, 12, 18)) is None
    asked = {**concluded, Event.CENTRAL_REQUESTED: date(2026, 12, 17)}
    met_by = (Event.CENTRAL_MET, date(2027, 1, 7), False)
    assert due(asked, date(2026, 12, 18)) == [met_by]
    window = (Event.CENTRAL_REQUESTED, date(2026, 12, 17), False)  # of the other organisations
    assert due(asked, date(2026, 12, 17)) == [window, met_by]
    assert due({**asked, Event.CENTRAL_CONCLUDED: CONCLUDED}, date(2026, 12, 17)) == []


@pytest.mark.parametrize("rules", NEGOTIATED)
def test_a_decision_waits_for_the_end_of_the_negotiation_and_of_a_central_one(rules: Rules) -> None:
    def block(*events: Event, agreed: bool = False, on: date = CONCLUDED) -> Block | None:
        happened = dict.fromkeys(events, CONCLUDED)
        return ahead.block(rules, happened, agreed=agreed, on=on)

    assert block(Event.REQUESTED) == Block(Wait.NEGOTIATION)
    assert block(Event.REQUESTED, agreed=True) == Block(Wait.NEGOTIATION)
    window = Block(Wait.CENTRAL_WINDOW, until=date(2026, 12, 17))
    assert block(Event.CONCLUDED) == window
    assert block(Event.CONCLUDED, on=date(2026, 12, 17)) == window
    assert block(Event.CONCLUDED, on=date(2026, 12, 18)) is None
    assert block(Event.CONCLUDED, agreed=True) is None
    central = (Event.CONCLUDED, Event.CENTRAL_REQUESTED)
    assert block(*central, on=date(2027, 6, 1)) == Block(Wait.CENTRAL_NEGOTIATION)
    assert block(*central, Event.CENTRAL_CONCLUDED) is None


def test_a_veto_leaves_no_exception_until_the_negotiation_is_over() -> None:
    rules = RULES[Paragraph.HIRED_WORK]

    def block(*events: Event) -> Block | None:
        happened = dict.fromkeys(events, CONCLUDED)
        return ahead.block(rules, happened, agreed=False, on=CONCLUDED, forbidden=True)

    window = Block(Wait.CENTRAL_WINDOW, until=date(2026, 12, 17), vetoed=True)
    assert block(Event.CONCLUDED) == window
    central = (Event.CONCLUDED, Event.CENTRAL_REQUESTED)
    assert block(*central) == Block(Wait.CENTRAL_NEGOTIATION, vetoed=True)
    assert block(*central, Event.CENTRAL_CONCLUDED) == Block(Wait.VETO)


def test_nothing_waits_for_information() -> None:
    rules = RULES[Paragraph.INFORMED]
    assert ahead.block(rules, {}, agreed=False, on=REQUESTED) is None
    assert due({Event.REQUESTED: REQUESTED}, REQUESTED, rules) == []


def test_a_local_agreement_replaces_a_term() -> None:
    longer = replace(ASK_CENTRALLY, days=14)
    rules = replace(ELEVEN, terms=(longer,))
    blocked = ahead.block(rules, {Event.CONCLUDED: CONCLUDED}, agreed=False, on=CONCLUDED)
    assert blocked == Block(Wait.CENTRAL_WINDOW, until=date(2026, 12, 28))


@given(
    rules=st.sampled_from(NEGOTIATED),
    decision=st.dates(date(2025, 1, 1), date(2035, 12, 31)),
    lead=st.builds(Lead, st.integers(0, 30), st.integers(0, 30), st.integers(0, 20)),
    central=st.booleans(),
)
def test_whoever_keeps_the_last_days_can_decide_on_the_day(
    *, rules: Rules, decision: date, lead: Lead, central: bool
) -> None:
    found = last_days(rules, decision=decision, lead=lead, central=central)
    met, ask, centrally = (
        rules.term(each) for each in (Event.MET, Event.CENTRAL_REQUESTED, Event.CENTRAL_MET)
    )
    assert met
    assert ask
    assert centrally
    assert met.ends(found.requested) <= found.concluded
    later = days.on_or_after(found.requested + timedelta(days=1))
    assert met.ends(later) > found.concluded  # it is the last
    happened = {Event.REQUESTED: found.requested, Event.CONCLUDED: found.concluded}
    if central:
        assert found.central_request
        assert found.central_meeting
        assert ask.ends(found.concluded) <= found.central_request
        assert centrally.ends(found.central_request) <= found.central_meeting
        happened |= {
            Event.CENTRAL_REQUESTED: found.central_request,
            Event.CENTRAL_CONCLUDED: found.central_meeting,
        }
        assert found.central_meeting <= found.attestation - timedelta(days=lead.attestation)
    assert found.concluded <= found.attestation <= found.documents <= decision
    assert not any(days.is_day_of_rest(each) for each in vars(found).values() if each)
    assert ahead.block(rules, happened, agreed=False, on=decision) is None


@given(st.dates(date(2025, 1, 1), date(2035, 12, 31)))
def test_room_for_a_central_negotiation_never_makes_a_last_day_later(decision: date) -> None:
    without, room = (
        last_days(ELEVEN, decision=decision, lead=Lead(), central=central)
        for central in (False, True)
    )
    assert room.requested < without.requested
    assert room.documents == without.documents
