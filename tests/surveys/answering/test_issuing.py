import hashlib
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlmodel import col, select

from dialog.core.ballots import blind, respondent
from dialog.core.ballots.encoding import encode
from dialog.storage.clock import now
from dialog.surveys import issued_marks, keys
from dialog.surveys.models import Access, Invitation, LinkIssue, RoundState
from tests import makers
from tests.conftest import sign_in
from tests.pipeline import Pipeline


def test_an_answer_goes_all_the_way_and_is_acknowledged(pipeline: Pipeline) -> None:
    made = pipeline.seal()
    answer = pipeline.post(pipeline.token(made, pipeline.invited[0].link))
    assert answer.status_code == 201
    assert answer.json == {"receipt": hashlib.sha256(made.ballot).hexdigest()}


def test_a_link_and_a_code_both_tell_where_the_answer_belongs(pipeline: Pipeline) -> None:
    who = pipeline.invited[1]
    for secret in (who.link, who.code, who.code.lower().replace("-", " "), who.link.upper()):
        answer = pipeline.ask("place", {"secret": secret})
        assert answer.json == {"unit": "B", "level": "staff", "answered": False}


def test_however_somebody_came_in_what_they_send_is_equally_long(pipeline: Pipeline) -> None:
    who, made = pipeline.invited[0], pipeline.seal()
    ways = (who.link, who.code, who.code.replace("-", ""), "")
    bodies = [respondent.issue_request(made, secret=secret) for secret in ways]
    assert len({len(json.dumps(body)) for body in bodies}) == 1
    statuses = [pipeline.ask("issue", body).status_code for body in bodies]
    assert statuses == [200, 200, 200, 404]  # nobody is signed in
    person = makers.person(pipeline.db, "Inloggad Ivarsson")
    pipeline.invite(pipeline.units[0], person_id=person.id)
    sign_in(pipeline.staff, pipeline.db, person)
    body = respondent.issue_request(pipeline.seal())
    assert pipeline.ask("issue", body).status_code == 200


def test_after_issuing_the_place_says_that_it_is_answered(pipeline: Pipeline) -> None:
    who = pipeline.invited[0]
    pipeline.answer(who)
    answer = pipeline.ask("place", {"secret": who.link})
    assert answer.json is not None
    assert answer.json["answered"] is True


def test_a_letter_wrong_in_a_secret_is_unknown(pipeline: Pipeline) -> None:
    link = pipeline.invited[0].link
    wrong = link[:-1] + ("0" if link[-1] != "0" else "1")
    other_number = ("0" if link[0] != "0" else "1") + link[1:]
    for secret in (wrong, other_number, link[:-1], "x", 7, ["a"]):
        for what in ("place", "issue"):
            body = {"secret": secret, "blinded": encode(pipeline.seal().blinded)}
            answer = pipeline.ask(what, body)
            assert answer.status_code == 404
            assert answer.json is not None
            assert answer.json["reason"] == "unknown"


def test_a_secret_is_worth_nothing_in_another_round(pipeline: Pipeline) -> None:
    first = pipeline.round
    link = pipeline.invited[0].link
    pipeline.round = pipeline.make_round(Access.INVITED)
    assert pipeline.round.id != first.id
    assert pipeline.ask("place", {"secret": link}).status_code == 404


def test_the_same_request_again_gets_the_same_bytes_and_another_gets_none(
    pipeline: Pipeline,
) -> None:
    who, made = pipeline.invited[0], pipeline.seal()
    first, again = pipeline.issue(made, who.link), pipeline.issue(made, who.code)
    assert first.status_code == again.status_code == 200
    assert first.data == again.data
    other = pipeline.issue(pipeline.seal(), who.link)
    assert other.status_code == 409
    assert other.json is not None
    assert other.json["reason"] == "issued"


def test_fifty_requests_at_once_for_one_person_give_one_signature(pipeline: Pipeline) -> None:
    who = pipeline.invited[0]
    prepared = [pipeline.seal() for _ in range(50)]
    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(lambda made: issue_alone(pipeline, made, who.link), prepared))
    assert sorted(answers) == [200] + [409] * 49
    marked = issued_marks.read(pipeline.settings, round_id=pipeline.round.id)
    assert marked is not None
    assert len(marked) == 1


