"""One round from its first to its last moment, while somebody copies everything again and again.

A *play* is what is performed: the product itself, or one of the two naive applications that the
same attackers must succeed against. All of them have the same people, answers and arrivals.
"""

import shutil
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from dialog.core.questionnaire import (
    LEVEL,
    Condition,
    Kind,
    Question,
    Questionnaire,
    Section,
    Test,
    Text,
)
from dialog.simulate import rounds
from dialog.simulate.respondent import Visitor
from tests.attacks import databases
from tests.attacks.haul import CLOSED, TEXT, Haul, Look, Order, Participant, Stolen, Stored
from tests.attacks.listening import Message
from tests.attacks.running import Instance
from tests.attacks.searching import Needles
from tests.attacks.watching import Watcher

# Questions that not all are asked, and the levels that are.
ONLY = {
    "leading": frozenset({"director", "manager-3", "manager-2", "manager-1"}),
    "elected": frozenset({"elected"}),
}
LEAST_MARK, MOST_MARK = 10**11, 10**12 - 1  # twelve digits


@dataclass(frozen=True)
class Size:
    """How large a round is, over how many seconds its answers come, how often all is copied
    meanwhile.
    """

    invited: int = 500
    answers: int = 300
    seconds: float = 12.0
    hours: int = 4
    concurrency: int = 8


def form() -> Questionnaire:
    """Like a real one, with a number and a text that nobody else gives."""
    scales = tuple(
        Question(name=f"q{i}", kind=Kind.SCALE, text=Text(sv=f"Fråga {i}?"), declined=True)
        for i in range(1, 21)
    )
    number = Question(
        name="number", kind=Kind.NUMBER, text=Text(sv="Ett tal"), whole=True, required=True,
        low=LEAST_MARK, high=MOST_MARK,
    )  # fmt: skip
    words = Question(
        name="words", kind=Kind.LONG, text=Text(sv="Berätta"), max_length=300, required=True
    )
    sections = [Section(name="all", title=Text(sv="Frågor"), questions=(*scales, number, words))]
    for name, levels in ONLY.items():
        only = Question(
            name=name, kind=Kind.SCALE, text=Text(sv="Ditt uppdrag?"), required=True
        )  # so that whoever is asked answers
        asked = Condition(parts=(Test(item=LEVEL, op="is", values=tuple(sorted(levels))),))
        sections.append(
            Section(name=f"for_{name}", title=Text(sv="Du"), questions=(only,), show_if=asked)
        )
    return Questionnaire(title=Text(sv="Klimatet hos oss"), sections=tuple(sections))


@dataclass
class Scene:
    """What a play is performed on, and what it leaves for the attacker."""

    instance: Instance
    seed: int
    size: Size
    looks: list[Look] = field(default_factory=list)
    visitors: list[Visitor] = field(default_factory=list)  # their answers hold the marks
    people: list[Participant] = field(default_factory=list)
    values: dict[bytes, str] = field(default_factory=dict)
    orders: list[Order] = field(default_factory=list)
    stored: list[Stored] = field(default_factory=list)
    parents: dict[str, str | None] = field(default_factory=dict)
    k: int = 10
    stolen: list[Stolen] = field(default_factory=list)
    _needles: list[Needles[str]] = field(default_factory=list)

    @property
    def stage(self) -> rounds.Stage:
        return rounds.stage(self.instance.settings)

    def look(self, name: str, *, opened: bool) -> None:
        """Copy everything as it is now."""
        folder = self.instance.folder / "looks" / f"{len(self.looks)} {name}"
        folder.mkdir(parents=True)
        self.instance.databases.copy(folder, telling=self._holds_a_mark)
        for path in self.instance.logs.iterdir():
            shutil.copy(path, folder / path.name)
        for path in files_of(self.instance.home):
            if not path.match("*.ballot.pem"):  # the key that is destroyed
                with suppress(FileNotFoundError):  # it comes again by its own name
                    append(folder / bundle(path, self.instance.home), path)
        self.looks.append(Look(name, folder, opened))

    @property
    def marks(self) -> dict[str, dict[bytes, str]]:
        honest = [who for who in self.visitors if "number" in who.answers]
        return {
            CLOSED: {str(who.answers["number"]).encode(): who.address for who in honest},
            TEXT: {who.planted.encode(): who.address for who in honest},
        }

    def _holds_a_mark(self, data: bytes) -> bool:
        if not self.visitors:  # nobody has come yet, so nothing is there
            return False
        if not self._needles:  # made once: every table of every copy is asked
            marks = {mark: who for kind in self.marks.values() for mark, who in kind.items()}
            self._needles.append(Needles(marks))
        return self._needles[0].is_in(data)

    @property
    def by_mark(self) -> Mapping[str, str]:
        """The person of each mark: the truth."""
        return {mark.decode(): who for kind in self.marks.values() for mark, who in kind.items()}


