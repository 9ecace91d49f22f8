from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session, select

from dialog.core.errors import IllegalTransitionError, RefusedError
from dialog.people.models import Role
from dialog.research import applying, deciding, step_forms, steps
from dialog.research.models import DataApplication, DataExport, State
from dialog.research.states import TRANSITIONS, Action, possible, refusal
from tests import makers
from tests.conftest import sign_in
from tests.research.cast import Cast


def state_of(application: DataApplication) -> State:
    return application.state


def test_two_approve_and_neither_is_the_applicant_nor_the_other_nor_named(db: Session) -> None:
    cast = Cast(db)
    application = cast.submitted()
    named = makers.person(db, "Namn Given", Role.APPROVER, email="namn@example.org")
    applying_too = makers.person(db, "Båda Roller", Role.APPROVER, Role.RESEARCHER)
    application.author_id = applying_too.id
    with pytest.raises(RefusedError, match="kan inte besluta"):
        deciding.approve(db, application=application, by=applying_too.id)
    application.author_id = cast.researcher.id
    address, cast.colleague.email = cast.colleague.email, "annan@example.org"
    db.commit()
    named.email = address
    db.commit()
    with pytest.raises(RefusedError, match="står i den"):
        deciding.approve(db, application=application, by=named.id)
    deciding.approve(db, application=application, by=cast.first.id)
    with pytest.raises(RefusedError, match="redan godkänt"):
        deciding.approve(db, application=application, by=cast.first.id)
    assert state_of(application) is State.SUBMITTED
    deciding.approve(db, application=application, by=cast.second.id)
    assert state_of(application) is State.APPROVED
    with pytest.raises(IllegalTransitionError, match="godkänd"):
        deciding.approve(db, application=application, by=named.id)


def test_what_was_approved_before_a_completion_is_void(db: Session) -> None:
    cast = Cast(db)
    application = cast.submitted()
    number = application.number
    deciding.approve(db, application=application, by=cast.first.id)
    deciding.send_back(db, application=application, by=cast.second.id, reason="Skriv mer.")
    assert state_of(application) is State.DRAFT
    applying.change(db, application=application, purpose="Mer.")
    applying.submit(db, application=application, by=cast.researcher.id)
    assert application.number == number
    deciding.approve(db, application=application, by=cast.second.id)
    assert state_of(application) is State.SUBMITTED
    deciding.approve(db, application=application, by=cast.first.id)
    assert state_of(application) is State.APPROVED
    taken = [step.action for step, _name in steps.steps_of(db, application=application)]
    assert taken == [
        "create", "submit", "approve", "send-back", "submit", "approve", "approve",
    ]  # fmt: skip


def test_a_refusal_names_its_paragraph_and_tells_how_to_appeal(
    client: FlaskClient, db: Session
) -> None:
    cast = Cast(db)
    page = f"/forskning/{cast.submitted().id}"
    sign_in(client, db, cast.first)
    lacking = client.post(f"{page}/avsla", data={"paragraph": "", "reasons": "Ej forskning."})
    assert lacking.status_code == 422
    assert "Ej forskning." in lacking.text
    refused = client.post(
        f"{page}/avsla", data={"paragraph": "OSL 24 kap. 8 §", "reasons": "Ej forskning."}
    )
    assert refused.location == page
    sign_in(client, db, cast.researcher)
    shown = client.get(page).text
    assert "OSL 24 kap. 8 §" in shown
    assert "kammarrätten" in shown
    assert "tre veckor" in shown
    cast.work()
    assert any("avslagen" in each and cast.researcher.email in each for each in cast.letters())


