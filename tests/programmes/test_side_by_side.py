"""The released rounds of a review side by side, and what is tried of them together."""

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlmodel import Session, select

from dialog.core.errors import RefusedError
from dialog.core.review import SubStudy
from dialog.programmes import checking, file_views
from dialog.results import queries, release_files
from dialog.results.correcting import deciding
from dialog.results.correcting.deciding import Proposal
from dialog.results.drawing import chart_files
from dialog.results.models import Release
from dialog.surveys.models import ReceiptList, RoundState
from tests import university as universities
from tests.conftest import sign_in
from tests.programmes.cast import FORM, Review
from tests.results import cast

EVERY = (SubStudy.POLITICAL, SubStudy.MANAGERS, SubStudy.STAFF, SubStudy.STAFF)


def figures(client: FlaskClient, review: Review) -> list[dict[str, str]]:
    text = client.get(f"{review.address}/filer/figures.csv").text
    return list(csv.DictReader(io.StringIO(text)))


def test_the_three_parts_stand_side_by_side_and_every_figure_is_of_the_published(
    client: FlaskClient, db: Session
) -> None:
    review = Review(db, *EVERY)
    before = client.get(review.address).text
    assert "prövas nu tillsammans" in before
    assert "/diagram/" not in before
    assert client.get(f"{review.address}/filer/figures.csv").status_code == 404
    check = review.check()
    assert check.passed, check.record
    page = client.get(review.address).text
    assert "Skalorna sida vid sida" in page
    for word in ("förtroendevalda", "första linjens chefer", "Jämfört med ”Omgång 3”"):
        assert word in page
    assert re.search(
        r"chefer svarar [\d,]+ högre än medarbetare \(mellan [\d,]+ och [\d,]+\)", page
    )
    found = figures(client, review)
    assert {(row["sub_study"], row["figure"]) for row in found} >= {
        ("d1", "scale"), ("d2", "scale"), ("d3", "scale"),
        ("d1", "gap"), ("d2", "gap"), ("d3", "gap"), ("d3", "change"),
    }  # fmt: skip
    tops = {str(release.id): queries.top(db, release_id=release.id) for release in review.releases}
    for row in found:
        if row["figure"] == "scale":
            score = tops[row["release"]].scores[row["scale"]]
            assert (row["n"], row["mean"]) == (str(score.n), f"{score.mean:.2f}")
        else:
            away = float(row["mean"]) - float(row["other_mean"]) - float(row["difference"])
            assert abs(away) < 0.02
            assert min(int(row["n"]), int(row["other_n"])) >= 10
    told = json.loads(client.get(f"{review.address}/filer/figures.json").text)
    assert len(told["rows"]) == len(found)
    assert told["audit"]["answers_in_two_rounds"] == 0
    assert {file["sha256"] for one in told["audit"]["rounds"] for file in one["files"]} == {
        release.digest for release in db.exec(select(Release))
    }
    db.commit()
    for kind in ("skalor", "nivaer-d1", "nivaer-d2", "nivaer-d3", "forandring-d3"):
        assert client.get(f"{review.address}/diagram/{kind}.svg").mimetype == "image/svg+xml"
    for kind in ("forandring-d1", "nivaer-d4", "x"):
        assert client.get(f"{review.address}/diagram/{kind}.svg").status_code == 404


