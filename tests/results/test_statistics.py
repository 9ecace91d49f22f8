"""What pages, pictures and the talk sheet say of certainty, gaps and change."""

import io
import random
import re
from datetime import timedelta

import pikepdf
import pytest
import time_machine
from flask.testing import FlaskClient
from sqlmodel import Session

from dialog.core.levels import Level
from dialog.core.questionnaire import items
from dialog.organisation.models import Unit
from dialog.people.models import Person, Role
from dialog.results import queries, spreads
from dialog.results.contrasts import between_levels, between_rounds
from dialog.results.models import Release
from dialog.results.publishing import releases
from dialog.storage.clock import now
from dialog.surveys.building.instruments.speech_climate import SPEECH_CLIMATE
from dialog.surveys.models import Round, RoundStep
from tests import makers
from tests.conftest import sign_in
from tests.results import cast

CLIMATE = [scale for scale in SPEECH_CLIMATE.scales if scale.report == "score"]


@pytest.fixture
def units(db: Session) -> dict[str, Unit]:
    return cast.region(db)


@pytest.fixture
def round_(db: Session, units: dict[str, Unit]) -> Round:
    return cast.opened_round(db, cast.answers(), units=units)


@pytest.fixture
def release(db: Session, round_: Round) -> Release:
    made = releases.publish(db, round_=round_, by=round_.author_id)
    db.commit()
    return made


@pytest.fixture
def analyst(client: FlaskClient, db: Session, release: Release) -> FlaskClient:
    return sign_in(client, db, makers.person(db, "Anna Analys", Role.ANALYST))


@pytest.fixture
def roomy(db: Session, units: dict[str, Unit]) -> Release:
    """A release in which hardly anything needs to be hidden: enough managers, no small unit."""
    chance = random.Random(5)
    rows = cast.answers(sizes={**cast.SIZES, "E113": 16, "E212": 13})
    for unit in ("V11", "V21"):
        rows += [
            (unit, Level.MANAGER_1.value, cast.answer(SPEECH_CLIMATE, chance, 0.6))
            for _ in range(20)
        ]
    round_ = cast.opened_round(db, rows, units=units)
    made = releases.publish(db, round_=round_, by=round_.author_id)
    db.commit()
    return made


def later(db: Session, first: Round, units: dict[str, Unit]) -> Release:
    """A second round of the same survey, whose answers differ, released a day later."""
    author = db.get_one(Person, first.author_id)
    second = cast.opened_round(db, cast.answers(seed=7), units=units, author=author, title="Andra")
    second.survey_id = first.survey_id
    db.add(second)
    with time_machine.travel(now() + timedelta(days=1)):
        made = releases.publish(db, round_=second, by=author.id)
        db.commit()
    return made


def test_the_gap_is_that_of_the_published_means(db: Session, roomy: Release) -> None:
    levels = queries.levels(db, release_id=roomy.id, of="R")
    at = {group.level: group for group in levels}
    leading, staff = at[Level.MANAGER_1], at[Level.STAFF]
    found = between_levels(SPEECH_CLIMATE, levels, spreads.of(roomy))
    assert found
    for one in found:
        first, second = leading.scores[one.scale.name], staff.scores[one.scale.name]
        assert one.difference.estimate == pytest.approx(first.mean - second.mean)
        assert one.difference.interval.low < one.difference.estimate < one.difference.interval.high
        assert one.effect is not None


def test_there_is_no_gap_where_a_side_is_protected(db: Session, roomy: Release) -> None:
    levels = queries.levels(db, release_id=roomy.id, of="R")
    told = spreads.of(roomy)
    assert between_levels(SPEECH_CLIMATE, levels, told)
    for missing in (Level.STAFF, Level.MANAGER_1):
        left = [group for group in levels if group.level != missing]
        assert between_levels(SPEECH_CLIMATE, left, told) == []


def test_change_is_computed_on_scales_that_ask_the_same(
    db: Session, round_: Round, units: dict[str, Unit], release: Release
) -> None:
    second = later(db, round_, units)
    after, before = (queries.top(db, release_id=one.id) for one in (second, release))
    told, told_before = spreads.of(second), spreads.of(release)
    same = (SPEECH_CLIMATE, before, told_before)
    found = between_rounds((SPEECH_CLIMATE, after, told), same)
    assert {one.scale.name for one in found} == set(told) & set(told_before)
    turned = SPEECH_CLIMATE.model_copy(
        update={
            "scales": tuple(
                scale.model_copy(update={"items": scale.items[:-1]})
                if scale.name == found[0].scale.name
                else scale
                for scale in SPEECH_CLIMATE.scales
            )
        }
    )
    changed = between_rounds((turned, after, told), same)
    assert found[0].scale.name not in {one.scale.name for one in changed}


