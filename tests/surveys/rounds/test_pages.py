import re
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session, select

from dialog.people.models import Role
from dialog.settings import Settings
from dialog.storage.clock import STOCKHOLM, now, today
from dialog.surveys.models import Access, Invitation, Round, RoundState
from dialog.surveys.rounds import planning, steps
from dialog.surveys.rounds.step_views import STEPS
from tests import makers
from tests.conftest import sign_in
from tests.surveys.rounds.cast import Cast, desk_of
from tests.surveys.rounds.test_worker import work


@pytest.fixture
def cast(db: Session) -> Cast:
    return Cast(db)


@pytest.fixture
def analyst(client: FlaskClient, db: Session, cast: Cast) -> FlaskClient:
    return sign_in(client, db, cast.analyst)


@pytest.fixture
def approver(app: Flask, db: Session, cast: Cast) -> FlaskClient:
    return sign_in(app.test_client(), db, cast.approver)


def state(db: Session, round_id: UUID) -> RoundState:
    db.expire_all()
    found = db.get_one(Round, round_id).state
    db.rollback()
    return found


def seen(client: FlaskClient, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.text


def planned_in_the_browser(analyst: FlaskClient, cast: Cast) -> str:
    """Plan a round by its forms alone; the address of its page."""
    new = analyst.post(
        f"/enkater/{cast.survey.id}/ny-omgang", data={"title": "Hösten", "access": "invited"}
    )
    page = new.location.removesuffix("/plan/vilka")
    day = today()
    parts = {
        "vilka": {"audience": ["unit:F1", "unit:F2", "level:staff"]},
        "hur": {"title": "Hösten", "access": "invited", "sender": "Direktören", "message": "Hej."},
        "nar": {
            "closes_on": str(day + timedelta(days=14)),
            "closes_time": "16:30",
            "reminder_1": str(day + timedelta(days=7)),
            "reminder_2": str(day + timedelta(days=3)),
        },
        "resultat": {"k": "5", "k_sensitive": "10", "units": "y"},
        "gallring": {
            "keep_list_until": str(day + timedelta(days=30)),
            "keep_unit_until": str(day + timedelta(days=40)),
            "keep_texts_until": str(day + timedelta(days=50)),
            "keep_rows_until": str(day + timedelta(days=60)),
            "secrecy": "note",
            "secrecy_note": "OSL 39 kap. 2 §",
            "assessment_number": "KB 1",
        },
    }
    for slug, data in parts.items():
        saved = analyst.post(f"{page}/plan/{slug}", data=data)
        assert saved.status_code == 302, re.findall(r"field-error.*", saved.text)
    return str(page)


def test_a_round_is_planned_approved_run_and_closed_in_the_browser(
    analyst: FlaskClient, approver: FlaskClient, db: Session, cast: Cast
) -> None:
    page = planned_in_the_browser(analyst, cast)
    round_id = UUID(page.rsplit("/", 1)[1])
    kept = db.get_one(Round, round_id)
    assert kept.audience == {"units": ["F1", "F2"], "levels": ["staff"]}
    assert kept.closes_at is not None
    assert kept.closes_at.astimezone(STOCKHOLM).strftime("%H:%M") == "16:30"
    assert kept.reminders == sorted(kept.reminders)
    assert (kept.k, kept.tables) == (5, {"units": True, "levels": False})
    db.rollback()
    for slug, who, data, after in (
        ("lamna-till-granskning", analyst, {}, RoundState.REVIEW),
        ("skicka-tillbaka", approver, {"reason": "Gallra tidigare."}, RoundState.DRAFT),
        ("lamna-till-granskning", analyst, {}, RoundState.REVIEW),
        ("godkann", approver, {}, RoundState.APPROVED),
        ("oppna", analyst, {}, RoundState.OPEN),
        ("pausa", analyst, {"reason": "Fel i frågorna."}, RoundState.PAUSED),
        ("fortsatt", analyst, {}, RoundState.OPEN),
        ("stang", analyst, {"name": "hösten"}, RoundState.CLOSED),
    ):
        assert who.get(f"{page}/{slug}").status_code == 200, slug
        assert who.post(f"{page}/{slug}", data=data).status_code == 302, slug
        assert state(db, round_id) is after
        assert seen(analyst, page)
    assert "Gallra tidigare." in seen(analyst, page)
    db.expire_all()
    closed = db.get_one(Round, round_id).closes_at
    assert closed is not None
    assert closed <= now()  # what is published says when it closed, not when it should have


def test_what_is_missing_is_said_on_the_page_of_a_draft(analyst: FlaskClient, cast: Cast) -> None:
    new = analyst.post(
        f"/enkater/{cast.survey.id}/ny-omgang", data={"title": "Hösten", "access": "invited"}
    )
    page = seen(analyst, new.location.removesuffix("/plan/vilka"))
    assert page.count("Saknas:") == 3
    assert "lamna-till-granskning" not in page


def test_a_fault_in_a_form_keeps_what_was_typed_and_saves_nothing(
    analyst: FlaskClient, db: Session, cast: Cast
) -> None:
    round_ = cast.plan()
    for slug, data, words in (
        ("resultat", {"k": "4", "k_sensitive": "20"}, "mellan 5 och 100"),
        ("resultat", {"k": "12", "k_sensitive": "11"}, "minst lika stora"),
        ("nar", {"closes_on": "i morgon"}, "Skriv ett datum"),
        ("gallring", {"secrecy": "note"}, "Skriv bestämmelsen"),
        ("vilka", {"audience": ["unit:NEJ"]}, "finns inte"),
        ("hur", {"title": "", "access": "invited"}, "Skriv vad omgången heter"),
    ):
        answer = analyst.post(f"/omgangar/{round_.id}/plan/{slug}", data=data)
        assert answer.status_code == 422, slug
        assert words in answer.text
        assert 'id="felruta"' in answer.text
    db.expire_all()
    assert db.get_one(Round, round_.id).k == 10


def test_a_part_that_cannot_be_approved_is_saved_and_told_of_on_the_next(
    analyst: FlaskClient, cast: Cast
) -> None:
    round_ = cast.plan()
    address = f"/omgangar/{round_.id}/plan/nar"
    form = {"closes_on": "2026-01-01", "closes_time": "17:00"}
    page = analyst.post(address, data=form, follow_redirects=True).get_data(as_text=True)
    assert "Vad publiceras?</h1>" in page
    assert "Gå tillbaka till delen ”När är den öppen?”" in page
    assert "Tiden då omgången stänger har passerat. Välj en senare." in page


def test_a_step_that_is_not_possible_says_what_is(
    analyst: FlaskClient, settings: Settings, cast: Cast
) -> None:
    round_ = cast.opened_to_all(settings)
    for answer in (
        analyst.get(f"/omgangar/{round_.id}/avbryt"),
        analyst.post(f"/omgangar/{round_.id}/avbryt", data={"reason": "x", "name": round_.title}),
    ):
        assert answer.status_code == 422
        assert "stänga omgången" in answer.text


def test_closing_asks_for_the_name(
    analyst: FlaskClient, db: Session, settings: Settings, cast: Cast
) -> None:
    round_ = cast.opened_to_all(settings)
    answer = analyst.post(f"/omgangar/{round_.id}/stang", data={"name": "något annat"})
    assert answer.status_code == 422
    assert state(db, round_.id) is RoundState.OPEN


def test_the_author_cannot_approve_though_an_approver(app: Flask, db: Session, cast: Cast) -> None:
    both = makers.person(db, "Båda Berg", Role.ANALYST, Role.APPROVER)
    round_ = cast.plan()
    planning.change(db, round_=round_, by=both.id, sender="Någon")
    planning.submit(db, round_=round_, by=cast.analyst.id)
    db.commit()
    client = sign_in(app.test_client(), db, both)
    assert "Du kan läsa planen men inte godkänna den" in seen(
        client, f"/omgangar/{round_.id}/granska"
    )
    assert client.post(f"/omgangar/{round_.id}/godkann").status_code == 422
    assert state(db, round_.id) is RoundState.REVIEW


@pytest.mark.parametrize("slug", list(STEPS))
def test_who_has_no_part_in_rounds_finds_no_step(
    app: Flask, db: Session, cast: Cast, slug: str
) -> None:
    round_ = cast.plan()
    db.rollback()
    nobody, client = app.test_client(), sign_in(app.test_client(), db, cast.people[0])
    assert "/logga-in" in nobody.get(f"/omgangar/{round_.id}/{slug}").location
    assert client.get(f"/omgangar/{round_.id}/{slug}").status_code == 404
    assert client.post(f"/omgangar/{round_.id}/{slug}").status_code == 404
    assert state(db, round_.id) is RoundState.DRAFT
    assert client.get(f"/omgangar/{round_.id}").status_code == 404
    assert client.get("/omgangar").status_code == 404


def test_an_address_without_a_round_or_step_is_not_found(analyst: FlaskClient, cast: Cast) -> None:
    round_ = cast.plan()
    for address in (
        f"/omgangar/{uuid4()}",
        f"/omgangar/{round_.id}/riv",
        f"/enkater/{uuid4()}/ny-omgang",
    ):
        assert analyst.get(address).status_code == 404


def test_the_page_of_an_open_round_shows_no_live_number(
    analyst: FlaskClient, app: Flask, db: Session, settings: Settings, cast: Cast
) -> None:
    round_ = cast.opened_to_all(settings)
    work(desk_of(app))
    for row in db.exec(select(Invitation)):
        row.issued = True
        db.add(row)
    db.commit()
    page = seen(analyst, f"/omgangar/{round_.id}")
    assert "15 av 15" in page  # mail sent
    assert "Färre än 10" in page  # answered, as counted this morning
    assert "100 %" not in page


def test_bounces_are_a_number_for_the_sender_and_addresses_for_an_administrator(
    analyst: FlaskClient, app: Flask, db: Session, settings: Settings, cast: Cast
) -> None:
    round_ = cast.opened_to_all(settings)
    row = db.exec(select(Invitation)).first()
    assert row is not None
    row.mail_problem = "5.1.1"
    address = next(who.email for who in cast.people if who.id == row.person_id)
    db.add(row)
    db.commit()
    page = seen(analyst, f"/omgangar/{round_.id}")
    assert "1 mejl" in page
    assert address not in page
    assert analyst.get("/mejl-som-inte-kom-fram").status_code == 404
    admin = sign_in(app.test_client(), db, makers.administrator(db))
    assert address in seen(admin, "/mejl-som-inte-kom-fram")


def test_an_open_link_has_a_poster_with_its_weaker_protection_said(
    analyst: FlaskClient, settings: Settings, cast: Cast
) -> None:
    round_ = cast.opened_to_all(settings, access=Access.LINK, reminders=[])
    page = seen(analyst, f"/omgangar/{round_.id}")
    assert "Svagare skydd" in page
    poster = seen(analyst, f"/omgangar/{round_.id}/affisch")
    assert f"{settings.base_url}/enkat/{round_.id}" in poster
    assert "data:image/png" in poster
    personal = cast.opened_to_all(settings)
    assert analyst.get(f"/omgangar/{personal.id}/affisch").status_code == 404


def test_mail_and_questions_can_be_looked_at_before_and_after_approval(
    analyst: FlaskClient, cast: Cast
) -> None:
    for round_ in (cast.plan(), cast.approved()):
        assert "krypteras" in seen(analyst, f"/omgangar/{round_.id}/mejl")
        assert "Påminnelse:" in seen(analyst, f"/omgangar/{round_.id}/mejl?visa=paminnelse")
        assert seen(analyst, f"/omgangar/{round_.id}/fragor")
        assert "Är det lugnt?" in seen(analyst, f"/omgangar/{round_.id}/fragor/sida?lang=sv")


def test_the_list_shows_rounds_by_what_is_done_with_them(
    analyst: FlaskClient, db: Session, cast: Cast
) -> None:
    assert "planeras från sin enkät" in seen(analyst, "/omgangar")
    round_ = cast.plan(title="Den första")
    other = cast.plan(title="Den andra")
    steps.cancel(db, round_=other, by=cast.analyst.id, reason="Onödig.")
    db.commit()
    assert "Den första" in seen(analyst, "/omgangar")
    assert "Den andra" not in seen(analyst, "/omgangar")
    assert "Den andra" in seen(analyst, "/omgangar?lage=avslutade")
    assert round_.title not in seen(analyst, "/omgangar?lage=granskas")


def test_development_mail_is_read_by_administrators_only_and_never_with_a_server(
    app: Flask, db: Session, settings: Settings, cast: Cast
) -> None:
    cast.opened_to_all(settings)
    work(desk_of(app))
    db.rollback()
    nobody, employee = app.test_client(), sign_in(app.test_client(), db, cast.people[0])
    admin = sign_in(app.test_client(), db, makers.administrator(db))
    assert nobody.get("/utvecklingspost").status_code in {302, 404}
    assert employee.get("/utvecklingspost").status_code == 404
    page = seen(admin, f"/utvecklingspost?sok={cast.people[3].email}")
    names = re.findall(r"/utvecklingspost/([0-9a-f]{32})", page)
    assert len(names) == 1
    letter = seen(admin, f"/utvecklingspost/{names[0]}")
    assert re.search(rf'href="{settings.base_url}/enkat/[^"#]*#[0-9a-z]{{32}}"', letter)
    assert admin.get("/utvecklingspost/..%2fdialog").status_code == 404
    object.__setattr__(app.extensions["settings"], "smtp_url", "smtp://mail.example.org")
    assert admin.get("/utvecklingspost").status_code == 404


def test_in_a_demo_everybody_signed_in_reads_the_mail(app: Flask, db: Session, cast: Cast) -> None:
    object.__setattr__(app.extensions["settings"], "demo", True)
    employee = sign_in(app.test_client(), db, cast.people[0])
    assert seen(employee, "/utvecklingspost")
    assert app.test_client().get("/utvecklingspost").status_code in {302, 404}


def test_the_page_of_a_round_takes_a_bounded_number_of_statements(
    analyst: FlaskClient, app: Flask, db: Session, settings: Settings, cast: Cast
) -> None:
    round_ = cast.opened_to_all(settings)
    round_.rate_by_unit = {unit.code: [10, 20] for unit in cast.units}
    db.add(round_)
    db.commit()
    count = 0

    def add(*_args: object) -> None:
        nonlocal count
        count += 1

    sa.event.listen(app.extensions["engine"], "before_cursor_execute", add)
    seen(analyst, f"/omgangar/{round_.id}")
    assert count <= 14


def test_pages_are_in_english_too(analyst: FlaskClient, cast: Cast) -> None:
    round_ = cast.plan(closes_at=now() + timedelta(days=14))
    page = seen(analyst, f"/omgangar/{round_.id}?lang=en")
    assert 'lang="en"' in page


def test_rates_by_unit_are_gone_once_the_release_shows_its_own(
    analyst: FlaskClient, db: Session, settings: Settings, cast: Cast
) -> None:
    round_ = cast.opened_to_all(settings)
    round_.rate_by_unit = {cast.units[0].code: [4711, 4712]}
    db.add(round_)
    db.commit()
    assert "4711" in seen(analyst, f"/omgangar/{round_.id}").replace("\xa0", "")
    round_.state = RoundState.RELEASED
    db.add(round_)
    db.commit()
    assert "4711" not in seen(analyst, f"/omgangar/{round_.id}").replace("\xa0", "")
