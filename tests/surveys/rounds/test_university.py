"""A round of a review: what approval demands, what it freezes, and that nothing is released."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlmodel import Session

from dialog.core.errors import IllegalTransitionError, RefusedError
from dialog.people.models import Role
from dialog.storage.clock import today
from dialog.surveys import programmes
from dialog.surveys.models import KeyHolder, RoundState
from dialog.surveys.rounds import approving, checklist, planning, steps, university
from dialog.surveys.rounds.states import Action
from tests import makers
from tests import university as universities
from tests.conftest import sign_in
from tests.surveys.rounds.cast import Cast


@pytest.fixture
def cast(db: Session) -> Cast:
    return Cast(db)


def sentences(cast: Cast, round_: object) -> dict[str, str]:
    missing = checklist.missing(cast.db, round_=round_)  # type: ignore[arg-type]  # a Round
    return {each.part: each.sentence for each in missing}


def test_a_review_round_wants_the_universitys_questions_key_and_day(
    db: Session, cast: Cast
) -> None:
    of = universities.found(db)
    round_, held = universities.plan(cast, of)
    assert sentences(cast, round_) == {}
    cast.survey.author_id = cast.analyst.id
    planning.change(db, round_=round_, by=cast.analyst.id, released_from=None)
    held[0].trustee.deputy_id = makers.person(db, "Utom Stående", Role.TRUSTEE).id
    found = sentences(cast, round_)
    assert set(found) == {"questionnaire", "keys", "review"}
    assert "första dag" in found["review"]
    with pytest.raises(RefusedError, match="inte färdig"):
        planning.submit(db, round_=round_, by=cast.analyst.id)


def test_a_key_that_only_the_platform_holds_is_not_the_universitys(db: Session, cast: Cast) -> None:
    of = universities.found(db)
    round_, _held = universities.plan(cast, of)
    round_.key_holder = KeyHolder.PLATFORM
    assert set(sentences(cast, round_)) == {"keys"}


def test_an_ordinary_round_is_asked_for_nothing_of_this(db: Session, cast: Cast) -> None:
    universities.found(db)
    assert sentences(cast, cast.plan()) == {}


def test_the_answers_are_kept_until_they_may_be_published(db: Session, cast: Cast) -> None:
    of = universities.found(db)
    late = today() + timedelta(days=151)  # a day after the unit on the answers is gone
    round_, _held = universities.plan(cast, of, released_from=late)
    assert set(sentences(cast, round_)) == {"retention"}


def test_it_is_approved_when_the_university_has_confirmed_its_questions_since_it_was_handed_in(
    db: Session, cast: Cast
) -> None:
    of = universities.found(db)
    round_, _held = universities.plan(cast, of)
    planning.submit(db, round_=round_, by=cast.analyst.id)
    with pytest.raises(RefusedError, match="inte bekräftat"):
        approving.approve(db, round_=round_, by=cast.approver.id, settings=cast.settings)
    with pytest.raises(RefusedError, match="Bara lärosätets"):
        university.confirm(db, round_=round_, by=cast.analyst.id)
    university.confirm(db, round_=round_, by=of.author.id)
    planning.withdraw(db, round_=round_, by=cast.analyst.id)
    planning.submit(db, round_=round_, by=cast.analyst.id)
    with pytest.raises(RefusedError, match="inte bekräftat"):
        approving.approve(db, round_=round_, by=cast.approver.id, settings=cast.settings)
    university.confirm(db, round_=round_, by=of.author.id)
    approving.approve(db, round_=round_, by=cast.approver.id, settings=cast.settings)
    assert round_.state is RoundState.APPROVED


def test_neither_the_university_nor_who_named_its_people_approves(db: Session, cast: Cast) -> None:
    both = makers.person(db, "Två Roller", Role.ADMINISTRATOR, Role.APPROVER)
    of = universities.found(db, administrator=both)
    round_, _held = universities.plan(cast, of)
    planning.submit(db, round_=round_, by=cast.analyst.id)
    university.confirm(db, round_=round_, by=of.author.id)
    for who in (both, of.researcher):
        with pytest.raises(RefusedError, match="hör till lärosätet eller har utsett"):
            approving.approve(db, round_=round_, by=who.id, settings=cast.settings)
    approving.approve(db, round_=round_, by=cast.approver.id, settings=cast.settings)


def test_approval_freezes_who_the_university_is(db: Session, cast: Cast) -> None:
    of = universities.found(db)
    round_, _held = universities.plan(cast, of)
    universities.approve(cast, of, round_)
    late = makers.person(db, "Sen Ankomst", Role.RESEARCHER)
    named = programmes.university(db, programme_id=of.programme.id)
    programmes.change(
        db,
        programme=of.programme,
        by=of.administrator.id,
        name=of.programme.name,
        principal=of.programme.principal,
        people=[late.id],
    )
    assert programmes.university(db, programme_id=of.programme.id) == {late.id}
    assert programmes.approved_university(db, round_=round_) == named
    with pytest.raises(RefusedError, match="ändras inte"):
        programmes.change(
            db,
            programme=of.programme,
            by=of.administrator.id,
            name="Något annat",
            principal=of.programme.principal,
            people=[late.id],
        )
    with pytest.raises(IllegalTransitionError, match="låst"):
        planning.change(db, round_=round_, by=cast.analyst.id, released_from=today())


def test_nothing_is_released_before_the_day_and_on_it_it_may_be(
    db: Session, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    of = universities.found(db)
    round_, _held = universities.plan(cast, of)
    round_.state = RoundState.OPENED
    assert round_.released_from is not None
    for days, refused in ((-60, True), (-1, True), (0, False), (1, False)):
        day = round_.released_from + timedelta(days=days)
        monkeypatch.setattr(steps, "today", lambda day=day: day)
        if refused:
            with pytest.raises(RefusedError, match=str(round_.released_from)):
                steps.check(db, round_=round_, action=Action.RELEASE)
        else:
            steps.check(db, round_=round_, action=Action.RELEASE)


def test_the_plan_is_written_in_the_browser_and_confirmed_by_the_university_alone(
    client: FlaskClient, db: Session, cast: Cast
) -> None:
    sign_in(client, db, cast.analyst)
    planned = cast.plan()
    part = f"/omgangar/{planned.id}/plan/granskning"
    assert client.get(part).status_code == 404  # there is no review yet
    of = universities.found(db)
    assert of.programme.name in client.get(part).text
    wrong = client.post(part, data={"programme": str(of.programme.id), "released_from": "i maj"})
    assert wrong.status_code == 422
    assert "Välj vilken delstudie" in wrong.text
    day = today() + timedelta(days=60)
    typed = {
        "programme": str(of.programme.id),
        "sub_study": "d2",
        "released_from": str(day),
        "tillbaka": "1",
    }
    assert client.post(part, data=typed).location == f"/omgangar/{planned.id}"
    page = client.get(f"/omgangar/{planned.id}").text
    assert "Enkäten ska vara skriven av" in page
    db.expire_all()
    round_, _held = universities.plan(cast, of)
    planning.submit(db, round_=round_, by=cast.analyst.id)
    db.commit()
    confirm = f"/omgangar/{round_.id}/bekrafta-fragorna"
    assert client.post(confirm).status_code == 404
    sign_in(client, db, of.author)
    review = f"/omgangar/{round_.id}/granska"
    assert "Bekräfta att frågorna" in client.get(review).text
    assert client.post(confirm).location == review
    assert client.post(confirm).location == review  # again changes nothing
    sign_in(client, db, cast.approver)
    shown = client.get(review).text
    assert "har bekräftat att frågorna" in shown
    assert "Godkänn …" in shown
    assert of.researcher.name in shown


def test_who_answers_reads_who_leads_it_and_from_when_there_can_be_results(
    client: FlaskClient, db: Session, cast: Cast
) -> None:
    of = universities.found(db)
    round_, _held = universities.plan(cast, of)
    universities.approve(cast, of, round_)
    page = client.get(f"/enkat/{round_.id}").text
    assert "Exempelstads universitet" in page
    assert "Inget resultat publiceras före" in page
