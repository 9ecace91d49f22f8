"""A matter from request to execution over real HTTP: who does what, what waits, who sees it."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session, select

from dialog.core.errors import RefusedError
from dialog.core.negotiating.matters import Action, State
from dialog.core.negotiating.rules import Paragraph
from dialog.meetings import agenda, planning
from dialog.meetings.models import AgendaItem, ItemState
from dialog.meetings.planning import Plan
from dialog.negotiations import parties, steps
from dialog.negotiations.models import MblClaim, MblItem, MblMatter, MblStep
from dialog.negotiations.steps import Said
from dialog.people.models import Role
from dialog.storage.clock import today
from tests import makers
from tests.negotiations.cast import TITLE, Cast
from tests.unions.cast import days_ago

CHANGES = ("andra", "skicka", "forbehall")


def take(client: FlaskClient, matter: UUID, slug: str, day: date, **more: str) -> int:
    data = {"day": day.isoformat(), **more}
    return client.post(f"/forhandlingar/{matter}/{slug}", data=data).status_code


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


def test_nobody_reads_a_draft_or_writes_the_words_of_another_party(app: Flask, db: Session) -> None:
    cast = Cast(app, db)
    vera, ture, negotiator = (
        cast.browser(each) for each in (cast.vera, cast.ture, cast.negotiator)
    )
    matter = cast.matter()
    page, words = f"/forhandlingar/{matter}", "Vi yrkar på en riskbedömning."
    for _time in range(2):
        assert vera.post(f"{page}/yrkanden/nytt", data={"text": words}).status_code == 302
    claim = db.exec(select(MblClaim)).one()
    db.commit()
    own = f"{page}/yrkanden/{claim.id}"
    others = (ture, negotiator, cast.browser(cast.secretary), cast.browser(cast.vera, acting=False))
    for attacker in others:
        assert words not in attacker.get(page).text
        assert attacker.get(own).status_code in {302, 404}
        data = {"text": "Vi ger oss.", "edition": "1"}
        assert attacker.post(own, data=data).status_code == 404
        for what in ("lagg-fram", "ta-tillbaka"):
            assert attacker.post(f"{own}/{what}").status_code == 404
    read = {"edition": "1"}
    for _time in range(2):  # twice is once
        assert vera.post(f"{own}/lagg-fram", data=read).status_code == 302
    told = Counter(message["To"].addresses[0].addr_spec for message in cast.mails())
    # Both unions of the matter; of the claim the other one and the body's secretary.
    assert told == {cast.vera.email: 1, cast.ture.email: 2, cast.secretary.email: 1}
    for attacker in others[:3]:
        assert words in attacker.get(page).text
        assert attacker.post(own, data={"text": "Nej.", "edition": "1"}).status_code == 404
    newer = {"text": "Vi yrkar på två riskbedömningar.", "edition": "1"}
    assert vera.post(own, data=newer).status_code == 302
    behind = vera.post(own, data={"text": "På tre.", "edition": "1"})
    assert behind.status_code == 422
    assert newer["text"] in behind.text
    # Somebody of the same union has the page open as it was before.
    assert vera.post(f"{own}/lagg-fram", data=read).status_code == 409
    assert newer["text"] not in ture.get(page).text
    assert 'name="edition" value="2"' in vera.get(page).text
    vera.post(f"{own}/lagg-fram", data={"edition": "2"})
    shown = ture.get(page).text
    assert newer["text"] in shown
    assert words in shown.partition("Tidigare lydelser")[2]


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


def test_open_matters_are_put_on_a_meeting_once_and_go_on_to_the_next_with_it(
    app: Flask, db: Session
) -> None:
    cast = Cast(app, db)
    matter = cast.matter()
    with app.test_request_context():
        meeting, following, third = (
            planning.create(db, by=cast.secretary.id, plan=Plan(name), body_id=cast.body.id)
            for name in ("Första mötet", "Andra mötet", "Tredje mötet")
        )
    db.commit()
    secretary = cast.browser(cast.secretary)
    page = f"/facklig-samverkan/{cast.body.id}/forhandlingar/dagordning"
    chosen = {"meeting": str(meeting.id), "matters": [str(matter)]}
    for _time in range(2):
        assert secretary.post(page, data=chosen).status_code == 302
    (link,) = db.exec(select(MblItem)).all()
    item = db.get_one(AgendaItem, link.item_id)
    assert (item.meeting_id, item.title) == (meeting.id, f"11 § MBL: {TITLE}")
    item.state = ItemState.TABLED
    agenda.carry_over(db, meeting=meeting, to=following)
    db.commit()
    for _time in range(2):  # there it stands already
        secretary.post(page, data={**chosen, "meeting": str(following.id)})
    assert len(agenda.items_of(db, meeting=following)) == 1
    db.commit()
    for each in (meeting, following):
        for client in (secretary, cast.browser(cast.negotiator)):
            agenda_page = client.get(f"/moten/{each.id}/dagordning").text
            assert f'href="/forhandlingar/{matter}">11 § MBL' in agenda_page
    shown = cast.browser(cast.vera).get(f"/forhandlingar/{matter}").text
    assert "Första mötet" in shown
    assert "Andra mötet" in shown
    take(secretary, matter, "borja", days_ago(2))
    to = {"reason": "Mer tid.", "meeting": str(third.id)}
    assert take(secretary, matter, "ajournera", days_ago(2), **to) == 302
    assert TITLE in secretary.get(f"/moten/{third.id}/dagordning").text
    assert secretary.post(page, data={"meeting": str(meeting.id)}).status_code == 422
    assert cast.browser(cast.vera).get(page).status_code == 404


def test_times_go_for_what_is_asked_for_from_their_day_on_and_the_planner_counts_with_them(
    app: Flask, db: Session
) -> None:
    cast = Cast(app, db)
    before = cast.matter(day=days_ago(10))
    negotiator, vera = cast.browser(cast.negotiator), cast.browser(cast.vera)
    of_body = f"/facklig-samverkan/{cast.body.id}/forhandlingar"
    said = {
        "name": "Kollektivavtal RS", "from_day": days_ago(5).isoformat(), "meet_weeks": "1",
        "central_days": "10", "central_weeks": "2", "call_days": "5", "attestation_days": "3",
        "documents_days": "14",
    }  # fmt: skip
    assert vera.post(f"{of_body}/tider", data=said).status_code == 404
    assert negotiator.post(f"{of_body}/tider", data=said).status_code == 302
    assert negotiator.post(f"{of_body}/tider", data=said).status_code == 422  # that day is taken
    assert "Kollektivavtal RS" in vera.get(f"{of_body}/tider").text
    after = cast.matter(day=days_ago(4))
    assert "Kollektivavtal RS" not in vera.get(f"/forhandlingar/{before}").text
    assert "Kollektivavtal RS" in vera.get(f"/forhandlingar/{after}").text
    for other in ("central_days", "meet_weeks"):  # a matter under way keeps its times
        earlier = {**said, "from_day": days_ago(4).isoformat(), other: "8"}
        assert negotiator.post(f"{of_body}/tider", data=earlier).status_code == 422
    ancient = {**said, "from_day": "0001-01-01"}
    assert negotiator.post(f"{of_body}/tider", data=ancient).status_code == 422
    asked = f"{of_body}/planera?paragraf=11&dag=2027-03-16&centralt=y"
    for client in (vera, negotiator):
        shown = client.get(asked).text
        for day in ("16 mars", "2 mars", "26 februari", "12 februari", "2 februari"):
            assert shown.count(f"<td>{day} 2027") == shown.count(f">{day} 2027</tspan>") > 0, day
    for wrong in ("snart", "9999-12-31", "0001-01-02"):
        assert client.get(f"{of_body}/planera?paragraf=11&dag={wrong}").status_code == 422
    assert client.get(f"{of_body}/planera").status_code == 200


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


def test_an_organisation_that_joins_later_is_a_party_and_is_told(app: Flask, db: Session) -> None:
    cast = Cast(app, db)
    negotiator, vera, ture = (
        cast.browser(each) for each in (cast.negotiator, cast.vera, cast.ture)
    )
    data = {"title": "Schemat", "day": days_ago(3).isoformat()}
    of_body = f"/facklig-samverkan/{cast.body.id}/forhandlingar"
    asked = vera.post(f"{of_body}/begar", data=data)
    page = asked.location
    # The same words of another union are another matter, and no number of a person is kept.
    assert ture.post(f"{of_body}/begar", data=data).location != page
    numbered = {**data, "background": "Gäller 19811218-9876."}
    assert vera.post(f"{of_body}/begar", data=numbered).status_code == 422
    assert "är inte part" in ture.get(page).text
    assert ture.get(f"{page}/yrkanden/nytt").status_code == 404
    changed = {"more": str(cast.unions[1].id)}
    assert vera.post(f"{page}/andra", data=changed).status_code == 404
    cast.work()
    before = len(cast.mails())
    for _time in range(2):
        negotiator.post(f"{page}/andra", data=changed)
    shown = ture.get(page).text
    assert "Läkarfacket Björk" in shown.partition("Lade till part")[2]
    told = [mail["To"].addresses[0].addr_spec for mail in cast.mails()]
    assert len(told) == before + 2  # both unions, once
    assert cast.ture.email in told
    assert ture.get(f"{page}/yrkanden/nytt").status_code == 200
    assert "Vera Vald" not in negotiator.get(page).text  # who asked for it is not kept
    assert ture.get(f"{page}/aterkalla").status_code == 404  # whoever asked calls it off
    day = {"day": today().isoformat(), "reason": "Vi är nöjda."}
    assert vera.post(f"{page}/aterkalla", data=day).status_code == 302
    assert "lagd till handlingarna" in negotiator.get(page).text


def test_the_words_of_who_asked_stay_and_what_the_employer_changes_is_kept_and_told(
    app: Flask, db: Session
) -> None:
    cast = Cast(app, db)
    negotiator, vera = cast.browser(cast.negotiator), cast.browser(cast.vera)
    asked = {"title": "Schemat", "background": "Nätterna är för långa."}
    of_body = f"/facklig-samverkan/{cast.body.id}/forhandlingar"
    page = vera.post(f"{of_body}/begar", data=asked).location
    other = {"title": "Något annat", "background": "", "addition": "Vi svarar i maj."}
    for _time in range(2):
        assert negotiator.post(f"{page}/andra", data=other).status_code == 302
    shown = vera.get(page).text
    assert "<h1>Schemat</h1>" in shown
    assert asked["background"] in shown
    assert shown.count("Vi svarar i maj.") == 1
    told = [mail["To"].addresses[0].addr_spec for mail in cast.mails()]
    assert told.count(cast.vera.email) == 1

    own = f"/forhandlingar/{cast.matter(Paragraph.HIRED_WORK)}"
    cast.work()
    before = len(cast.mails())
    newer = {"title": "Ny titel", "decision_on": ""}
    assert negotiator.post(f"{own}/andra", data=newer).status_code == 302
    assert len(cast.mails()) == before + 2  # both unions
    shown = vera.get(own).text
    assert "<h1>Ny titel</h1>" in shown
    assert TITLE in shown.partition("Ändrade ärendet")[2]
    assert take(negotiator, UUID(own[-36:]), "borja", days_ago(2)) == 302  # days go on as before
