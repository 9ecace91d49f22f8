"""Somebody who tries every address and parameter of a result, under every sign-in."""

import re
from collections.abc import Iterator
from functools import cache

import pytest
from flask.testing import FlaskClient
from sqlmodel import Session

from dialog.core.disclosure.policy import LEVELS
from dialog.people.models import Role
from dialog.results import queries, release_files
from dialog.results.models import Release
from dialog.results.publishing import releases
from dialog.surveys.models import Round
from tests import makers
from tests.conftest import sign_in
from tests.results import cast
from tests.results.correcting import scene as corrections

DEPTH = {"R": 0, "F": 1, "V": 2, "E": 3}
UNITS = ("R", "F1", "V11", "V22", "E111", "E113", "E212", "X", "r", "*")
ASKED_LEVELS = ("", *LEVELS, "chef", "*", "staff,manager-1", "' OR 1=1")
KINDS = ("skalor", "enheter", "nivaer", "fraga-1", "fraga-2", "fraga-99")


def members(unit: str) -> set[str]:
    def line(code: str) -> Iterator[str]:
        while code:
            yield code
            code = cast.parent_of(code)

    return {code for code in cast.NAMES if unit in line(code)}


@cache
def size(unit: str, level: str) -> int:
    inside = members(unit)
    return sum(u in inside and level in ("", at) for u, at in _places())


@cache
def _places() -> list[tuple[str, str]]:
    return [(unit, level) for unit, level, _answers in cast.answers()]


def is_declared(unit: str, level: str) -> bool:
    if unit not in cast.NAMES:
        return False
    if level == "elected":
        return unit == "R"
    return not level or (level in LEVELS and DEPTH[unit[0]] <= 2)


def tried(client: FlaskClient, release: Release, *, public: bool, k: int = 10) -> list[str]:
    """Every address that gives something it should not, with what is wrong."""
    wrong: list[str] = []
    for unit in UNITS:
        for level in ASKED_LEVELS:
            address = f"/resultat/{release.id}/{unit}"
            page = client.get(address, query_string={"niva": level} if level else None)
            if page.status_code != 200:
                continue
            if not is_declared(unit, level):
                wrong.append(f"{address} {level}: not declared")
                continue
            if public and DEPTH[unit[0]] > queries.PUBLIC_DEPTH:
                wrong.append(f"{address} {level}: below what is public")
            if 0 < size(unit, level) < k:
                main = page.text.split("<main")[1]
                if "Här visas inget resultat" not in main or "/diagram/" in main:
                    wrong.append(f"{address} {level}: {size(unit, level)} people")
                for kind in KINDS:
                    asked = f"{address}/diagram/{kind}.svg"
                    if client.get(asked, query_string={"niva": level}).status_code == 200:
                        wrong.append(f"{asked} {level}: a picture")
    return wrong


@pytest.fixture
def round_(db: Session) -> Round:
    return cast.opened_round(db, cast.answers())


def published(db: Session, round_: Round) -> Release:
    made = releases.publish(db, round_=round_, by=round_.author_id)
    db.commit()
    return made


def test_no_address_gives_more_than_was_declared_whoever_asks(
    client: FlaskClient, db: Session, round_: Round
) -> None:
    made = published(db, round_)
    assert tried(client, made, public=True) == []
    for role in (None, Role.ANALYST):
        roles = () if role is None else (role,)
        sign_in(client, db, makers.person(db, f"Prov {role}", *roles))
        assert tried(client, made, public=False) == [], role


def test_whoever_tries_finds_a_result_that_was_not_protected(
    client: FlaskClient, db: Session
) -> None:
    made = published(db, cast.opened_round(db, cast.answers(), k=5))
    sign_in(client, db, makers.person(db, "Prov Analys", Role.ANALYST))
    wrong = tried(client, made, public=False)
    assert any("E113 : 6 people" in one for one in wrong)
    assert any("a picture" in one for one in wrong)


def status(client: FlaskClient, address: str) -> int:
    with client.get(address) as answer:
        return answer.status_code


def test_files_are_those_that_are_listed_and_for_those_who_may(
    client: FlaskClient, db: Session, round_: Round
) -> None:
    made = published(db, round_)
    names = ("release.csv", "audit.json", "responses.csv", "..%2f..%2fdialog.db", "release.csv.bak")
    for name in set(names) - release_files.PUBLIC:
        assert status(client, f"/resultat/{made.id}/filer/{name}") in (302, 404), name
    sign_in(client, db, makers.person(db, "Prov Provsson"))
    for name in set(names) - release_files.PUBLIC:
        assert status(client, f"/resultat/{made.id}/filer/{name}") == 404, name
    sign_in(client, db, makers.person(db, "Prov Analys", Role.ANALYST))
    found = [status(client, f"/resultat/{made.id}/filer/{name}") for name in names]
    assert found == [200, 200, 404, 404, 404]


def drawn(client: FlaskClient, release: Release) -> list[str]:
    """Words of every picture of every page, and of the texts that stand for them."""
    found: list[str] = []
    for unit in ("R", "F1", "V11", "E111"):
        page = client.get(f"/resultat/{release.id}/{unit}").text
        found += re.findall(r'alt="([^"]*)"', page)
        for address in re.findall(r'src="([^"]*/diagram/[^"]*)"', page):
            picture = client.get(address.replace("&amp;", "&")).text
            found += re.findall(r">\s*([^<>]+?)\s*</(?:text|title|desc)>", picture)
            found += re.findall(r"<!-- (.*?) -->", picture)
    return found


@pytest.mark.parametrize("k", [10, 5])
def test_no_picture_and_no_text_for_one_names_a_group_below_k(
    client: FlaskClient, db: Session, k: int
) -> None:
    """With k = 5 somebody is found who is not looked for with 10: six answered in E113."""
    form = corrections.form()
    made = published(db, cast.opened_round(db, cast.answers(form=form), form=form, k=k))
    sign_in(client, db, makers.person(db, "Prov Analys", Role.ANALYST))
    words = " ".join(drawn(client, made))
    assert cast.NAMES["E111"][:20] in words
    small = [unit for unit in cast.NAMES if 0 < size(unit, "") < 10]
    named = {unit for unit in small if cast.NAMES[unit][:20] in words}
    assert named == (set() if k == 10 else {"E113"})