def test_for_others_an_application_does_not_exist(client: FlaskClient, db: Session) -> None:
    cast = Cast(db)
    application = cast.draft()
    page = f"/forskning/{application.id}"
    stranger = makers.person(db, "Främmande Fors", Role.RESEARCHER)
    parts = (page, f"{page}/del/syfte", f"{page}/variabler/{cast.round.id}", f"{page}/lamna-in")
    for who in (stranger, cast.colleague, cast.first, cast.registrar, cast.analyst):
        sign_in(client, db, who)
        assert {client.get(each).status_code for each in parts} == {404}, who.name
    applying.submit(db, application=application, by=cast.researcher.id)
    db.commit()
    may_read = {cast.colleague.id, cast.first.id, cast.registrar.id}
    for who in (stranger, cast.colleague, cast.first, cast.registrar, cast.analyst):
        sign_in(client, db, who)
        assert (client.get(page).status_code == 200) is (who.id in may_read)
        assert client.get(f"{page}/ta-tillbaka").status_code == 404
        for slug in ("godkann", "avsla", "begar-komplettering"):
            status = client.post(f"{page}/{slug}").status_code
            assert (status == 404) is (who.id != cast.first.id), (who.name, slug)


def test_a_package_is_for_named_people_and_every_fetch_is_noted(
    client: FlaskClient, db: Session
) -> None:
    cast = Cast(db)
    application = cast.generated()
    export = db.exec(select(DataExport)).one()
    db.commit()
    address = f"/forskning/{application.id}/paket/{export.id}"
    for who in (cast.first, cast.second, cast.registrar, cast.analyst):
        sign_in(client, db, who)
        assert client.post(address).status_code == 404, who.name
    sign_in(client, db, cast.researcher)
    assert client.get(address).status_code in {404, 405}
    assert client.post(f"/forskning/{uuid4()}/paket/{export.id}").status_code == 404
    for _time in range(2):
        assert client.post(address).mimetype == "application/zip"
    db.expire(application)
    page = client.get(f"/forskning/{application.id}").text
    assert page.count(export.sha256) >= 2  # the package, and each time it was fetched


@pytest.mark.parametrize("state", list(State))
def test_an_illegal_step_is_refused_with_what_can_be_done(state: State) -> None:
    for action, step in TRANSITIONS.items():
        if state not in step.before:
            said = refusal(state, action).sentence
            assert said.startswith("Det går inte att")
            assert ("Det som går nu" in said) is bool(possible(state))


def test_numbers_are_given_in_order_and_only_once(db: Session) -> None:
    cast = Cast(db)
    numbers = [cast.submitted().number.rpartition("-")[2] for _ in range(3)]
    assert numbers == ["1", "2", "3"]
    applications = db.exec(select(DataApplication)).all()
    assert all(each.arrived_at is not None for each in applications)
    taken_back = applications[0]
    applying.withdraw(db, application=taken_back, by=cast.researcher.id)
    assert taken_back.number
    assert Action.SUBMIT not in possible(taken_back.state)


def test_the_front_page_lists_what_waits_for_this_person_only(
    client: FlaskClient, db: Session
) -> None:
    cast = Cast(db)
    application = cast.submitted()
    heading = "Ansökningar att besluta om"

    def listed() -> list[str]:
        found = []
        for who in (cast.researcher, cast.first, cast.second, cast.analyst):
            sign_in(client, db, who)
            if heading in client.get("/").text:
                found.append(who.name)
        return found

    assert listed() == [cast.first.name, cast.second.name]
    deciding.approve(db, application=application, by=cast.first.id)
    db.commit()
    assert listed() == [cast.second.name]
    deciding.send_back(db, application=application, by=cast.second.id, reason="Mer.")
    db.commit()
    assert listed() == []
    applying.submit(db, application=application, by=cast.researcher.id)
    db.commit()
    assert listed() == [cast.first.name, cast.second.name]


@pytest.mark.parametrize(
    "form",
    [step_forms.SendBackForm, step_forms.RefuseForm, step_forms.DiaryForm, step_forms.ReportForm],
)
def test_spaces_are_no_reason(app: Flask, form: type[step_forms.StepForm]) -> None:
    words = {"reason", "paragraph", "reasons", "diary_number", "note"}
    with app.test_request_context(method="POST", data=dict.fromkeys(words, "   ")):
        asked = form(DataApplication(title=""))
        assert not asked.validate()
        assert words & asked.errors.keys() == words & asked._fields.keys()
