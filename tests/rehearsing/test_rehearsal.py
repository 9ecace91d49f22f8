"""Before a round opens: what somebody would get who asked, held to what the product then does."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session, col, select

from dialog.core.disclosure.coarsening import coarsen
from dialog.core.disclosure.foreseeing import Foresight, foresee
from dialog.core.disclosure.policy import ALL_TABLES
from dialog.core.levels import Level
from dialog.core.questionnaire import load
from dialog.organisation.models import Unit
from dialog.rehearsing import asking, calendar, paper, papers, turns
from dialog.rehearsing.columns import ANSWERED, LISTED, WRITTEN
from dialog.rehearsing.paper import There
from dialog.results import releases
from dialog.reviewing.models import ApprovedText, Outcome, TextDecision
from dialog.storage.clock import STOCKHOLM, today
from dialog.storage.rows import Row
from dialog.surveys import result_groups
from dialog.surveys.models import (
    Access,
    CodeStack,
    Invitation,
    KeyHolder,
    LinkIssue,
    Response,
    Round,
    RoundState,
    TextAnswer,
)
from dialog.surveys.rounds import disposing, neighbours, opening_duties, planning, stacks
from tests import makers
from tests.conftest import sign_in
from tests.counting import statements
from tests.pipeline import FORM, Pipeline
from tests.results import cast as results
from tests.surveys.rounds.cast import Cast, desk_of

A_DAY = timedelta(days=1)


@pytest.fixture
def units(db: Session) -> dict[str, Unit]:
    return results.region(db)


@pytest.fixture
def cast(db: Session, units: dict[str, Unit]) -> Cast:
    made = Cast(db, people=0, units=[units["E111"], units["E121"]])
    makers.staff(db, units, results.SIZES)
    return made


@pytest.fixture
def round_(cast: Cast) -> Round:
    return cast.plan(opens_on=today() + A_DAY)


@pytest.fixture
def analyst(client: FlaskClient, db: Session, cast: Cast) -> FlaskClient:
    return sign_in(client, db, cast.analyst)


def days_of(round_: Round) -> calendar.Calendar:
    found = calendar.of(round_)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("columns", "table"), [(LISTED, Invitation), (ANSWERED, Response), (WRITTEN, TextAnswer)]
)
def test_every_column_that_is_kept_is_told_of(columns: Any, table: Any) -> None:
    assert columns.keys() == {column.name for column in sa.inspect(table).local_table.columns}


ELSEWHERE = {
    "correction": "of a published result, when one is corrected; what comes of it is a release",
    "round_data": "of research: a matter of its own, that begins when somebody applies",
    "data_choice": "of research",
    "data_export": "of research",
    "data_fetch": "of research",
    "data_package": "of research",
}


def test_every_table_that_has_to_do_with_a_round_is_told_of_or_it_is_said_why_not(
    cast: Cast,
) -> None:
    said: set[str] = set()
    for access in Access:
        for holder in KeyHolder:
            round_ = cast.plan(access=access, reminders=[], key_holder=holder)
            form = papers.papers(round_, FORM, days_of(round_))
            said |= {table for one in form for table in one.tables}
    assert said | ELSEWHERE.keys() == belonging_to("round")
    assert not said & ELSEWHERE.keys()


def belonging_to(name: str) -> set[str]:
    """The tables that refer to one, or to one that does."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        at = waiting.pop()
        new = {
            table.name
            for table in Row.metadata.sorted_tables
            if any(key.column.table.name == at for key in table.foreign_keys)
        } - {*found, name}
        found |= new
        waiting += new
    return found


