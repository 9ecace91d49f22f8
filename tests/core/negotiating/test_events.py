"""Which day counts for what happened, and when a request for a central negotiation does."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from dialog.core.negotiating import ahead
from dialog.core.negotiating.ahead import Block, Wait
from dialog.core.negotiating.events import EVENTS, Taken, asking, forbidding, happened
from dialog.core.negotiating.matters import REQUEST, Action
from dialog.core.negotiating.rules import ASK_CENTRALLY, RULES, Event, Paragraph

ELEVEN = RULES[Paragraph.EMPLOYER_FIRST]
CONCLUDED = date(2026, 12, 10)
WINDOW = ASK_CENTRALLY.ends(CONCLUDED)
ASK, DROP = Action.REQUEST_CENTRALLY, Action.DROP_CENTRALLY
presses = st.lists(st.tuples(st.integers(0, 12), st.sampled_from("ABC")), max_size=12).map(sorted)


def test_of_several_meetings_the_first_counts_whatever_the_order_of_writing() -> None:
    steps = [
        Taken(Action.BEGIN, date(2026, 3, 9)), Taken(REQUEST, date(2026, 3, 1)),
        Taken(Action.ADJOURN, date(2026, 3, 9)), Taken(Action.BEGIN, date(2026, 3, 4)),
    ]  # fmt: skip
    assert happened(steps) == {Event.REQUESTED: date(2026, 3, 1), Event.MET: date(2026, 3, 4)}
    assert set(EVENTS.values()) == set(Event)


@given(presses, st.randoms())
def test_a_decision_waits_exactly_while_a_request_stands_or_can_be_made(
    said: list[tuple[int, str]], shuffler: object
) -> None:
    """Each press of an organisation asks, or drops what it asked for."""
    taken = [Taken(Action.WITHDRAW, CONCLUDED)]
    stands: dict[str, date] = {}
    for day in range(14):
        on = CONCLUDED + timedelta(days=day)
        for of in (who for at, who in said if at == day):
            if of in stands:
                taken.append(Taken(DROP, on, of))
                del stands[of]
            elif on <= WINDOW:
                taken.append(Taken(ASK, on, of))
                stands[of] = on
        shuffler.shuffle(taken)  # type: ignore[attr-defined]  # a random.Random
        found = ahead.block(ELEVEN, happened(taken), agreed=False, on=on)
        waits = Wait.CENTRAL_NEGOTIATION if stands else Wait.CENTRAL_WINDOW
        until = None if stands else WINDOW
        assert found == (Block(waits, until) if stands or on <= WINDOW else None)
        assert asking(taken) == stands


def test_what_was_kept_when_dropping_a_request_ended_the_central_negotiation_reads_as_it_did() -> (
    None
):
    taken = [Taken(Action.WITHDRAW, CONCLUDED), Taken(ASK, CONCLUDED, "A"),
             Taken(Action.WITHDRAW_CENTRALLY, CONCLUDED, "A")]  # fmt: skip
    assert happened(taken)[Event.CENTRAL_CONCLUDED] == CONCLUDED
    assert ahead.block(ELEVEN, happened(taken), agreed=False, on=CONCLUDED) is None


@given(st.lists(st.sampled_from("ABC"), max_size=9), st.randoms())
def test_after_38_a_decision_waits_exactly_while_a_veto_stands(
    said: list[str], shuffler: object
) -> None:
    """Each press of an organisation declares its veto, or takes it back."""
    taken = [Taken(Action.AGREE_CENTRALLY, CONCLUDED), Taken(Action.WITHDRAW, CONCLUDED)]
    stands: set[str] = set()
    for of in said:
        taken.append(Taken(Action.LIFT if of in stands else Action.FORBID, CONCLUDED, of))
        stands ^= {of}
        shuffler.shuffle(taken)  # type: ignore[attr-defined]  # a random.Random
        assert set(forbidding(taken)) == stands
        for paragraph, rules in RULES.items():
            found = ahead.block(
                rules, happened(taken), agreed=False, on=CONCLUDED, forbidden=bool(stands)
            )
            forbidden = stands and paragraph is Paragraph.HIRED_WORK
            assert found == (Block(Wait.VETO) if forbidden else None)
