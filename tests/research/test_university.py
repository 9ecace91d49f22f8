"""In a review the university's data follow from the round's approval; all else is as for others."""

import pytest
from flask.testing import FlaskClient
from sqlmodel import Session, select

from dialog.core.errors import IllegalTransitionError, RefusedError
from dialog.people.models import Role
from dialog.research import applying, deciding, preparing
from dialog.research.models import DataApplication, DataFetch, State
from dialog.storage.clock import today
from dialog.surveys.models import Round, RoundState
from dialog.surveys.programme_models import ProgrammePerson
from tests import makers
from tests.conftest import sign_in
from tests.research.cast import FORM, Cast, answers, opened, prepared
from tests.results import cast as results_cast


def state_of(application: DataApplication) -> State:
    return application.state


def test_the_university_has_its_data_under_embargo_and_nobody_is_asked(
    client: FlaskClient, db: Session
) -> None:
    cast, of = prepared(db)
    application = cast.submitted()
    assert state_of(application) is State.APPROVED
    for approver in (cast.first, cast.second):
        with pytest.raises(IllegalTransitionError):
            deciding.refuse(
                db, application=application, by=approver.id, paragraph="OSL", reasons="Nej."
            )
    cast.work()
    letters = cast.letters()
    assert not any(cast.first.email in letter for letter in letters)
    assert any(of.researcher.email in letter for letter in letters)
    application = db.get_one(DataApplication, application.id)
    assert application.state is State.GENERATED
    export = cast.export(application)
    db.commit()
    package = f"/forskning/{application.id}/paket/{export.id}"
    sign_in(client, db, cast.first)
    assert client.post(package).status_code == 404
    sign_in(client, db, of.researcher)
    assert client.post(package).mimetype == "application/zip"
    assert len(db.exec(select(DataFetch)).all()) == 1
    digest = export.sha256
    db.commit()
    client.post("/logga-ut")
    shown = client.get(f"/forskning/uttag/{cast.round.id}").text
    assert "Följer av att omgången godkändes" in shown
    assert digest in shown


def test_its_protection_is_that_of_everybody_elses(db: Session) -> None:
    cast, _of = prepared(db)
    application = cast.submitted()
    cast.work()
    export = cast.export(db.get_one(DataApplication, application.id))
    assert export.parameters["k"] == 10


def test_for_others_there_is_nothing_to_apply_for(client: FlaskClient, db: Session) -> None:
    """Somebody else neither finds the round among those to apply for nor gets it by any way."""
    cast, of = prepared(db)
    stranger = makers.person(db, "Region Forskare", Role.RESEARCHER, Role.ANALYST)
    sign_in(client, db, stranger)
    assert cast.round.title not in client.get("/forskning/ny").text
    typed = {"title": "Ett eget bruk", "rounds": [str(cast.round.id)]}
    assert client.post("/forskning/ny", data=typed).status_code == 422
    made = applying.create(db, author_id=stranger.id, title="Eget", rounds=[cast.round.id])
    assert applying.choices_of(db, application=made) == []
    application = cast.draft()
    application.author_id = stranger.id
    with pytest.raises(RefusedError, match="bara lärosätet"):
        applying.submit(db, application=application, by=stranger.id)
    db.rollback()
    sign_in(client, db, of.researcher)
    assert cast.round.title in client.get("/forskning/ny").text


def test_who_is_named_for_the_university_later_has_nothing_from_it(db: Session) -> None:
    cast, of = prepared(db)
    late = makers.person(db, "Sen Ankomst", Role.RESEARCHER)
    db.add(
        ProgrammePerson(
            programme_id=of.programme.id, person_id=late.id, added_by=of.administrator.id
        )
    )
    db.commit()
    application = cast.draft()
    application.author_id = late.id
    with pytest.raises(RefusedError, match="bara lärosätet"):
        applying.submit(db, application=application, by=late.id)


def test_other_rounds_are_applied_for_apart_and_two_approve_them(db: Session) -> None:
    cast, of = prepared(db)
    other = results_cast.opened_round(
        db,
        answers(8),
        form=FORM,
        units=cast.units,
        author=cast.analyst,
        title="En annan",
        state=RoundState.RELEASED,
    )
    cast.prepare(other)
    application = cast.draft()
    applying.choose_rounds(db, application=application, rounds=[cast.round.id, other.id])
    applying.choose_variables(
        db, application=application, round_id=other.id, names=["unit", "level"]
    )
    with pytest.raises(RefusedError, match="var för sig"):
        applying.submit(db, application=application, by=of.researcher.id)
    alone = cast.draft(round_=other)
    applying.submit(db, application=alone, by=of.researcher.id)
    assert state_of(alone) is State.SUBMITTED


def test_only_the_university_makes_its_round_ready(client: FlaskClient, db: Session) -> None:
    cast, of = opened(db)
    page = f"/forskning/omgang/{cast.round.id}"
    for who in (cast.analyst, makers.person(db, "Annan Forskare", Role.RESEARCHER), cast.first):
        sign_in(client, db, who)
        for address in (page, f"{page}/hierarkier/age.csv"):
            assert client.get(address).status_code == 404, who.name
        assert client.post(page, data={"k": 10, "l": 1, "t": "1"}).status_code == 404
    with pytest.raises(RefusedError, match="bara lärosätets"):
        cast.prepare()
    db.rollback()
    sign_in(client, db, of.researcher)
    assert page in client.get("/forskning/ny").text
    assert client.get(page).status_code == 200
    assert client.post(page, data={"k": 10, "l": 1, "t": "1"}).location == page


def test_an_ordinary_round_is_ready_when_it_is_published_and_by_an_analyst(
    client: FlaskClient, db: Session
) -> None:
    cast = Cast(db, prepared=False)
    page = f"/forskning/omgang/{cast.round.id}"
    sign_in(client, db, cast.researcher)
    assert client.get(page).status_code == 404
    sign_in(client, db, cast.analyst)
    assert client.get(page).status_code == 200
    ordinary = db.get_one(Round, cast.round.id)
    ordinary.state = RoundState.OPENED
    db.commit()
    assert client.get(page).status_code == 404
    assert not preparing.is_ripe(ordinary)


def test_others_see_no_figure_of_the_protection_before_the_day(
    client: FlaskClient, db: Session
) -> None:
    cast, of = prepared(db)
    application = cast.submitted()
    page = f"/forskning/{application.id}"
    figures = "risk"
    sign_in(client, db, of.researcher)
    shown = client.get(page).text.lower()
    assert figures in shown
    sign_in(client, db, cast.first)
    assert figures not in client.get(page).text.lower()
    db.get_one(Round, cast.round.id).released_from = today()
    db.commit()
    assert figures in client.get(page).text.lower()
