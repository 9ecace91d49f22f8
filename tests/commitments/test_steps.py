"""What is refused, with which sentence, and what is kept of what happened."""

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from dialog.commitments import answering, gatherings, histories, owning, proposing, recording
from dialog.commitments.models import CommitmentStep
from dialog.commitments.parties import party
from dialog.commitments.proposing import Owner, Recipient, Source
from dialog.commitments.queries import of_source
from dialog.core.commitments import State
from dialog.core.errors import IllegalTransitionError, RefusedError
from dialog.storage.clock import today
from tests import makers
from tests.commitments.cast import Cast


def actions(cast: Cast) -> list[str]:
    return list(cast.db.exec(select(CommitmentStep.action).order_by(CommitmentStep.at)))  # type: ignore[arg-type]  # a column


def test_what_is_not_possible_now_is_refused_with_what_is(cast: Cast) -> None:
    made = cast.propose()
    with pytest.raises(IllegalTransitionError) as refused:
        cast.report_done(made)
    assert "läget ”föreslaget”" in refused.value.sentence
    assert "anta åtagandet" in refused.value.sentence
    assert "avbryta åtagandet med ett skäl" in refused.value.sentence
    cast.db.refresh(made)
    assert made.state is State.PROPOSED
    assert actions(cast) == ["propose"]


def test_it_is_accepted_with_a_day_that_is_not_before_the_promise(cast: Cast) -> None:
    made = cast.propose()
    for day in (None, made.said_on - timedelta(days=1)):
        with pytest.raises(RefusedError):
            owning.accept(cast.db, commitment=made, by=cast.owner.id, due=day)
    assert made.accepted_at is None


def test_what_is_not_pursued_needs_a_reason_and_has_an_end(cast: Cast) -> None:
    made = cast.accepted()
    with pytest.raises(RefusedError, match="varför"):
        owning.drop(cast.db, commitment=made, by=cast.owner.id, reason="  ")
    cast.db.rollback()
    cast.db.refresh(made)
    assert made.state is State.ACCEPTED
    owning.drop(cast.db, commitment=made, by=cast.owner.id, reason="Pengarna räcker inte.")
    with pytest.raises(IllegalTransitionError, match="Inget mer"):
        cast.report_done(made)


def test_every_change_of_the_day_is_kept_with_who_when_and_why(cast: Cast) -> None:
    made = cast.accepted(due=10)
    first, second, third = (today() + timedelta(days=days) for days in (10, 20, 30))
    ask = {"commitment": made, "by": cast.owner.id}
    owning.ask_for_date(cast.db, **ask, due=second, reason="Leveransen dröjer.")  # type: ignore[arg-type]  # two of them
    assert made.due == first  # until somebody else has said yes
    with pytest.raises(RefusedError, match="Någon annan avgör"):
        recording.decide_on_date(cast.db, commitment=made, by=cast.owner.id, granted=True)
    recording.decide_on_date(cast.db, commitment=made, by=cast.secretary.id, granted=True)
    assert (made.due, made.asked_due) == (second, None)
    owning.ask_for_date(cast.db, **ask, due=third, reason="Den dröjer mer.")  # type: ignore[arg-type]
    keeper = {"commitment": made, "by": cast.secretary.id, "granted": False}
    with pytest.raises(RefusedError, match="varför"):
        recording.decide_on_date(cast.db, **keeper)  # type: ignore[arg-type]
    cast.db.refresh(made)
    made.asked_due = third
    recording.decide_on_date(cast.db, **keeper, reason="Det får räcka.")  # type: ignore[arg-type]
    assert made.due == second
    told = [
        (step.action, step.name, step.words, step.before_due, step.after_due)
        for step in histories.history(cast.db, commitment=made)[2:]
    ]
    assert told == [
        ("ask-for-date", cast.owner.name, "Leveransen dröjer.", first, second),
        ("grant-date", cast.secretary.name, "", first, second),
        ("ask-for-date", cast.owner.name, "Den dröjer mer.", second, third),
        ("refuse-date", cast.secretary.name, "Det får räcka.", second, second),
    ]


def test_a_new_owner_accepts_anew_and_the_old_one_has_nothing_more_to_do_with_it(
    cast: Cast,
) -> None:
    made = cast.accepted()
    owner = Owner(cast.outsider.id, "Personaldirektören")
    recording.hand_over(
        cast.db, commitment=made, by=cast.secretary.id, owner=owner, reason="Ny på posten."
    )
    assert made.state is State.PROPOSED
    assert not party(cast.db, commitment=made, person_id=cast.owner.id)
    assert party(cast.db, commitment=made, person_id=cast.outsider.id).owns


