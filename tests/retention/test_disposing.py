"""Disposal by a decision: listed, said yes to by two, done by the worker, and the chain holds."""

import io
from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session, col, select

from dialog.core.diary.chain import Fault, Found
from dialog.diary import numbering, registering, verifying
from dialog.diary.models import (
    DiaryAuthority,
    DiaryDisposal,
    DiaryEntry,
    DiaryLine,
    DiaryMatter,
    DiaryValue,
    EntryKind,
)
from dialog.documents.models import Document, StoredFile
from dialog.people.models import Role
from dialog.requests import disposing as request_disposing
from dialog.retention import carrying_out, queries, running
from dialog.retention.models import (
    DisposalItem,
    DisposalRun,
    Outcome,
    RetentionDecision,
    RunState,
)
from dialog.settings import Settings
from dialog.storage.clock import now, today
from dialog.storage.rows import Row
from dialog.submissions import disposing as submission_disposing
from dialog.worker import Worker
from tests import makers
from tests.conftest import sign_in
from tests.counting import statements
from tests.documents import samples

SUBJECT, SENDER = "Skrivelse om nattens bemanning", "Förbundet Exempel"
DECISION = {"name": "Beslut RS 2026-00031", "about": "Tillfälliga skrivelser", "months": "12"}
LATER = timedelta(days=500)


class Office:
    """A board with two matters, its registrar, and who approves beside them."""

    def __init__(self, app: Flask, db: Session, settings: Settings) -> None:
        db.expire_on_commit = False
        self.app, self.db, self.settings = app, db, settings
        self.board = DiaryAuthority(name="Regionstyrelsen", letters="RS")
        db.add(self.board)
        db.commit()
        self.people = {
            "Rut Registrator": Role.REGISTRAR,
            "Arne Arkivsson": Role.APPROVER,
        }
        makers_of = {name: makers.person(db, name, role) for name, role in self.people.items()}
        self.who = makers_of
        self.registrar = self.signed_in("Rut Registrator")
        self.matters = [self._matter(n) for n in (1, 2)]

    def signed_in(self, name: str) -> FlaskClient:
        client = sign_in(self.app.test_client(), self.db, self.who[name])
        self.db.commit()
        return client

    def _matter(self, number: int) -> str:
        self.registrar.post(
            "/diarium/nytt", data={"authority": str(self.board.id), "subject": SUBJECT}
        )
        address = f"/diarium/RS-{today().year}-{number:05}"
        self.registrar.post(
            f"{address}/ny",
            data={
                "direction": "in", "arrived_on": today().isoformat(), "correspondent": SENDER,
                "subject": SUBJECT, "secrecy": "OSL 39 kap. 2 §",
            },
        )  # fmt: skip
        line = self.lines(number)[-1]
        file = (io.BytesIO(samples.pdf(text=f"Brev {number}")), "Brev.pdf")
        answer = self.registrar.post(f"/handlingar/till/diary-line/{line.id}", data={"file": file})
        assert answer.status_code == 302
        return address

    def lines(self, number: int) -> list[DiaryLine]:
        query = select(DiaryLine).order_by(col(DiaryLine.position))
        found = list(self.db.exec(query.execution_options(populate_existing=True)))
        self.db.commit()
        matters = list(dict.fromkeys(line.matter_id for line in found))
        return [line for line in found if line.matter_id == matters[number - 1]]

    def decided(self, *numbers: int) -> str:
        """The address of a decision that these matters are under."""
        made = self.registrar.post(
            "/gallring/nytt", data={**DECISION, "authority": str(self.board.id)}
        )
        named = "\n".join(f"RS {today().year}-{number:05}" for number in numbers)
        put = self.registrar.post(made.location, data={"numbers": named})
        assert put.status_code == 302
        return str(put.location)

    def work(self) -> None:
        worker = Worker(makers.desk(self.db, self.settings))
        while worker.do_one():
            pass
        self.db.expire_all()

    def faults(self) -> list[object]:
        found: list[object] = [*verifying.faults(self.db, authority=self.board)]
        self.db.commit()
        return found

    def states(self) -> tuple[RunState, list[Outcome]]:
        run = self.db.exec(select(DisposalRun)).one().state
        query = select(DisposalItem).order_by(col(DisposalItem.matter_id))
        items = sorted(each.outcome for each in self.db.exec(query))
        self.db.commit()
        return run, items


@pytest.fixture
def office(app: Flask, db: Session, settings: Settings) -> Office:
    return Office(app, db, settings)


