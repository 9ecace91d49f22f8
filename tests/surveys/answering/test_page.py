import base64
import hashlib
import json
import re
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session

from dialog.core import questionnaire
from dialog.people.models import Role
from dialog.storage.clock import now
from dialog.surveys import secrets
from dialog.surveys.answering import page
from dialog.surveys.models import Access, Round, RoundState, Survey
from dialog.surveys.rendering import minutes, render_form
from dialog.web import repeating
from dialog.web.static_files import FOLDER
from tests import makers
from tests.conftest import sign_in
from tests.forms import EVERYTHING
from tests.pipeline import Pipeline

INLINE = re.compile(r"<script(?![^>]*(src=|application/json))|\sstyle=|\son[a-z]+=")


@pytest.fixture
def page_of(app: Flask, db: Session) -> Round:
    survey = Survey(
        author_id=makers.analyst(db).id,
        title="Klimat",
        questionnaire=questionnaire.dump(EVERYTHING).decode(),
    )
    db.add(survey)
    db.flush()
    round_ = Round(
        survey_id=survey.id,
        author_id=survey.author_id,
        title="Hösten",
        state=RoundState.OPEN,
        questionnaire=survey.questionnaire,
        closes_at=now() + timedelta(days=3),
    )
    db.add(round_)
    db.commit()
    return round_


def address(round_: Round) -> str:
    return f"/enkat/{round_.id}"


def change(db: Session, round_: Round, **values: object) -> None:
    for name, value in values.items():
        setattr(round_, name, value)
    db.add(round_)
    db.commit()


def test_everybody_gets_the_same_bytes_and_no_cookie(
    app: Flask, db: Session, page_of: Round
) -> None:
    bodies = set()
    for index in range(5):
        client = app.test_client()
        if index:
            sign_in(client, db, makers.person(db, f"Person {index}", Role.ANALYST))
            client.set_cookie("sprak", "en")
        answer = client.get(address(page_of), headers={"Accept-Language": "en"})
        assert answer.status_code == 200
        assert "Set-Cookie" not in answer.headers
        assert "Cookie" not in answer.headers.get("Vary", "")
        bodies.add(answer.data)
    assert len(bodies) == 1


