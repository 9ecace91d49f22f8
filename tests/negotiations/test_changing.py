"""Parties and words that are added to a matter."""

from uuid import UUID

from flask import Flask
from sqlmodel import Session

from dialog.core.negotiating.rules import Paragraph
from dialog.storage.clock import today
from tests.negotiations.cast import TITLE, Cast
from tests.negotiations.taking import take
from tests.unions.cast import days_ago


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