def test_a_picture_is_drawn_again_when_another_version_draws_it(
    client: FlaskClient, db: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = tmp_path / "pictures.py"
    versions = []
    for words in ("one", "other"):
        module.write_text(words)
        versions.append(chart_files.version([str(module)]))
    assert versions[0] != versions[1]
    review = Review(db, SubStudy.STAFF)
    review.check()
    kept = []
    for version in versions + versions:
        monkeypatch.setattr(file_views, "DRAWING", version)
        assert client.get(f"{review.address}/diagram/skalor.svg").status_code == 200
        kept.append(len(list(review.settings.files.rglob("*.svg"))))
    assert kept == [1, 2, 2, 2]


def test_nothing_on_the_page_is_called_the_reviews_own_finding(
    client: FlaskClient, db: Session
) -> None:
    review = Review(db, SubStudy.STAFF)
    review.check()
    page = client.get(review.address).text
    assert "Vad de betyder skriver lärosätet" in page
    for word in ("Granskningen visar", "granskningens resultat", "slutsats"):
        assert word.lower() not in page.lower()


def test_a_new_release_is_compared_when_the_whole_set_was_tried_again(
    client: FlaskClient, db: Session
) -> None:
    review = Review(db, SubStudy.STAFF)
    first = review.check()
    assert review.check().id == first.id  # a set is tried once
    review.release(SubStudy.STAFF, 7)
    assert {row["figure"] for row in figures(client, review)} == {"scale", "gap"}
    assert "Jämfört med" not in client.get(review.address).text
    assert review.check().id != first.id
    assert "change" in {row["figure"] for row in figures(client, review)}


def test_a_corrected_release_is_compared_as_it_was_until_the_new_set_was_tried(
    client: FlaskClient, db: Session
) -> None:
    review = Review(db, SubStudy.MANAGERS, SubStudy.STAFF)
    review.check()
    before = figures(client, review)
    made = review.correct(review.releases[1])
    page = client.get(review.address).text
    assert "prövas nu tillsammans" in page
    assert figures(client, review) == before
    told = json.loads(client.get(f"{review.address}/filer/figures.json").text)
    assert {one["release"] for one in told["releases"]} == {str(one.id) for one in review.releases}
    check = review.check()
    assert check.passed, check.record
    assert {row["release"] for row in figures(client, review)} == {
        str(review.releases[0].id), str(made.made_id)
    }  # fmt: skip


def test_a_reviews_result_is_corrected_by_its_university_and_nobody_else(
    client: FlaskClient, db: Session
) -> None:
    review = Review(db, SubStudy.STAFF)
    release = review.releases[0]
    page = f"/resultat/{release.id}"
    proposal = Proposal("Frågan blev fel.", withheld=("say",))
    with pytest.raises(RefusedError, match="frågorna är lärosätets"):
        deciding.propose(db, release=release, by=review.analyst.id, proposal=proposal)
    db.rollback()
    sign_in(client, db, review.analyst)
    assert f"{page}/ratta" not in client.get(page).text
    assert "frågorna är lärosätets" in client.get(f"{page}/ratta").text
    asked = {"reason": proposal.reason, "withheld": "say"}
    assert client.post(f"{page}/ratta", data=asked).status_code == 422
    sign_in(client, db, review.of.author)
    assert f"{page}/ratta" in client.get(page).text
    assert client.post(f"{page}/ratta", data=asked).status_code == 302


@pytest.mark.parametrize("ended", [RoundState.UNOPENED, RoundState.ARCHIVED])
def test_a_round_that_ended_unopened_is_not_to_come(
    client: FlaskClient, db: Session, ended: RoundState
) -> None:
    review = Review(db)
    round_ = cast.opened_round(db, [], form=FORM, units=review.units, author=review.analyst)
    universities.belongs(db, round_, review.of)
    announced = "En enkät pågår eller väntar"
    assert announced in client.get(review.address).text
    round_.state = ended
    db.add(round_)
    db.commit()
    assert announced not in client.get(review.address).text


def tampered_file(review: Review) -> None:
    """A published file that is another than it was: one figure is changed."""
    release = review.releases[0]
    path = release_files.file(
        review.db, release=release, name="release.csv", files=review.settings.files
    )
    release_files.file(review.db, release=release, name="units.csv", files=review.settings.files)
    lines = path.read_text().splitlines(keepends=True)
    at = next(at for at, line in enumerate(lines) if line.startswith("R,,scale:"))
    cells = lines[at].split(",")
    cells[6] = f"{float(cells[6]) + 0.3:.1f}"
    path.chmod(0o600)
    path.write_text("".join([*lines[:at], ",".join(cells), *lines[at + 1 :]]))


def shared_answers(review: Review) -> None:
    """The same ballots on the lists of two rounds."""
    lists = review.db.exec(select(ReceiptList)).all()
    lists[1].receipts = lists[0].receipts[:32] + lists[1].receipts[32:]
    review.db.add(lists[1])


@pytest.mark.parametrize(
    ("harm", "tells"),
    [
        (tampered_file, {"as_published": False, "figures_that_do_not_follow": True}),
        (shared_answers, {"answers_in_two_rounds": True}),
    ],
)
def test_what_does_not_hold_is_found_and_nothing_is_compared(
    client: FlaskClient, db: Session, harm: Callable[[Review], None], tells: dict[str, Any]
) -> None:
    review = Review(db, SubStudy.MANAGERS, SubStudy.STAFF)
    harm(review)
    check = review.check()
    assert not check.passed
    for name, expected in tells.items():
        if name == "as_published":
            files = [file for one in check.record["rounds"] for file in one["files"]]
            assert [file[name] for file in files].count(False) == 1
        else:
            assert bool(check.record[name]) is expected
    page = client.get(review.address).text
    assert "stämde något inte" in page
    assert "/diagram/" not in page
    assert client.get(f"{review.address}/filer/figures.json").status_code == 404


def test_a_release_that_gives_a_small_group_away_does_not_pass() -> None:
    fine: dict[str, Any] = {
        "rounds": [{"findings": 0, "files": [{"as_published": True}]}],
        "answers_in_two_rounds": 0,
        "figures_that_do_not_follow": 0,
    }
    assert checking.passes(fine)
    for findings in (1, None):  # None: the files could not be read
        betrayed = {"findings": findings, "files": [{"as_published": True}]}
        assert not checking.passes({**fine, "rounds": [*fine["rounds"], betrayed]})
