"""Lists, filters, search, and what each role sees."""

from datetime import timedelta
from itertools import product

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session, select

from dialog.commitments import queries
from dialog.commitments.models import Commitment
from dialog.commitments.proposing import Owner
from dialog.core.commitments import State, Verdict, standing
from dialog.people.models import Role
from dialog.storage.clock import now, today
from tests import makers
from tests.commitments.cast import SERIES, Cast
from tests.commitments.test_path import PUBLIC, proposal
from tests.conftest import sign_in
from tests.counting import statements


def test_the_database_and_the_rules_say_the_same_of_how_it_stands(cast: Cast, db: Session) -> None:
    made = cast.propose()
    day = today()
    days = (None, day - timedelta(days=1), day, day + timedelta(days=1))
    for state, verdict, due in product(State, Verdict, days):
        made.state, made.verdict, made.due, made.accepted_at = state, verdict, due, now()
        db.add(made)
        db.flush()
        found = db.exec(select(queries.standing_of(day)).select_from(Commitment)).one()
        assert found == standing(state, verdict, due, day).value, (state, verdict, due)


def test_the_list_is_filtered_searched_and_counted(
    app: Flask, client: FlaskClient, outside: Cast
) -> None:
    with app.test_request_context():
        outside.accepted(due=-2, title="Förseningen ÄR här")
        outside.accepted(title="Stolar", series="Fackliga möten", forvaltning_id=outside.other.id)
        outside.propose(title="Bara föreslaget")
    page = client.get(PUBLIC).text
    assert "Av 2 åtaganden: 0 är gjorda och bekräftade, 1 pågår och 1 är försenat." in page
    assert "Bara föreslaget" not in page

    def shown(**asked: str) -> tuple[bool, bool]:
        text = client.get(PUBLIC, query_string=asked).text
        return "Förseningen ÄR här</a>" in text, "Stolar</a>" in text

    assert shown() == (True, True)
    assert shown(lage="late") == (True, False)
    assert shown(serie=SERIES) == (True, False)
    assert shown(forvaltning="F2") == (False, True)
    assert shown(q="förseningen är") == (True, False)
    assert shown(q="100%") == (False, False)
    narrowed = client.get(PUBLIC, query_string={"serie": SERIES}).text
    assert "Av 1 åtagande: 0 är gjorda och bekräftade, 0 pågår och 1 är försenat." in narrowed
    for wrong in ({"serie": "Finns inte"}, {"forvaltning": "V11"}):
        assert client.get(PUBLIC, query_string=wrong).status_code == 404
    assert client.get(PUBLIC, query_string={"lage": "x", "sida": "y"}).status_code == 200


def test_the_public_pages_end_at_the_forvaltning(
    app: Flask, client: FlaskClient, outside: Cast
) -> None:
    with app.test_request_context():
        made = outside.accepted()
    for address in (PUBLIC, f"{PUBLIC}/{made.id}"):
        page = client.get(address).text
        assert "Förvaltning Ett" in page
        for deeper in (outside.clinic, outside.ward):
            assert deeper.name not in page


def test_a_picture_has_its_numbers_in_a_table(
    app: Flask, client: FlaskClient, outside: Cast
) -> None:
    with app.test_request_context():
        outside.accepted()
    page = client.get(PUBLIC).text
    row = page.partition('<th scope="row">Pågår</th>')[2].partition("</tr>")[0]
    assert 'width="100.00"' in row
    assert '<td class="number">1</td>' in row


def test_long_lists_have_pages_and_ask_as_much_of_many_as_of_few(
    app: Flask, client: FlaskClient, outside: Cast
) -> None:
    def asked(address: str) -> int:
        with statements(app.extensions["engine"]) as sent:
            assert client.get(address).status_code == 200
        return len(sent)

    with app.test_request_context():
        outside.accepted()
    few = asked(PUBLIC)
    with app.test_request_context():
        for number in range(24):
            outside.accepted(title=f"Nummer {number}")
    assert asked(PUBLIC) == few <= 6
    assert "Sida 1 av 2" in client.get(PUBLIC).text
    assert "Sida 2 av 2" in client.get(f"{PUBLIC}?sida=99").text


