"""What can happen to a matter, which day counts, and what a local agreement changes."""

from dialog.core.negotiating.agreements import REPLACEABLE, Times, under
from dialog.core.negotiating.matters import (
    TAKEN_BY,
    TRANSITIONS,
    Action,
    State,
    possible,
)
from dialog.core.negotiating.rules import RULES, Event, Paragraph


def test_every_state_but_the_last_can_be_left_and_every_step_is_somebodys() -> None:
    assert set(TAKEN_BY) == set(TRANSITIONS) == set(Action)
    for state in State:
        leads = {step.after for step in TRANSITIONS.values() if state in step.before}
        assert bool(leads) is (state is not State.CLOSED), state
    law = RULES[Paragraph.INFORMED]
    assert possible(State.CLOSED, law) == ()
    assert Action.NOTE not in possible(State.INFORMED, law)  # the parties' receipts do that


def test_a_decision_is_never_reached_from_before_the_conclusion_by_the_table_alone() -> None:
    assert TRANSITIONS[Action.DECIDE].after is None
    assert not any(step.after is State.DECIDED for step in TRANSITIONS.values())


def test_a_local_agreement_changes_its_times_and_is_named_as_their_source_alone() -> None:
    law = RULES[Paragraph.EMPLOYER_FIRST]
    assert under(law, Times(), source="Avtalet") == law
    own = under(law, Times(central_days=10), source="Avtalet")
    changed = own.term(Event.CENTRAL_REQUESTED)
    assert changed is not None
    assert (changed.days, changed.weeks, changed.source) == (10, 0, "Avtalet")
    assert own.term(Event.MET) == law.term(Event.MET)
    assert own.exception == law.exception


def test_a_veto_is_known_after_38_alone_when_the_negotiation_is_over_also_for_what_is_decided() -> (
    None
):
    over = {State.CONCLUDED, State.CENTRAL_CONCLUDED, State.DECIDED}
    for paragraph, rules in RULES.items():
        found = {state for state in State if Action.FORBID in possible(state, rules)}
        assert found == (over if paragraph is Paragraph.HIRED_WORK else set())
        lifted = {state for state in State if Action.LIFT in possible(state, rules)}
        assert lifted >= found


def test_samverkan_ends_in_disagreement_where_a_negotiation_is_withdrawn_from() -> None:
    law = RULES[Paragraph.EMPLOYER_FIRST]
    together = under(law, Times(), source="Avtalet", samverkan=True)
    assert {term.source for term in together.terms} == {together.samverkan} == {"Avtalet"}
    assert [(term.weeks, term.days) for term in together.terms] == [
        (term.weeks, term.days) for term in law.terms
    ]
    assert together.exception == law.exception
    for state in State:
        ends = {Action.WITHDRAW, Action.DISAGREE} & set(possible(state, together))
        negotiated = {Action.WITHDRAW, Action.DISAGREE} & set(possible(state, law))
        assert (ends, negotiated) in (
            (set(), set()), ({Action.DISAGREE}, {Action.WITHDRAW}),
        ), state  # fmt: skip
    assert Action.DISAGREE in possible(State.NEGOTIATING, together)
    assert Paragraph.HIRED_WORK not in REPLACEABLE