def test_what_two_have_said_yes_to_is_gone_and_the_chain_holds(
    office: Office, client: FlaskClient, db: Session
) -> None:
    decision, begun = office.decided(1, 2), now()
    refused = office.registrar.post(f"{decision}/lista")
    assert "ska gallras än" in office.registrar.get(refused.location).text
    with time_machine.travel(begun + LATER, tick=True):
        registrar, other = (office.signed_in(name) for name in office.people)
        list_ = registrar.post(f"{decision}/lista").location
        assert registrar.post(f"{decision}/lista").location == list_
        for _again in range(2):  # the same person's second yes is none
            registrar.post(f"{list_}/godkann")
        office.work()
        assert office.states() == (RunState.LISTED, [Outcome.WAITING] * 2)
        assert office.lines(1)[-1].subject == SUBJECT
        # One of the two gets a new document meanwhile: it is not due any more.
        registrar.post(
            f"{office.matters[1]}/ny",
            data={"direction": "drawn-up", "arrived_on": today().isoformat(), "subject": "Nytt"},
        )
        other.post(f"{list_}/godkann")
        office.work()
        assert office.states() == (RunState.DONE, [Outcome.GONE, Outcome.KEPT])
        assert "00001" not in registrar.get(decision).text.partition("Gallringar")[0]
        page = registrar.get(list_).text
        assert "Rut Registrator" in page
        assert "Arne Arkivsson" in page
    gone, kept = office.lines(1), office.lines(2)
    assert {(line.subject, line.correspondent, line.secrecy) for line in gone} == {("", "", "")}
    assert kept[1].subject == SUBJECT
    assert office.faults() == []
    page = client.get(office.matters[0]).text
    assert DECISION["name"] in page
    assert SENDER not in page
    hits = client.get("/diarium?q=bemanning").text
    assert f"RS {today().year}-00002-1" in hits
    assert "-00001" not in hits
    files = db.exec(select(StoredFile)).all()
    documents = db.exec(select(Document)).all()
    db.commit()
    assert len(files) == len(documents) == 1


def test_what_was_disposed_of_is_left_in_no_value_and_the_file_goes_from_its_folder(
    office: Office, db: Session
) -> None:
    decision, begun = office.decided(1), now()
    with time_machine.travel(begun + LATER, tick=True):
        registrar, other = (office.signed_in(name) for name in office.people)
        list_ = registrar.post(f"{decision}/lista").location
        before = {path.name for path in office.settings.documents.rglob("*") if path.is_file()}
        for client in (registrar, other):
            client.post(f"{list_}/godkann")
        office.work()
    first = office.lines(1)[0].matter_id
    values = db.exec(
        select(DiaryValue.value)
        .join(
            DiaryEntry,
            sa.and_(
                col(DiaryEntry.authority_id) == col(DiaryValue.authority_id),
                col(DiaryEntry.position) == col(DiaryValue.position),
            ),
        )
        .where(DiaryEntry.matter_id == first)
    ).all()
    kinds = db.exec(select(DiaryEntry.kind).where(DiaryEntry.matter_id == first)).all()
    db.commit()
    assert kinds.count(EntryKind.DISPOSAL) == 1
    assert not any(SUBJECT in each or SENDER in each for each in values)
    with time_machine.travel(begun + LATER + timedelta(hours=3), tick=True):
        office.work()
    after = {path.name for path in office.settings.documents.rglob("*") if path.is_file()}
    assert len(before - after) == 1


def test_a_file_that_came_since_the_list_was_made_keeps_the_matter(office: Office) -> None:
    decision, begun = office.decided(1), now()
    with time_machine.travel(begun + LATER, tick=True):
        registrar, other = (office.signed_in(name) for name in office.people)
        list_ = registrar.post(f"{decision}/lista").location
        file = {"file": (io.BytesIO(samples.pdf(3)), "Nytt.pdf")}
        line = office.lines(1)[-1]
        registrar.post(f"/handlingar/till/diary-line/{line.id}", data=file)
        for client in (registrar, other):
            client.post(f"{list_}/godkann")
        office.work()
    assert office.states() == (RunState.DONE, [Outcome.KEPT])
    assert office.lines(1)[-1].subject == SUBJECT


def test_a_list_asks_the_same_of_the_database_however_much_is_due(office: Office) -> None:
    address, begun, db = office.decided(1), now(), office.db
    by = office.who["Rut Registrator"].id
    asked: list[list[str]] = []
    for due in (1, 2):
        db.expunge_all()
        decision = db.exec(select(RetentionDecision)).one()
        db.commit()
        with (
            time_machine.travel(begun + LATER, tick=True),
            statements(office.app.extensions["engine"]) as sent,
        ):
            run_id = running.begin(db, decision=decision, by=by).id
        asked.append(sent)
        items = db.exec(select(DisposalItem).where(DisposalItem.run_id == run_id)).all()
        assert [(each.documents, each.files) for each in items] == [(1, 1)] * due
        db.rollback()
        office.registrar.post(f"{address}/arenden", data={"numbers": f"RS {today().year}-00002"})
    assert asked[0]
    assert asked[0] == asked[1]


