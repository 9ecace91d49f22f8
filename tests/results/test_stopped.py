"""A correction whose making has failed for good: what is said of it, and what can be done."""

import pytest
from flask.testing import FlaskClient
from sqlmodel import Session, select

from dialog.results.models import Correction, CorrectionState, Release
from dialog.storage.outbox import GIVE_UP_AFTER, OutboxRow
from tests.conftest import sign_in
from tests.results.correcting import scene as corrections
from tests.results.correcting.scene import HIDE, Scene

S = CorrectionState


def stuck(db: Session, scene: Scene, first: Release, problem: str = "MemoryError") -> Correction:
    """One whose making has failed for the last time."""
    made = scene.approved(first, HIDE)
    row = db.exec(select(OutboxRow)).one()
    row.failed, row.attempts, row.problem = True, GIVE_UP_AFTER, problem
    db.add(row)
    db.commit()
    return made


def test_one_that_has_got_stuck_can_be_declined_or_tried_again(
    client: FlaskClient, db: Session, scene: Scene, first: Release
) -> None:
    made = stuck(db, scene, first)
    address = f"/resultat/rattelse/{made.id}"
    sign_in(client, db, scene.approver)
    page = client.get(address).text
    assert "Har stannat: godkänd, men inte granskad" in page
    assert "granskas av programmet" not in page
    assert "Granskningen gick fel" in page
    assert "Minnet i servern räckte inte." in page
    assert "Försök igen när felet är rättat" in page
    assert "Avslå rättelsen" in page
    client.post(address, data={"step": "decline", "reason": "Det går inte."})
    db.refresh(made)
    assert (made.state, made.answer) == (S.DECLINED, "Det går inte.")


def test_a_list_of_corrections_says_that_one_has_stopped_and_who_decides_finds_it(
    client: FlaskClient, db: Session, scene: Scene, first: Release
) -> None:
    made = stuck(db, scene, first)
    sign_in(client, db, scene.approver)
    page = client.get(f"/resultat/{first.id}").text
    assert "Har stannat: godkänd, men inte granskad" in page
    assert "granskas av programmet" not in page
    address = f"/resultat/rattelse/{made.id}"
    assert address in client.get("/resultat").text
    client.post(address, data={"step": "approve"})
    assert "granskas av programmet" in client.get(f"/resultat/{first.id}").text
    assert address not in client.get("/resultat").text


def test_whoever_proposed_one_that_has_stopped_is_told_who_can_try_again(
    client: FlaskClient, db: Session, scene: Scene, first: Release
) -> None:
    made = stuck(db, scene, first)
    sign_in(client, db, scene.analyst)
    page = client.get(f"/resultat/rattelse/{made.id}").text
    assert "kan en godkännare försöka igen. Du kan också ta tillbaka rättelsen." in page


@pytest.mark.parametrize(
    ("problem", "told"),
    [
        ("OperationalError", "Databasen gick inte att nå"),
        ("KeyError", "Ett fel i programmet (KeyError)."),
        ("", "Vad som gick fel är inte känt."),
    ],
)
def test_why_it_stopped_is_told_as_far_as_it_is_known(
    client: FlaskClient, db: Session, scene: Scene, problem: str, told: str
) -> None:
    made = stuck(db, scene, scene.released(corrections.answered(3)), problem)
    sign_in(client, db, scene.approver)
    assert told in client.get(f"/resultat/rattelse/{made.id}").text


def test_one_whose_duty_is_lost_can_be_tried_again(
    client: FlaskClient, db: Session, scene: Scene, first: Release
) -> None:
    made = stuck(db, scene, first)
    db.delete(db.exec(select(OutboxRow)).one())
    db.commit()
    sign_in(client, db, scene.approver)
    address = f"/resultat/rattelse/{made.id}"
    assert "Uppdraget att göra resultatet finns inte kvar." in client.get(address).text
    client.post(address, data={"step": "approve"})
    scene.work()
    db.refresh(made)
    assert made.state is S.PUBLISHED


def test_one_that_has_got_stuck_is_made_when_it_is_approved_again(
    client: FlaskClient, db: Session, scene: Scene, first: Release
) -> None:
    made = stuck(db, scene, first)
    scene.work()
    address = f"/resultat/rattelse/{made.id}"
    sign_in(client, db, scene.approver)
    assert client.post(address, data={"step": "approve"}).status_code == 302
    assert "granskas av programmet" in client.get(address).text
    scene.work()
    db.refresh(made)
    assert made.state is S.PUBLISHED
