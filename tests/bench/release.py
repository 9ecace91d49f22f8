"""Publishing 60,000 responses to 40 questions from 3,000 units: CPU, memory, and what is shown.

The release is a process of its own, so that its memory is its own.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlmodel import Session, col

from dialog.application import create_app
from dialog.core.disclosure import rules
from dialog.core.disclosure.coarsening import coarsen
from dialog.core.disclosure.ranging import hide_known_values
from dialog.core.questionnaire import dump
from dialog.organisation.models import Unit
from dialog.people.models import Person
from dialog.results.models import ReleaseGroup
from dialog.results.publishing import releases
from dialog.settings import from_environment
from dialog.storage.engine import make_engine, make_sessions
from dialog.storage.rows import Row
from dialog.surveys.models import Response, Round, RoundState, Survey
from tests.bench import region

RESPONSES = 60_000
SECONDS, VALUES_SECONDS, MEGABYTES = 60.0, 600.0, 500.0
K = 10
AUDIT = hide_known_values.__name__


def run() -> list[tuple[str, float, str, float | None]]:
    """(name, value, unit, budget) on SQLite."""
    with tempfile.TemporaryDirectory() as name:
        url = f"sqlite:///{Path(name) / 'bench.db'}"
        environment = {**os.environ, "DIALOG_INSTANCE": name, "DIALOG_DATABASE_URL": url}
        round_id, written = prepare(url)
        start = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.release", str(round_id)],
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None
        values = float(process.stdout.read())
        _pid, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise RuntimeError(f"the release ended with {process.returncode}")
        shown = _shown(url)
        return [
            (
                f"release of {written} responses, counts audited: CPU",
                usage.ru_utime + usage.ru_stime - values,
                "s",
                SECONDS,
            ),
            ("release, audit of 40 questions' values: CPU", values, "s", VALUES_SECONDS),
            ("release, by the clock", time.perf_counter() - start, "s", VALUES_SECONDS),
            ("release, memory", usage.ru_maxrss / 1024, "MB", MEGABYTES),
            ("release, enheter with a result", float(shown), "", None),
        ]


def prepare(url: str) -> tuple[UUID, int]:
    """A database with a round whose coarsened answers are opened; how many there are."""
    made = region.region(staff=round(RESPONSES / region.RESPONSE))
    rows = list(region.responses(made))
    stored = coarsen(Counter(row[:2] for row in rows), parents=made.parents, k=K)
    engine = make_engine(url)
    Row.metadata.create_all(engine)
    with make_sessions(engine)() as session:
        units = _write_units(session, made.parents)
        author = Person(name="Analys Andersson", email="analys.andersson@example.org")
        form = dump(region.questionnaire()).decode()
        session.add(author)
        session.flush()
        survey = Survey(author_id=author.id, title="Stor enkät", questionnaire=form)
        session.add(survey)
        session.flush()
        round_ = Round(
            survey_id=survey.id,
            author_id=author.id,
            title="Stor enkät",
            state=RoundState.OPENED,
            questionnaire=form,
            invited=len(made.people),
            tables={"units": True, "levels": True},
        )
        session.add(round_)
        session.flush()
        for at in range(0, len(rows), 5_000):
            session.connection().execute(
                sa.insert(Response),
                [
                    {
                        "id": uuid4(),
                        "round_id": round_.id,
                        "unit_id": units[stored[(unit, level)][0] or "R"],
                        "level": stored[(unit, level)][1],
                        "answers": json.dumps(answers),
                    }
                    for unit, level, answers in rows[at : at + 5_000]
                ],
            )
        session.commit()
        round_id = round_.id
    engine.dispose()
    return round_id, len(rows)


def _write_units(session: Session, parents: dict[str, str | None]) -> dict[str, UUID]:
    made: dict[str, Unit] = {}
    for code, parent in parents.items():  # parents come first
        above = made[parent] if parent else None
        made[code] = Unit(
            code=code,
            name=f"Enhet {code}",
            parent_id=above.id if above else None,
            depth=above.depth + 1 if above else 0,
            path=f"{above.path if above else '/'}{code}/",
        )
        session.add(made[code])
        session.flush()
    return {code: unit.id for code, unit in made.items()}


def _shown(url: str) -> int:
    engine = make_engine(url)
    with make_sessions(engine)() as session:
        query = sa.select(sa.func.count()).where(
            col(ReleaseGroup.depth) == 3,
            col(ReleaseGroup.status) == "published",
            col(ReleaseGroup.level) == "",
        )
        found = session.connection().scalar(query) or 0
    engine.dispose()
    return int(found)


def publish(round_id: UUID) -> None:
    """What the measured process does: the application, and one release. Written are the CPU seconds
    that its audit of hidden values took.
    """
    spent = 0.0
    audit = vars(rules)[AUDIT]

    def measured(*arguments: Any, **named: Any) -> Any:
        nonlocal spent
        started = time.process_time()
        found = audit(*arguments, **named)
        spent += time.process_time() - started
        return found

    vars(rules)[AUDIT] = measured
    app = create_app(from_environment())
    with app.app_context(), make_sessions(app.extensions["engine"])() as session:
        round_ = session.get_one(Round, round_id)
        releases.publish(session, round_=round_, by=round_.author_id)
        session.commit()
    print(spent)


if __name__ == "__main__":
    publish(UUID(sys.argv[1]))