@pytest.mark.parametrize("access", [Access.BOTH, Access.LINK])
def test_what_is_said_to_be_there_is_there_on_each_day_until_the_worker_has_disposed_of_it(
    app: Flask, db: Session, cast: Cast, units: dict[str, Unit], access: Access
) -> None:
    """Opened answers, and every turning day with the day before it, as the worker lives them."""
    round_ = cast.plan(access=access, reminders=[], opens_on=today() + A_DAY)
    days = days_of(round_)
    found = {one.name: one for one in papers.papers(round_, FORM, days)}
    tables = one_of_everything(db, round_, cast, units["E111"])
    turning = [when for when, _what in turns.turns(round_, list(found.values()), days)]
    looked: set[str] = set()
    for day in sorted({day for turn in turning for day in (turn - A_DAY, turn)}):
        if day < days.opened:
            continue
        db.rollback()  # SQLite has one writer
        with time_machine.travel(datetime(day.year, day.month, day.day, 12, tzinfo=STOCKHOLM)):
            disposing.dispose_due(desk_of(app))
        for name in tables.keys() & found.keys():
            there = found[name].on(day) is There.NOW
            assert (kept(db, tables[name]) == 1) == there, (name, day)
            looked.add(f"{name} {there}")
        for table in (Response, TextAnswer):
            if kept(db, table.id):
                assert with_unit(db, table) != paper.units_gone(round_, day), (table, day)
    assert {f"{name} True" for name in tables.keys() & found.keys()} <= looked
    disposed = {name for name in tables.keys() & found.keys() if found[name].disposed}
    assert {f"{name} False" for name in disposed} <= looked
    by_access = {"list", "stacks"} if access is Access.BOTH else {"marks"}
    assert disposed == by_access | {"rows", "texts", "decided"}
    assert found["rows"].on(turning[-1]) is There.GONE


def one_of_everything(db: Session, round_: Round, cast: Cast, unit: Unit) -> dict[str, Any]:
    """Of an opened round; gives the tables by the name of the paper."""
    place: Any = {"round_id": round_.id, "unit_id": unit.id, "level": "staff"}
    if round_.access is Access.LINK:
        db.add(LinkIssue(round_id=round_.id, blinded_hash="a" * 64))
    else:
        db.add(CodeStack(count=12, **place))
        db.add(Invitation(number=1, **place))
    text = TextAnswer(item="note", text="Ord", **place)
    shown = ApprovedText(
        round_id=round_.id, item="note", path=unit.path, outcome=Outcome.QUOTED, text="Ord"
    )
    db.add_all([Response(answers="{}", **place), text, shown])
    db.flush()
    who = cast.analyst.id
    db.add(
        TextDecision(text_id=text.id, outcome=Outcome.QUOTED, approved_id=shown.id, decided_by=who)
    )
    round_.state = RoundState.OPENED
    db.add(round_)
    db.commit()
    return {
        "list": Invitation.id,
        "stacks": CodeStack.id,
        "marks": LinkIssue.blinded_hash,
        "rows": Response.id,
        "texts": TextAnswer.id,
        "decided": TextDecision.text_id,
        "approved": ApprovedText.id,
    }


def test_answers_are_said_to_be_there_on_the_day_on_which_the_worker_opens_them(
    app: Flask, pipeline: Pipeline
) -> None:
    """The round closes at 17:00; at 17:20 everything that comes of its ballots is there."""
    pipeline.everybody_answers()
    object.__setattr__(pipeline.settings, "posting_grace", 15 * 60)
    closing = datetime.combine(today() + 7 * A_DAY, time(17), STOCKHOLM).astimezone(UTC)
    pipeline.round.closes_at = closing
    with time_machine.travel(closing):
        pipeline.change(RoundState.CLOSED)
        assert pipeline.hand_over() == []
    with time_machine.travel(closing + timedelta(minutes=20)):
        pipeline.hand_over()
        pipeline.db.commit()
        opening_duties.open_due(desk_of(app))
    for table in (Response, TextAnswer):
        assert kept(pipeline.db, table.id) == len(pipeline.invited)
    days = days_of(pipeline.db.get_one(Round, pipeline.round.id))
    found = {one.name: one for one in papers.papers(pipeline.round, FORM, days)}
    for name in ("receipts", "rows", "texts"):
        assert found[name].on(closing.date()) is There.NOW, name
        assert found[name].on(closing.date() - A_DAY) is There.NOT_YET, name
        assert found[name].earliest, name