def issue_alone(pipeline: Pipeline, made: respondent.Prepared, secret: str) -> int:
    """With a client of its own: a test client is not for several threads."""
    client = pipeline.app.test_client()
    body = respondent.issue_request(made, secret=secret)
    url = f"/enkat/{pipeline.round.id}/issue"
    return client.post(url, json=body, headers={"Origin": "http://localhost"}).status_code


def test_a_token_is_good_for_its_own_ballot_only(pipeline: Pipeline) -> None:
    mine, other = pipeline.seal("1"), pipeline.seal("5")
    body = pipeline.token(mine, pipeline.invited[0].link)
    swapped = pipeline.post({**body, "ballot": encode(other.ballot)})
    assert swapped.status_code == 403
    assert pipeline.post(body).status_code == 201
    spent = pipeline.post({**body, "ballot": encode(other.ballot)})
    assert spent.status_code == 409


def test_what_does_not_fit_the_key_is_not_signed_and_costs_nobody_the_vote(
    pipeline: Pipeline,
) -> None:
    who = pipeline.invited[0]
    for blinded in ("", "AAAA", encode(b"\xff" * 256), "not base64!", 7):
        answer = pipeline.ask("issue", {"secret": who.link, "blinded": blinded})
        assert answer.status_code == 400
    pipeline.answer(who)


@pytest.mark.parametrize(
    ("state", "status", "reason"),
    [
        (RoundState.PAUSED, 423, "paused"),
        (RoundState.CLOSED, 410, "closed"),
        (RoundState.OPENED, 410, "closed"),
        (RoundState.APPROVED, 404, "unknown"),
    ],
)
def test_a_round_that_is_not_open_signs_nothing(
    pipeline: Pipeline, state: RoundState, status: int, reason: str
) -> None:
    pipeline.change(state)
    answer = pipeline.issue(pipeline.seal(), pipeline.invited[0].link)
    assert answer.status_code == status
    assert answer.json is not None
    assert answer.json["reason"] == reason


def test_a_process_that_still_remembers_the_round_as_open_signs_nothing_after_closing(
    pipeline: Pipeline,
) -> None:
    assert pipeline.ask("place", {"secret": pipeline.invited[0].link}).status_code == 200
    pipeline.round.state = RoundState.CLOSED
    pipeline.db.commit()
    answer = pipeline.issue(pipeline.seal(), pipeline.invited[0].link)
    assert answer.status_code == 410


def test_past_the_deadline_only_a_lost_answer_is_given_again(pipeline: Pipeline) -> None:
    who, made = pipeline.invited[0], pipeline.seal()
    first = pipeline.issue(made, who.link)
    pipeline.round.closes_at = now() - timedelta(seconds=1)
    pipeline.db.commit()
    pipeline.app.extensions["answering"].forget()
    assert pipeline.issue(made, who.link).data == first.data
    assert pipeline.issue(pipeline.seal(), pipeline.invited[1].link).status_code == 410


def test_an_unknown_round_is_not_found(pipeline: Pipeline) -> None:
    for what in ("manifest.json", "form.json", "units.json"):
        assert pipeline.staff.get(f"/enkat/{uuid4()}/{what}").status_code == 404


def test_another_sites_page_and_a_form_are_refused(pipeline: Pipeline) -> None:
    body = respondent.issue_request(pipeline.seal(), secret=pipeline.invited[0].link)
    url = f"/enkat/{pipeline.round.id}/issue"
    foreign = pipeline.staff.post(url, json=body, headers={"Origin": "http://evil.example"})
    assert foreign.status_code == 403
    assert pipeline.staff.post(url, json=body).status_code == 403
    form = pipeline.staff.post(url, data=body, headers={"Origin": "http://localhost"})
    assert form.status_code == 400


def test_somebody_signed_in_needs_no_link(pipeline: Pipeline) -> None:
    anna = makers.person(pipeline.db, "Anna Almgren")
    pipeline.invite(pipeline.units[2], person_id=anna.id)
    pipeline.db.commit()
    assert pipeline.ask("place", {}).status_code == 404
    sign_in(pipeline.staff, pipeline.db, anna)
    answer = pipeline.ask("place", {})
    assert answer.json == {"unit": "C", "level": "staff", "answered": False}
    made = pipeline.seal(unit="C")
    assert pipeline.post(pipeline.token(made, "")).status_code == 201
    assert pipeline.issue(pipeline.seal(), "").status_code == 409


