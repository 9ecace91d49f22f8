"""The pages of printed codes and of the paper form, and the command that prints."""

import re
import stat
from pathlib import Path
from uuid import uuid4

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session, select

from dialog.core.errors import RefusedError, WrongInputError
from dialog.settings import Settings
from dialog.surveys.models import Access, CodeStack, Invitation, Round, RoundState
from dialog.surveys.rounds import stacks
from dialog.surveys.rounds.commands import round_ as command
from tests.conftest import sign_in
from tests.surveys.rounds.cast import Cast


@pytest.fixture
def cast(db: Session) -> Cast:
    return Cast(db)


@pytest.fixture
def analyst(client: FlaskClient, db: Session, cast: Cast) -> FlaskClient:
    return sign_in(client, db, cast.analyst)


@pytest.fixture
def round_(cast: Cast) -> Round:
    return cast.approved(access=Access.CODES, reminders=[])


def address(round_: Round) -> str:
    return f"/omgangar/{round_.id}/koder"


def stacks_of(db: Session) -> list[CodeStack]:
    db.expire_all()
    found = list(db.exec(select(CodeStack)))
    for each in found:
        db.expunge(each)  # read already: asking again would begin a transaction
    db.rollback()
    return found


def test_a_stack_is_made_fetched_and_withdrawn_in_the_browser(
    analyst: FlaskClient, db: Session, cast: Cast, round_: Round
) -> None:
    unit_id, where, its = cast.units[0].id, address(round_), f"/omgangar/{round_.id}"
    db.rollback()
    page = analyst.get(where).text
    id_ = re.search(r'name="stack" type="hidden" value="([^"]+)"', page)
    assert id_ is not None
    given = {"stack": id_[1], "unit": "f1", "level": "staff", "count": "12"}
    for _again in range(2):
        assert analyst.post(where, data=given).status_code == 302
    (stack,) = stacks_of(db)
    assert (stack.unit_id, stack.level, stack.count) == (unit_id, "staff", 12)
    page = analyst.get(where).text
    assert "12 koder" in page
    sheets = analyst.get(f"{where}/{stack.id}/lappar.pdf")
    assert sheets.mimetype == "application/pdf"
    assert sheets.headers["Cache-Control"] == "no-store"
    assert sheets.data.startswith(b"%PDF-")
    away = f"{where}/{stack.id}/dra-tillbaka"
    assert "12" in analyst.get(away).text
    assert analyst.post(away, data={"typed": "11"}).status_code == 422
    assert analyst.post(away, data={"typed": "12"}).status_code == 302
    (stack,) = stacks_of(db)
    assert stack.withdrawn
    page = analyst.get(its).text
    assert "En hög med koder drogs tillbaka" in page
    assert analyst.get(f"{where}/{stack.id}/lappar.pdf").status_code == 302


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"unit": "Finns inte", "count": "12"}, "ingen sådan enhet"),
        ({"unit": "", "count": "tolv"}, "heltal"),
        ({"unit": "", "count": "3"}, "minst 10"),
        ({"unit": "", "count": "501"}, "högst 500"),
        ({"unit": "", "count": ""}, "Skriv hur många"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_made(
    analyst: FlaskClient, db: Session, round_: Round, given: dict[str, str], said: str
) -> None:
    answer = analyst.post(address(round_), data={"stack": str(uuid4()), "level": "", **given})
    assert answer.status_code == 422
    assert said in answer.text
    assert stacks_of(db) == []


def test_a_name_that_two_units_share_asks_for_the_code(
    analyst: FlaskClient, db: Session, cast: Cast, round_: Round
) -> None:
    for unit in cast.units:
        unit.name = "Mottagningen"
        db.add(unit)
    db.commit()
    answer = analyst.post(
        address(round_), data={"unit": "mottagningen", "level": "", "count": "12"}
    )
    assert "Flera enheter heter så" in answer.text
    made = analyst.post(
        address(round_), data={"unit": "Mottagningen (F2)", "level": "", "count": "12"}
    )
    assert made.status_code == 302
    assert stacks_of(db)[0].unit_id == cast.units[1].id


def test_codes_have_no_page_where_none_are_planned(analyst: FlaskClient, cast: Cast) -> None:
    assert analyst.get(address(cast.approved())).status_code == 404


def test_an_approver_sees_stacks_and_gets_no_codes(
    app: Flask, db: Session, cast: Cast, round_: Round
) -> None:
    stack = stacks.make(db, round_=round_, count=10, by=None)
    db.commit()
    approver = sign_in(app.test_client(), db, cast.approver)
    assert "lappar.pdf" not in approver.get(address(round_)).text
    assert approver.get(f"{address(round_)}/{stack.id}/lappar.pdf").status_code == 404
    assert approver.post(address(round_), data={"count": "12"}).status_code == 404


def test_a_stack_belongs_to_its_round(
    analyst: FlaskClient, db: Session, cast: Cast, round_: Round
) -> None:
    stack = stacks.make(db, round_=round_, count=10, by=None)
    db.commit()
    other = cast.approved(access=Access.CODES, reminders=[])
    assert analyst.get(f"{address(other)}/{stack.id}/lappar.pdf").status_code == 404


@pytest.mark.parametrize("access", list(Access))
def test_each_way_in_says_on_the_respondents_page_what_is_seen(
    client: FlaskClient, db: Session, settings: Settings, cast: Cast, access: Access
) -> None:
    round_ = cast.opened_to_all(settings, access=access, reminders=[])
    pages = {client.get(f"/enkat/{round_.id}").text for _visit in range(2)}
    (text,) = pages  # the same bytes, whoever came by which way
    assert ("ser vi att du har svarat" in text or "Vi ser att du har svarat" in text) is (
        access.mails
    )
    assert ("en kod från högen med lappar har använts, inte vem" in text) is access.prints
    assert ("Vem som helst med länken" in text) is (access is Access.LINK)
    assert ("kan svara två gånger" in text) is (access is Access.BOTH)
    assert "mejl" not in text.partition("data-block")[0] or access.mails


@pytest.mark.parametrize(
    ("access", "list_", "reminders"),
    [
        (Access.INVITED, True, True),
        (Access.BOTH, True, True),
        (Access.CODES, True, False),
        (Access.LINK, False, False),
    ],
)
def test_the_plan_asks_for_what_the_way_in_needs(
    analyst: FlaskClient, cast: Cast, access: Access, *, list_: bool, reminders: bool
) -> None:
    round_ = cast.plan(access=access)
    plan = f"/omgangar/{round_.id}/plan"
    assert ('name="keep_list_until"' in analyst.get(f"{plan}/gallring").text) is list_
    assert ('name="reminder_1"' in analyst.get(f"{plan}/nar").text) is reminders


def test_the_plan_is_made_with_printed_codes(analyst: FlaskClient, db: Session, cast: Cast) -> None:
    round_ = cast.plan()
    how = f"/omgangar/{round_.id}/plan/hur"
    page = analyst.get(how).text
    assert "Koder på papper som delas ut" in page
    given = {"title": "Hösten", "access": "both", "sender": "Direktören", "message": ""}
    assert analyst.post(how, data=given).status_code == 302
    db.expire_all()
    assert db.get_one(Round, round_.id).access is Access.BOTH
    db.rollback()
    assert "kan svara två gånger" in analyst.get(f"/omgangar/{round_.id}").text


@pytest.mark.parametrize(
    ("access", "said"),
    [
        (Access.CODES, "med en kod ur en hög"),
        (Access.INVITED, "vet då vem du är"),
        (Access.LINK, "genom den öppna länken"),
    ],
)
def test_the_paper_form_holds_the_questions_and_says_what_it_protects(
    analyst: FlaskClient, cast: Cast, access: Access, said: str
) -> None:
    round_ = cast.approved(access=access, reminders=[])
    page = analyst.get(f"/omgangar/{round_.id}/pappersformular").text
    for words in ("Är det lugnt?", "Nej", "ett annat skydd", "läser dina svar", said):
        assert words in page
    english = analyst.get(f"/omgangar/{round_.id}/pappersformular?visa=en").text
    assert "Is it calm?" in english
    assert "another protection" in english


def test_a_typed_code_leads_to_the_round_and_a_wrong_one_gets_a_sentence(
    client: FlaskClient, db: Session, settings: Settings, cast: Cast
) -> None:
    round_ = cast.opened_to_all(settings, access=Access.CODES, reminders=[])
    stack = stacks.make(db, round_=round_, count=10, by=None)
    code = stacks.slips(db, stack=stack, settings=settings)[0].code
    db.commit()
    found = client.post("/kod", data={"code": code.lower()})
    assert found.location.startswith(f"/enkat/{round_.id}#")
    wrong = client.post("/kod", data={"code": code[:-1] + ("0" if code[-1] != "0" else "1")})
    assert wrong.status_code == 422
    assert "lappen" in wrong.text


@pytest.fixture
def environment(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIALOG_INSTANCE", str(settings.instance))
    monkeypatch.setenv("DIALOG_DATABASE_URL", settings.database_url)


def run(*words: str) -> str:
    result = CliRunner().invoke(command, words, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


@pytest.mark.usefixtures("environment")
def test_the_command_makes_a_stack_and_its_sheets(
    app: Flask, db: Session, round_: Round, tmp_path: Path
) -> None:
    del app
    key, out = str(round_.id), tmp_path / "lappar.pdf"
    db.rollback()
    told = run("codes", key, "--unit", "F1", "--count", "10", "--out", str(out))
    assert "10 codes" in told
    assert out.read_bytes().startswith(b"%PDF-")
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert len(db.exec(select(Invitation)).all()) == 10
    db.rollback()
    with pytest.raises(WrongInputError, match="exists already"):
        run("codes", key, "--count", "10", "--out", str(out))
    with pytest.raises(WrongInputError, match="no unit X"):
        run("codes", key, "--unit", "X", "--count", "10", "--out", str(tmp_path / "b.pdf"))
    with pytest.raises(RefusedError, match="minst 10"):
        run("codes", key, "--count", "3", "--out", str(tmp_path / "b.pdf"))
    assert not (tmp_path / "b.pdf").exists()
    assert len(db.exec(select(CodeStack)).all()) == 1


def test_no_stack_is_made_when_the_round_has_closed(
    analyst: FlaskClient, db: Session, round_: Round
) -> None:
    round_.state = RoundState.CLOSED
    db.add(round_)
    db.commit()
    page = analyst.get(address(round_)).text
    assert "Gör koderna" not in page
    assert analyst.post(address(round_), data={"count": "12", "level": ""}).status_code == 422
