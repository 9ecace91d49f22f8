"""Opening 60,000 ballots and writing their answers: CPU seconds and peak memory of the process that
does it, apart from the one that seals the ballots.
"""

import hashlib
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import update

from dialog.ballotbox.application import side
from dialog.ballotbox.settings import from_environment as box_settings
from dialog.core.ballots import batch, manifest, respondent, sealing
from dialog.settings import Settings, from_environment
from dialog.simulate import answers, rounds
from dialog.storage.migrating import upgrade
from dialog.surveys.models import Invitation, Round
from dialog.surveys.opening import exchange, opening
from dialog.surveys.rounds import steps
from tests.bench import Figure
from tests.bench.answering import questionnaire

BALLOTS = 60_000
CPU_BUDGET, MEMORY_BUDGET = 60.0, 500.0


def run() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DIALOG_INSTANCE"] = folder
        settings = replace(from_environment(), posting_grace=0)
        upgrade("staff", settings.database_url)
        round_id = _sealed(settings)
        done = subprocess.run(
            [sys.executable, "-m", "tests.bench.opening", str(round_id)],
            capture_output=True,
            text=True,
            check=True,
        )
    cpu, memory, rows = map(float, done.stdout.split())
    return [
        Figure(f"Opening {BALLOTS:,} ballots: CPU", cpu, "s", CPU_BUDGET),
        Figure(f"Opening {BALLOTS:,} ballots: peak memory", memory, "MB", MEMORY_BUDGET),
        Figure("Opening: answers written", rows, ""),
    ]


def _sealed(settings: Settings) -> UUID:
    """A closed round whose batch of sealed ballots lies in the exchange folder."""
    rng = random.Random(1)
    stage = rounds.stage(settings)
    rounds.populate(stage, people=BALLOTS, seed=1)
    who = rounds.cast(stage)
    round_id = rounds.open_round(
        stage, who=who, form=questionnaire(), title="Mätning", sender="Mätningen"
    )
    with stage.session() as session:
        round_ = session.get_one(Round, round_id)
        known = manifest.load(round_.manifest)
        query = sa.text("SELECT code, level FROM invitation JOIN unit ON unit.id = unit_id")
        places = session.connection().execute(query).all()
        session.connection().execute(update(Invitation).values(issued=True, blinded_hash="0" * 64))
        steps.close(session, round_=round_, by=who.analyst)
        exchange.announce(round_, settings)
        session.commit()
    made = []
    for unit, level in places:
        given = answers.invent(questionnaire(), level=level, leaning=0.6, rng=rng)
        padded = respondent.plaintext(unit=unit, level=level, answers=given, length=known.length)
        made.append(sealing.seal(padded, known.holders, round_id=round_id))
    made.sort(key=lambda ballot: hashlib.sha256(ballot).digest())
    ours = side(box_settings())
    ours.publish()
    first = batch.header(round_id, ballots=len(made), length=len(made[0]))
    ours.write(exchange.batch_file(round_id), [first, *made])
    stage.engine.dispose()
    return round_id


def _open(round_id: UUID) -> None:
    """What the worker does; prints CPU seconds, megabytes and rows."""
    stage = rounds.stage(replace(from_environment(), posting_grace=0))
    started = time.process_time()
    with stage.session() as session:
        round_ = session.get_one(Round, round_id)
        result = opening.open_round(session, round_=round_, settings=stage.settings)
        steps.unseal(session, round_=round_)
        session.commit()
        opening.finish(session, round_=round_, settings=stage.settings)
        session.commit()
    spent = time.process_time() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(spent, peak, result.responses)


if __name__ == "__main__":
    _open(UUID(sys.argv[1]))