def kept(db: Session, column: Any) -> int:
    db.rollback()
    number = len(db.exec(select(column)).all())
    db.rollback()
    return number


def with_unit(db: Session, table: Any) -> bool:
    found = db.exec(select(table.id).where(col(table.unit_id).is_not(None))).all()
    db.rollback()
    return bool(found)


def test_what_there_is_depends_on_how_people_come_in_and_what_is_asked(
    db: Session, cast: Cast
) -> None:
    def names(**plan: Any) -> list[str]:
        round_ = cast.plan(**plan)
        return [one.name for one in papers.papers(round_, FORM, days_of(round_))]

    assert names() == [
        "plan",
        "list",
        "rates",
        "sealed",
        "receipts",
        "rows",
        "texts",
        "public",
        "release",
        "decided",
        "approved",
    ]  # fmt: skip - read as a list
    plain = set(names())
    assert set(names(access=Access.LINK, reminders=[])) == plain - {"list"} | {"marks"}
    assert set(names(access=Access.BOTH)) == plain | {"stacks"}
    assert set(names(key_holder=KeyHolder.TRUSTEES)) == plain | {"holders", "ceremony"}
    closed = cast.plan()
    form = load(cast.survey.questionnaire)  # it asks for no text
    without = {one.name for one in papers.papers(closed, form, days_of(closed))}
    assert without == plain - {"texts", "decided", "approved"}
    assert calendar.of(cast.plan(closes_at=None)) is None


def test_the_list_of_codes_is_there_before_the_round_opens(
    db: Session, cast: Cast, units: dict[str, Unit]
) -> None:
    """Codes are made while the round is approved, invitations when it opens."""
    tomorrow = today() + A_DAY
    before = {
        access: listed_on(cast.plan(access=access, opens_on=tomorrow), today())
        for access in (Access.INVITED, Access.CODES, Access.BOTH)
    }
    assert before == {
        Access.INVITED: There.NOT_YET,
        Access.CODES: There.NOW,
        Access.BOTH: There.NOW,
    }
    round_ = cast.approved(access=Access.CODES, opens_on=tomorrow)
    stacks.make(db, round_=round_, count=12, by=cast.analyst.id, unit=units["E111"])
    assert len(db.exec(select(Invitation.id).where(Invitation.round_id == round_.id)).all()) == 12


def listed_on(round_: Round, day: date) -> There:
    found = papers.papers(round_, FORM, days_of(round_))
    return next(one.on(day) for one in found if one.name == "list")


def test_nobody_has_answered_or_been_invited_in_the_list_before_the_round_opens(
    analyst: FlaskClient, cast: Cast
) -> None:
    round_ = cast.plan(access=Access.BOTH, opens_on=today() + A_DAY)
    before = section(text_of(analyst, round_, dag=today().isoformat()), "finns")
    assert "Har svarat" in before
    assert "9c41…" not in before
    assert "<td>ja</td>" not in before
    opened = section(text_of(analyst, round_, dag=days_of(round_).opens.isoformat()), "finns")
    assert "9c41…" in opened


def test_rates_are_counted_from_the_first_day_and_by_unit_where_it_is_known(cast: Cast) -> None:
    for access, by_unit in ((Access.INVITED, True), (Access.LINK, False)):
        round_ = cast.plan(access=access, reminders=[], opens_on=today() + A_DAY)
        found = papers.papers(round_, FORM, days_of(round_))
        rates = next(one for one in found if one.name == "rates")
        assert rates.on(days_of(round_).opens) is There.NOW
        assert ("varje förvaltning" in rates.about) == by_unit


def test_the_page_is_led_to_while_the_plan_can_be_changed_and_not_afterwards(
    analyst: FlaskClient, db: Session, cast: Cast
) -> None:
    round_ = cast.plan()
    address = f"/omgangar/{round_.id}"
    for state in RoundState:
        round_.state = state
        db.add(round_)
        db.commit()
        ways = analyst.get(address).text.count(f"/begaran-pa-prov/{round_.id}")
        before = state in {RoundState.DRAFT, RoundState.REVIEW, RoundState.APPROVED}
        assert ways == (2 if before else 0), state


