"""What an administrator is told of documents on the front page."""

from flask import Flask
from sqlmodel import Session

from tests import makers
from tests.documents.cast import Cast
from tests.documents.clamd import clamd


def test_an_administrator_sees_that_there_is_no_scanner_and_what_one_has_not_seen(
    app: Flask, db: Session
) -> None:
    cast = Cast(app, db)
    administrator = makers.administrator(db)
    assert "Ingen virusgranskare är inställd" in cast.as_(administrator).get("/").text
    with clamd() as gone:
        pass
    cast.scanner(gone)
    cast.hand_in(b"Underlag", name="a.txt")
    page = cast.as_(administrator).get("/").text
    assert "1 fil hålls tills virusgranskaren svarar." in page
    assert "Ingen virusgranskare" not in page


def test_what_one_has_handed_in_and_taken_away_is_told_to_oneself(app: Flask, db: Session) -> None:
    cast = Cast(app, db)
    cast.hand_in(b"Underlag", name="a.txt")
    cast.as_(cast.secretary).post(f"/handlingar/{cast.documents()[0].id}/ta-bort")
    page = cast.as_(cast.secretary).get("/konto/om-mig").text
    told = page.partition("handlingar du har tagit bort</dt><dd>")[2]
    assert told.startswith("2<")
