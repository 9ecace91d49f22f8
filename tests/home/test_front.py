from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session

from dialog import worker
from dialog.core.questionnaire import Kind, Question, Questionnaire, Section, Text, dump
from dialog.home import words
from dialog.organisation.models import Unit
from dialog.people.models import Person, Role
from dialog.results.models import Release, ReleaseGroup
from dialog.storage.outbox import OutboxRow
from dialog.surveys.models import Access, Invitation, Round, RoundState, Survey
from tests import makers
from tests.conftest import sign_in
from tests.counting import statements


def test_every_duty_of_the_worker_has_words() -> None:
    assert words.DUTIES.keys() == worker.HANDLERS.keys()


FORM = Questionnaire(
    title=Text(sv="Klimat"),
    sections=(
        Section(
            name="a",
            title=Text(sv="A"),
            questions=tuple(
                Question(name=f"q{number}", kind=Kind.SCALE, text=Text(sv="Hur är det?"))
                for number in range(20)
            ),
        ),
    ),
)


@pytest.fixture
def author(db: Session) -> Person:
    return makers.analyst(db)


@pytest.fixture
def place(db: Session) -> Unit:
    region = makers.unit(db, "R", name="Regionen")
    return makers.unit(db, "V1", makers.unit(db, "F1", region, "Förvaltning Ett"), "Verksamhet")


def round_(
    db: Session, author: Person, title: str, state: RoundState, access: Access = Access.INVITED
) -> Round:
    questionnaire = dump(FORM).decode()
    survey = Survey(author_id=author.id, title=title, questionnaire=questionnaire)
    db.add(survey)
    db.flush()
    made = Round(
        survey_id=survey.id,
        author_id=author.id,
        title=title,
        state=state,
        access=access,
        questionnaire=questionnaire,
        sender="Ledningen",
        closes_at=datetime(2026, 12, 4, 17, 0, tzinfo=UTC),
    )
    db.add(made)
    db.commit()
    return made


def invite(db: Session, to: Round, who: Person, where: Unit, *, issued: bool = False) -> None:
    number = hash((to.id, who.id)) % 2**30
    db.add(
        Invitation(
            round_id=to.id,
            person_id=who.id,
            number=number,
            unit_id=where.id,
            level="staff",
            issued=issued,
        )
    )
    db.commit()


def release(db: Session, of: Round, *units: Unit) -> None:
    made = Release(
        round_id=of.id,
        title=of.title,
        questionnaire="",
        responses=30,
        k=10,
        k_sensitive=20,
        digest="",
    )
    db.add(made)
    db.flush()
    for unit in units:
        db.add(
            ReleaseGroup(
                release_id=made.id,
                position=0,
                unit=unit.code,
                unit_name=unit.name,
                depth=1,
                status="published",
            )
        )
    db.commit()


def test_somebody_not_signed_in_sees_what_is_open_to_all_and_what_was_released(
    client: FlaskClient, db: Session, author: Person, place: Unit
) -> None:
    everybody = round_(db, author, "För alla", RoundState.OPEN, Access.LINK)
    round_(db, author, "Bara inbjudna", RoundState.OPEN)
    round_(db, author, "Inte öppen än", RoundState.APPROVED, Access.LINK)
    release(db, round_(db, author, "Färdigt resultat", RoundState.RELEASED), place)
    page = client.get("/").text
    assert f'href="/enkat/{everybody.id}"' in page
    assert "Färdigt resultat" in page
    assert "Bara inbjudna" not in page
    assert "Inte öppen än" not in page
    assert 'href="/logga-in"' in page


def test_an_employee_sees_what_waits_how_long_it_takes_and_until_when(
    client: FlaskClient, db: Session, author: Person, place: Unit
) -> None:
    anna, bo = makers.person(db), makers.person(db, "Bo Berg")
    mine = round_(db, author, "Min enkät", RoundState.OPEN)
    invite(db, mine, anna, place)
    invite(db, round_(db, author, "Andras enkät", RoundState.OPEN), bo, place)
    invite(db, round_(db, author, "Stängd enkät", RoundState.CLOSED), anna, place)
    answered = round_(db, author, "Besvarad enkät", RoundState.OPEN)
    invite(db, answered, anna, place, issued=True)
    page = sign_in(client, db, anna).get("/").text
    assert f'href="/enkat/{mine.id}"' in page
    assert "Tar ungefär 3 minuter" in page
    assert "Öppen till 4 december 2026 kl. 18.00" in page
    assert page.index("Min enkät") < page.index("Besvarad enkät") < page.index("Du har svarat")
    assert f'href="/enkat/{answered.id}"' not in page
    assert "Andras enkät" not in page
    assert "Stängd enkät" not in page
    assert "Omgångar" not in page
    assert "Drift" not in page


