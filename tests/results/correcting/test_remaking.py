"""A published result corrected: by two people, beside the first, giving nobody away."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient
from sqlmodel import Session, col, select

from dialog.core.disclosure.earlier import Earlier, History
from dialog.core.errors import RefusedError
from dialog.organisation.models import Unit
from dialog.results import queries
from dialog.results.correcting import deciding, earlier_releases, remaking
from dialog.results.correcting.deciding import Proposal
from dialog.results.models import Correction, CorrectionState, Release, ReleaseGroup
from dialog.results.publishing import releases, writing
from dialog.storage.clock import now
from dialog.storage.outbox import OutboxRow
from dialog.surveys.models import Response, Round, RoundState, RoundStep
from dialog.worker import Worker
from tests.conftest import sign_in
from tests.protecting.reorganising import found_out
from tests.results.correcting import scene as corrections
from tests.results.correcting.scene import HIDE, WHY, Scene, reorganise

S = CorrectionState


def test_one_proposes_another_approves_and_both_results_stand(
    client: FlaskClient, db: Session, scene: Scene, first: Release
) -> None:
    old = f"/resultat/{first.id}"
    sign_in(client, db, scene.analyst)
    page = client.get(old).text
    assert f"{old}/ratta" in page
    answer = client.post(f"{old}/ratta", data={"reason": WHY, "withheld": "q2"})
    address = answer.headers["Location"]
    assert "Väntar på en godkännare" in client.get(address).text
    assert client.post(address, data={"step": "approve"}).status_code == 404
    sign_in(client, db, scene.approver)
    assert address in client.get("/resultat").text
    client.post(address, data={"step": "approve"})
    assert "Resultatet ska granskas" in client.get(address).text
    assert "är rättat" not in client.get(old).text
    scene.work()
    made = db.exec(select(Correction)).one()
    assert made.state is S.PUBLISHED
    new = f"/resultat/{made.made_id}"
    client.delete_cookie("dialog")
    before, after = client.get(old).text, client.get(new).text
    assert "Det här resultatet är rättat" in before
    assert new in before
    assert WHY in before
    assert "Det här är ett rättat resultat. Frågan ”Min chef lyssnar” visas inte längre" in after
    assert old in after
    assert "Analys Andersson föreslog rättelsen och Data Dahl godkände den" in after
    for address in ("/resultat", "/"):
        listed = client.get(address).text
        assert new in listed
        assert old not in listed
    assert client.get(f"/resultat/omgang/{first.round_id}").headers["Location"] == new
    assert db.get_one(Round, first.round_id).state is RoundState.RELEASED
    kept = db.exec(select(RoundStep).where(col(RoundStep.action) == "correct")).one()
    assert kept.reason == WHY


def test_every_page_and_file_of_both_is_at_its_own_address(
    client: FlaskClient, db: Session, scene: Scene, first: Release
) -> None:
    sign_in(client, db, scene.analyst)
    paths = ("", "/R", "/R/samtal.pdf", "/R/diagram/fraga-1.svg", "/filer/release.csv")
    names = (*paths, "/filer/audit.json", "/filer/release.json", "/filer/public.csv")

    def fetched(release: Release) -> dict[str, bytes]:
        found = {}
        for path in names:
            with client.get(f"/resultat/{release.id}{path}") as answer:
                assert answer.status_code == 200, path
                found[path] = answer.data
        return found

    before = fetched(first)
    made = scene.corrected(first, HIDE)
    after = fetched(first)
    assert {path for path in names if before[path] != after[path]} == {"", "/R", "/R/samtal.pdf"}
    new = fetched(db.get_one(Release, made.made_id))
    told = json.loads(new["/filer/release.json"])["release"]
    assert told["corrects"] == str(first.id)
    assert told["correction"]["reason"] == WHY
    assert json.loads(new["/filer/audit.json"])["audited_together_with"] == [first.digest]
    assert b"q2,,," in new["/filer/release.csv"]
    assert b"q2,1," not in new["/filer/release.csv"]
    assert b"q2,1," in after["/filer/release.csv"]


@pytest.mark.parametrize("seed", [3, 5])
def test_the_new_organisation_gives_nobody_away(db: Session, scene: Scene, seed: int) -> None:
    rows = corrections.answered(seed)
    first = scene.released(rows)
    moved = reorganise(db, scene.units, seed)
    proposal = Proposal("Ny organisation.", reorganised=True, moved=moved)
    made = scene.corrected(first, proposal)
    assert made.state is S.PUBLISHED
    second = db.get_one(Release, made.made_id)
    seen = [scene.look(one) for one in (first, second)]
    parents = seen[1].parents
    assert parents["E119"] == "V11"
    assert not parents.keys() & moved.keys()
    assert sum(parents[unit] == "V22" for unit in ("E211", "E212") if unit in parents) == 1
    now_ = [{**row, "unit": moved.get(row["unit"], row["unit"])} for row in rows]
    assert found_out(seen[0], seen[1], rows, now_) == []
    names = dict(db.exec(select(ReleaseGroup.unit, ReleaseGroup.unit_name).where(
        col(ReleaseGroup.release_id) == second.id)).all())  # fmt: skip
    assert names["V12"] == "Kvinnohälsa"
    for (unit, level), n in seen[1].counts[""].items():
        inside = seen[1].below(unit)
        assert n == sum(row["unit"] in inside and level in ("", row["level"]) for row in now_)


def test_without_the_first_beside_it_the_new_one_would(db: Session, scene: Scene) -> None:
    rows = corrections.three_beside_twenty()
    first = scene.released(rows)
    scene.units["E113"].active = False
    db.commit()
    now_ = [{**row, "unit": row["unit"].replace("E113", "E112")} for row in rows]
    before = scene.look(first)
    assert before.counts[""]["E112", ""] == 20
    careless = scene.careless(first, corrections.THREE_INTO_TWENTY)
    assert careless.counts[""]["E112", ""] == 23
    assert any("at most 3" in one for one in found_out(before, careless, rows, now_))
    careful = scene.look(scene.made(first, corrections.THREE_INTO_TWENTY))
    assert ("E112", "") not in careful.counts[""]
    assert found_out(before, careful, rows, now_) == []


def test_a_correction_of_a_correction_is_audited_with_both(
    db: Session, scene: Scene, first: Release
) -> None:
    moved = reorganise(db, scene.units, 4)
    proposal = Proposal("Ny organisation.", reorganised=True, moved=moved)
    second = scene.made(first, proposal)
    with pytest.raises(RefusedError, match="redan rättat"):
        deciding.propose(db, release=first, by=scene.analyst.id, proposal=HIDE)
    scene.units["V11"].active = False
    e119 = db.exec(select(Unit).where(col(Unit.code) == "E119")).one()
    e119.parent_id, e119.path = scene.units["V12"].id, "/R/F1/V12/E119/"
    for code in {"E111", "E112", "E113"} - moved.keys():
        scene.units[code].parent_id = scene.units["V12"].id
        scene.units[code].path = f"/R/F1/V12/{code}/"
    db.commit()
    again = Proposal("Igen.", reorganised=True, moved={"V11": "V12"}, withheld=("q2",))
    made = scene.corrected(second, again)
    assert made.state is S.PUBLISHED, made.answer
    third = db.get_one(Release, made.made_id)
    assert third.audit["audited_together_with"] == [first.digest, second.digest]
    assert releases.all_of_round(db, round_id=first.round_id) == [first, second, third]
    assert third.moved == {**moved, "V11": "V12"}
    rows = corrections.answered(3)
    into = [{**row, "unit": moved.get(row["unit"], row["unit"])} for row in rows]
    last = [{**row, "unit": row["unit"].replace("V11", "V12")} for row in into]
    seen = [scene.look(one) for one in (first, second, third)]
    assert found_out(seen[0], seen[2], rows, last) == []
    assert found_out(seen[1], seen[2], into, last) == []


def test_what_was_corrected_twice_leads_to_what_stands_now(
    client: FlaskClient, db: Session, scene: Scene, first: Release
) -> None:
    second = scene.made(first, Proposal("Fel håll.", turned=(("tala", "q1"),)))
    third = scene.made(second, HIDE)
    third_id, page = third.id, f"/resultat/{first.id}"
    db.execute(sa.update(Correction).values(decided_at=now() - timedelta(days=40)))
    db.commit()
    made = db.exec(select(Correction).where(col(Correction.made_id) == third_id)).one()
    told = client.get(page).text
    assert f'href="/resultat/{third_id}"' in told
    assert f'href="/resultat/{second.id}"' not in told
    db.rollback()
    sign_in(client, db, scene.analyst)
    lead = (
        client.get(f"/resultat/rattelse/{made.id}").text.split('class="lead"')[1].split("</p>")[0]
    )
    assert f"{now().day} " in lead


def test_a_question_turned_the_wrong_way_changes_its_scale_only(
    db: Session, scene: Scene, first: Release
) -> None:
    proposal = Proposal("Fel håll.", turned=(("tala", "q2"),))
    second = scene.made(first, proposal)
    before, after = (queries.top(db, release_id=one.id) for one in (first, second))
    assert before.items == after.items
    q1, q2 = after.items["q1"].mean, after.items["q2"].mean
    assert q1
    assert q2
    assert after.scores["tala"].mean == pytest.approx((q1 + 6 - q2) / 2, abs=0.11)
    assert before.scores["tala"].mean == pytest.approx((q1 + q2) / 2, abs=0.11)


def test_what_changes_nothing_is_refused_with_the_reason(
    client: FlaskClient, db: Session, scene: Scene, first: Release
) -> None:
    second = scene.made(first, HIDE)
    same = Proposal("Igen.", withheld=("q2",))
    made = scene.corrected(second, same)
    assert (made.state, made.answer) == (S.REFUSED, remaking.SAME)
    assert releases.of_round(db, round_id=first.round_id) == second
    address = f"/resultat/rattelse/{made.id}"
    db.rollback()
    sign_in(client, db, scene.analyst)
    assert "Ingen siffra skulle bli en annan" in client.get(address).text


def test_answers_that_are_not_those_that_were_published_are_not_counted_anew(
    db: Session, scene: Scene, first: Release
) -> None:
    made = deciding.propose(db, release=first, by=scene.analyst.id, proposal=HIDE)
    deciding.approve(db, correction=made, by=scene.approver.id)
    row = db.exec(select(Response).where(col(Response.unit_id) == scene.units["E121"].id)).first()
    assert row
    row.unit_id = scene.units["V22"].id
    db.add(row)
    db.commit()
    scene.work()
    db.refresh(made)
    assert (made.state, made.answer) == (S.REFUSED, remaking.GONE)
    assert db.exec(select(Release)).all() == [first]


def test_a_unit_that_was_closed_after_the_proposal_is_the_reason_that_is_given(
    client: FlaskClient, db: Session, scene: Scene, first: Release
) -> None:
    moved = reorganise(db, scene.units, 4)
    made = scene.approved(first, Proposal("Ny organisation.", reorganised=True, moved=moved))
    held = set(db.exec(select(Response.unit_id)))
    late = next(unit for code, unit in scene.units.items() if code not in moved
                and code.startswith("E") and unit.id in held)  # fmt: skip
    late.active = False
    db.add(late)
    db.commit()
    scene.work()
    db.refresh(made)
    assert (made.state, made.answer) == (S.REFUSED, remaking.MOVED_SINCE)
    db.rollback()
    sign_in(client, db, scene.analyst)
    page = client.get(f"/resultat/rattelse/{made.id}").text
    assert "Organisationen har ändrats sedan förslaget" in page
    assert "gallrade" not in page


class Killed(BaseException):
    """Like SIGKILL: nothing after it is done."""


def test_cut_off_it_leaves_nothing_and_gives_the_same_bytes_the_next_time(
    db: Session, scene: Scene, first: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = deciding.propose(db, release=first, by=scene.analyst.id, proposal=HIDE)
    deciding.approve(db, correction=made, by=scene.approver.id)
    db.commit()
    real, digests = writing.write_groups, []

    def dies(*arguments: object) -> str:
        digests.append(real(*arguments))  # type: ignore[arg-type]
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(writing, "write_groups", dies)
        with pytest.raises(Killed):
            Worker(scene.desk).do_one()
    db.rollback()
    assert db.exec(select(Release)).all() == [first]
    assert queries.corrected_by(db, release=first) is None
    db.execute(sa.update(OutboxRow).values(leased_until=now() - timedelta(seconds=1)))
    db.commit()
    assert Worker(scene.desk).do_one()
    corrected_by = queries.corrected_by(db, release=first)
    assert corrected_by
    assert [corrected_by.digest] == digests


def test_the_whole_that_would_betray_is_refused(
    db: Session, scene: Scene, first: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if the first release had said that one more answered."""
    real = earlier_releases.read

    def one_more(*arguments: Any, **named: Any) -> Earlier:
        found: Earlier = real(*arguments, **named)
        groups = {**found.counts[""], ("R", ""): found.counts[""]["R", ""] + 1}
        return replace(found, counts={**found.counts, "": groups})

    monkeypatch.setattr(earlier_releases, "read", one_more)
    monkeypatch.setattr(History, "reproduced", lambda *_arguments: True)
    made = scene.corrected(first, HIDE)
    assert (made.state, made.answer) == (S.REFUSED, remaking.BETRAYS)
    assert db.exec(select(Release)).all() == [first]