def test_the_page_shows_what_has_changed_since_the_release_before(
    analyst: FlaskClient, db: Session, round_: Round, units: dict[str, Unit], release: Release
) -> None:
    assert "Förändring" not in analyst.get(f"/resultat/{release.id}/V11").text
    second = later(db, round_, units)
    page = analyst.get(f"/resultat/{second.id}/V11").text
    assert "Jämfört med ”Samtalsklimat hösten”" in page
    address = f"/resultat/{second.id}/V11/diagram/forandring.svg"
    assert analyst.get(address).data.startswith(b"<?xml")
    assert analyst.get(f"/resultat/{release.id}/V11/diagram/forandring.svg").status_code == 404
    assert "Förändring" not in analyst.get(f"/resultat/{release.id}/V11").text


def test_pages_show_intervals_and_the_gap(client: FlaskClient, roomy: Release) -> None:
    page = client.get(f"/resultat/{roomy.id}/R").text
    assert "95 %-intervall" in page
    assert re.search(r">\d,\d–\d,\d<", page)
    assert "Chefer och medarbetare" in page
    assert "Cronbachs alfa" in client.get(f"/resultat/{roomy.id}").text
    assert client.get(f"/resultat/{roomy.id}/R/diagram/chefer.svg").status_code == 200
    assert client.get(f"/resultat/{roomy.id}/R/diagram/forandring.svg").status_code == 404


def test_the_page_says_who_approved(client: FlaskClient, db: Session, round_: Round) -> None:
    approver = makers.approver(db)
    step = RoundStep(
        round_id=round_.id,
        person_id=approver.id,
        action="approve",
        before="review",
        after="approved",
    )
    db.add(step)
    made = releases.publish(db, round_=round_, by=round_.author_id)
    db.commit()
    page = client.get(f"/resultat/{made.id}").text
    assert f"{approver.name} granskade dataskyddet" in page
    assert "Analys Andersson publicerade resultatet." in page


def test_the_talk_sheet_is_two_tagged_pages(analyst: FlaskClient, release: Release) -> None:
    for unit, language in (("R", "sv"), ("V11", "en"), ("E111", "sv"), ("E113", "en")):
        answer = analyst.get(f"/resultat/{release.id}/{unit}/samtal.pdf?lang={language}")
        assert answer.mimetype == "application/pdf"
        assert unit not in answer.headers["Content-Disposition"]
        with pikepdf.open(io.BytesIO(answer.data)) as pdf:
            assert len(pdf.pages) == 2
            assert pdf.Root.MarkInfo.Marked
            assert str(pdf.Root.Lang) == language
            assert b"pdfuaid:part" in pdf.Root.Metadata.read_bytes()


def test_a_protected_unit_gets_what_is_above_it_and_a_guide(
    analyst: FlaskClient, release: Release
) -> None:
    page = analyst.get(f"/resultat/{release.id}/E113").text
    assert "Prata om det ändå" in page
    assert "samtal.pdf" in page
    assert "/diagram/" not in page


def test_alternative_texts_tell_the_finding_and_no_hidden_figure(
    analyst: FlaskClient, release: Release
) -> None:
    page = analyst.get(f"/resultat/{release.id}/R").text
    texts = re.findall(r'alt="([^"]*)"', page)
    assert len(texts) >= len(items(SPEECH_CLIMATE)) // 10
    assert all("tabellen" in text for text in texts)


def test_the_release_says_how_many_have_a_result_of_their_own(
    client: FlaskClient, db: Session, release: Release
) -> None:
    page = client.get(f"/resultat/{release.id}").text
    shown = queries.shown_by_depth(db, release=release)
    assert [(depth, units) for depth, _shown, units in shown] == [(0, 1), (1, 2), (2, 4), (3, 7)]
    for _depth, published, units in shown[1:]:
        assert f"{published} av {units}" in page
    assert shown[3][1] < 7
