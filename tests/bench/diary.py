"""A diary of 100,000 documents: what it costs to search in it, to register one, and to try all.

All of it is registered by the functions that people's clicks call. DIALOG_DIARY says how many.
"""

import os
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlmodel import Session

from dialog.application import create_app
from dialog.diary import registering, searching, verifying
from dialog.diary.facts import Facts
from dialog.diary.models import DiaryAuthority, Direction, Scope
from dialog.diary.searching import Wanted
from dialog.settings import from_environment
from dialog.storage.engine import make_sessions
from dialog.storage.migrating import upgrade
from tests.bench import Figure

DOCUMENTS = int(os.environ.get("DIALOG_DIARY", "100000"))
IN_A_MATTER = 3
BEGAN = datetime(2026, 1, 1, 8, 0, tzinfo=UTC)
COMMON = [
    "skrivelse",
    "begäran",
    "svar",
    "om",
    "bemanning",
    "arbetsmiljö",
    "schema",
    "lokaler",
    "journalsystem",
]
SEARCHES = {
    "a word of every other line": Wanted("skrivelsen"),
    "two such words": Wanted("skrivelser bemanningen"),
    "a rare word": Wanted("ord12345"),
    "a rare and a common word": Wanted("ord12345 skrivelse"),
    "a phrase": Wanted('"om bemanning"'),
    "a phrase that no line has": Wanted('"om bemanning schema svar skrivelse begäran"'),
    "words that no line has together": Wanted(" ".join(COMMON)),
    "a word, and a kind that no line is": Wanted("skrivelsen", direction=Direction.OUT),
    "a number": Wanted("RS 2026-00417-2"),
    "everything": Wanted(),
    "everything of a year without any": Wanted(year=2031),
}


def run() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        settings = from_environment(DIALOG_INSTANCE=folder, DIALOG_LOG_LEVEL="ERROR")
        upgrade("staff", settings.database_url)
        app = create_app(settings)
        with app.test_request_context(), make_sessions(app.extensions["engine"])() as session:
            return list(_measure(session, Path(folder)))


def _measure(session: Session, folder: Path) -> Iterator[Figure]:
    board = DiaryAuthority(name="Regionstyrelsen", letters="RS")
    session.add(board)
    cost = _cpu(lambda: _fill(session, board))
    yield Figure("diary: registering a document", cost / DOCUMENTS * 1e3, "CPU ms")
    for name, wanted in SEARCHES.items():
        for page in (1, 20):
            found = _cpu(
                lambda wanted=wanted, page=page: searching.search(  # type: ignore[misc]  # bound now
                    session, wanted=wanted, scope=Scope.PUBLIC, page=page
                )
            )
            yield Figure(f"diary, search: {name}, page {page}", found * 1e3, "CPU ms", 100)
    faults: list[object] = []
    trying = _cpu(lambda: faults.extend(verifying.faults(session, authority=board)))
    yield Figure(f"diary: trying {DOCUMENTS:,} documents", trying, "CPU s")
    yield Figure("diary: faults found", len(faults), "", 0)
    size = sum(each.stat().st_size for each in folder.rglob("*") if each.is_file())
    yield Figure("diary: database", size / 2**20, "MB")


def _cpu(doing: Callable[[], object]) -> float:
    began = time.process_time()
    doing()
    return time.process_time() - began


def _fill(session: Session, board: DiaryAuthority) -> None:
    chance = random.Random(1)
    for number in range(DOCUMENTS // IN_A_MATTER):
        at = BEGAN + timedelta(minutes=number)
        matter = registering.open_matter(
            session, authority=board, subject=f"Ärende ord{number}", public_subject="Ärende",
            at=at, by=None,
        )  # fmt: skip
        for each in range(IN_A_MATTER):
            subject = " ".join([*chance.choices(COMMON, k=5), f"ord{number + each}"])
            facts = Facts(
                subject=subject, public_subject=subject, arrived_on=at.date(),
                direction=Direction.IN, correspondent=f"Förbundet {number % 50}",
                public_correspondent=f"Förbundet {number % 50}",
            )  # fmt: skip
            registering.register(
                session, authority=board, matter=matter, facts=facts, at=at, by=None
            )
        if number % 200 == 0:
            session.commit()
            session.expunge_all()
            session.add(board)
    session.commit()
