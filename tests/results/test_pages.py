import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session

from dialog.core.questionnaire import Kind, Question, Questionnaire, Section, Text
from dialog.people.models import Person, Role
from dialog.results.drawing import pictures
from dialog.results.models import Release
from dialog.results.publishing import releases
from dialog.results.release_files import FILES
from dialog.results.rows import groups
from dialog.surveys.models import Round, RoundState
from tests import makers
from tests.conftest import sign_in
from tests.results import cast


@pytest.fixture
def round_(db: Session) -> Round:
    return cast.opened_round(db, cast.answers())


@pytest.fixture
def release(db: Session, round_: Round) -> Release:
    made = releases.publish(db, round_=round_, by=round_.author_id)
    db.commit()
    return made


@pytest.fixture
def signed_in(client: FlaskClient, db: Session) -> FlaskClient:
    return sign_in(client, db, makers.person(db, "Gunnar Granskfors", Role.APPROVER))


def charts_in(page: str) -> list[str]:
    return [
        unescape(address) for address in re.findall(r'(?:src|srcset)="([^"]*/diagram/[^"]*)"', page)
    ]


def addresses(release_id: UUID, unit: str = "V11") -> list[str]:
    start = f"/resultat/{release_id}"
    kinds = ["skalor", "enheter", "nivaer", *(f"fraga-{number}" for number in range(1, 12))]
    return [
        start,
        f"{start}?sok=barn",
        f"{start}/{unit}",
        f"{start}/{unit}?niva=staff",
        *(f"{start}/{unit}/diagram/{kind}.svg" for kind in kinds),
        *(f"{start}/{unit}/diagram/{kind}.svg?niva=staff&bred=1" for kind in kinds),
        *(f"{start}/filer/{name}" for name in (*FILES, "audit.json", "../dialog.db")),
    ]


def test_the_list_leads_to_the_release_and_its_units(
    signed_in: FlaskClient, release: Release
) -> None:
    page = signed_in.get("/resultat").text
    assert f"/resultat/{release.id}" in page
    overview = signed_in.get(f"/resultat/{release.id}").text
    assert "Regionhälsan" in overview
    assert "Så skyddas de som har svarat" in overview
    assert "minst 10" in overview
    unit = signed_in.get(f"/resultat/{release.id}/E111").text
    assert "Barnmottagningen Björken" in unit
    assert "24 svar" in unit


def test_dates_are_counted_and_a_section_without_a_title_has_a_heading(
    signed_in: FlaskClient, db: Session
) -> None:
    when = Question(name="when", kind=Kind.DATE, text=Text(sv="När?"))
    form = Questionnaire(
        title=Text(sv="Datum"),
        sections=(Section(name="only", title=Text(), questions=(when,)),),
    )
    rows = [("E111", "staff", {"when": "2026-10-01"})] * 12
    round_ = cast.opened_round(db, rows, form=form)
    made = releases.publish(db, round_=round_, by=round_.author_id)
    db.commit()
    page = signed_in.get(f"/resultat/{made.id}/E111").get_data(as_text=True)
    assert "12 har svarat. Datumen publiceras inte." in page
    assert '<h2 id="del-1">Frågor</h2>' in page


def test_every_picture_of_every_page_can_be_fetched(
    signed_in: FlaskClient, release: Release
) -> None:
    for path in ("", "/V11", "/V21?niva=manager-1"):
        found = charts_in(signed_in.get(f"/resultat/{release.id}{path}").text)
        assert found or path == ""
        for address in found:
            answer = signed_in.get(address)
            assert answer.status_code == 200, address
            assert answer.mimetype == "image/svg+xml"
            assert answer.data.startswith(b"<?xml")
            assert "private" in answer.headers["Cache-Control"]