def test_an_open_link_signs_for_whoever_comes_and_the_same_again(pipeline: Pipeline) -> None:
    pipeline.round = pipeline.make_round(Access.LINK)
    pipeline.__dict__.pop("manifest", None)
    assert pipeline.ask("place", {}).json == {"unit": "", "level": "", "answered": False}
    first, second = pipeline.seal(), pipeline.seal()
    assert pipeline.issue(first, "").data == pipeline.issue(first, "").data
    assert pipeline.issue(second, "").status_code == 200
    assert len(pipeline.db.exec(select(LinkIssue)).all()) == 2


def test_wrong_codes_are_counted_and_then_right_ones_wait_too(pipeline: Pipeline) -> None:
    who = pipeline.invited[0]
    wrong = who.code[:-1] + ("0" if who.code[-1] != "0" else "1")
    for _ in range(10):
        assert pipeline.ask("place", {"secret": wrong}).status_code == 404
    assert pipeline.ask("place", {"secret": wrong}).status_code == 429
    assert pipeline.ask("place", {"secret": who.code}).status_code == 429
    assert pipeline.ask("place", {"secret": who.link}).status_code == 200
    assert pipeline.ask("place", {"secret": pipeline.invited[1].code}).status_code == 200


def test_right_codes_are_never_counted(pipeline: Pipeline) -> None:
    for _ in range(15):
        code = pipeline.invited[0].code
        assert pipeline.ask("place", {"secret": code}).status_code == 200


def test_manifest_form_and_units_are_the_same_for_everybody(pipeline: Pipeline) -> None:
    somebody = makers.person(pipeline.db, "Berit Berg")
    signed_in = sign_in(pipeline.app.test_client(), pipeline.db, somebody)
    for what in ("manifest.json", "form.json", "units.json"):
        url = f"/enkat/{pipeline.round.id}/{what}"
        answers = [pipeline.staff.get(url), signed_in.get(url, headers={"Accept-Language": "en"})]
        assert answers[0].data == answers[1].data
        assert all("Set-Cookie" not in answer.headers for answer in answers)
    ours = pipeline.staff.get(f"/enkat/{pipeline.round.id}/manifest.json").data
    theirs = pipeline.post_client.get(f"/rounds/{pipeline.round.id}/manifest.json").data
    assert ours == theirs == pipeline.round.manifest


def test_units_are_the_audiences_with_those_above(pipeline: Pipeline) -> None:
    pipeline.round.audience = {"units": ["A", "B"], "levels": []}
    pipeline.db.commit()
    units = pipeline.staff.get(f"/enkat/{pipeline.round.id}/units.json").json
    assert units == [
        {"code": "R", "name": "Regionen", "parent": None},
        {"code": "A", "name": "A", "parent": "R"},
        {"code": "B", "name": "B", "parent": "R"},
    ]


def test_answering_leaves_no_line_in_the_log_and_no_cookie(
    pipeline: Pipeline, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    who = pipeline.invited[0]
    pipeline.ask("place", {"secret": who.link})
    pipeline.answer(who)
    pipeline.ask("place", {"secret": "wrong"})
    assert capsys.readouterr().err == ""
    assert pipeline.staff.get_cookie("dialog") is None


def test_who_had_a_token_is_noted_beside_the_key(pipeline: Pipeline) -> None:
    who = pipeline.invited[0]
    pipeline.answer(who)
    marked = issued_marks.read(pipeline.settings, round_id=pipeline.round.id)
    row = pipeline.db.exec(select(Invitation).where(col(Invitation.number) == who.number)).one()
    mark = issued_marks.mark(pipeline.settings, round_id=pipeline.round.id, who=row.id)
    assert marked == {mark: row.blinded_hash}


def test_without_its_key_a_round_signs_nothing_and_says_so(pipeline: Pipeline) -> None:
    keys.destroy(pipeline.settings, round_id=pipeline.round.id)
    answer = pipeline.issue(pipeline.seal(), pipeline.invited[0].link)
    assert answer.status_code == 503
    assert pipeline.ask("place", {"secret": pipeline.invited[0].link}).json is not None


def test_what_the_signer_saw_does_not_verify_what_is_spent(pipeline: Pipeline) -> None:
    made = pipeline.seal()
    body = pipeline.token(made, pipeline.invited[0].link)
    answer = pipeline.issue(made, pipeline.invited[0].link).json
    assert answer is not None
    assert body["signature"] != answer["signature"]
    assert not blind.verify(pipeline.manifest.public_token_key, made.prepared, made.blinded)
