"""Who proposes a correction of a published result, who decides it, and who sees it meanwhile."""

from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from sqlmodel import Session, select

from dialog.core.errors import RefusedError
from dialog.people.models import Role
from dialog.results.correcting import deciding, remaking
from dialog.results.models import Correction, CorrectionState, Release
from dialog.surveys.models import Round
from dialog.surveys.rounds import disposing, steps
from tests import makers
from tests.conftest import sign_in
from tests.counting import statements
from tests.results.correcting.scene import HIDE, WHY, Scene, reorganise

S = CorrectionState


@pytest.mark.parametrize("kind", ["unit", "rows"])
def test_after_disposal_nothing_can_be_corrected(
    client: FlaskClient, db: Session, scene: Scene, first: Release, kind: str
) -> None:
    round_ = db.get_one(Round, first.round_id)
    disposing.KINDS[kind].remove(db, round_)
    steps.keep(db, round_=round_, action=disposing.KINDS[kind].action, by=None)
    db.commit()
    with pytest.raises(RefusedError, match="gallrade"):
        deciding.propose(db, release=first, by=scene.analyst.id, proposal=HIDE)
    db.rollback()
    sign_in(client, db, scene.analyst)
    address = f"/resultat/{first.id}/ratta"
    db.rollback()
    assert "gallrade" in client.get(address).text
    assert client.post(address, data={"reason": WHY, "withheld": "q2"}).status_code == 422


def test_who_proposed_cannot_decide_and_others_see_nothing(
    client: FlaskClient, db: Session, scene: Scene, first: Release
) -> None:
    both = makers.person(db, "Båda Bengtsson", Role.ANALYST, Role.APPROVER)
    made = deciding.propose(db, release=first, by=both.id, proposal=HIDE)
    db.commit()
    address = f"/resultat/rattelse/{made.id}"
    with pytest.raises(RefusedError, match="Be en annan"):
        deciding.approve(db, correction=made, by=both.id)
    db.rollback()
    sign_in(client, db, both)
    assert "Godkänn rättelsen" not in client.get(address).text
    assert client.post(address, data={"step": "approve"}).status_code == 404
    sign_in(client, db, makers.person(db, "Vanlig Viksten"))
    assert client.get(address).status_code == 404
    assert client.get(f"/resultat/{first.id}/ratta").status_code == 404
    sign_in(client, db, scene.approver)
    assert client.get(f"/resultat/{first.id}/ratta").status_code == 404
    answer = client.post(address, data={"step": "decline", "reason": " "})
    assert "Skriv varför rättelsen inte ska göras" in answer.text
    client.post(address, data={"step": "decline", "reason": "Översättningen var rätt."})
    assert "Översättningen var rätt." in client.get(address).text
    db.refresh(made)
    assert made.state is S.DECLINED
    db.rollback()
    sign_in(client, db, both)
    assert f"/resultat/{first.id}/ratta" in client.get(f"/resultat/{first.id}").text


def test_a_proposal_can_be_taken_back_and_only_one_is_under_way(
    client: FlaskClient, db: Session, scene: Scene, first: Release
) -> None:
    sign_in(client, db, scene.analyst)
    address = f"/resultat/{first.id}/ratta"
    empty = client.post(address, data={"reason": "Fel."})
    assert empty.status_code == 422
    assert "Välj vad som ska rättas" in empty.text
    assert "Fel.</textarea>" in empty.text.replace("\r\n", "")
    for blank in ({}, {"reason": " \n "}):
        assert "Skriv varför" in client.post(address, data={"withheld": "q2", **blank}).text
    with pytest.raises(RefusedError, match="Skriv varför"):
        deciding.propose(db, release=first, by=scene.analyst.id, proposal=replace(HIDE, reason=" "))
    db.rollback()
    made = client.post(address, data={"reason": WHY, "withheld": "q2"}).headers["Location"]
    assert "redan föreslagen" in client.get(address).text
    client.post(made, data={"step": "withdraw"})
    assert "Tillbakatagen" in client.get(made).text
    assert "Föreslå rättelsen" in client.get(address).text


def test_one_that_is_being_made_cannot_be_declined(
    db: Session, scene: Scene, first: Release
) -> None:
    made = scene.approved(first, HIDE)
    with pytest.raises(RefusedError, match="granskas redan"):
        deciding.decline(db, correction=made, by=scene.approver.id, reason="Nej.")


