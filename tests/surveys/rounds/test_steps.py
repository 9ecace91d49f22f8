import html
from collections.abc import Callable, Iterator
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import settings as settings_of
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlmodel import Session, select

from dialog.core.ballots import fingerprint
from dialog.core.errors import IllegalTransitionError, RefusedError
from dialog.core.questionnaire import Text, dump, load
from dialog.people.models import Person
from dialog.settings import Settings
from dialog.storage.clock import now, today
from dialog.storage.engine import make_engine, make_sessions
from dialog.storage.outbox import OutboxRow
from dialog.storage.rows import Row
from dialog.surveys import keys
from dialog.surveys.models import Access, Round, RoundState, RoundStep, Survey
from dialog.surveys.rounds import approving, checklist, inviting, planning, reconciling
from dialog.surveys.rounds import steps as rounds
from dialog.surveys.rounds.states import TRANSITIONS, Action, possible, refusal
from tests import makers
from tests.surveys.rounds.cast import FORM, Cast

S = RoundState
# Written a second time, by hand, from the state machine in the design.
ALLOWED = {
    (S.DRAFT, S.REVIEW),
    (S.REVIEW, S.DRAFT),
    (S.REVIEW, S.APPROVED),
    (S.APPROVED, S.OPEN),
    (S.OPEN, S.PAUSED),
    (S.PAUSED, S.OPEN),
    (S.OPEN, S.CLOSED),
    (S.PAUSED, S.CLOSED),
    (S.CLOSED, S.OPENED),
    (S.CLOSED, S.UNOPENED),
    (S.OPENED, S.RELEASED),
    (S.RELEASED, S.ARCHIVED),
    (S.UNOPENED, S.ARCHIVED),
    (S.DRAFT, S.CANCELLED),
    (S.REVIEW, S.CANCELLED),
    (S.APPROVED, S.CANCELLED),
}  # fmt: skip - pairs


@pytest.fixture(scope="module")
def in_memory() -> Iterator[Engine]:
    engine = make_engine("sqlite://")
    Row.metadata.create_all(engine)
    yield engine
    engine.dispose()


@settings_of(deadline=None)
@given(actions=st.lists(st.sampled_from(list(Action)), max_size=12))
def test_no_sequence_of_steps_leads_where_the_design_does_not(
    in_memory: Engine, actions: list[Action]
) -> None:
    with make_sessions(in_memory)() as db:
        author = Person(name="Anna Almgren", email="anna@example.org")
        survey = Survey(author_id=author.id, title="E", questionnaire="")
        round_ = Round(survey_id=survey.id, author_id=author.id, title="O")
        for row in (author, survey, round_):
            db.add(row)
            db.flush()
        for action in actions:
            before, steps = round_.state, len(db.exec(select(RoundStep)).all())
            try:
                rounds.take(db, round_=round_, action=action, by=None)
            except IllegalTransitionError:
                assert round_.state is before
                assert len(db.exec(select(RoundStep)).all()) == steps
                assert not db.dirty
                assert not db.new
            else:
                stays = action is Action.EXTEND and round_.state is before
                assert stays or (before, round_.state) in ALLOWED
        db.rollback()


def test_the_table_allows_exactly_the_steps_of_the_design() -> None:
    table = {
        (before, step.after)
        for step in TRANSITIONS.values()
        for before in step.before
        if step.after is not None
    }
    assert table == ALLOWED


@pytest.mark.parametrize("state", list(S))
def test_a_refusal_says_what_is_possible_now(state: RoundState) -> None:
    for action, step in TRANSITIONS.items():
        if state not in step.before:
            sentence = refusal(state, action).sentence
            assert "Det går inte att" in sentence
            for other in possible(state):
                assert str(TRANSITIONS[other].words) in sentence
            if not possible(state):
                assert "Vänta" in sentence or "Inget mer" in sentence


def test_each_step_is_kept_with_who_and_why(db: Session) -> None:
    cast = Cast(db)
    round_ = cast.plan()
    planning.submit(db, round_=round_, by=cast.analyst.id)
    approving.send_back(db, round_=round_, by=cast.approver.id, reason="Gallra tidigare.")
    db.commit()
    step = db.exec(select(RoundStep).where(RoundStep.action == "send-back")).one()
    assert (step.before, step.after, step.reason) == ("review", "draft", "Gallra tidigare.")
    assert step.person_id == cast.approver.id