def test_trustees_take_their_time_and_a_review_waits_for_its_day(db: Session, cast: Cast) -> None:
    round_ = cast.plan()
    assert days_of(round_).opened == days_of(round_).closes
    assert days_of(round_).sealed_until == days_of(round_).closes + A_DAY
    round_.key_holder = KeyHolder.TRUSTEES
    round_.released_from = days_of(round_).closes + timedelta(days=40)
    days = days_of(round_)
    assert days.sealed_until == days.closes + timedelta(days=90)
    assert days.published == round_.released_from
    found = {one.name: one for one in papers.papers(round_, FORM, days)}
    assert found["public"].on(days.published - A_DAY) is There.NOT_YET
    assert found["rows"].earliest


def test_answers_stand_where_the_opening_would_put_them() -> None:
    people = {("E1", "staff"): 12, ("E2", "staff"): 4, ("V", "staff"): 8, ("E1", "manager-1"): 3}
    parents = {"R": None, "V": "R", "E1": "V", "E2": "V"}
    found = foresee(parents, people, percent=100, k=10, tables=ALL_TABLES)
    assert found.stored == coarsen(people, parents=parents, k=10)
    sizes = {place: size // 100 for place, size in found.hundredths.items()}
    assert sizes == {("V", "staff"): 12, ("R", ""): 15}  # the three managers take E1 along


@pytest.mark.parametrize("unit", [None, "V11", "E113", "F1", "R"])
def test_the_result_pages_are_those_that_the_asker_would_come_to(
    app: Flask, db: Session, cast: Cast, units: dict[str, Unit], unit: str | None
) -> None:
    """Everybody answers as was foreseen; then the pages are asked for one by one."""
    planned = cast.plan()
    group = {"code": "V11~1", "name": "Eken och psykiatrin", "units": ["E112", "E113"]}
    planning.change(db, round_=planned, by=cast.analyst.id, result_groups=[group])
    found = neighbours.of(db, round_=planned)
    outlook = foreseen(found, planned)
    ground = asking.ground(found, planned, outlook)
    told = {one.name for one in asking.pages(ground, unit)}
    opened = results.opened_round(db, (), units=units, author=cast.analyst)
    opened.result_groups = planned.result_groups
    made = releases.publish(db, round_=with_answers(db, opened, units), by=cast.analyst.id)
    db.commit()
    client = app.test_client()
    if unit is not None:
        who = makers.person(db, "Cissi Chef")
        makers.post(db, who, units[unit], Level.MANAGER_2)
        sign_in(client, db, who)
    names = {**results.NAMES, "V11~1": "Eken och psykiatrin"}
    came = {
        name
        for code, name in names.items()
        if client.get(f"/resultat/{made.id}/{code}").status_code == 200
    }
    assert told == came
    published = {names[code] for code in names if name_shown(client, f"/resultat/{made.id}/{code}")}
    assert {one.name for one in asking.pages(ground, unit) if one.has_result} == published


def foreseen(found: neighbours.Neighbours, round_: Round) -> Foresight:
    return neighbours.outlook(found, round_=round_, percent=100, groups=result_groups.of(round_))


def name_shown(client: FlaskClient, address: str) -> bool:
    page = client.get(address)
    return page.status_code == 200 and "Här visas inget resultat" not in page.text


def with_answers(db: Session, round_: Round, units: dict[str, Unit]) -> Round:
    """As the opening stores them: the three of E212 go up to V21, with the smallest beside them."""
    places = {code: (units[code].id, "") for code in results.SIZES}
    places |= {"E112": (units["V11"].id, "V11~1"), "E113": (units["V11"].id, "V11~1")}
    places |= {"E212": (units["V21"].id, ""), "E211": (units["V21"].id, "")}
    for code, size in results.SIZES.items():
        unit, group = places[code]
        for _each in range(size):
            db.add(
                Response(
                    round_id=round_.id,
                    unit_id=unit,
                    result_group=group,
                    level="staff",
                    answers="{}",
                )
            )  # fmt: skip - one line a column would be five
    db.commit()
    return round_


def text_of(client: FlaskClient, round_: Round, **asked: object) -> str:
    page = client.get(f"/begaran-pa-prov/{round_.id}", query_string=asked)
    assert page.status_code == 200
    return re.sub(r"\s+", " ", page.text)


def parts(page: str) -> Iterator[str]:
    return (part.split("</section>")[0] for part in page.split("<section")[1:])


def section(page: str, name: str) -> str:
    return next((part for part in parts(page) if f'id="{name}"' in part), "")


def test_the_page_says_what_there_is_on_the_day_that_is_chosen(
    analyst: FlaskClient, round_: Round
) -> None:
    days = days_of(round_)
    first = text_of(analyst, round_, dag=today().isoformat())
    assert "Planen och frågorna" in section(first, "finns")
    assert "Deltagarlistan" in section(first, "inte-an")
    open_ = text_of(analyst, round_, dag=days.opens.isoformat())
    assert "Namn och e-postadress" in section(open_, "finns")
    assert "Svaren, en rad för varje" in section(open_, "inte-an")
    assert section(open_, "rakna-ut") == ""
    opened = text_of(analyst, round_)
    assert "Svaren, en rad för varje" in section(opened, "finns")
    assert "Är det lugnt?" in section(opened, "finns")
    assert "aldrig färre än 10 svar att välja mellan" in section(opened, "rakna-ut")
    assert "Vem som har svarat vad." in section(opened, "aldrig")
    assert round_.keep_list_until is not None
    after = text_of(analyst, round_, dag=(round_.keep_list_until + A_DAY).isoformat())
    assert "Deltagarlistan" in section(after, "borta")
    assert "Listan över deltagare finns inte den dagen" in section(after, "rakna-ut")
    assert round_.keep_unit_until is not None
    assert "Barnmottagningen Björken" in section(opened, "finns")
    later = text_of(
        analyst, round_, dag=(round_.keep_unit_until + A_DAY).isoformat(), vem="chef", enhet="E111"
    )
    rows = section(later, "finns")
    assert "Enheten finns inte kvar. Nivån står kvar." in rows
    assert "<td>Barnmottagningen Björken</td>" not in rows
    assert "<td>medarbetare</td>" in rows
    assert section(later, "rakna-ut") == ""


def test_a_manager_sees_where_the_answers_of_the_own_unit_stand(
    analyst: FlaskClient, db: Session, cast: Cast, round_: Round
) -> None:
    small = text_of(analyst, round_, vem="chef", enhet="E113", andel=100)
    assert "Chefen för Barn- och ungdomspsykiatrin" in section(small, "finns")
    told = section(small, "rakna-ut")
    assert '<td class="number">6</td>' in told
    assert "<td>Barn och unga, medarbetare</td>" in told
    group = {"code": "V11~1", "name": "Eken och psykiatrin", "units": ["E112", "E113"]}
    planning.change(db, round_=round_, by=cast.analyst.id, result_groups=[group])
    db.commit()
    joined = text_of(analyst, round_, vem="chef", enhet="E113", andel=100)
    assert "<td>Eken och psykiatrin, medarbetare</td>" in section(joined, "rakna-ut")
    assert "20 svar" in section(joined, "rakna-ut")
    assert "Redovisas i gruppen ”Eken och psykiatrin”." in section(joined, "sidor")
    assert "<td>Eken och psykiatrin</td>" in section(joined, "finns")


def test_what_cannot_be_read_is_asked_for_again_and_nothing_is_shown(
    analyst: FlaskClient, db: Session, cast: Cast, round_: Round
) -> None:
    address = f"/begaran-pa-prov/{round_.id}"
    for asked, words in (
        ({"vem": "chef"}, "Skriv vilken enhet chefen har."),
        ({"vem": "chef", "enhet": "Nej"}, "Det finns ingen sådan enhet"),
        ({"dag": "i morgon"}, "Skriv ett datum"),
        ({"andel": "200"}, "Skriv ett tal mellan 1 och 100."),
    ):
        page = analyst.get(address, query_string=asked)
        assert page.status_code == 422, asked
        assert words in page.text
        assert 'id="felruta"' in page.text
        assert 'id="finns"' not in page.text
    undecided = cast.plan(closes_at=None)
    assert "Bestäm först när omgången stänger." in text_of(analyst, undecided)


def test_of_too_few_expected_answers_nothing_is_opened_and_nothing_said_to_be(
    analyst: FlaskClient, db: Session, cast: Cast, round_: Round
) -> None:
    """With one percent fewer than k answer: what would come of their ballots never does."""
    days = days_of(round_)
    enough = text_of(analyst, round_)
    assert "Så få svar öppnas inte" not in enough
    round_.released_from = days.closes + 5 * A_DAY
    db.add(round_)
    db.commit()
    for day in (days.closes, days.closes + 9 * A_DAY):
        few = text_of(analyst, round_, andel=1, dag=day.isoformat())
        assert "Så få svar öppnas inte. Minst 10 måste svara" in few
        for words in (
            *("Svaren, en rad för varje", "Fritexterna", "enheten finns inte längre"),
            *("svaren öppnas tidigast", "resultatet kan publiceras", "Resultat"),
        ):
            assert words not in few.split("aldrig")[0].split("Pröva planen")[1], words
        assert section(few, "sidor") == section(few, "rakna-ut") == ""
        assert "Deltagarlistan" in section(few, "finns")


def test_only_who_sees_rounds_finds_the_page_and_it_is_in_english_too(
    app: Flask, analyst: FlaskClient, db: Session, cast: Cast, round_: Round
) -> None:
    address = f"/begaran-pa-prov/{round_.id}"
    assert "/logga-in" in app.test_client().get(address).location
    nobody = sign_in(app.test_client(), db, makers.person(db, "Ingen Inblandad"))
    assert nobody.get(address).status_code == 404
    assert sign_in(app.test_client(), db, cast.approver).get(address).status_code == 200
    assert analyst.get("/begaran-pa-prov/00000000-0000-0000-0000-000000000000").status_code == 404
    english = text_of(analyst, round_, lang="en")
    assert "What can be asked for?" in english
    assert "Det här finns" not in english
    assert address in analyst.get(f"/omgangar/{round_.id}").text


def test_a_round_that_opens_by_hand_is_taken_to_open_today(
    analyst: FlaskClient, cast: Cast
) -> None:
    round_ = cast.plan(opens_on=None)
    assert days_of(round_).opens == today()
    assert "Räknat som om omgången öppnar i dag." in text_of(analyst, round_)
    assert isinstance(days_of(round_).closes, date)


def test_where_no_unit_of_the_audience_is_left_the_page_says_so(
    analyst: FlaskClient, db: Session, cast: Cast, units: dict[str, Unit]
) -> None:
    round_ = cast.plan(audience={"units": ["E121"], "levels": []})
    units["E121"].active = False
    db.add(units["E121"])
    db.commit()
    page = text_of(analyst, round_)
    assert "Ingen är med i målgruppen, så inga svar kan komma." in page
    assert section(page, "sidor") == section(page, "rakna-ut") == ""
    groups = analyst.get(f"/omgangar/{round_.id}/plan/grupper")
    assert groups.status_code == 200
    assert "Ingen är med i målgruppen än." in groups.text


def test_the_region_is_loaded_once_for_a_page(
    app: Flask, analyst: FlaskClient, round_: Round
) -> None:
    with statements(app.extensions["engine"]) as asked:
        assert analyst.get(f"/begaran-pa-prov/{round_.id}").status_code == 200
    assert sum("unit.parent_id, unit.depth" in each for each in asked) == 1
    assert sum("row_number" in each for each in asked) == 1
