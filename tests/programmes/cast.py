"""A review with released rounds: a small questionnaire, answers, and the worker's check."""

import random
from datetime import timedelta

from sqlmodel import Session, col, select

from dialog import worker
from dialog.core.levels import Level
from dialog.core.questionnaire import (
    Kind,
    MatrixRow,
    Question,
    Questionnaire,
    Scale,
    Section,
    Text,
)
from dialog.core.review import SubStudy
from dialog.organisation.models import Unit
from dialog.people.models import Person
from dialog.programmes.models import ProgrammeCheck
from dialog.results.correcting import deciding
from dialog.results.correcting.deciding import Proposal
from dialog.results.models import Correction, CorrectionState, Release
from dialog.results.publishing import releases
from dialog.settings import Settings
from dialog.storage.clock import today
from dialog.surveys.models import ReceiptList
from tests import makers
from tests import university as universities
from tests.research.cast import STEPS
from tests.results import cast
from tests.university import University

FORM = Questionnaire(
    title=Text(sv="Samtalsklimat", en="Climate of conversation"),
    languages=("sv", "en"),
    sections=(
        Section(
            name="climate",
            title=Text(sv="Klimatet", en="The climate"),
            questions=(
                Question(
                    name="how",
                    kind=Kind.MATRIX,
                    text=Text(sv="Hur väl stämmer det?", en="How well does it fit?"),
                    options=STEPS,
                    rows=tuple(
                        MatrixRow(name=name, text=Text(sv=name, en=name))
                        for name in ("say", "ask", "heard", "answered")
                    ),
                ),
            ),
        ),
    ),
    scales=(
        Scale(name="voice", title=Text(sv="Röst", en="Voice"), items=("say", "ask")),
        Scale(name="reply", title=Text(sv="Gensvar", en="Reply"), items=("heard", "answered")),
    ),
)
SIZES = {"E111": 40, "E112": 40, "E211": 40, "E212": 40}


def rows(seed: int, part: SubStudy) -> list[cast.Answered]:
    """Staff, managers and elected; in the second part managers on two levels."""
    found = cast.answers(seed, FORM, SIZES)
    chance = random.Random(seed)
    level = Level.MANAGER_2 if part is SubStudy.MANAGERS else Level.MANAGER_1
    for unit in ("V11", "V21"):
        found += [(unit, level.value, cast.answer(FORM, chance, 0.8)) for _ in range(25)]
    return found


class Review:
    """A review with released rounds: of each part, and of staff two."""

    def __init__(
        self,
        db: Session,
        *parts: SubStudy,
        settings: Settings | None = None,
        units: dict[str, Unit] | None = None,
        analyst: Person | None = None,
        administrator: Person | None = None,
    ) -> None:
        self.db = db
        self.settings: Settings = settings or db.info["settings"]
        self.of: University = universities.found(db, administrator=administrator)
        self.units = units or cast.region(db)
        self.analyst = analyst or makers.analyst(db)
        self.releases = [self.release(part, seed) for seed, part in enumerate(parts, start=1)]

    def release(self, part: SubStudy, seed: int) -> Release:
        round_ = cast.opened_round(
            self.db,
            rows(seed, part),
            form=FORM,
            units=self.units,
            author=self.analyst,
            title=f"Omgång {seed}",
        )
        day = today() - timedelta(days=1)
        universities.belongs(self.db, round_, self.of, sub_study=part, released_from=day)
        receipts = b"".join(bytes([seed, at]) * 16 for at in range(20))
        self.db.add(ReceiptList(round_id=round_.id, receipts=receipts))
        made = releases.publish(self.db, round_=round_, by=self.analyst.id)
        self.db.commit()
        return made

    def correct(self, release: Release) -> Correction:
        """One question hidden, approved by somebody else and published by the worker."""
        proposal = Proposal("Frågan blev fel.", withheld=("say",))
        made = deciding.propose(self.db, release=release, by=self.of.author.id, proposal=proposal)
        deciding.approve(self.db, correction=made, by=makers.approver(self.db).id)
        self.db.commit()
        desk = makers.desk(self.db, self.settings)
        while worker.Worker(desk).do_one():
            pass
        self.db.refresh(made)
        assert made.state is CorrectionState.PUBLISHED, made.answer
        self.db.commit()
        return made

    @property
    def address(self) -> str:
        return f"/granskningar/{self.of.programme.id}"

    def check(self) -> ProgrammeCheck:
        """What the worker finds of the set as it is now."""
        desk = makers.desk(self.db, self.settings)
        self.db.commit()
        worker.run(desk, once=True)
        self.db.expire_all()
        query = select(ProgrammeCheck).order_by(col(ProgrammeCheck.made_at).desc())
        found = self.db.exec(query).first()
        self.db.commit()
        assert found is not None
        return found