def test_a_plan_lacks_what_has_not_been_decided(db: Session) -> None:
    cast = Cast(db)
    round_ = planning.create(
        db, survey=cast.survey, author_id=cast.analyst.id, title="Ny", access=Access.INVITED
    )
    parts = [each.part for each in checklist.missing(db, round_=round_)]
    assert parts == ["how", "when", "retention", "retention", "retention"]
    with pytest.raises(RefusedError, match="inte färdig"):
        planning.submit(db, round_=round_, by=cast.analyst.id)
    assert round_.state is S.DRAFT


def test_a_complete_plan_lacks_nothing(db: Session) -> None:
    cast = Cast(db)
    assert checklist.missing(db, round_=cast.plan()) == []


Fault = tuple[str, Callable[[], dict[str, object]]]
FAULTS: list[Fault] = [
    ("passerat", lambda: {"closes_at": now() - timedelta(hours=1)}),
    ("öppna minst en dag", lambda: {"opens_on": today() + timedelta(days=20)}),
    ("Påminnelser", lambda: {"reminders": [(today() + timedelta(days=40)).isoformat()]}),
    ("Minsta grupp", lambda: {"k": 4}),
    ("Känsliga", lambda: {"k_sensitive": 9}),
    ("minst en tabell", lambda: {"tables": {"units": False, "levels": False}}),
    ("gallras före", lambda: {"keep_list_until": today() + timedelta(days=14)}),
    ("längre än svaren", lambda: {"keep_unit_until": today() + timedelta(days=301)}),
    ("Besluta när", lambda: {"keep_texts_until": None}),
    ("kan inte skyddas", lambda: {"k": 16, "k_sensitive": 20}),
    ("sekretess", lambda: {"secrecy_note": ""}),
    ("konsekvensbedömningens", lambda: {"assessment_number": ""}),
    ("står bakom", lambda: {"sender": "  "}),
]


@pytest.mark.parametrize(("words", "changed"), FAULTS, ids=[fault[0] for fault in FAULTS])
def test_a_fault_of_the_plan_is_pointed_out(
    db: Session, words: str, changed: Callable[[], dict[str, object]]
) -> None:
    round_ = Cast(db).plan(**changed())
    found = [each.sentence for each in checklist.missing(db, round_=round_)]
    assert len(found) == 1
    assert words in found[0]


def test_a_questionnaire_with_a_fault_cannot_be_reviewed(db: Session) -> None:
    cast = Cast(db)
    cast.survey.questionnaire = dump(FORM.model_copy(update={"sections": ()})).decode()
    found = checklist.missing(db, round_=cast.plan())
    assert [each.part for each in found] == ["questionnaire"]


def test_what_is_reviewed_stays_though_the_survey_changes(db: Session) -> None:
    cast = Cast(db)
    round_ = cast.plan()
    planning.submit(db, round_=round_, by=cast.analyst.id)
    cast.survey.questionnaire = dump(
        FORM.model_copy(update={"title": Text(sv="En annan", en="Another")})
    ).decode()
    db.add(cast.survey)
    approving.approve(db, round_=round_, by=cast.approver.id, settings=cast.settings)
    assert load(round_.questionnaire) == FORM
    assert round_.length > 0


def test_a_plan_that_was_taken_back_follows_the_survey_again(db: Session) -> None:
    cast = Cast(db)
    round_ = cast.plan()
    planning.submit(db, round_=round_, by=cast.analyst.id)
    planning.withdraw(db, round_=round_, by=cast.analyst.id)
    assert (round_.questionnaire, round_.length) == ("", 0)


def test_a_submitted_plan_cannot_be_changed(db: Session) -> None:
    cast = Cast(db)
    round_ = cast.approved()
    with pytest.raises(IllegalTransitionError, match="låst"):
        planning.change(db, round_=round_, by=cast.analyst.id, k=5)
    assert round_.k == 10


