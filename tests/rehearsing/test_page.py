"""The page of a rehearsal: who asks, on which day, and what is said."""

from datetime import date

from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session

from dialog.organisation.models import Unit
from dialog.storage.clock import today
from dialog.surveys.models import (
    Round,
    RoundState,
)
from dialog.surveys.rounds import planning
from tests import makers
from tests.conftest import sign_in
from tests.counting import statements
from tests.rehearsing.planned import A_DAY, days_of, section, text_of
from tests.surveys.rounds.cast import Cast


def test_the_page_is_led_to_while_the_plan_can_be_changed_and_not_afterwards(
    analyst: FlaskClient, db: Session, cast: Cast
) -> None:
    round_ = cast.plan()
    address = f"/omgangar/{round_.id}"
    for state in RoundState:
        round_.state = state
        db.add(round_)
        db.commit()
        ways = analyst.get(address).text.count(f"/begaran-pa-prov/{round_.id}")
        before = state in {RoundState.DRAFT, RoundState.REVIEW, RoundState.APPROVED}
        assert ways == (2 if before else 0), state


def test_the_page_says_what_there_is_on_the_day_that_is_chosen(
    analyst: FlaskClient, round_: Round
) -> None:
    days = days_of(round_)
    first = text_of(analyst, round_, dag=today().isoformat())
    assert "Planen och frågorna" in section(first, "finns")
    assert "Deltagarlistan" in section(first, "inte-an")
    open_ = text_of(analyst, round_, dag=days.opens.isoformat())
    assert "Namn och e-postadress" in section(open_, "finns")
    assert "Svaren, en rad för varje" in section(open_, "inte-an")
    assert section(open_, "rakna-ut") == ""
    opened = text_of(analyst, round_)
    assert "Svaren, en rad för varje" in section(opened, "finns")
    assert "Är det lugnt?" in section(opened, "finns")
    assert "aldrig färre än 10 svar att välja mellan" in section(opened, "rakna-ut")
    assert "Vem som har svarat vad." in section(opened, "aldrig")
    assert round_.keep_list_until is not None
    after = text_of(analyst, round_, dag=(round_.keep_list_until + A_DAY).isoformat())
    assert "Deltagarlistan" in section(after, "borta")
    assert "Listan över deltagare finns inte den dagen" in section(after, "rakna-ut")
    assert round_.keep_unit_until is not None
    assert "Barnmottagningen Björken" in section(opened, "finns")
    later = text_of(
        analyst, round_, dag=(round_.keep_unit_until + A_DAY).isoformat(), vem="chef", enhet="E111"
    )
    rows = section(later, "finns")
    assert "Enheten finns inte kvar. Nivån står kvar." in rows
    assert "<td>Barnmottagningen Björken</td>" not in rows
    assert "<td>medarbetare</td>" in rows
    assert section(later, "rakna-ut") == ""


def test_a_manager_sees_where_the_answers_of_the_own_unit_stand(
    analyst: FlaskClient, db: Session, cast: Cast, round_: Round
) -> None:
    small = text_of(analyst, round_, vem="chef", enhet="E113", andel=100)
    assert "Chefen för Barn- och ungdomspsykiatrin" in section(small, "finns")
    told = section(small, "rakna-ut")
    assert '<td class="number">6</td>' in told
    assert "<td>Barn och unga, medarbetare</td>" in told
    group = {"code": "V11~1", "name": "Eken och psykiatrin", "units": ["E112", "E113"]}
    planning.change(db, round_=round_, by=cast.analyst.id, result_groups=[group])
    db.commit()
    joined = text_of(analyst, round_, vem="chef", enhet="E113", andel=100)
    assert "<td>Eken och psykiatrin, medarbetare</td>" in section(joined, "rakna-ut")
    assert "20 svar" in section(joined, "rakna-ut")
    assert "Redovisas i gruppen ”Eken och psykiatrin”." in section(joined, "sidor")
    assert "<td>Eken och psykiatrin</td>" in section(joined, "finns")


