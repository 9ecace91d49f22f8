"""From a meeting that is over to what was answered, over real HTTP, with trustees' keys."""

from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session, select

from dialog.meetings.states import Action
from dialog.surveys.models import Invitation, Response, RoundState
from dialog.surveys.rounds import steps
from dialog.surveys.rounds.states import Action as Step
from tests.conftest import sign_in
from tests.followups.cast import Cast, given


def test_a_meeting_is_asked_about_answered_opened_released_and_compared(
    cast: Cast, served: Flask, client: FlaskClient, db: Session
) -> None:
    series = cast.series(shows_after=True)
    plan = cast.plan(series)
    meeting = cast.meeting("Första mötet", series=series)
    cast.follow()
    round_ = cast.round_of(meeting)
    assert round_.state is RoundState.DRAFT
    held = cast.make_keys(meeting)
    cast.take(meeting, Action.BEGIN)
    cast.follow()
    assert cast.round_of(meeting).state is RoundState.APPROVED
    approval = steps.last(db, round_=round_, action=Step.APPROVE)
    assert approval is not None
    assert approval.person_id == cast.approver.id
    assert "I förväg" in approval.reason
    db.commit()
    cast.take(meeting, Action.END)
    cast.follow()
    cast.announce(meeting)
    round_ = cast.round_of(meeting)
    assert (round_.state, round_.invited) == (RoundState.OPEN, 24)
    assert round_.questionnaire == plan.questionnaire

    # The page sends no level; a script of one's own may. It is not kept, not even of k.
    answers = [given(4, 3, 2)] * 6 + [given(5, 2, "_unknown")] * 6
    outcomes = cast.answer(meeting, *answers, level="director")
    assert [each.problem for each in outcomes] == [""] * 12
    cast.released(meeting, held, served)
    round_ = cast.round_of(meeting)
    assert round_.state is RoundState.RELEASED
    rows = db.exec(select(Response).where(Response.round_id == round_.id)).all()
    places = {(row.unit_id, row.level) for row in rows}
    db.commit()
    assert len(rows) == 12
    assert places == {(cast.region.id, "")}
    people = db.exec(select(Invitation).where(Invitation.round_id == round_.id)).all()
    assert {(row.unit_id, row.level) for row in people} == {(cast.region.id, "")}
    db.commit()

    secretary = sign_in(client, db, cast.secretary)
    page = secretary.get(f"/uppfoljning/moten/{meeting.id}").text
    assert "12 svarade av 24 kallade" in page
    assert secretary.get(f"/uppfoljning/moten/{meeting.id}/diagram.svg").mimetype == "image/svg+xml"
    over = secretary.get(f"/uppfoljning/serier/{series.id}").text
    assert '<td class="number">12</td>' in over
    assert '<td class="number">4,5</td>' in over
    assert '<td class="number">2,5</td>' in over
    assert "visas inte: för få svar" in over  # six answered the third
    chart = secretary.get(f"/uppfoljning/serier/{series.id}/diagram.svg?bred=1")
    assert chart.data.startswith(b"<?xml")