def test_what_is_more_than_a_page_is_turned(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "PAGE", 1)
    decision, begun = office.decided(2, 1), now()
    with time_machine.travel(begun + LATER, tick=True):
        registrar = office.signed_in("Rut Registrator")
        assert "Gör en lista" in registrar.get(f"{decision}?sida=2").text
        list_ = registrar.post(f"{decision}/lista").location
        assert "2 ärenden" in registrar.get(list_).text
        for address in (decision, list_):
            pages = [registrar.get(f"{address}?sida={page}").text for page in (1, 2, 3)]
            shown = [[n for n in (1, 2) if office.matters[n - 1] in page] for page in pages]
            assert shown == [[1], [2], [2]]  # after the last comes the last
            assert f"{address}?sida=2" in pages[0]


def test_an_entry_disposes_of_nothing_in_another_matter_and_of_no_number(office: Office) -> None:
    """Somebody with the application's rights appends an entry that says what it likes."""
    with office.app.test_request_context():
        board = office.db.get_one(DiaryAuthority, office.board.id)
        first, second = (office.lines(n)[-1] for n in (1, 2))
        for line, names in ((first, ("number", "arrived")), (second, ("subject",))):
            matter = office.db.get_one(DiaryMatter, first.matter_id)
            position = numbering.position(office.db, authority=board)
            said = " ".join(f"{line.position}:{name}" for name in names)
            registering.write(
                office.db, board, position, {"disposes": f"x {said}", "registered": "-"},
                kind=EntryKind.DISPOSAL, matter=matter,
            )  # fmt: skip
            for name in names:
                office.db.add(
                    DiaryDisposal(authority_id=board.id, position=line.position, name=name)
                )
                office.db.flush()
                value = office.db.get_one(DiaryValue, (board.id, line.position, name))
                office.db.delete(value)
            office.db.flush()
    gone = [each for each in office.faults() if isinstance(each, Found)]
    assert {(each.fault, each.name) for each in gone} == {
        (Fault.GONE, "number"), (Fault.GONE, "arrived"), (Fault.GONE, "subject"),
    }  # fmt: skip


def test_what_is_scrubbed_the_application_may_scrub() -> None:
    tables = {*carrying_out.TABLES, *submission_disposing.TABLES, *request_disposing.TABLES}
    assert {
        name for name in tables if "MAINTAIN" not in Row.metadata.tables[name].info.get("may", ())
    } == set()


def test_a_matter_is_put_under_a_decision_by_its_number_all_or_none(office: Office) -> None:
    decision = office.decided(1)
    year = today().year
    for wrong in ("RS 1", f"RS {year}-00009", f"RS {year}-00001-1"):
        answer = office.registrar.post(
            f"{decision}/arenden", data={"numbers": f"RS {year}-00002\n{wrong}"}
        )
        assert answer.status_code == 422
        assert f"RS {year}-00002" in answer.text
    assert "00002" not in office.registrar.get(decision).text


def test_a_list_is_withdrawn_with_a_reason_and_a_decision_ended_keeps_its_matters(
    office: Office,
) -> None:
    decision, begun = office.decided(1), now()
    with time_machine.travel(begun + LATER, tick=True):
        registrar, other = (office.signed_in(name) for name in office.people)
        list_ = registrar.post(f"{decision}/lista").location
        assert other.post(f"{list_}/dra-tillbaka", data={}).status_code == 422
        other.post(f"{list_}/dra-tillbaka", data={"reason": "Forskare har frågat"})
        assert "Forskare har frågat" in registrar.get(list_).text
        registrar.post(f"{list_}/godkann")
        registrar.post(f"{decision}/avsluta", data={})
        other.post(f"{list_}/godkann")
        office.work()
        assert office.states()[0] is RunState.WITHDRAWN
        assert "Inget ärende hör till beslutet" in registrar.get(decision).text
    assert office.lines(1)[-1].subject == SUBJECT


def test_only_registrars_and_approvers_see_what_is_to_be_disposed_of(
    office: Office, client: FlaskClient, db: Session
) -> None:
    decision = office.decided(1)
    nobody = sign_in(office.app.test_client(), db, makers.person(db, "Nils Nyfiken", Role.HANDLER))
    db.commit()
    for address in ("/gallring", decision):
        assert client.get(address).status_code == 302
        assert nobody.get(address).status_code == 404
    approver = office.signed_in("Arne Arkivsson")
    assert approver.get(decision).status_code == 200
    assert approver.get(f"{decision}/arenden").status_code == 404
