"""The product itself, driven as `dialog simulate` drives it."""

import random
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from uuid import UUID

from sqlmodel import Session

from dialog.core.ballots import manifest, respondent
from dialog.simulate import rounds
from dialog.simulate.driving import drive
from dialog.simulate.respondent import Line, Outcome, Visitor
from dialog.surveys.models import Access, Round
from tests.attacks import known
from tests.attacks.known import Posted
from tests.attacks.performing import Scene, form
from tests.attacks.running import BOX, BOX_WORKER, STAFF, WORKER

INVALID = 2  # who send what is no answer, so that positions move
LOST = 3  # who have a token signed and never post


class Product:
    """A round with the platform's key."""

    name = "Dialog"
    access = Access.INVITED

    def __init__(self) -> None:
        self.round_id: UUID
        self.outcomes: list[Outcome] = []
        self._lost: list[Visitor] = []
        self._tokens: dict[bytes, bytes] = {}  # SHA-256 of a ballot: hash of its token

    def open(self, scene: Scene) -> None:
        instance, size = scene.instance, scene.size
        instance.migrate()
        stage = scene.stage
        rounds.populate(stage, people=size.invited, seed=scene.seed)
        self._who = rounds.cast(stage)
        self.round_id = rounds.open_round(
            stage, who=self._who, form=form(), title="Klimatet", sender="Regionen",
            access=self.access, prepare=self.prepare,
        )  # fmt: skip
        instance.start(BOX, STAFF, WORKER, BOX_WORKER)
        made = rounds.visitors(
            stage,
            round_id=self.round_id,
            responses=size.answers + INVALID + LOST,
            seed=scene.seed,
            planted=True,
        )
        made = [replace(one, source=source) for one, source in zip(made, sources(), strict=False)]
        self._lost, rest = made[:LOST], made[LOST:]
        invalid = [replace(one, answers={"nonsense": 1}) for one in rest[:INVALID]]
        scene.visitors = [*invalid, *rest[INVALID:]]
        stage.engine.dispose()

    def answer(self, scene: Scene) -> None:
        threading.Thread(target=self._lose, args=(scene,), daemon=True).start()
        self.outcomes = drive(
            scene.visitors,
            base_url=scene.instance.base_url,
            round_id=str(self.round_id),
            concurrency=scene.size.concurrency,
            over_seconds=scene.size.seconds,
            seed=scene.seed,
        )
        refused = [outcome.problem for outcome in self.outcomes if outcome.problem]
        if refused:
            raise RuntimeError(f"{len(refused)} were refused, the first: {refused[0]}")

    def _lose(self, scene: Scene) -> None:
        """Some devices break down between the token and the ballot."""
        rng = random.Random(scene.seed)
        for who in self._lost:
            time.sleep(rng.random() * scene.size.seconds / LOST)
            line = Line(scene.instance.base_url, {"Origin": scene.instance.base_url}, who.source)
            _, told = line.send("GET", f"/enkat/{self.round_id}/manifest.json")
            made = respondent.prepare(
                manifest.load(told), unit=who.unit, level=who.level, answers=who.answers
            )
            asked = respondent.issue_request(made, secret=who.secret)
            line.send("POST", f"/enkat/{self.round_id}/issue", asked)
            line.close()

    def end(self, scene: Scene) -> None:
        """Close; copy when the ballots are handed over and still sealed; open; copy again."""
        scene.instance.stop(WORKER)
        self._tokens = known.tokens(scene)
        stage = scene.stage
        rounds.close(stage, round_id=self.round_id, by=self._who.analyst)
        wait_for(lambda: list((scene.instance.home / "exchange").glob("*.batch.sig")))
        scene.look("handed over", opened=False)
        scene.instance.start(WORKER)
        self.open_ballots(scene)
        state = rounds.wait_for(stage, round_id=self.round_id, states=rounds.ENDED)
        if state != "opened":
            raise RuntimeError(f"the round is {state}")
        scene.look("opened", opened=True)
        keys = scene.instance.settings.keys / "rounds"
        wait_for(lambda: not list(keys.glob("*.pem")))
        wait_for(lambda: not known.tokens(scene))
        stage.engine.dispose()

    def prepare(self, session: Session, round_: Round) -> None:
        """Nothing more is planned."""

    def open_ballots(self, scene: Scene) -> None:
        """The worker does it by itself."""

    def tell(self, scene: Scene) -> None:
        everybody = [*scene.visitors, *self._lost]
        receipts = {out.receipt: out.visitor.address for out in self.outcomes}
        ballots = known.posted(scene, receipts=receipts, tokens=self._tokens)
        known.tell(scene, visitors=everybody, ballots=ballots)
        self.betray(scene, ballots)

    def betray(self, scene: Scene, ballots: Sequence[Posted]) -> None:
        """Nobody else has a key who could."""


class ByCode(Product):
    """A round that is answered with printed codes. The attacker saw who was given which slip."""

    name = "Dialog with printed codes"
    access = Access.CODES


class ByLink(Product):
    """A round with one open link for all. The attacker knows who came from which address."""

    name = "Dialog with an open link"
    access = Access.LINK


def sources() -> Iterator[str]:
    """Loopback addresses, one for each; all of one length."""
    return (f"127.{a}.{b}.{c}" for a in range(11, 99) for b in range(10, 99) for c in range(10, 99))


def wait_for(what: Callable[[], object], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not what():
        if time.monotonic() > deadline:
            raise RuntimeError("it did not happen in time")
        time.sleep(0.1)