def test_a_picture_is_drawn_once_and_kept(
    signed_in: FlaskClient, release: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = []
    draw = pictures.of_scores

    def counted(*given: Any, **named: Any) -> bytes:
        drawn.append(1)
        return draw(*given, **named)

    monkeypatch.setattr(pictures, "of_scores", counted)
    address = f"/resultat/{release.id}/V11/diagram/skalor.svg?lang=sv"
    first = signed_in.get(address).data
    assert signed_in.get(address).data == first
    assert len(drawn) == 1


def test_a_protected_unit_says_so_calmly_and_leads_to_the_nearest_above(
    signed_in: FlaskClient, release: Release
) -> None:
    page = signed_in.get(f"/resultat/{release.id}/E113").text
    assert "Här visas inget resultat" in page
    assert f"/resultat/{release.id}/V11" in page
    assert "/diagram/" not in page


def test_a_protected_unit_and_an_empty_one_get_the_same_page(
    client: FlaskClient, db: Session
) -> None:
    units = cast.region(db)
    full = cast.opened_round(db, cast.answers(), units=units)
    author = db.get_one(Person, full.author_id)
    without = [row for row in cast.answers() if row[0] != "E212"]
    empty = cast.opened_round(db, without, units=units, author=author)
    pages = []
    sign_in(client, db, author)
    for each in (full, empty):
        made = releases.publish(db, round_=each, by=author.id)
        db.commit()
        pages.append(client.get(f"/resultat/{made.id}/E212").text.replace(str(made.id), ""))
    assert re.sub(r'name="csrf_token" value="[^"]+"', "", pages[0]) == re.sub(
        r'name="csrf_token" value="[^"]+"', "", pages[1]
    )


def test_what_is_not_in_the_release_is_not_found(signed_in: FlaskClient, release: Release) -> None:
    start = f"/resultat/{release.id}"
    for path in ("/X", "/V11?niva=elected", "/V11?niva=x", "/E111?niva=staff"):
        assert signed_in.get(start + path).status_code == 404
    for kind in ("skalor", "enheter", "fraga-1", "fraga-0", "fraga-99", "x"):
        assert signed_in.get(f"{start}/E113/diagram/{kind}.svg").status_code == 404


def test_public_pages_end_at_forvaltning(client: FlaskClient, release: Release) -> None:
    start = f"/resultat/{release.id}"
    assert client.get("/resultat").status_code == 200
    assert client.get(start).status_code == 200
    public = client.get(f"{start}/F1")
    assert public.status_code == 200
    assert "Barn och unga" not in public.text
    assert client.get(f"{start}/F1/diagram/enheter.svg").status_code == 404
    for path in ("/V11", "/E111", "/E113", "/X", "/V11/diagram/skalor.svg", "/filer/release.csv"):
        answer = client.get(start + path)
        assert answer.status_code == 302, path
        assert "/logga-in" in answer.headers["Location"]
    assert "Barn" not in client.get(f"{start}?sok=barn").text


@pytest.mark.parametrize("roles", [None, (), *((role,) for role in Role)])
def test_no_figure_of_an_unpublished_round_is_at_any_address(
    app: Flask, db: Session, round_: Round, roles: tuple[Role, ...] | None
) -> None:
    """None: for somebody who has not signed in."""
    visitor = app.test_client()
    if roles is not None:
        sign_in(visitor, db, makers.person(db, "Roll Rosén", *roles))
    for state in (RoundState.OPENED, RoundState.CLOSED):
        round_.state = state
        db.add(round_)
        db.commit()
        for address in addresses(round_.id):
            assert visitor.get(address).status_code in (302, 404), address
        assert "svar." not in visitor.get("/resultat").text


def test_publishing_is_for_analysts(client: FlaskClient, db: Session, round_: Round) -> None:
    address = f"/resultat/publicera/{round_.id}"
    sign_in(client, db, makers.person(db, "Sara Sjöstråle", Role.APPROVER))
    assert client.get(address).status_code == 404
    assert client.post(address).status_code == 404
    sign_in(client, db, db.get_one(Person, round_.author_id))
    assert "Granska och publicera" in client.get("/resultat").text
    page = client.get(address).text
    assert "180 svar är öppnade" in page
    assert client.post(address).headers["Location"] == address
    made = releases.publish(db, round_=round_, by=round_.author_id)
    db.commit()
    assert client.get(address).headers["Location"] == f"/resultat/{made.id}"
    assert client.post(address).headers["Location"] == f"/resultat/{made.id}"


def test_a_round_whose_answers_are_sealed_cannot_be_published(
    client: FlaskClient, db: Session, round_: Round
) -> None:
    round_.state = RoundState.CLOSED
    db.commit()
    sign_in(client, db, db.get_one(Person, round_.author_id))
    address = f"/resultat/publicera/{round_.id}"
    assert "svaren är öppnade" in client.get(address).text
    assert client.post(address).status_code == 409
    assert f"/resultat/publicera/{round_.id}" not in client.get("/resultat").text


def test_files_are_those_of_the_release(
    signed_in: FlaskClient, db: Session, release: Release
) -> None:
    for name, make in FILES.items():
        with signed_in.get(f"/resultat/{release.id}/filer/{name}") as answer:
            assert name in answer.headers["Content-Disposition"]
            assert answer.data == b"".join(make(db, release))


def test_no_published_number_on_a_page_is_protected_in_the_file(
    signed_in: FlaskClient, db: Session, release: Release
) -> None:
    for group in groups(db, release.id):
        level = f"?niva={group.level}" if group.level else ""
        page = signed_in.get(f"/resultat/{release.id}/{group.unit}{level}").text
        assert ("Här visas inget resultat" in page) == group.protected


@contextmanager
def statements(app: Flask) -> Iterator[list[str]]:
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        seen.append(statement)

    engine = app.extensions["engine"]
    sa.event.listen(engine, "before_cursor_execute", note)
    yield seen
    sa.event.remove(engine, "before_cursor_execute", note)


@pytest.mark.parametrize("path", ["", "?sok=barn", "/R", "/V11", "/E111", "/E111?niva=staff"])
def test_a_page_takes_few_statements(
    app: Flask, signed_in: FlaskClient, release: Release, path: str
) -> None:
    with statements(app) as seen:
        signed_in.get(f"/resultat/{release.id}{path}")
    assert len(seen) <= 14, seen


def test_the_pages_are_in_english_too(signed_in: FlaskClient, release: Release) -> None:
    page = signed_in.get(f"/resultat/{release.id}/V11?lang=en").text
    assert "Safety" in page
    assert "Show as a table" in page
    assert "Visa som tabell" not in page
    assert "2.8" in page or "2.9" in page or "3.0" in page


def test_a_round_leads_to_its_release(
    signed_in: FlaskClient, round_: Round, release: Release
) -> None:
    led = signed_in.get(f"/resultat/omgang/{round_.id}")
    assert led.location == f"/resultat/{release.id}"
    assert signed_in.get(f"/resultat/omgang/{release.id}").status_code == 404
