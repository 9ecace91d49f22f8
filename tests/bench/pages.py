"""What a staff page costs with 60,000 people: CPU seconds of the server and SQL statements.

The pages are asked for without a network, by people signed in with each role; the slowest counts.
"""

import tempfile
import time
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask.testing import FlaskClient
from sqlmodel import Session, col, select

from dialog.application import create_app
from dialog.core.questionnaire import Kind, items, load
from dialog.organisation.models import Unit
from dialog.people.accounts import add_person
from dialog.people.models import Person, Role
from dialog.settings import Settings, from_environment
from dialog.simulate import rounds
from dialog.storage.migrating import upgrade
from dialog.surveys.building.instruments import all_instruments
from dialog.surveys.models import Round, RoundState, Survey, TextAnswer
from tests.bench import Figure
from tests.conftest import sign_in

PEOPLE = 60_000
REPEATS = 10
CPU_BUDGET = 0.050
STATEMENTS_BUDGET = 40
# A rehearsal lays out the whole round by its plan, each time that it is asked for.
REHEARSAL, REHEARSAL_CPU_BUDGET = "/begaran-pa-prov/", 2.0


def run() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        settings = from_environment(DIALOG_INSTANCE=folder, DIALOG_LOG_LEVEL="ERROR")
        upgrade("staff", settings.database_url)
        return list(_measure(settings))


def _measure(settings: Settings) -> Iterator[Figure]:
    stage = rounds.stage(settings)
    rounds.populate(stage, people=PEOPLE, seed=1)
    form = all_instruments()["samtalsklimat"]
    round_id = rounds.open_round(
        stage, who=rounds.cast(stage), form=form, title="Stor omgång", sender="Mätningen"
    )
    reviewed = rounds.open_round(
        stage, who=rounds.cast(stage), form=form, title="Släppt omgång", sender="Mätningen"
    )
    app = create_app(settings)
    with stage.session() as session:
        text_id = _write_texts(session, reviewed)
        survey_id = session.get_one(Round, round_id).survey_id
        assert session.get_one(Survey, survey_id)
        everything = add_person(
            session, name="Alla Roller", email="alla@example.org", roles=list(Role)
        )
        some = session.exec(select(Person.id).where(col(Person.in_roster))).first()
        client = sign_in(app.test_client(), session, everything)
    pages = [
        "/", "/konto", "/konto/om-mig", "/personer", "/personer?q=berg", f"/personer/{some}",
        "/organisation", "/organisation/enhet/R", "/organisation/enhet/F01", "/organisation?q=vård",
        "/enkater", f"/enkater/{survey_id}", f"/omgangar/{round_id}", "/omgangar", "/resultat",
        "/forskning", "/textgranskning", f"/textgranskning/{reviewed}/{text_id}",
        f"{REHEARSAL}{round_id}", f"{REHEARSAL}{round_id}?vem=chef&enhet=F01",
    ]  # fmt: skip
    for page in pages:
        cpu, statements, status = _cost(app, client, page)
        shown = page
        for made in (round_id, survey_id, some, reviewed, text_id):
            shown = shown.replace(str(made), "…")
        if status != 200:
            raise RuntimeError(f"{shown} answered {status}")
        budget = REHEARSAL_CPU_BUDGET if page.startswith(REHEARSAL) else CPU_BUDGET
        yield Figure(f"Page {shown}: CPU", cpu, "s", budget)
        yield Figure(f"Page {shown}: SQL statements", statements, "", STATEMENTS_BUDGET)


def _write_texts(session: Session, round_id: UUID) -> UUID:
    """Free texts from units of every kind, waiting to be reviewed; the id of one of them."""
    round_ = session.get_one(Round, round_id)
    asked = next(item for item in items(load(round_.questionnaire)) if item.kind is Kind.LONG)
    units = session.exec(select(Unit.id)).all()
    texts = [
        TextAnswer(
            round_id=round_id,
            item=asked.name,
            unit_id=unit,
            text="Anna Berg säger att ingen vågar fråga. Ring 070-174 06 05 om ni undrar.",
        )
        for unit in units
    ]
    session.add_all(texts)
    round_.state = RoundState.RELEASED
    session.flush()
    return texts[0].id


def _cost(app: Any, client: FlaskClient, page: str) -> tuple[float, int, int]:
    statements = 0

    def count(*_: Any) -> None:
        nonlocal statements
        statements += 1

    client.get(page)  # templates are compiled once a process
    engine = app.extensions["engine"]
    sa.event.listen(engine, "before_cursor_execute", count)
    status = client.get(page).status_code
    sa.event.remove(engine, "before_cursor_execute", count)
    started = time.process_time()
    for _ in range(REPEATS):
        client.get(page)
    return (time.process_time() - started) / REPEATS, statements, status