def test_the_page_may_be_cached_for_a_minute_and_is_recognised(
    client: FlaskClient, page_of: Round
) -> None:
    first = client.get(address(page_of))
    assert first.headers["Cache-Control"] == "public, max-age=60"
    assert first.headers["Referrer-Policy"] == "no-referrer"
    again = client.get(address(page_of), headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert again.data == b""


def test_each_language_has_its_page(client: FlaskClient, page_of: Round) -> None:
    swedish, english = (client.get(f"{address(page_of)}?lang={code}").text for code in ("sv", "en"))
    assert '<html lang="sv">' in swedish
    assert "Börja svara" in swedish
    assert '<html lang="en">' in english
    assert "Start answering" in english


def test_nothing_of_the_page_is_inline(client: FlaskClient, page_of: Round) -> None:
    assert not INLINE.search(client.get(address(page_of)).text)


def test_the_page_writes_no_log_line(
    client: FlaskClient, page_of: Round, capsys: pytest.CaptureFixture[str]
) -> None:
    client.get(address(page_of))
    assert str(page_of.id) not in capsys.readouterr().err


def test_a_round_that_is_being_prepared_has_no_page(
    client: FlaskClient, db: Session, page_of: Round
) -> None:
    for state in (RoundState.DRAFT, RoundState.REVIEW, RoundState.CANCELLED):
        change(db, page_of, state=state)
        assert client.get(address(page_of)).status_code == 404


def test_other_states_say_how_it_is_and_show_no_question(
    client: FlaskClient, db: Session, page_of: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A process looks a round up once a second at the most; here it is to look each time.
    monkeypatch.setattr(page, "SEEN_FOR", timedelta(0))
    monkeypatch.setattr(repeating, "FOR", 0.0)
    said = {
        RoundState.APPROVED: "Enkäten har inte öppnat än",
        RoundState.PAUSED: "Enkäten är pausad just nu",
        RoundState.CLOSED: "Enkäten stängde",
        RoundState.RELEASED: "Resultatet publiceras",
    }
    for state, words in said.items():
        change(db, page_of, state=state)
        text = client.get(address(page_of)).text
        assert words in text
        assert "data-question" not in text


def test_a_round_past_its_deadline_is_closed_at_once(
    client: FlaskClient, db: Session, page_of: Round
) -> None:
    change(db, page_of, closes_at=now() - timedelta(seconds=1))
    assert "data-question" not in client.get(address(page_of)).text


def test_an_unopened_round_says_why(client: FlaskClient, db: Session, page_of: Round) -> None:
    change(db, page_of, state=RoundState.UNOPENED, ending_note="För få svar <b>.")
    assert "För få svar &lt;b&gt;." in client.get(address(page_of)).text


def test_what_is_disposed_of_when_is_said_in_dates(
    client: FlaskClient, db: Session, page_of: Round
) -> None:
    change(db, page_of, keep_list_until=(now() + timedelta(days=100)).date(), title="Ny")
    text = client.get(address(page_of)).text
    assert "Listan över vilka som har svarat gallras" in text
    assert "tidigare kopior kan inte uteslutas" in text


def test_an_open_link_does_not_claim_to_know_who_has_answered(
    client: FlaskClient, db: Session, page_of: Round
) -> None:
    change(db, page_of, access=Access.LINK)
    text = client.get(address(page_of)).text
    assert "Vi ser att du har svarat." not in text
    assert "vi ser inte vem som har svarat" in text


def test_a_round_keeps_the_script_it_was_opened_with(pipeline: Pipeline) -> None:
    client = pipeline.app.test_client()
    text = client.get(f"/enkat/{pipeline.round.id}").text
    found = re.search(r'src="(/enkat/skript/([0-9a-f]{64})\.js)" integrity="sha256-([^"]+)"', text)
    assert found is not None
    script = client.get(found[1])
    assert script.mimetype == "text/javascript"
    digest = hashlib.sha256(script.data)
    assert digest.hexdigest() == found[2] == pipeline.manifest.script
    assert base64.b64encode(digest.digest()).decode() == found[3]


def test_no_other_file_is_served_as_a_script(pipeline: Pipeline) -> None:
    client = pipeline.app.test_client()
    for name in ("0" * 64, "..%2f..%2fkeys%2fsecret", "x"):
        assert client.get(f"/enkat/skript/{name}.js").status_code == 404


def test_a_typed_code_leads_to_the_round_with_the_code_after_the_hash(pipeline: Pipeline) -> None:
    who = pipeline.invited[0]
    answer = pipeline.app.test_client().post("/kod", data={"code": f" {who.code.lower()} "})
    assert answer.status_code == 303
    place = answer.headers["Location"]
    assert place.startswith(f"/enkat/{pipeline.round.id}#")
    secret = place.split("#")[1]
    assert secrets.read(secret) == secrets.read(who.code)


def test_a_wrong_code_is_told_at_the_field(pipeline: Pipeline) -> None:
    answer = pipeline.app.test_client().post("/kod", data={"code": "0000-0000-0000-00"})
    assert answer.status_code == 422
    assert "Koden stämmer inte" in answer.text
    assert 'aria-invalid="true"' in answer.text


def test_every_question_stands_in_the_form_with_its_fields(app: Flask) -> None:
    asked = EVERYTHING
    with app.test_request_context():
        html = str(render_form(asked, "sv", preview=True))
    for item in questionnaire.items(asked):
        assert f'data-item="{item.name}"' in html
        assert f'name="{item.name}"' in html
    identifiers = re.findall(r'\sid="([^"]+)"', html)
    assert len(identifiers) == len(set(identifiers))
    assert "<section" in html
    assert " hidden>\n      <h2" not in html


def test_words_of_a_questionnaire_are_escaped(app: Flask) -> None:
    asked = questionnaire.Questionnaire(
        title=questionnaire.Text(sv="x"),
        sections=(
            questionnaire.Section(
                name="a",
                title=questionnaire.Text(sv="<script>"),
                questions=(
                    questionnaire.Question(
                        name="b",
                        kind=questionnaire.Kind.SHORT,
                        text=questionnaire.Text(sv='"><img src=x>'),
                        help=questionnaire.Text(sv="<b>\n\n<i>"),
                    ),
                ),
            ),
        ),
    )
    with app.test_request_context():
        html = str(render_form(asked, "en"))
    assert not re.search("<script|<img|<b>|<i>", html)
    assert '<span lang="sv">' in html  # English is missing: the Swedish is marked as such


def test_long_texts_take_longer_than_choices() -> None:
    def of(kind: questionnaire.Kind, number: int) -> questionnaire.Questionnaire:
        questions = tuple(
            questionnaire.Question(name=f"q{i}", kind=kind, text=questionnaire.Text(sv="?"))
            for i in range(number)
        )
        section = questionnaire.Section(
            name="a", title=questionnaire.Text(sv="A"), questions=questions
        )
        return questionnaire.Questionnaire(title=questionnaire.Text(sv="x"), sections=(section,))

    assert minutes(of(questionnaire.Kind.SCALE, 1)) == 1
    assert minutes(of(questionnaire.Kind.SCALE, 24)) == 4
    assert minutes(of(questionnaire.Kind.LONG, 4)) == 5


def test_every_file_not_written_by_hand_is_what_its_list_says() -> None:
    listed = json.loads((FOLDER / "vendor" / "manifest.json").read_text())
    found = {}
    folders = ("vendor", "answer", "check", "trustee", "meeting")
    for path in sorted(set[Path]().union(*map(files, folders))):
        digest = base64.b64encode(hashlib.sha384((FOLDER / path).read_bytes()).digest())
        found[str(path)] = f"sha384-{digest.decode()}"
    assert found == listed, "run `node build.mjs` in frontend/ and look at what has changed"


def files(folder: str) -> set[Path]:
    return {
        path.relative_to(FOLDER)
        for path in (FOLDER / folder).rglob("*")
        if path.is_file() and path.name != "manifest.json"
    }