def test_who_proposed_and_nobody_else_takes_it_back(
    client: FlaskClient, db: Session, scene: Scene, first: Release
) -> None:
    made = deciding.propose(db, release=first, by=scene.analyst.id, proposal=HIDE)
    db.commit()
    address = f"/resultat/rattelse/{made.id}"
    sign_in(client, db, makers.person(db, "Annan Analys", Role.ANALYST))
    assert "Ta tillbaka" not in client.get(address).text
    assert "Bara den som har föreslagit" in client.post(address, data={"step": "withdraw"}).text
    db.refresh(made)
    assert made.state is S.PROPOSED
    # Who is no analyst any more can still take back what they proposed.
    made.author_id = scene.approver.id
    db.add(made)
    db.commit()
    sign_in(client, db, scene.approver)
    assert "Ta tillbaka" in client.get(address).text
    client.post(address, data={"step": "withdraw"})
    db.refresh(made)
    assert (made.state, made.answer) == (S.WITHDRAWN, "")


def test_closed_units_are_asked_for_where_the_organisation_has_changed(
    client: FlaskClient, db: Session, scene: Scene, first: Release
) -> None:
    sign_in(client, db, scene.analyst)
    address = f"/resultat/{first.id}/ratta"
    assert "Enheterna är desamma" in client.get(address).text
    moved = reorganise(db, scene.units, 4)
    page = client.get(address).text
    assert "3 enheter är stängda" in page
    assert "3 enheter är nya" in page
    assert "Kvinnosjukvård heter Kvinnohälsa" in page
    assert 'value="V11"' in page
    data = {f"moved_{number}": "V11" for number in range(3)}
    wrong = {**data, "reason": WHY, "reorganised": "y", "moved_0": "E999"}
    assert "Skriv koden för en enhet som finns nu" in client.post(address, data=wrong).text
    good = client.post(address, data={**data, "reason": WHY, "reorganised": "y"})
    assert good.status_code == 302
    made = db.exec(select(Correction)).one()
    assert made.moved == dict.fromkeys(moved, "V11")


def test_a_round_archived_before_the_proposal_is_approved_is_not_corrected(
    client: FlaskClient, db: Session, scene: Scene, first: Release
) -> None:
    made = deciding.propose(db, release=first, by=scene.analyst.id, proposal=HIDE)
    steps.archive(db, round_=db.get_one(Round, first.round_id), by=scene.analyst.id)
    db.commit()
    sign_in(client, db, scene.approver)
    answer = client.post(f"/resultat/rattelse/{made.id}", data={"step": "approve"})
    assert answer.status_code == 422
    assert "Det går inte att rätta det publicerade resultatet" in answer.text
    db.refresh(made)
    assert made.state is S.PROPOSED


def test_a_round_archived_while_its_correction_is_made_keeps_what_is_published(
    client: FlaskClient, db: Session, scene: Scene, first: Release
) -> None:
    made = scene.approved(first, HIDE)
    steps.archive(db, round_=db.get_one(Round, first.round_id), by=scene.analyst.id)
    db.commit()
    scene.work()
    db.refresh(made)
    assert (made.state, made.answer) == (S.REFUSED, remaking.ARCHIVED)
    assert db.exec(select(Release)).all() == [first]
    db.rollback()
    sign_in(client, db, scene.analyst)
    assert "Omgången arkiverades" in client.get(f"/resultat/rattelse/{made.id}").text


def test_the_pages_of_a_correction_read_no_figures(
    client: FlaskClient, db: Session, scene: Scene, first: Release
) -> None:
    """They ask for themselves again and again, and a release has thousands of groups."""
    sign_in(client, db, scene.analyst)
    address = f"/resultat/{first.id}/ratta"
    db.rollback()
    with statements(scene.desk.engine) as sent:
        assert client.get(address).status_code == 200
    assert not any("cells" in one or "FOR UPDATE" in one for one in sent)
    made = deciding.propose(db, release=first, by=scene.analyst.id, proposal=HIDE)
    address = f"/resultat/rattelse/{made.id}"
    db.commit()
    with statements(scene.desk.engine) as sent:
        assert client.get(address).status_code == 200
    assert not any("FROM release_group" in one for one in sent)