def test_those_it_was_promised_to_are_the_unit_and_all_below_but_never_the_owner(
    cast: Cast,
) -> None:
    makers.post(cast.db, cast.owner, cast.ward)
    makers.post(cast.db, cast.outsider, cast.other)
    made = cast.accepted()
    for who, answers in ((cast.people[0], True), (cast.owner, False), (cast.outsider, False)):
        assert party(cast.db, commitment=made, person_id=who.id).answers is answers
    assert not party(cast.db, commitment=made, person_id=None)


def test_a_unit_whose_code_begins_like_anothers_is_not_below_it(cast: Cast) -> None:
    near = makers.unit(cast.db, "V111", cast.forvaltning)
    makers.post(cast.db, cast.outsider, near)
    made = cast.accepted()
    assert not party(cast.db, commitment=made, person_id=cast.outsider.id)


def test_everybody_who_was_there_is_asked_of_the_room_it_was_promised_in(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gatherings, "_KNOWN", {})
    there, place = cast.people[0], cast.ward.id
    meeting, all_there = Source("x", place, "Ett möte"), Recipient("De som var på mötet")
    with pytest.raises(RefusedError, match="vilka som var där"):
        cast.propose(recipient=all_there, source=meeting)
    gatherings.know("x", lambda _db, source, who: source == place and who == there.id)
    made = cast.accepted(recipient=all_there, source=meeting)
    assert party(cast.db, commitment=made, person_id=there.id).answers
    assert not party(cast.db, commitment=made, person_id=cast.people[1].id)


def test_texts_with_a_personal_identity_number_are_refused(cast: Cast) -> None:
    number = "19811218-9876"
    with pytest.raises(RefusedError, match="personnummer"):
        cast.propose(promise=f"Vi ringer {number}.")
    made = cast.done()
    for words in (f"Fråga {number}", "Ring 070-174 06 05", "Skriv till a.b@example.org"):
        with pytest.raises(RefusedError, match="Ta bort det"):
            cast.answer(made, cast.people[0].id, yes=True, words=words)


def test_somebody_who_is_gone_cannot_be_made_to_answer_for_it(cast: Cast) -> None:
    cast.owner.active = False
    cast.db.commit()
    with pytest.raises(RefusedError, match="finns inte kvar"):
        cast.propose()


def test_what_is_disputed_is_closed_only_with_a_reason_and_can_be_done_after_all(
    cast: Cast,
) -> None:
    made = cast.done()
    cast.answers(made, yes=2, no=9)
    cast.over(made)
    assert made.state is State.DISPUTED
    with pytest.raises(RefusedError, match="varför"):
        recording.close(cast.db, commitment=made, by=cast.secretary.id)
    cast.report_done(made)
    assert (made.state, made.verdict.value, made.confirms) == (State.DONE, "none", None)
    cast.answers(made, yes=10, no=4)  # the same people, about the new report
    cast.over(made)
    assert (made.state, made.confirms, made.disputes) == (State.CONFIRMED, 10, 4)
    told = [step for step in histories.history(cast.db, commitment=made) if step.confirms]
    assert [(step.confirms, step.disputes) for step in told] == [(2, 9), (10, 4)]


def test_the_forvaltning_is_that_of_those_it_was_promised_to(cast: Cast) -> None:
    assert cast.propose().forvaltning_id == cast.forvaltning.id
    alone = Recipient("Skyddsombudet", person_id=cast.people[0].id)
    assert cast.propose(recipient=alone).forvaltning_id is None
    given = cast.propose(recipient=alone, forvaltning_id=cast.other.id)
    assert given.forvaltning_id == cast.other.id


def test_no_day_of_a_promise_lies_ahead(cast: Cast) -> None:
    with pytest.raises(RefusedError, match="inte har varit"):
        cast.propose(said_on=today() + timedelta(days=1))


def test_one_who_was_promised_it_alone_decides_at_once(cast: Cast) -> None:
    made = cast.done(recipient=Recipient("Skyddsombudet", person_id=cast.people[0].id))
    cast.answer(made, cast.people[0].id, yes=False, words="Det saknas tre.")
    assert made.state is State.DISPUTED
    assert list(answering.words_of(cast.db, commitment=made)) == ["Det saknas tre."]


def test_proposing_for_a_meeting_is_found_again_by_the_meeting(cast: Cast, db: Session) -> None:

    meeting = Source("meeting", cast.ward.id, "Dialogmöte 3 september", "/moten/3")
    made = cast.propose(source=meeting)
    cast.propose(source=Source("minutes", cast.ward.id, "Minnesanteckningar"))
    found = of_source(db, kind="meeting", source_id=cast.ward.id)
    assert [one.commitment.id for one in found] == [made.id]
    assert found[0].standing is None
    assert proposing.search_key(made) == made.search_key