def test_a_form_that_is_wrong_keeps_what_was_typed_and_says_what_to_do(
    client: FlaskClient, db: Session, outside: Cast
) -> None:
    sign_in(client, db, outside.secretary)
    for wrong, sentence in (
        ({"owner_email": "ingen@example.org"}, "Det finns ingen med den adressen"),
        ({"to_unit": "Finns inte"}, "Det finns ingen sådan enhet"),
        ({"to_unit": ""}, "Skriv vilken enhet det lovades."),
        ({"promised_to": "person"}, "Det finns ingen med den adressen"),
        ({"promised_to": ""}, "Välj vem som svarar"),
        ({"said_on": "i går"}, "Skriv ett datum"),
        ({"said_on": (today() + timedelta(days=2)).isoformat()}, "inte har varit"),
        ({"promise": "Ring 19811218-9876"}, "personnummer"),
        ({"title": "x" * 201}, "Fler datorer"),
    ):
        answer = client.post("/ataganden/nytt", data={**proposal(outside), **wrong})
        assert answer.status_code == 422, wrong
        if "title" not in wrong:
            assert sentence in answer.text
            assert "Fler datorer på avdelningen" in answer.text
    assert db.exec(select(Commitment)).all() == []


def test_a_step_that_is_sent_twice_is_refused_the_second_time_and_done_once(
    app: Flask, client: FlaskClient, db: Session, outside: Cast
) -> None:
    with app.test_request_context():
        made = outside.propose()
    sign_in(client, db, outside.owner)
    due = {"due": (today() + timedelta(days=9)).isoformat()}
    assert client.post(f"/ataganden/{made.id}/anta", data=due).status_code == 302
    again = client.post(f"/ataganden/{made.id}/anta", data=due)
    assert again.status_code == 422
    assert "läget ”antaget”" in again.text
    assert "Till åtagandet" in again.text


@pytest.mark.parametrize("role", list(Role))
def test_only_those_who_keep_the_list_see_all_of_it(
    app: Flask, client: FlaskClient, db: Session, outside: Cast, role: Role
) -> None:
    with app.test_request_context():
        made = outside.propose()
    keeps = role in {Role.SECRETARY, Role.FACILITATOR}
    sign_in(client, db, makers.person(db, "Roll Rosén", role))
    assert (made.title in client.get("/ataganden").text) is keeps
    assert (client.get(f"/ataganden/{made.id}").status_code == 200) is keeps
    assert client.get(f"/ataganden/{made.id}/anta").status_code == 404  # its owner alone
    assert (client.get(f"/ataganden/{made.id}/lamna-over").status_code == 200) is keeps


def test_late_ones_are_seen_by_their_owner_and_the_keepers_on_their_front_pages(
    app: Flask, client: FlaskClient, db: Session, outside: Cast
) -> None:
    with app.test_request_context():
        outside.accepted(due=-3, title="För sent ute")
    for who, words in ((outside.owner, "Du ansvarar."), (outside.secretary, "Skulle ha varit")):
        page = sign_in(client, db, who).get("/").text
        part = page.partition('id="ataganden"')[2].partition("</section>")[0]
        assert "För sent ute" in part
        assert words in part
        assert "För sent ute" in client.get("/ataganden?lage=forsenade").text
    page = sign_in(client, db, outside.outsider).get("/").text
    assert 'id="ataganden"' not in page
    assert "För sent ute" in page  # under "Ni sa – vi gjorde", as for everybody


def test_late_ones_are_listed_by_who_answers_for_them(
    app: Flask, client: FlaskClient, db: Session, outside: Cast
) -> None:
    other = Owner(outside.outsider.id, "Akutchefen")
    with app.test_request_context():
        for title, values in (("A", {}), ("B", {"owner": other}), ("C", {})):
            outside.accepted(due=-3, title=f"Löfte {title}", **values)
        outside.accepted(due=3, title="I tid")
    page = sign_in(client, db, outside.secretary).get("/ataganden?lage=forsenade").text
    places = [page.index(words) for words in ("<h3>Akutchefen", "Löfte B", "<h3>Vårddirektören")]
    assert places == sorted(places)
    assert page.count("<h3>") == 2
    assert "I tid" not in page


def test_those_it_was_promised_to_find_the_question_on_their_front_page(
    app: Flask, client: FlaskClient, db: Session, outside: Cast
) -> None:
    with app.test_request_context():
        made = outside.done()
    assert f"/ataganden/{made.id}/svara" in sign_in(client, db, outside.people[0]).get("/").text
    assert f"/ataganden/{made.id}/svara" not in sign_in(client, db, outside.outsider).get("/").text


def test_pages_are_in_english_too(app: Flask, client: FlaskClient, outside: Cast) -> None:
    with app.test_request_context():
        made = outside.done()
    client.set_cookie("sprak", "en")
    assert "You said – we did" in client.get(PUBLIC).text
    assert "Reported as done" in client.get(f"{PUBLIC}/{made.id}").text