def bundle(path: Path, home: Path) -> str:
    """Where a file of the instance is copied to: many small ones of a folder into one."""
    parts = path.relative_to(home).parts
    return "files of " + (" ".join(parts[:-1]) or "the instance")


def files_of(home: Path) -> Iterator[Path]:
    """Every file below, also those that got their names while the others were read."""
    seen: set[Path] = set()
    while new := sorted({path for path in home.rglob("*") if path.is_file()} - seen):
        seen.update(new)
        yield from new


def append(target: Path, path: Path) -> None:
    head, content = f"\n== {path.name} {path.stat().st_mtime_ns}\n", path.read_bytes()
    with target.open("ab") as file:
        file.write(head.encode() + content)


class Play(Protocol):
    """What happens in a round."""

    name: str

    def open(self, scene: Scene) -> None:
        """Start everything; from now on people may come. Sets the scene's visitors."""

    def answer(self, scene: Scene) -> None:
        """All visitors come, each in their time."""

    def end(self, scene: Scene) -> None:
        """What happens after the last one, until the answers can be read."""

    def tell(self, scene: Scene) -> None:
        """Put together, from databases and traffic, what the attacker knows and what is true."""


@contextmanager
def instance(kind: str, folder: Path) -> Iterator[Instance]:
    """A Dialog of its own with databases of a kind, not started yet; stopped in the end."""
    made = Instance(databases.start(kind, folder / "databases"), folder)
    try:
        yield made
    finally:
        made.stop()
        made.databases.stop()


def perform(
    play: Play,
    *,
    kind: str,
    seed: int,
    size: Size,
    folder: Path,
    after: Callable[[Instance], None] = lambda _instance: None,
) -> Haul:
    """Perform the play on databases of a kind; everything is left below `folder`. When all has been
    copied, `after` is called, while everything still runs.
    """
    with instance(kind, folder) as ours:
        scene = Scene(ours, seed, size)
        ours.listen()
        watcher = Watcher(
            {
                "exchange": ours.home / "exchange",
                "ceremony": ours.home / "ceremony",
                "temporary": ours.temporary,
            },
            folder / "watched",
        )
        watcher.start()
        try:
            play.open(scene)
            scene.look("open", opened=False)
            _answer_and_copy(play, scene)
            play.end(scene)
        finally:
            watcher.stop()
        play.tell(scene)
        heard = sorted(ours.heard, key=lambda message: message.moment)
        ours.databases.settle()
        scene.look("afterwards", opened=True)
        after(ours)
    for path in (folder / "watched").iterdir():  # all of it lies in the last look too
        path.rename(scene.looks[-1].folder / f"watched {path.name}")
    return _haul(play.name, kind, scene, heard)


def _answer_and_copy(play: Play, scene: Scene) -> None:
    problem: list[BaseException] = []

    def run() -> None:
        try:
            play.answer(scene)
        except BaseException as error:  # noqa: BLE001 - raised again in the main thread
            problem.append(error)

    thread, started = threading.Thread(target=run), time.monotonic()
    thread.start()
    for hour in range(1, scene.size.hours + 1):
        due = started + hour * scene.size.seconds / (scene.size.hours + 1)
        thread.join(max(0.0, due - time.monotonic()))
        scene.look(f"hour {hour}", opened=False)
    thread.join()
    if problem:
        raise problem[0]
    scene.look("all have answered", opened=False)


def _haul(variant: str, kind: str, scene: Scene, heard: Sequence[Message]) -> Haul:
    return Haul(
        variant=variant,
        database=kind,
        seed=scene.seed,
        looks=scene.looks,
        heard=heard,
        marks=scene.marks,
        values=scene.values,
        orders=scene.orders,
        participants=scene.people,
        parents=scene.parents,
        stored=scene.stored,
        k=scene.k,
        stolen=scene.stolen,
        asked=ONLY,
    )
