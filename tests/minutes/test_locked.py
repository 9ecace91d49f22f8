"""Minutes over HTTP: locked, added to, on paper, and on the front page."""

import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pikepdf
import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import ProgrammingError
from sqlmodel import Session, select

from dialog.core.errors import IllegalTransitionError
from dialog.minutes import attesting, circulating, proposing, writing
from dialog.minutes.models import (
    MinutesProposal,
    MinutesState,
    MinutesStep,
    MinutesVersion,
)
from tests.minutes.cast import PASSWORD, Cast
from tests.minutes.steps import As, attest, begun, circulated, locked, write


def test_a_locked_text_is_changed_by_nobody(cast: Cast, as_: As, db: Session) -> None:
    address = locked(cast, as_)
    minutes, section, before = cast.minutes(), cast.sections()[1], cast.versions()
    by, me = cast.secretary.id, cast.chair.id
    proposal = MinutesProposal(
        minutes_id=minutes.id, section_id=section.id, based_on=section.version, before="",
        text="x", reason="x", author_id=by,
    )  # fmt: skip
    db.add(proposal)
    db.commit()
    tries: list[Callable[[], Any]] = [
        lambda: writing.save(
            db, minutes=minutes, section_id=section.id, version=section.version, heading="x",
            text="x", by=by,
        ),
        lambda: writing.add_section(db, minutes=minutes, heading="x", by=by),
        lambda: writing.bring_in(db, minutes=minutes, lines=[], by=by),
        lambda: circulating.circulate(db, minutes=minutes, lines=[], by=by, reason="x"),
        lambda: proposing.propose(
            db, minutes=minutes, section=section, text="x", reason="x", by=me
        ),
        lambda: proposing.accept(db, minutes=minutes, proposal=proposal, by=by, answer="x"),
        lambda: attesting.object_(db, minutes=minutes, person_id=me, reason="x"),
        lambda: attesting.choose(db, minutes=minutes, person_id=cast.people[0].id, by=by),
        lambda: attesting.unchoose(db, minutes=minutes, person_id=me),
    ]  # fmt: skip
    for each in tries:
        with cast.app.test_request_context(), pytest.raises(IllegalTransitionError):
            each()
        db.rollback()
    assert cast.minutes().state is MinutesState.LOCKED
    assert [row.text_hash for row in cast.versions()] == [row.text_hash for row in before]
    assert "låst" in as_(cast.secretary).get(address).text


def test_a_locked_text_changed_behind_the_application_is_refused_or_noticed(
    cast: Cast, as_: As, db: Session
) -> None:
    address = locked(cast, as_)
    forged = sa.update(MinutesVersion).values(sections=[])
    if db.get_bind().dialect.name == "postgresql":
        with pytest.raises(ProgrammingError, match="permission denied"):
            db.exec(forged)
        db.rollback()
        return
    db.exec(forged)
    db.commit()
    assert "stämmer inte med" in as_(cast.people[0]).get(address).text


def test_a_correction_stands_below_the_locked_text(cast: Cast, as_: As) -> None:
    address = circulated(cast, as_)
    early = as_(cast.secretary).post(f"{address}/tillagg", data={"text": "För tidigt"})
    assert early.status_code == 422
    for person in (cast.chair, cast.other):
        attest(cast, as_, person)
    hashes = [version.text_hash for version in cast.versions()]
    as_(cast.secretary).post(f"{address}/tillagg", data={"text": "Det var *tre* saker"})
    page = as_(cast.people[0]).get(address).text
    assert "Det var <em>tre</em> saker" in page
    assert [version.text_hash for version in cast.versions()] == hashes


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_paper_is_accessible_and_holds_the_attestations(
    cast: Cast, as_: As, language: str
) -> None:
    address = locked(cast, as_)
    answer = as_(cast.people[0]).get(f"{address}/anteckningar.pdf?lang={language}")
    assert answer.mimetype == "application/pdf"
    with pikepdf.open(io.BytesIO(answer.data)) as pdf:
        assert b"pdfuaid:part" in pdf.Root.Metadata.read_bytes()
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == language


def test_what_is_typed_as_html_is_shown_as_it_was_typed(cast: Cast, as_: As) -> None:
    address = begun(cast, as_)
    write(
        cast, as_, 1, "<script>alert(1)</script> [x](javascript:alert(1)) ![y](https://z.se/y.png)"
    )
    page = as_(cast.secretary).get(address).text
    assert "<script>alert" not in page
    assert "<img" not in page
    assert 'href="javascript' not in page


def test_the_front_page_says_what_is_to_attest_and_how_far_ones_own_have_come(
    cast: Cast, as_: As
) -> None:
    address = circulated(cast, as_)
    attest(cast, as_, cast.chair)
    data = {"text": "Något annat", "reason": "Bättre"}
    as_(cast.other).post(f"{address}/avsnitt/{cast.sections()[1].id}", data=data)
    assert "Du är vald att justera" not in as_(cast.chair).get("/").text
    assert "Du är vald att justera" in as_(cast.other).get("/").text
    own = as_(cast.secretary).get("/").text
    assert "1 av 2 har justerat." in own
    assert "1 ändringsförslag att avgöra." in own
    assert address not in as_(cast.people[0]).get("/").text


def test_two_who_attest_at_the_same_moment_lock_the_text_once(
    cast: Cast, as_: As, app: Flask
) -> None:
    circulated(cast, as_)
    browsers = [as_(person) for person in (cast.chair, cast.other)]
    address = f"/anteckningar/{cast.minutes().id}/justera"
    data = {"number": 1, "password": PASSWORD}
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda one: one.post(address, data=data).status_code, browsers))
    assert answers == [302, 302]
    assert cast.minutes().state is MinutesState.LOCKED
    actions = [step.action for step in cast.read(select(MinutesStep))]
    assert actions.count("lock") == 1


def test_a_text_that_is_too_long_for_a_section_is_cut_between_paragraphs() -> None:
    text = "aaaa\n\nbbbb\n\ncccccccccccccccc"
    assert writing.pieces(text, longest=12) == ["aaaa\n\nbbbb", "cccccccccccc", "cccc"]
    assert writing.pieces("", longest=12) == [""]
