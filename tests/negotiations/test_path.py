"""A matter from request to execution over real HTTP: who does what, what waits, who sees it."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session, select

from dialog.core.errors import RefusedError
from dialog.core.negotiating.matters import Action, State
from dialog.core.negotiating.rules import Paragraph
from dialog.meetings import planning
from dialog.meetings.planning import Plan
from dialog.negotiations import parties, steps
from dialog.negotiations.models import MblItem, MblMatter, MblStep
from dialog.negotiations.steps import Said
from dialog.people.models import Role
from dialog.storage.clock import today
from tests import makers
from tests.negotiations.cast import TITLE, Cast
from tests.negotiations.taking import take
from tests.unions.cast import days_ago

CHANGES = ("andra", "skicka", "forbehall")


def changes_that_are_refused(client: FlaskClient, matter: UUID) -> tuple[str, ...]:
    """Those for which the matter is over."""
    said = {"title": "Ny", "words": "Nytt"}
    pages = {slug: client.post(f"/forhandlingar/{matter}/{slug}", data=said) for slug in CHANGES}
    over = "lagt till handlingarna och kan inte ändras"
    return tuple(slug for slug, page in pages.items() if over in page.text)


def test_a_matter_goes_from_request_to_execution_and_a_decision_waits_for_the_negotiation(
    app: Flask, db: Session
) -> None:
    cast = Cast(app, db)
    negotiator, vera = cast.browser(cast.negotiator), cast.browser(cast.vera)
    said = {
        "paragraph": "11", "title": TITLE, "background": "Bakgrunden.", "asked_by": "",
        "organisations": [str(each.id) for each in cast.unions], "day": days_ago(40).isoformat(),
    }  # fmt: skip
    for _time in range(2):  # pressed twice
        made = negotiator.post(f"/facklig-samverkan/{cast.body.id}/forhandlingar/ny", data=said)
        assert made.status_code == 302
    matter = db.exec(select(MblMatter)).one().id
    db.commit()
    page = f"/forhandlingar/{matter}"
    assert "förhandlingen är inte avslutad" in vera.get(page).text
    assert TITLE in vera.get(f"/facklig-samverkan/{cast.body.id}/forhandlingar").text

    assert take(negotiator, matter, "kalla", days_ago(38)) == 302
    assert take(negotiator, matter, "borja", days_ago(50)) == 422  # before it was asked for
    assert take(negotiator, matter, "borja", days_ago(30)) == 302
    assert take(negotiator, matter, "ajournera", days_ago(30)) == 422  # it does not say why
    assert take(negotiator, matter, "ajournera", days_ago(30), reason="Mer underlag") == 302
    assert take(negotiator, matter, "borja", days_ago(25)) == 302
    assert take(vera, matter, "enighet", days_ago(5)) == 404  # that is written by the employer
    answer = negotiator.post(f"{page}/beslut", data={"day": today().isoformat()})
    assert "Undantag: synnerliga skäl" in answer.text
    assert take(vera, matter, "frantrad", today(), reason="Vi är inte överens") == 302
    assert cast.stands(matter).state is State.CONCLUDED
    assert "så länge kan central" in vera.get(page).text
    now = negotiator.get(page).text.partition('id="nu"')[2].partition("</section>")[0]
    assert "/beslut" not in now  # it stands where it waits, as an exception
    assert "/till-handlingarna" not in now
    assert "/begar-centralt" not in now  # that is for the unions
    assert "Anteckna beslutet med undantag" in negotiator.get(page).text
    assert take(negotiator, matter, "beslut", today()) == 422  # the seven days
    assert take(negotiator, matter, "till-handlingarna", today()) == 422

    assert take(vera, matter, "begar-centralt", today()) == 302
    for ends in ("frantrad-centralt", "enighet-centralt"):  # nobody has met
        assert take(negotiator, matter, ends, today(), reason="Utan möte") == 422
    assert take(negotiator, matter, "borja-centralt", today()) == 302
    assert take(negotiator, matter, "enighet-centralt", today(), reason="Överens till slut") == 302
    assert take(negotiator, matter, "verkstallt", today()) == 422  # nothing is decided
    assert take(negotiator, matter, "beslut", days_ago(4)) == 422  # as it stood on that day
    assert take(negotiator, matter, "beslut", today()) == 302
    assert take(negotiator, matter, "verkstallt", today()) == 302
    assert take(negotiator, matter, "till-handlingarna", today()) == 302
    assert (cast.stands(matter).state, changes_that_are_refused(negotiator, matter)) == (
        State.CLOSED, CHANGES,
    )  # fmt: skip
    shown = vera.get(page).text
    for words in ("Vi är inte överens", "Vårdförbundet Ljung", "Mer underlag", "verkställdes"):
        assert words in shown
    assert cast.negotiator.name not in shown  # others see the party, not who of it
    assert cast.negotiator.name in negotiator.get(page).text
    names = {step.action: step.person_id for step in db.exec(select(MblStep))}
    assert names["decide"] == cast.negotiator.id
    assert (
        names["withdraw"] is names["request-centrally"] is None
    )  # it would say whose union is whose
    db.commit()
    refused = negotiator.get(f"{page}/borja")
    assert refused.status_code == 422
    assert "Inget mer kan göras" in refused.text


def test_whoever_drops_its_central_request_ends_neither_the_others_nor_their_time_to_ask(
    app: Flask, db: Session
) -> None:
    cast = Cast(app, db)
    negotiator, vera, ture = (
        cast.browser(each) for each in (cast.negotiator, cast.vera, cast.ture)
    )
    matter, slug = cast.matter(), "aterkalla-centralt"
    take(negotiator, matter, "borja", days_ago(30))
    take(negotiator, matter, "frantrad", today(), reason="Vi är inte överens.")
    assert take(vera, matter, "begar-centralt", today()) == 302
    assert take(vera, matter, "begar-centralt", today()) == 422  # it stands already
    page, why = f"/forhandlingar/{matter}", "Vi begär det inte längre."
    assert slug in vera.get(page).text
    assert slug not in ture.get(page).text
    assert take(negotiator, matter, slug, today(), reason=why) == 404
    assert take(ture, matter, slug, today(), reason=why) == 422
    assert take(vera, matter, slug, today()) == 422  # the words are the notice
    assert take(vera, matter, "frantrad-centralt", today(), reason=why) == 422  # nobody has met
    assert "/begar-centralt" in ture.get(page).text
    right = "Central förhandling kan begäras"
    assert [right in each.get(page).text for each in (ture, vera)] == [True, False]
    assert take(ture, matter, "begar-centralt", today()) == 302
    assert take(vera, matter, slug, today(), reason=why) == 302
    assert cast.stands(matter).state is State.CENTRAL_REQUESTED
    assert take(ture, matter, slug, today(), reason="Inte vi heller.") == 302
    assert cast.stands(matter).state is State.CONCLUDED
    assert why in ture.get(page).text
    assert take(negotiator, matter, "beslut", today()) == 422  # the seven days are not gone
    assert take(ture, matter, "begar-centralt", today()) == 302
    assert take(negotiator, matter, "borja-centralt", today()) == 302
    assert take(ture, matter, slug, today(), reason=why) == 422  # now it is to be withdrawn from
    assert take(ture, matter, "frantrad-centralt", today(), reason=why) == 302
    assert take(negotiator, matter, "beslut", today()) == 302


def test_an_exception_is_kept_with_its_reason_and_the_negotiation_goes_on(
    app: Flask, db: Session
) -> None:
    cast = Cast(app, db)
    negotiator, ture = cast.browser(cast.negotiator), cast.browser(cast.ture)
    matter = cast.matter(Paragraph.HIRED_WORK)
    reason = {"exception": "Mottagningen står utan läkare i morgon."}
    assert take(negotiator, matter, "beslut", days_ago(20), **reason) == 302
    assert take(negotiator, matter, "beslut", days_ago(20), **reason) == 422  # once
    assert cast.stands(matter).state is State.REQUESTED
    shown = ture.get(f"/forhandlingar/{matter}").text
    assert "före avslutad förhandling, synnerliga skäl" in shown
    assert reason["exception"] in shown
    assert "förhandlingen är inte avslutad" in shown
    assert take(negotiator, matter, "verkstallt", days_ago(19)) == 422  # that needs one too
    assert take(negotiator, matter, "verkstallt", days_ago(19), **reason) == 302
    off = take(negotiator, matter, "aterkalla", today(), reason="Det är ju beslutat.")
    assert off == 422  # the duty to negotiate is still there
    steps = db.exec(select(MblStep).where(MblStep.exception)).all()
    assert {step.before for step in steps} == {step.after for step in steps} == {"requested"}
    db.commit()


def test_what_is_written_here_as_notice_counts_from_the_day_it_is_written(
    app: Flask, db: Session
) -> None:
    cast = Cast(app, db)
    negotiator, vera = cast.browser(cast.negotiator), cast.browser(cast.vera)
    matter = cast.matter()
    take(negotiator, matter, "borja", days_ago(30))
    take(negotiator, matter, "frantrad", days_ago(20), reason="Vi är inte överens.")
    assert take(negotiator, matter, "beslut", today()) == 422  # the seven days are not gone
    assert 'name="day"' not in vera.get(f"/forhandlingar/{matter}/begar-centralt").text
    take(vera, matter, "begar-centralt", days_ago(20))
    of_body = f"/facklig-samverkan/{cast.body.id}/forhandlingar"
    vera.post(f"{of_body}/begar", data={"title": "Schemat", "day": days_ago(30).isoformat()})
    days = [(step.action, step.day) for step in db.exec(select(MblStep))]
    db.commit()
    for action in ("withdraw", "request-centrally"):
        assert (action, today()) in days
    assert sorted(day for action, day in days if action == "request") == [days_ago(40), today()]
    early = Said(days_ago(1), "Bakåt.")
    employer = parties.parties_of(db, matter_id=matter)[0]
    with app.test_request_context():
        row = db.get_one(MblMatter, matter)
        take_step = partial(steps.take, db, matter=row, party=employer, by=cast.negotiator.id)
        take_step(action=Action.BEGIN_CENTRALLY, said=Said(today()))
        with pytest.raises(RefusedError):
            take_step(action=Action.WITHDRAW_CENTRALLY, said=early)
    db.rollback()


def test_the_body_sees_its_matters_and_everybody_else_finds_none(app: Flask, db: Session) -> None:
    cast = Cast(app, db)
    matter = cast.matter()
    addresses = (
        f"/forhandlingar/{matter}",
        f"/forhandlingar/{matter}/borja",
        f"/facklig-samverkan/{cast.body.id}/forhandlingar",
    )
    others = [
        makers.person(db, f"Roll {role.value}", role) for role in Role if role != "negotiator"
    ]
    for person in (*others, cast.kalle, cast.registrar):
        for address in addresses:
            assert cast.browser(person).get(address).status_code == 404, (person.name, address)
    of_body = f"/facklig-samverkan/{cast.body.id}"
    assert "forhandlingar" not in cast.browser(cast.registrar).get(of_body).text
    assert "forhandlingar" in cast.browser(cast.vera).get(of_body).text
    resting = cast.browser(cast.vera, acting=False)
    assert resting.get(addresses[0]).location == f"/mina-uppdrag?next={addresses[0]}"
    for person in (cast.vera, cast.secretary, cast.negotiator):
        assert cast.browser(person).get(addresses[0]).status_code == 200
    told = makers.person(db, "Nora Negotson", Role.NEGOTIATOR)
    cast.mandates[told.id] = cast.mandate(told, union=1).id
    assert cast.browser(told).get(addresses[1]).status_code == 404  # now she is of the union


def test_two_who_do_the_same_at_once_do_it_once(app: Flask, db: Session) -> None:
    cast = Cast(app, db)
    matter = cast.matter()
    with app.test_request_context():
        meeting = planning.create(
            db, by=cast.secretary.id, plan=Plan("RS MBL"), body_id=cast.body.id
        )
    db.commit()
    page = f"/facklig-samverkan/{cast.body.id}/forhandlingar/dagordning"
    chosen = {"meeting": str(meeting.id), "matters": [str(matter)]}
    clients = [cast.browser(each) for each in (cast.secretary, cast.negotiator) * 2]
    decision = {"day": days_ago(1).isoformat(), "exception": "Annars stänger mottagningen."}

    def post(address: str, data: object) -> list[int]:
        with ThreadPoolExecutor(len(clients)) as pool:
            said = pool.map(lambda each: each.post(address, data=data), clients)
            return sorted(answer.status_code for answer in said)

    assert post(page, chosen) == [302] * 4
    assert post(f"/forhandlingar/{matter}/beslut", decision) == [302, 422, 422, 422]
    assert len(db.exec(select(MblItem)).all()) == 1
    assert len(db.exec(select(MblStep).where(MblStep.exception)).all()) == 1
    db.commit()
