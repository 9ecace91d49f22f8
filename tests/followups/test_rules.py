"""What is approved once, what is never asked, and what nobody does by hand."""

from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session, select

from dialog.core.errors import IllegalTransitionError, RefusedError
from dialog.followups import approving, following, planning
from dialog.followups.models import Outcome, PlanState
from dialog.meetings import planning as meetings
from dialog.meetings.states import Action
from dialog.people.models import Role, RoleGrant
from dialog.storage.clock import now
from dialog.surveys.building import saving
from dialog.surveys.building.instruments import all_instruments
from dialog.surveys.models import Round, RoundState, Survey
from dialog.surveys.rounds import inviting
from dialog.surveys.rounds import planning as rounds
from tests import makers
from tests.conftest import sign_in
from tests.followups.cast import Cast


def test_a_plan_is_approved_by_somebody_who_did_not_write_it_and_holds_no_key(
    cast: Cast, db: Session
) -> None:
    makers.person(db, "Ulla Utanför", Role.APPROVER)
    plan = cast.draft()
    planning.submit(db, plan=plan, by=cast.secretary.id)
    db.commit()
    for who in (cast.secretary, cast.pairs[0][0], cast.pairs[1][1]):
        with pytest.raises(RefusedError):
            approving.approve(db, plan=plan, by=who.id)
        db.rollback()
        db.refresh(plan)
    with pytest.raises(IllegalTransitionError, match="låst"):
        planning.change(db, plan=plan, by=cast.secretary.id, places=cast.places(), open_days=3)
    db.rollback()
    db.refresh(plan)
    approving.approve(db, plan=plan, by=cast.approver.id)
    db.commit()
    assert (plan.state, plan.approver_id) == (PlanState.APPROVED, cast.approver.id)


def test_a_writer_holds_no_key_and_a_plan_without_holders_is_not_submitted(
    cast: Cast, db: Session
) -> None:
    plan = planning.create(db, by=cast.pairs[0][0].id, series_id=None)
    with pytest.raises(RefusedError, match="nyckel"):
        planning.change(db, plan=plan, by=cast.secretary.id, places=cast.places())
    with pytest.raises(RefusedError, match="inte färdig"):
        planning.submit(db, plan=plan, by=cast.secretary.id)
    db.rollback()


def test_one_plan_counts_for_a_series_and_its_own_goes_before_the_one_for_all(
    cast: Cast, db: Session
) -> None:
    series = cast.series()
    general, first = cast.plan(), cast.plan(series)
    of_series, other = cast.meeting(series=series), cast.meeting()
    cast.follow()
    for meeting, plan in ((of_series, first), (other, general)):
        row = cast.row_of(meeting)
        assert row is not None
        assert row.followup_id == plan.id
    before = cast.round_of(of_series)
    second = cast.plan(series, open_days=3)
    db.refresh(first)
    db.commit()
    assert first.state is PlanState.ENDED
    cast.follow()  # the draft of the plan that ended goes …
    cast.follow()  # … and another is made
    row = cast.row_of(of_series)
    assert row is not None
    assert row.followup_id == second.id
    assert db.get_one(Round, before.id, populate_existing=True).state is RoundState.CANCELLED
    db.commit()


def test_a_round_is_what_the_plan_says_whatever_became_of_the_survey(
    cast: Cast, db: Session
) -> None:
    plan = cast.plan(message="Tack.", open_days=5, list_days=9, unopened_days=20, rows_days=40)
    meeting = cast.meeting("Om våren")
    cast.follow()
    survey = db.get_one(Survey, plan.survey_id)
    other = all_instruments()["samtalsklimat"]
    saving.save(
        db, survey=survey, version=survey.version, questionnaire=other, change=saving.Change.CHANGED
    )
    db.commit()
    cast.make_keys(meeting)
    cast.take(meeting, Action.BEGIN)
    cast.follow()
    round_ = cast.round_of(meeting)
    assert round_.state is RoundState.APPROVED
    assert round_.questionnaire == plan.questionnaire != survey.questionnaire
    assert round_.closes_at is not None
    closes = round_.closes_at.date()
    kept = (round_.keep_list_until, round_.keep_unopened_until, round_.keep_rows_until)
    assert [(day - closes).days for day in kept if day] == [9, 20, 40]
    assert round_.message.startswith("Tack.")
    assert "Om våren" in round_.message
    assert (round_.k, round_.people) == (10, 24)


def test_nobody_changes_or_opens_such_a_round_by_hand(
    cast: Cast, db: Session, client: FlaskClient
) -> None:
    cast.plan()
    meeting = cast.meeting()
    cast.follow()
    round_ = cast.round_of(meeting)
    with pytest.raises(RefusedError, match="godkänd för flera"):
        rounds.change(db, round_=round_, by=cast.secretary.id, k=5)
    db.rollback()
    cast.make_keys(meeting)
    cast.take(meeting, Action.BEGIN)
    cast.follow()
    with pytest.raises(RefusedError, match="av sig själv"):
        inviting.start(db, round_=round_, by=cast.secretary.id, settings=cast.settings)
    db.rollback()
    analyst = sign_in(client, db, makers.analyst(db))
    assert analyst.get(f"/omgangar/{round_.id}/plan/vilka").status_code == 302
    assert "Öppna nu" not in analyst.get(f"/omgangar/{round_.id}").text
    assert analyst.get(f"/begaran-pa-prov/{round_.id}").status_code == 404


