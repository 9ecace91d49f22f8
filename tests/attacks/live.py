"""A round that is open, for attackers who speak to the applications themselves."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from uuid import UUID

from dialog.core.ballots import manifest, respondent
from dialog.core.ballots.manifest import Manifest
from dialog.core.ballots.respondent import Prepared
from dialog.simulate import rounds
from dialog.simulate.respondent import Line, Visitor
from dialog.surveys.models import Access
from tests.attacks.performing import form, instance
from tests.attacks.product import sources
from tests.attacks.running import BOX, BOX_WORKER, STAFF, WORKER, Instance

PEOPLE = 200


@dataclass
class Live:
    """An open round of `instance`; everybody in `invited` may still answer."""

    instance: Instance
    round_id: UUID
    invited: list[Visitor]
    rng: random.Random
    access: Access = Access.INVITED
    _known: list[Manifest] = field(default_factory=list)

    @property
    def known(self) -> Manifest:
        if not self._known:
            status, told = self.get(self.staff(), f"/enkat/{self.round_id}/manifest.json")
            if status != 200:
                raise RuntimeError(f"no manifest: {status}")
            self._known.append(manifest.load(told))
        return self._known[0]

    def take(self) -> Visitor:
        """Somebody who has not answered."""
        return self.invited.pop()

    def staff(self, **headers: str) -> Line:
        """A connection as a page of the staff application has it."""
        return Line(self.instance.base_url, {"Origin": self.instance.base_url, **headers})

    def box(self, **headers: str) -> Line:
        return Line(self.instance.box_url, {"Origin": self.instance.base_url, **headers})

    def get(self, line: Line, path: str) -> tuple[int, bytes]:
        try:
            return line.send("GET", path)
        finally:
            line.close()

    def is_known_to_the_box(self) -> bool:
        """Whether the ballot box has heard of the round."""
        return self.get(self.box(), f"/rounds/{self.round_id}/manifest.json")[0] == 200

    def seal(self, who: Visitor) -> Prepared:
        return respondent.prepare(self.known, unit=who.unit, level=who.level, answers=who.answers)

    def issue(self, made: Prepared, **said: str) -> tuple[int, bytes]:
        """Ask for a signature, saying who one is by `secret`; another `round_id` may be named."""
        path = f"/enkat/{said.pop('round_id', self.round_id)}/issue"
        line = self.staff()
        answer = line.send("POST", path, respondent.issue_request(made, **said))
        line.close()
        return answer

    def post(self, body: dict[str, str]) -> int:
        line = self.box()
        status, _ = line.send("POST", f"/rounds/{self.round_id}/ballots", body)
        line.close()
        return status


@contextmanager
def running(kind: str, folder: Path) -> Iterator[Instance]:
    """Both applications and their workers with an organisation in them."""
    with instance(kind, folder) as ours:
        ours.migrate()
        stage = rounds.stage(ours.settings)
        rounds.populate(stage, people=PEOPLE, seed=1)
        stage.engine.dispose()
        ours.listen()
        ours.start(BOX, STAFF, WORKER, BOX_WORKER)
        yield ours


def open_round(ours: Instance, *, seed: int, access: Access = Access.INVITED) -> Live:
    """A new round for everybody in the organisation."""
    stage = rounds.stage(ours.settings)
    round_id = rounds.open_round(
        stage,
        who=rounds.cast(stage),
        form=form(),
        title="Klimatet",
        sender="Regionen",
        access=access,
    )
    visitors = rounds.visitors(stage, round_id=round_id, responses=PEOPLE, seed=seed, planted=True)
    stage.engine.dispose()
    invited = [replace(one, source=at) for one, at in zip(visitors, sources(), strict=False)]
    return Live(ours, round_id, invited, random.Random(seed), access)
