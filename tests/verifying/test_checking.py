"""Each test hands one visitor, or all, something else than what was published."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from urllib.parse import urlsplit

import pytest

from dialog.core.ballots import fingerprint
from dialog.core.errors import RefusedError
from dialog.verifying import checking
from dialog.verifying.fetching import Answer, Get
from tests.pipeline import Pipeline

Change = Callable[[Answer], Answer]


def honest(pipeline: Pipeline) -> Get:
    """Both applications as they are, without a network."""
    box = urlsplit(pipeline.settings.box_url).netloc
    clients = {True: pipeline.box.test_client(use_cookies=False)}
    clients[False] = pipeline.app.test_client(use_cookies=False)

    def get(url: str, headers: Mapping[str, str]) -> Answer:
        parts = urlsplit(url)
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        told = clients[parts.netloc == box].get(path, headers=dict(headers))
        names = {name.lower(): value for name, value in told.headers.items()}
        return Answer(told.status_code, names, told.data)

    return get


def cheating(pipeline: Pipeline, what: str, change: Change, *, only: str = "") -> Get:
    """As `honest`, but what comes from addresses that contain `what` is changed; with `only`, for
    visitors whose browser's name contains it.
    """
    true = honest(pipeline)

    def get(url: str, headers: Mapping[str, str]) -> Answer:
        answer = true(url, headers)
        mine = only in headers.get("User-Agent", "")
        return change(answer) if what in url and mine else answer

    return get


def checked(pipeline: Pipeline, get: Get, **more: str) -> list[str]:
    at = checking.target(f"http://localhost/enkat/{pipeline.round.id}")
    report = checking.check(at, get=get, **more)
    return [fault for check in report.checks for fault in check.faults]


def instead(old: str, new: str) -> Change:
    def change(answer: Answer) -> Answer:
        assert old.encode() in answer.body
        return replace(answer, body=answer.body.replace(old.encode(), new.encode()))

    return change


def words(pipeline: Pipeline) -> str:
    return " ".join(fingerprint.words(pipeline.round.manifest))


def test_an_honest_server_holds_in_every_language_with_its_fingerprint(pipeline: Pipeline) -> None:
    at = checking.target(f"http://localhost/enkat/{pipeline.round.id}#hemlig")
    report = checking.check(
        at, get=honest(pipeline), published=words(pipeline), script=pipeline.manifest.script
    )
    assert report.holds, report
    assert report.words == fingerprint.words(pipeline.round.manifest)
    assert len(report.checks) == 5 + len(pipeline.manifest.languages)


def test_another_fingerprint_or_script_than_the_published_does_not_hold(
    pipeline: Pipeline,
) -> None:
    get = honest(pipeline)
    other = " ".join(fingerprint.words(b"another manifest"))
    assert len(checked(pipeline, get, published=other)) == 1
    assert len(checked(pipeline, get, script="0" * 64)) == 1


@pytest.mark.parametrize("only", ["", "iPhone"])
def test_a_key_of_its_own_for_everybody_or_for_one_visitor_is_found(
    pipeline: Pipeline, only: str
) -> None:
    holder = json.loads(pipeline.round.manifest)["holders"][0]
    other = instead(holder, holder[:-6] + "AAAAAA")
    get = cheating(pipeline, f"/enkat/{pipeline.round.id}/manifest", other, only=only)
    assert checked(pipeline, get)


def test_a_key_of_its_own_from_both_servers_is_found_by_the_fingerprint(
    pipeline: Pipeline,
) -> None:
    holder = json.loads(pipeline.round.manifest)["holders"][0]
    other = _manifest(instead(holder, holder[:-6] + "AAAAAA"))
    assert checked(pipeline, cheating(pipeline, "manifest.json", other)) == []
    assert checked(pipeline, cheating(pipeline, "manifest.json", other), published=words(pipeline))


def _manifest(change: Change) -> Change:
    return lambda answer: change(answer) if b"holders" in answer.body else answer


@pytest.mark.parametrize(
    ("what", "change"),
    [
        ("/skript/", lambda answer: replace(answer, body=answer.body + b"\nsteal()")),
        ("/skript/", lambda answer: replace(answer, status=404)),
        ("form.json", instead("lugnt", "stökigt")),
        ("/rounds/", lambda answer: replace(answer, body=answer.body + b" ")),
    ],
)
def test_a_changed_script_questionnaire_or_box_is_found(
    pipeline: Pipeline, what: str, change: Change
) -> None:
    assert checked(pipeline, cheating(pipeline, what, change))


@pytest.mark.parametrize(
    "change",
    [
        instead("Är det lugnt?", "Vad heter du?"),
        instead("</body>", "<script>steal()</script></body>"),
        lambda a: replace(a, headers={**a.headers, "set-cookie": "who=you"}),
        lambda a: replace(a, headers={**a.headers, "content-security-policy": "default-src *"}),
    ],
)
def test_a_page_with_another_question_script_cookie_or_policy_is_found(
    pipeline: Pipeline, change: Change
) -> None:
    def page_only(answer: Answer) -> Answer:
        return change(answer) if b"<!doctype" in answer.body else answer

    assert checked(pipeline, cheating(pipeline, "/enkat/", page_only))


def test_a_page_that_differs_for_one_kind_of_browser_is_found(pipeline: Pipeline) -> None:
    def page_only(answer: Answer) -> Answer:
        return instead("</body>", " </body>")(answer) if b"<!doctype" in answer.body else answer

    assert checked(pipeline, cheating(pipeline, "/enkat/", page_only, only="Windows"))


def test_a_round_that_nobody_knows_is_refused_with_a_sentence(pipeline: Pipeline) -> None:
    at = checking.target("http://localhost/enkat/00000000-0000-4000-8000-000000000000")
    with pytest.raises(RefusedError, match="känner inte till"):
        checking.check(at, get=honest(pipeline))


@pytest.mark.parametrize(
    "address",
    ["", "dialog.example", "https://dialog.example/", "ftp://x/enkat/7d444840-9dc0-11d1-b245-5ffdce74fad2"],
)  # fmt: skip
def test_what_is_no_address_of_a_survey_is_refused_with_a_sentence(address: str) -> None:
    with pytest.raises(RefusedError, match="adressen till enkäten"):
        checking.target(address)


def test_the_secret_of_a_personal_link_is_never_sent(pipeline: Pipeline) -> None:
    asked: list[str] = []
    true = honest(pipeline)

    def get(url: str, headers: Mapping[str, str]) -> Answer:
        asked.append(url)
        return true(url, headers)

    secret = pipeline.invited[0].link
    at = checking.target(f"http://localhost/enkat/{pipeline.round.id}#{secret}")
    assert checking.check(at, get=get).holds
    assert asked
    assert not any(secret in url or "#" in url for url in asked)
