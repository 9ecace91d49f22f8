"""A small released round, what may happen to its organisation, and correcting it."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from sqlmodel import Session

from dialog.core.questionnaire import Questionnaire, load
from dialog.core.written import csv_lines, units_lines
from dialog.desk import Desk
from dialog.organisation.models import Unit
from dialog.people.models import Person
from dialog.results import release_files
from dialog.results.correcting import deciding, recounting
from dialog.results.correcting.deciding import Proposal
from dialog.results.models import Correction, CorrectionState, Release
from dialog.results.publishing import releases
from dialog.results.publishing.material import protect
from dialog.surveys.models import Round
from dialog.worker import Worker
from tests import makers
from tests.protecting.attacker import Seen, look
from tests.protecting.cases import Row
from tests.results import cast

LEVELS = ("staff", "manager-1", "manager-2")
ANSWERS = [{"name": str(n), "text": {"sv": str(n)}, "value": n} for n in range(1, 6)]
THREE_INTO_TWENTY = Proposal("Ihopslagna.", reorganised=True, moved={"E113": "E112"})
WHY = "Frågan var felöversatt."
HIDE = Proposal(WHY, withheld=("q2",))
WORDS = {"q1": "Jag vågar säga ifrån", "q2": "Min chef lyssnar"}


def form() -> Questionnaire:
    """Two questions and the scale that they make."""
    asked = [
        {"name": name, "kind": "single", "text": {"sv": words}, "options": ANSWERS}
        for name, words in WORDS.items()
    ]
    section = {"name": "a", "title": {"sv": "Att tala"}, "questions": asked}
    scale = {"name": "tala", "title": {"sv": "Tala"}, "items": ["q1", "q2"]}
    return load({"title": {"sv": "Prov"}, "sections": [section], "scales": [scale]})


def answered(seed: int) -> list[Row]:
    """Staff everywhere, and some managers, who answer in their own way."""
    chance = random.Random(seed)
    rows: list[Row] = []
    for unit in cast.NAMES:
        mood = chance.uniform(2, 4.5)
        for level in LEVELS:
            size = chance.choice([0, 1, 3, 9, 12, 24]) if unit[0] in "VE" else 0
            rows += [
                {"unit": unit, "level": level, **_answers(chance, mood)}
                for _ in range(size if level == "staff" else size // 4)
            ]
    return rows


def three_beside_twenty() -> list[Row]:
    """E113 has three who answered. Does it go up in E112, where 20 did, both results would tell of
    them: see THREE_INTO_TWENTY.
    """
    rows = [row for row in answered(3) if row["unit"] not in ("E112", "E113")]
    return rows + [
        {"unit": unit, "level": "staff", "q1": str(1 + at % 5), "q2": str(1 + at % 4)}
        for unit, n in (("E112", 20), ("E113", 3))
        for at in range(n)
    ]


def _answers(chance: random.Random, mood: float) -> Row:
    return {name: str(max(1, min(5, round(chance.gauss(mood, 1.2))))) for name in WORDS}


def reorganise(db: Session, units: dict[str, Unit], seed: int) -> Mapping[str, str]:
    """Two units become one, one becomes two, one is moved, a verksamhet is renamed. Gives where
    the answers of the closed ones belong.
    """
    chance = random.Random(seed)
    merged = chance.sample(["E111", "E112", "E113"], 2)
    parted, away = chance.sample(["E211", "E212"], 2)
    moved = dict.fromkeys(merged, "E119") | {parted: "V21"}
    for code in moved:
        units[code].active = False
    makers.unit(db, "E119", units["V11"], "Barn- och ungdomsmottagningen")
    for code in ("E218", "E219"):
        makers.unit(db, code, units["V21"])
    units[away].parent_id, units[away].path = units["V22"].id, f"/R/F2/V22/{away}/"
    units["V12"].name = "Kvinnohälsa"
    db.commit()
    return moved


@dataclass
class Scene:
    """Somebody who proposes, somebody who approves, and the worker who makes."""

    db: Session
    units: dict[str, Unit]
    analyst: Person
    approver: Person
    desk: Desk
    folder: Path

    def released(self, rows: list[Row]) -> Release:
        """A round with these answers, and its first result."""
        given = [(row["unit"], row["level"], {name: row[name] for name in WORDS}) for row in rows]
        round_ = cast.opened_round(
            self.db, given, form=form(), units=self.units, author=self.analyst
        )
        made = releases.publish(self.db, round_=round_, by=self.analyst.id)
        self.db.commit()
        return made

    def approved(self, release: Release, proposal: Proposal) -> Correction:
        """Proposed and approved, and waiting for the worker."""
        made = deciding.propose(self.db, release=release, by=self.analyst.id, proposal=proposal)
        deciding.approve(self.db, correction=made, by=self.approver.id)
        self.db.commit()
        return made

    def work(self) -> None:
        self.db.rollback()
        while Worker(self.desk).do_one():
            pass

    def corrected(self, release: Release, proposal: Proposal) -> Correction:
        """Proposed, approved and made, as far as it goes."""
        made = self.approved(release, proposal)
        self.work()
        self.db.refresh(made)
        assert made.state is not CorrectionState.APPROVED
        return made

    def made(self, release: Release, proposal: Proposal) -> Release:
        """The corrected release."""
        done = self.corrected(release, proposal)
        assert done.state is CorrectionState.PUBLISHED, done.answer
        return self.db.get_one(Release, done.made_id)

    def look(self, release: Release) -> Seen:
        """What an attacker reads in the release's files for all units."""
        folder = self.folder / str(release.id)
        folder.mkdir(exist_ok=True)
        for name in ("release.csv", "units.csv"):
            (folder / name).write_bytes(b"".join(release_files.FILES[name](self.db, release)))
        return look(folder)

    def careless(self, release: Release, proposal: Proposal) -> Seen:
        """What the correction would publish if nobody thought of the release before."""
        correction = Correction(
            release_id=release.id,
            author_id=self.analyst.id,
            reason=proposal.reason,
            reorganised=proposal.reorganised,
            moved=dict(proposal.moved),
        )
        round_ = self.db.get_one(Round, release.round_id)
        found = recounting.gather(self.db, round_=round_, correction=correction, releases=[release])
        protection = protect(replace(found, earlier=()))
        folder = self.folder / "careless"
        folder.mkdir()
        lines = csv_lines(protection.groups(), found.questionnaire)
        (folder / "release.csv").write_bytes(b"".join(lines))
        (folder / "units.csv").write_bytes(b"".join(units_lines(protection.groups())))
        return look(folder)
