"""A unit's own result is for that unit and its line; public pages end at förvaltning."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session

from dialog.core.levels import Level
from dialog.organisation.models import Unit
from dialog.people.models import Role
from dialog.results.models import Release
from dialog.results.publishing import releases
from dialog.results.release_files import FILES, PUBLIC
from tests import makers
from tests.conftest import sign_in
from tests.results import cast

PUBLIC_UNITS = {"R", "F1", "F2"}
BELOW = set(cast.NAMES) - PUBLIC_UNITS
FIRST = {"V11", "V12", "E111", "E112", "E113", "E121"}  # of F1


@pytest.fixture
def units(db: Session) -> dict[str, Unit]:
    return cast.region(db)


@pytest.fixture
def release(db: Session, units: dict[str, Unit]) -> Release:
    round_ = cast.opened_round(db, cast.answers(), units=units)
    made = releases.publish(db, round_=round_, by=round_.author_id)
    db.commit()
    return made


def seen(client: FlaskClient, release: Release, path: str = "") -> set[str]:
    """The units at whose address there is a page (or what `path` adds)."""
    start = f"/resultat/{release.id}"
    found = set()
    for unit in cast.NAMES:
        answer = client.get(f"{start}/{unit}{path}")
        assert answer.status_code in (200, 302, 404), unit
        if answer.status_code == 200:
            found.add(unit)
    return found


# where a post is, at which level: what is seen below förvaltning
POSTS = {
    ("E111", Level.STAFF): {"E111", "V11"},
    ("E111", Level.MANAGER_1): {"E111", "V11"},
    ("V11", Level.STAFF): {"V11"},
    ("V11", Level.MANAGER_2): {"V11", "E111", "E112", "E113"},
    ("F1", Level.STAFF): set(),
    ("F1", Level.MANAGER_3): FIRST,
    ("R", Level.DIRECTOR): BELOW,
    ("R", Level.ELECTED): set(),
}


def test_a_post_opens_its_own_unit_and_its_line(
    app: Flask, db: Session, units: dict[str, Unit], release: Release
) -> None:
    for number, ((code, level), below) in enumerate(POSTS.items()):
        who = makers.person(db, f"Sara Sjö {number}")
        makers.post(db, who, units[code], level)
        client = sign_in(app.test_client(), db, who)
        assert seen(client, release) == PUBLIC_UNITS | below, (code, level)
    sheets = seen(client, release, "/diagram/skalor.svg")
    assert sheets == PUBLIC_UNITS


def test_parts_search_and_pictures_hold_what_the_reader_sees(
    app: Flask, db: Session, units: dict[str, Unit], release: Release
) -> None:
    who = makers.person(db, "Sara Sjöstråle")
    makers.post(db, who, units["E111"], Level.STAFF)
    client = sign_in(app.test_client(), db, who)
    start = f"/resultat/{release.id}"
    own, other = cast.NAMES["E111"], cast.NAMES["E112"]
    above = client.get(f"{start}/V11").text
    assert own in above
    assert other not in above
    found = client.get(f"{start}?sok=mottagningen").text
    assert own in found
    assert other not in found
    mine = client.get(f"{start}/V11/diagram/enheter.svg?lang=sv").data
    analyst = sign_in(app.test_client(), db, makers.person(db, "Anna Analys", Role.ANALYST))
    whole = analyst.get(f"{start}/V11/diagram/enheter.svg?lang=sv").data
    assert len(whole) > len(mine)
    assert client.get(f"{start}/V11/diagram/enheter.svg?lang=sv").data == mine


def test_no_role_opens_more_than_it_should(app: Flask, db: Session, release: Release) -> None:
    for role in (None, *Role):
        who = makers.person(db, f"Roll {role or 'Utan'}", *([role] if role else []))
        client = sign_in(app.test_client(), db, who)
        everything = role in {Role.ANALYST, Role.APPROVER}
        assert seen(client, release) == (set(cast.NAMES) if everything else PUBLIC_UNITS), role
        assert files(client, release) == (set(FILES) if everything else set(PUBLIC)), role


def files(client: FlaskClient, release: Release) -> set[str]:
    found = set()
    for name in FILES:
        with client.get(f"/resultat/{release.id}/filer/{name}") as answer:
            if answer.status_code == 200:
                found.add(name)
    return found


def test_nobody_signed_in_sees_public_pages_and_files_only(app: Flask, release: Release) -> None:
    client = app.test_client()
    assert seen(client, release) == PUBLIC_UNITS
    assert files(client, release) == set(PUBLIC)
    for name in PUBLIC:
        with client.get(f"/resultat/{release.id}/filer/{name}") as answer:
            text = answer.get_data(as_text=True)
        assert not any(f"\n{unit}," in text for unit in BELOW), name
    with client.get(f"/resultat/{release.id}/filer/release.csv") as answer:
        assert "/logga-in" in answer.headers["Location"]
