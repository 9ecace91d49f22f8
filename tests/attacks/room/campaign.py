"""One seeded meeting on one database: the product, the control, and what is not promised."""

import json
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tests.attacks.campaign import LINKED
from tests.attacks.haul import Haul
from tests.attacks.measures import Measure, found, linked
from tests.attacks.room import attacks
from tests.attacks.room.gathering import (
    CONTROL,
    PRODUCT,
    SUPPORTS,
    Room,
    Size,
    gather,
    haul_of,
    hold,
)

SHORT, FULL = Size(people=24, asking=8), Size(people=30, asking=10)
OPERATOR, AHEAD = "the operator during the meeting", "PostgreSQL's write-ahead log"
NOT_PROMISED = (OPERATOR, AHEAD)
RUNS = 2  # meetings on each database


@dataclass(frozen=True)
class Findings:
    """By variant, then by attack."""

    database: str
    seed: int
    measures: Mapping[str, Mapping[str, Sequence[Measure]]]

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @staticmethod
    def from_json(read: dict[str, Any]) -> "Findings":
        made = {
            variant: {slug: [Measure(**one) for one in ones] for slug, ones in by_slug.items()}
            for variant, by_slug in read["measures"].items()
        }
        return Findings(read["database"], read["seed"], made)


def run(kind: str, *, seed: int, size: Size) -> Findings:
    """The attacks on the product and on the control, and what breaks where nothing is promised."""
    measures: dict[str, dict[str, list[Measure]]] = {}
    with _held(kind, seed, size, betrayed=False) as (room, ahead):
        haul = haul_of(room, kind=kind, seed=seed, variant=PRODUCT)
        measures[PRODUCT] = _attacked(haul)
        measures[OPERATOR] = {"order": list(attacks.by_operator(room))}
        if ahead:
            measures[AHEAD] = {"order": list(attacks.in_log_ahead(haul, ahead))}
    with _held(kind, seed, size, betrayed=True) as (room, _ahead):
        room.marks = {SUPPORTS[0]: {one.one_mark: one.person for one in room.browsers}}
        haul = haul_of(room, kind=kind, seed=seed, variant=CONTROL)
        measures[CONTROL] = _attacked(haul)
    return Findings(kind, seed, measures)


def kept_run(kind: str, seed: int, kept: Path) -> Findings:
    """A long run, whose numbers are kept in a file; those that are there are not made again."""
    if not kept.exists():
        print(f"{kind}, seed {seed}", file=sys.stderr, flush=True)
        unfinished = kept.with_suffix(".part")
        unfinished.write_text(json.dumps(run(kind, seed=seed, size=FULL).as_json()))
        unfinished.rename(kept)
    return Findings.from_json(json.loads(kept.read_text()))


def _attacked(haul: Haul) -> dict[str, list[Measure]]:
    return {slug: list(made(haul)) for slug, made in attacks.ATTACKS.items()}


@contextmanager
def _held(kind: str, seed: int, size: Size, *, betrayed: bool) -> Iterator[tuple[Room, bytes]]:
    """A meeting that is over, and PostgreSQL's write-ahead log, which is no part of the copies."""
    with (
        tempfile.TemporaryDirectory(prefix="dialog-room-") as name,
        gather(kind, seed=seed, size=size, folder=Path(name), betrayed=betrayed) as room,
    ):
        hold(room, asking=size.asking, seed=seed)
        ahead = b""
        for path in (look.folder / "WAL" for look in room.looks):
            if path.exists():
                ahead = path.read_bytes()
                path.unlink()
        yield room, ahead


def problems(one: Findings) -> list[str]:
    """Every bound that was broken, and every control that the attacker did not break."""
    broken = [
        f"{slug}: {each.name}: {each.value:g} {each.about}"
        for slug, measures in one.measures[PRODUCT].items()
        for each in measures
        if not each.passes
    ]
    broken += [f"{slug} was not made" for slug, made in one.measures[PRODUCT].items() if not made]
    for slug, measures in one.measures[CONTROL].items():
        enough = linked(measures) >= LINKED if slug in attacks.LINKS else found(measures) > 0
        broken += [] if enough else [f"{slug} does not find what is there in the control"]
    for variant in NOT_PROMISED:
        if variant in one.measures and linked(one.measures[variant]["order"]) < LINKED:
            broken.append(f"{variant} does not link what is there")
    return [f"{one.database}, seed {one.seed}: {each}" for each in broken]
