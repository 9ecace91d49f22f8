"""The veto after a negotiation under § 38, over real HTTP."""

from datetime import timedelta

import time_machine
from flask import Flask
from sqlmodel import Session, select

from dialog.core.negotiating.matters import Action, State
from dialog.core.negotiating.rules import Paragraph
from dialog.negotiations.models import MblStep
from dialog.storage.clock import now, today
from tests.negotiations.cast import Cast
from tests.negotiations.taking import take
from tests.unions.cast import days_ago

WHY = "Lagen om anställningsskydd kringgås."
BARRED = "får inte beslutas eller verkställas (39 § MBL)"
MARK = "veto förklarat"
GROUNDS = "Organisationen har inte visat någon lag som åsidosätts."


def test_what_an_organisation_forbids_waits_until_it_lifts_that_or_lacks_grounds(
    app: Flask, db: Session
) -> None:
    cast = Cast(app, db)
    employer, vera, ture = (cast.browser(each) for each in (cast.negotiator, cast.vera, cast.ture))
    matter = cast.matter(Paragraph.HIRED_WORK)
    page = f"/forhandlingar/{matter}"
    assert take(employer, matter, "borja", days_ago(35)) == 302
    assert take(vera, matter, "veto", today(), reason=WHY) == 422  # it is still negotiated
    assert take(vera, matter, "frantrad", today(), reason="Nej.") == 302
    assert take(employer, matter, "veto", today(), reason=WHY) == 404
    assert take(vera, matter, "veto", today()) == 422
    for client in (vera, ture):
        assert take(client, matter, "veto", today(), reason=WHY) == 302
        assert take(client, matter, "veto", today(), reason=WHY) == 422
    shown = employer.get(page).text
    for words in (WHY, "Förklarade veto"):
        assert words in shown
    for asks in (False, True):  # no reason not to wait for a negotiation goes against a veto
        if asks:
            assert take(ture, matter, "begar-centralt", today()) == 302
        assert take(employer, matter, "beslut", today(), exception=GROUNDS) == 422
        for told in (employer.get(page).text, employer.get(f"{page}/beslut").text):
            assert "Först därefter" in told
            assert "synnerliga" not in told
    assert take(employer, matter, "borja-centralt", today()) == 302
    assert take(vera, matter, "frantrad-centralt", today(), reason="Klart.") == 422  # not hers
    assert take(ture, matter, "frantrad-centralt", today(), reason="Ingen enighet.") == 302
    assert take(employer, matter, "beslut", today()) == 422
    told = employer.get(f"{page}/beslut").text
    for words in ("39 § MBL", "saknar fog", "skriv varför"):
        assert words in told
    assert "synnerliga" not in told
    assert take(vera, matter, "aterta-veto", today(), reason="Vi litar på er.") == 302
    assert take(vera, matter, "aterta-veto", today(), reason="Igen.") == 422
    assert take(employer, matter, "beslut", today()) == 422  # the other's stands
    said = {"reason": "Nämnden har sagt sitt.", "exception": GROUNDS}
    assert take(employer, matter, "beslut", today(), **said) == 302
    assert cast.stands(matter).state is State.DECIDED
    assert take(employer, matter, "verkstallt", today()) == 422
    assert take(ture, matter, "aterta-veto", today(), reason="Vi ger oss.") == 302
    assert BARRED not in vera.get(page).text
    assert take(vera, matter, "veto", today(), reason=WHY) == 302  # nothing is carried out yet
    of_body = f"/facklig-samverkan/{cast.body.id}/forhandlingar"
    for address in (page, of_body):
        assert MARK in vera.get(address).text
    assert take(employer, matter, "verkstallt", today()) == 422
    assert take(employer, matter, "verkstallt", today(), exception=GROUNDS) == 302
    for address in (page, of_body):
        assert MARK not in vera.get(address).text
    assert BARRED not in vera.get(page).text
    assert take(ture, matter, "veto", today(), reason=WHY) == 422
    kept = db.exec(select(MblStep).where(MblStep.action == Action.DECIDE)).one()
    assert (kept.exception, kept.reason) == (True, "\n\n".join(said.values()))
    db.commit()
    assert "Beslut trots veto, organisationen saknar fog" in vera.get(page).text


def test_only_after_38_and_without_agreement_is_there_a_veto(app: Flask, db: Session) -> None:
    cast = Cast(app, db)
    employer, vera = cast.browser(cast.negotiator), cast.browser(cast.vera)
    for paragraph, expected in ((Paragraph.HIRED_WORK, 422), (Paragraph.EMPLOYER_FIRST, 404)):
        matter = cast.matter(paragraph)
        assert take(employer, matter, "borja", days_ago(35)) == 302
        assert take(employer, matter, "enighet", days_ago(30)) == 302
        assert "/veto" not in vera.get(f"/forhandlingar/{matter}").text
        assert take(vera, matter, "veto", today(), reason=WHY) == expected


def test_what_is_forbidden_can_be_laid_to_rest_and_an_earlier_day_does_not_go_round_the_veto(
    app: Flask, db: Session
) -> None:
    cast = Cast(app, db)
    with time_machine.travel(now() - timedelta(days=20)):
        employer = cast.browser(cast.negotiator)
        laid_down, decided = (
            cast.matter(Paragraph.HIRED_WORK),
            cast.matter(day=days_ago(41), paragraph=Paragraph.HIRED_WORK),
        )
        for matter in (laid_down, decided):
            assert take(employer, matter, "borja", days_ago(35)) == 302
            assert take(employer, matter, "frantrad", today(), reason="Klart.") == 302
            assert take(employer, matter, "till-handlingarna", today()) == 422  # the seven days
    employer, vera = cast.browser(cast.negotiator), cast.browser(cast.vera)
    for matter in (laid_down, decided):
        assert take(vera, matter, "veto", today(), reason=WHY) == 302
    assert take(employer, laid_down, "till-handlingarna", today()) == 302
    assert take(employer, decided, "beslut", days_ago(18), exception=GROUNDS) == 422
    for slug in ("beslut", "verkstallt"):
        assert take(employer, decided, slug, days_ago(5)) == 422
        assert take(employer, decided, slug, days_ago(5), exception=GROUNDS) == 302
