"""A number and a code open what was sent, and nothing else does or tells of it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from flask import Flask, render_template
from flask.testing import FlaskClient
from sqlmodel import Session, col, select

from dialog.core.errors import RefusedError
from dialog.people.models import SignIn
from dialog.receipts import giving, opening
from dialog.receipts.models import Receipt
from dialog.receipts.places import Key
from dialog.storage.clock import now, today
from dialog.storage.engine import make_sessions
from tests import makers
from tests.conftest import sign_in

CODE = "1234567890123456"


@pytest.fixture
def number(app: Flask, db: Session) -> str:
    """Of something that was sent; the room that it belongs to shows its id."""

    def page(about: UUID, key: Key) -> str:
        return render_template("web/error.html", title=key.number, sentence=about, plain=True)

    app.extensions["receipts"] = {"T": page}
    asked = giving.asked(form_id=uuid4(), code=CODE)
    receipt, _new = giving.give(db, asked=asked, letter="T")
    db.commit()
    return str(receipt.number)


def test_the_right_code_opens_it_and_leaves_nothing_behind(
    client: FlaskClient, db: Session, number: str, capfd: pytest.CaptureFixture[str]
) -> None:
    sign_in(client, db, makers.person(db))
    before = now() - timedelta(hours=1)  # long enough ago to be noted on any other page
    db.execute(sa.update(SignIn).values(seen_at=before))
    db.commit()
    capfd.readouterr()
    client.get("/kvittens")
    answer = client.post(
        "/kvittens", data={"number": number.lower(), "code": "1234 5678 9012 3456"}
    )
    assert answer.status_code == 200
    receipt = db.exec(select(Receipt)).one()
    assert str(receipt.id) in answer.text
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"
    assert "".join(capfd.readouterr()) == ""
    assert db.exec(select(SignIn.seen_at)).all() == [before]
    assert CODE not in receipt.code_hash
    db.commit()


def test_a_wrong_code_and_an_unknown_number_are_answered_alike(
    client: FlaskClient, number: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = client.post("/kvittens", data={"number": number, "code": "0" * 16})
    other = f"{number[:-1]}9"
    unknown = client.post("/kvittens", data={"number": other, "code": "0" * 16})
    assert wrong.status_code == unknown.status_code == 422
    assert "hör inte ihop" in wrong.text
    assert wrong.text.replace(number, "") == unknown.text.replace(other, "")
    malformed = client.post("/kvittens", data={"number": "12", "code": "12"}).text
    assert "Skriv numret så här" in malformed
    assert "16 siffror" in malformed
    monkeypatch.setattr(opening, "PER_NUMBER", "2 per hour")
    limited = [client.post("/kvittens", data={"number": number, "code": "1" * 16}) for _ in "123"]
    assert limited[-1].status_code == 429
    monkeypatch.setattr(opening, "IN_ALL", "1 per hour")
    limited = [client.post("/kvittens", data={"number": "T-1999-1", "code": CODE}) for _ in "12"]
    assert limited[-1].status_code == 429


def test_numbers_have_no_gap_and_a_form_sent_twice_is_one(app: Flask, db: Session) -> None:
    makers_ = make_sessions(app.extensions["engine"])
    twice = giving.asked(form_id=uuid4(), code=CODE)
    forms = [twice, twice, *(giving.asked(form_id=uuid4(), code=CODE) for _ in range(6))]

    def send(asked: giving.Asked) -> tuple[int, bool]:
        with makers_() as own:
            receipt, new = giving.give(own, asked=asked, letter="T")
            serial = receipt.serial
            own.commit()
        return serial, new

    with ThreadPoolExecutor(8) as pool:
        got = list(pool.map(send, forms))
    assert sorted(serial for serial, new in got if new) == list(range(1, 8))
    assert got[0][0] == got[1][0]
    assert db.exec(select(Receipt.year).order_by(col(Receipt.serial))).all() == [today().year] * 7
    db.commit()
    with pytest.raises(RefusedError):
        giving.give(db, asked=giving.asked(form_id=twice.id, code="0" * 16), letter="T")
    db.rollback()