def test_nobody_approves_what_they_have_written(db: Session) -> None:
    cast = Cast(db)
    round_ = cast.plan()
    helper = makers.person(db, "Hjälpsam Holm")
    planning.change(db, round_=round_, by=helper.id, sender="Hälso- och sjukvårdsdirektören")
    planning.submit(db, round_=round_, by=cast.analyst.id)
    db.commit()
    for author in (cast.analyst.id, helper.id):
        with pytest.raises(RefusedError, match="Be en annan"):
            approving.approve(db, round_=round_, by=author, settings=cast.settings)
    assert round_.state is S.REVIEW


def test_the_deadline_moves_only_later_and_not_past_a_disposal(
    db: Session, settings: Settings
) -> None:
    cast = Cast(db)
    round_ = cast.opened_to_all(settings)
    by, closes = cast.analyst.id, round_.closes_at
    assert closes is not None
    with pytest.raises(RefusedError, match="bara förlängas"):
        rounds.extend(db, round_=round_, by=by, closes_at=closes - timedelta(days=1))
    with pytest.raises(RefusedError, match="gallras"):
        rounds.extend(db, round_=round_, by=by, closes_at=closes + timedelta(days=60))
    rounds.extend(db, round_=round_, by=by, closes_at=closes + timedelta(days=1))
    assert round_.closes_at == closes + timedelta(days=1)
    assert round_.state is S.OPEN


def test_every_step_of_an_open_round_asks_to_tell_the_ballot_box(
    db: Session, settings: Settings
) -> None:
    cast = Cast(db)
    round_ = cast.opened_to_all(settings)
    rounds.pause(db, round_=round_, by=cast.analyst.id)
    rounds.resume(db, round_=round_, by=cast.analyst.id)
    rounds.close(db, round_=round_, by=cast.analyst.id)
    asked = db.exec(select(OutboxRow).where(OutboxRow.kind == "round.announce")).all()
    assert len(asked) == 4
    assert {UUID(row.payload["round"]) for row in asked} == {round_.id}


def test_a_round_is_cancelled_only_before_it_opened_and_with_a_reason(
    db: Session, settings: Settings
) -> None:
    cast = Cast(db)
    round_ = cast.approved()
    with pytest.raises(RefusedError, match="varför"):
        rounds.cancel(db, round_=round_, by=cast.analyst.id, reason=" ")
    rounds.cancel(db, round_=round_, by=cast.analyst.id, reason="Fel målgrupp.")
    assert round_.ending_note == "Fel målgrupp."
    other = cast.opened_to_all(settings)
    with pytest.raises(IllegalTransitionError, match="stänga"):
        rounds.cancel(db, round_=other, by=cast.analyst.id, reason="För sent.")


def test_two_who_act_at_once_do_not_both_succeed(db: Session, settings: Settings) -> None:
    cast = Cast(db)
    round_ = cast.opened_to_all(settings)
    with make_sessions(db.get_bind())() as other:  # type: ignore[arg-type]  # an engine
        seen = other.get_one(Round, round_.id)
        other.rollback()
        rounds.close(db, round_=round_, by=cast.analyst.id)
        db.commit()
        with pytest.raises(IllegalTransitionError):
            rounds.pause(other, round_=seen, by=uuid4())


def test_approval_makes_the_manifest_that_others_publish_before_the_round_opens(
    db: Session, client: FlaskClient
) -> None:
    cast = Cast(db)
    round_ = cast.approved()
    ten = fingerprint.words(round_.manifest)
    page = html.unescape(client.get(f"/kontroll/{round_.id}").text)
    assert all(f">{word}</li>" in page for word in ten)
    assert "Enkäten har inte öppnat än" in page
    before = round_.manifest
    inviting.start(db, round_=round_, by=cast.analyst.id, settings=cast.settings)
    assert round_.manifest == before


def test_the_keys_of_a_cancelled_round_are_destroyed(db: Session) -> None:
    cast = Cast(db)
    round_ = cast.approved()
    keys.ballot_key(cast.settings, round_id=round_.id)
    reconciling.cancel(
        db, round_=round_, by=cast.analyst.id, reason="Fel fråga.", settings=cast.settings
    )
    for key in (keys.ballot_key, keys.token_key):
        with pytest.raises(keys.LostKeyError):
            key(cast.settings, round_id=round_.id)