def test_what_cannot_be_read_is_asked_for_again_and_nothing_is_shown(
    analyst: FlaskClient, db: Session, cast: Cast, round_: Round
) -> None:
    address = f"/begaran-pa-prov/{round_.id}"
    for asked, words in (
        ({"vem": "chef"}, "Skriv vilken enhet chefen har."),
        ({"vem": "chef", "enhet": "Nej"}, "Det finns ingen sådan enhet"),
        ({"dag": "i morgon"}, "Skriv ett datum"),
        ({"andel": "200"}, "Skriv ett tal mellan 1 och 100."),
    ):
        page = analyst.get(address, query_string=asked)
        assert page.status_code == 422, asked
        assert words in page.text
        assert 'id="felruta"' in page.text
        assert 'id="finns"' not in page.text
    undecided = cast.plan(closes_at=None)
    assert "Bestäm först när omgången stänger." in text_of(analyst, undecided)


def test_of_too_few_expected_answers_nothing_is_opened_and_nothing_said_to_be(
    analyst: FlaskClient, db: Session, cast: Cast, round_: Round
) -> None:
    """With one percent fewer than k answer: what would come of their ballots never does."""
    days = days_of(round_)
    enough = text_of(analyst, round_)
    assert "Så få svar öppnas inte" not in enough
    round_.released_from = days.closes + 5 * A_DAY
    db.add(round_)
    db.commit()
    for day in (days.closes, days.closes + 9 * A_DAY):
        few = text_of(analyst, round_, andel=1, dag=day.isoformat())
        assert "Så få svar öppnas inte. Minst 10 måste svara" in few
        for words in (
            *("Svaren, en rad för varje", "Fritexterna", "enheten finns inte längre"),
            *("svaren öppnas tidigast", "resultatet kan publiceras", "Resultat"),
        ):
            assert words not in few.split("aldrig")[0].split("Pröva planen")[1], words
        assert section(few, "sidor") == section(few, "rakna-ut") == ""
        assert "Deltagarlistan" in section(few, "finns")


def test_only_who_sees_rounds_finds_the_page_and_it_is_in_english_too(
    app: Flask, analyst: FlaskClient, db: Session, cast: Cast, round_: Round
) -> None:
    address = f"/begaran-pa-prov/{round_.id}"
    assert "/logga-in" in app.test_client().get(address).location
    nobody = sign_in(app.test_client(), db, makers.person(db, "Ingen Inblandad"))
    assert nobody.get(address).status_code == 404
    assert sign_in(app.test_client(), db, cast.approver).get(address).status_code == 200
    assert analyst.get("/begaran-pa-prov/00000000-0000-0000-0000-000000000000").status_code == 404
    english = text_of(analyst, round_, lang="en")
    assert "What can be asked for?" in english
    assert "Det här finns" not in english
    assert address in analyst.get(f"/omgangar/{round_.id}").text


def test_a_round_that_opens_by_hand_is_taken_to_open_today(
    analyst: FlaskClient, cast: Cast
) -> None:
    round_ = cast.plan(opens_on=None)
    assert days_of(round_).opens == today()
    assert "Räknat som om omgången öppnar i dag." in text_of(analyst, round_)
    assert isinstance(days_of(round_).closes, date)


def test_where_no_unit_of_the_audience_is_left_the_page_says_so(
    analyst: FlaskClient, db: Session, cast: Cast, units: dict[str, Unit]
) -> None:
    round_ = cast.plan(audience={"units": ["E121"], "levels": []})
    units["E121"].active = False
    db.add(units["E121"])
    db.commit()
    page = text_of(analyst, round_)
    assert "Ingen är med i målgruppen, så inga svar kan komma." in page
    assert section(page, "sidor") == section(page, "rakna-ut") == ""
    groups = analyst.get(f"/omgangar/{round_.id}/plan/grupper")
    assert groups.status_code == 200
    assert "Ingen är med i målgruppen än." in groups.text


def test_the_region_is_loaded_once_for_a_page(
    app: Flask, analyst: FlaskClient, round_: Round
) -> None:
    with statements(app.extensions["engine"]) as asked:
        assert analyst.get(f"/begaran-pa-prov/{round_.id}").status_code == 200
    assert sum("unit.parent_id, unit.depth" in each for each in asked) == 1
    assert sum("row_number" in each for each in asked) == 1
