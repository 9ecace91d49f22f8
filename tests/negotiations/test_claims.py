"""Claims: drafts that only a party reads, and words that are put forward."""

from collections import Counter

from flask import Flask
from sqlmodel import Session, select

from dialog.negotiations.models import MblClaim
from tests.negotiations.cast import Cast


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