def test_too_few_who_were_asked_to_come_are_asked_nothing_and_the_page_says_so(
    cast: Cast, db: Session, client: FlaskClient
) -> None:
    cast.plan()
    meeting = cast.meeting(units=("A",))  # eighteen, where twenty are needed
    cast.follow()
    cast.make_keys(meeting)
    cast.take(meeting, Action.BEGIN, Action.END)
    cast.follow()
    row = cast.row_of(meeting)
    assert row is not None
    assert row.outcome is Outcome.FEW_ASKED
    assert cast.round_of(meeting).state is RoundState.CANCELLED
    page = sign_in(client, db, cast.secretary).get(f"/moten/{meeting.id}").text
    assert "Färre än 20 var kallade" in page


def test_without_keys_nobody_is_asked_and_a_week_later_it_is_given_up(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast.plan()
    meeting = cast.meeting()
    cast.follow()
    cast.take(meeting, Action.BEGIN, Action.END)
    cast.follow()
    assert cast.round_of(meeting).state is RoundState.DRAFT
    monkeypatch.setattr(following, "WITHIN", timedelta())  # the week is over
    cast.follow()
    row = cast.row_of(meeting)
    assert row is not None
    assert row.outcome is Outcome.NO_KEYS


def test_an_approver_who_is_none_any_more_has_approved_nothing_new(
    cast: Cast, db: Session, client: FlaskClient
) -> None:
    cast.plan()
    meeting = cast.meeting()
    cast.follow()
    cast.make_keys(meeting)
    grant = db.exec(select(RoleGrant).where(RoleGrant.person_id == cast.approver.id)).one()
    db.delete(grant)
    db.commit()
    cast.take(meeting, Action.BEGIN, Action.END)
    cast.follow()
    cast.follow()
    assert cast.round_of(meeting).state is RoundState.DRAFT
    page = sign_in(client, db, cast.secretary).get(f"/moten/{meeting.id}").text
    assert "inte godkännare längre" in page


def test_what_hinders_for_a_week_after_the_meeting_is_given_up_and_the_page_says_what(
    cast: Cast, db: Session, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast.plan()
    meeting = cast.meeting()
    cast.follow()
    cast.make_keys(meeting)
    db.delete(db.exec(select(RoleGrant).where(RoleGrant.person_id == cast.approver.id)).one())
    db.commit()
    cast.take(meeting, Action.BEGIN, Action.END)
    cast.follow()
    monkeypatch.setattr(following, "WITHIN", timedelta())  # the week is over
    cast.follow()
    assert cast.round_of(meeting).state is RoundState.CANCELLED
    page = sign_in(client, db, cast.secretary).get(f"/moten/{meeting.id}").text
    assert "inte ställas inom en vecka efter mötet. Den som godkände planen" in page


def test_a_holder_who_is_none_any_more_is_told_of_and_not_that_there_was_no_plan(
    cast: Cast, db: Session, client: FlaskClient
) -> None:
    cast.plan()
    holder = cast.pairs[0][0].id
    db.delete(db.exec(select(RoleGrant).where(RoleGrant.person_id == holder)).one())
    db.commit()
    meeting = cast.meeting()
    cast.follow()
    secretary = sign_in(client, db, cast.secretary)
    assert "dem som har rollen nyckelhållare" in secretary.get(f"/moten/{meeting.id}").text
    cast.take(meeting, Action.BEGIN, Action.END)
    cast.follow()
    page = secretary.get(f"/moten/{meeting.id}").text
    assert "De var inte förberedda när mötet hölls." in page


def test_unticked_or_called_off_a_meeting_is_asked_nothing(cast: Cast, db: Session) -> None:
    cast.plan()
    unticked, off = cast.meeting("Ett"), cast.meeting("Två")
    cast.follow()
    found = [cast.round_of(unticked), cast.round_of(off)]
    unticked.asks_after = False
    db.add(unticked)
    meetings.cancel(db, meeting=off, by=cast.secretary.id, reason="Sjukdom.")
    db.commit()
    cast.follow()
    assert cast.row_of(unticked) is None
    assert cast.row_of(off) is None
    assert {db.get_one(Round, each.id).state for each in found} == {RoundState.CANCELLED}
    db.commit()


def test_a_meeting_ended_long_after_its_day_is_not_asked_about(cast: Cast, db: Session) -> None:
    cast.plan()
    meeting = cast.meeting()
    cast.follow()
    cast.make_keys(meeting)
    cast.take(meeting, Action.BEGIN)
    cast.follow()
    round_ = cast.round_of(meeting)
    round_.closes_at = now() - timedelta(days=1)
    db.add(round_)
    db.commit()
    cast.take(meeting, Action.END)
    cast.follow()
    row = cast.row_of(meeting)
    assert row is not None
    assert row.outcome is Outcome.LATE


def test_the_mail_asks_those_who_were_asked_to_come_and_tells_of_the_meeting(
    cast: Cast, box: Flask
) -> None:
    assert box  # which is told of the round
    cast.plan(message="Tack för i dag.")
    cast.held_meeting("Om sommaren")
    cast.work_now()
    letters = [
        message_from_bytes(path.read_bytes(), policy=policy.default)
        for path in cast.settings.mail.glob("*.eml")
    ]
    asked = [letter for letter in letters if "Tre frågor efter mötet" in letter["Subject"]]
    assert {letter["To"] for letter in asked} == {person.email for person in cast.people}
    for letter in asked:
        body = letter.get_body(("plain",))
        words = body.get_content() if body else ""
        assert "Tack för i dag." in words
        assert "Om sommaren" in words