def test_results_of_my_own_forvaltning_come_first(
    client: FlaskClient, db: Session, author: Person, place: Unit
) -> None:
    anna = makers.person(db)
    makers.post(db, anna, place)
    own = db.get(Unit, place.parent_id)
    assert own is not None
    release(db, round_(db, author, "Äldre hos oss", RoundState.RELEASED), own)
    release(db, round_(db, author, "Nyare hos andra", RoundState.RELEASED))
    page = sign_in(client, db, anna).get("/").text
    assert page.index("Äldre hos oss") < page.index("Nyare hos andra")
    assert "Med resultat för Förvaltning Ett" in page


def test_an_analyst_sees_each_round_that_is_under_way_and_what_to_do_next(
    client: FlaskClient, db: Session, author: Person
) -> None:
    for state in RoundState:
        round_(db, author, f"Omgång {state.value}.", state)
    page = sign_in(client, db, author).get("/").text
    for state in RoundState:
        done = state in {RoundState.RELEASED, RoundState.ARCHIVED, RoundState.CANCELLED}
        assert (f"Omgång {state.value}." in page) is not done, state
    assert "Granska och publicera resultatet." in page
    assert "Att godkänna" not in page


def test_an_approver_sees_what_others_have_written(
    client: FlaskClient, db: Session, author: Person
) -> None:
    both = makers.person(db, "Båda Bengtsson", Role.APPROVER, Role.ANALYST)
    theirs = round_(db, author, "Någon annans", RoundState.REVIEW)
    mine = round_(db, both, "Min egen", RoundState.REVIEW)
    page = sign_in(client, db, both).get("/").text
    to_approve = page.partition('id="godkanna"')[2].partition("</section>")[0]
    assert f"/omgangar/{theirs.id}" in to_approve
    assert f"/omgangar/{mine.id}" not in to_approve


def test_an_administrator_sees_people_and_duties_that_failed_but_no_rounds(
    client: FlaskClient, db: Session, author: Person
) -> None:
    round_(db, author, "Hemlig omgång", RoundState.OPEN)
    for number in range(3):
        db.add(OutboxRow(kind="mail.password", key=str(number), failed=number < 2))
    db.commit()
    page = sign_in(client, db, makers.administrator(db)).get("/").text
    assert "2, varav 0 har valt lösenord" in page
    assert "Mejl om lösenord: 2 uppgifter har misslyckats" in page
    assert "Bakgrundsarbetet är inte igång" in page
    assert "Läs in organisationen" in page
    assert "Hemlig omgång" not in page


def test_an_empty_front_page_says_what_to_do_first(client: FlaskClient, db: Session) -> None:
    everything = makers.person(db, "Alla Roller", *Role)
    assert "Inget är öppet för alla just nu" in client.get("/").text
    page = sign_in(client, db, everything).get("/").text
    assert "Inget väntar på dig" in page
    assert "Börja med att bygga en enkät" in page
    assert "Organisationen är tom" in page


def test_the_front_page_asks_as_much_of_many_rounds_as_of_few(
    app: Flask, client: FlaskClient, db: Session, place: Unit
) -> None:
    boss = makers.person(db, "Alla Roller", *Role)
    makers.post(db, boss, place)
    sign_in(client, db, boss)

    def asked() -> int:
        with statements(app.extensions["engine"]) as sent:
            assert client.get("/").status_code == 200
        return len(sent)

    invite(db, round_(db, boss, "Den första", RoundState.OPEN), boss, place)
    few = asked()
    for number in range(15):
        invite(db, round_(db, boss, f"Omgång {number}", RoundState.OPEN), boss, place)
    assert asked() == few <= 24  # one for each part: that for letters to handle came last
