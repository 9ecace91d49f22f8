"""The veto after a negotiation under § 38, over real HTTP."""

from flask import Flask
from sqlmodel import Session, select

from dialog.core.negotiating.matters import Action, State
from dialog.core.negotiating.rules import Paragraph
from dialog.negotiations.models import MblStep
from dialog.storage.clock import today
from tests.negotiations.cast import Cast
from tests.negotiations.test_path import take
from tests.unions.cast import days_ago

WHY = "Lagen om anställningsskydd kringgås."
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
    assert take(ture, matter, "begar-centralt", today()) == 302
    for slug in ("borja-centralt", "enighet-centralt", "frantrad-centralt"):
        if slug != "enighet-centralt":
            assert take(employer, matter, slug, today(), reason="Ingen enighet.") == 302
    assert take(employer, matter, "beslut", today()) == 422
    told = employer.get(f"{page}/beslut").text
    for words in ("39 § MBL", "saknar fog", "skriv varför"):
        assert words in told
    assert "synnerliga" not in told
    assert take(vera, matter, "aterta-veto", today(), reason="Vi litar på er.") == 302
    assert take(vera, matter, "aterta-veto", today(), reason="Igen.") == 422
    assert take(employer, matter, "beslut", today()) == 422  # the other's stands
    assert take(employer, matter, "beslut", today(), exception=GROUNDS) == 302
    assert cast.stands(matter).state is State.DECIDED
    assert take(employer, matter, "verkstallt", today()) == 422
    assert take(employer, matter, "verkstallt", today(), exception=GROUNDS) == 302
    kept = db.exec(select(MblStep).where(MblStep.action == Action.DECIDE)).one()
    assert (kept.exception, kept.reason) == (True, GROUNDS)
    db.commit()
    assert "Beslut trots veto, organisationen saknar fog" in vera.get(page).text


def test_what_is_forbidden_can_be_laid_to_rest_and_only_after_38_is_there_a_veto(
    app: Flask, db: Session
) -> None:
    cast = Cast(app, db)
    employer, vera = cast.browser(cast.negotiator), cast.browser(cast.vera)
    for paragraph in (Paragraph.HIRED_WORK, Paragraph.EMPLOYER_FIRST):
        matter = cast.matter(paragraph)
        assert take(employer, matter, "borja", days_ago(35)) == 302
        forbids = paragraph is Paragraph.HIRED_WORK
        if forbids:
            assert take(employer, matter, "frantrad", today(), reason="Klart.") == 302
        else:
            assert take(employer, matter, "enighet", days_ago(30)) == 302
        assert ("/veto" in vera.get(f"/forhandlingar/{matter}").text) is forbids
        expected = 302 if forbids else 404
        assert take(vera, matter, "veto", today(), reason=WHY) == expected
    again = cast.matter(Paragraph.HIRED_WORK, day=days_ago(41))
    assert take(employer, again, "borja", days_ago(35)) == 302
    assert take(employer, again, "enighet", days_ago(30)) == 302
    assert take(vera, again, "veto", today(), reason=WHY) == 422  # all agreed
