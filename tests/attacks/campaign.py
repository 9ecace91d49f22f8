"""One seeded run: perform the product and both controls, attack them alike, keep only numbers."""

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from tests.attacks import live
from tests.attacks.catalogue import ON_HAULS, ON_LIVE
from tests.attacks.measures import Measure
from tests.attacks.naive import Naive
from tests.attacks.performing import Play, Size, perform
from tests.attacks.product import Product
from tests.attacks.running import Instance
from tests.attacks.token_only import TokenOnly

# The controls' people come one at a time, as in a round of two weeks rather than of seconds, so
# that the order in which they are served is known.
FULL = Size()
FULL_CONTROL = Size(seconds=6.0, hours=1, concurrency=1)
SHORT = Size(seconds=4.0, hours=1)
SHORT_CONTROL = Size(invited=120, answers=60, seconds=1.0, hours=1, concurrency=1)
LINKED = 290 / 300  # of a control's answers, at the least


@dataclass(frozen=True)
class Findings:
    """The measures of one run: by variant, then by attack."""

    database: str
    seed: int
    measures: Mapping[str, Mapping[str, list[Measure]]] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @staticmethod
    def from_json(read: dict[str, Any]) -> "Findings":
        measures = {
            variant: {
                slug: [Measure(**one) for one in measures] for slug, measures in attacks.items()
            }
            for variant, attacks in read["measures"].items()
        }
        return Findings(read["database"], read["seed"], measures)


def run(kind: str, *, seed: int, size: Size, control: Size) -> Findings:
    """The product and the controls on databases of `kind`; while the product still runs, the
    attacks on running applications too.
    """
    plays: tuple[tuple[Play, Size], ...] = (
        (Product(), size), (Naive(), control), (TokenOnly(), control)
    )  # fmt: skip
    measures: dict[str, dict[str, list[Measure]]] = {}
    on_live: dict[str, list[Measure]] = {}

    def attack_live(ours: Instance) -> None:
        open_ = live.open_round(ours, seed=seed)
        on_live.update({attack.slug: list(attack.run(open_)) for attack in ON_LIVE})

    for play, its_size in plays:
        with _folder() as folder:
            after = attack_live if play.name == Product.name else lambda _instance: None
            haul = perform(play, kind=kind, seed=seed, size=its_size, folder=folder, after=after)
            measures[play.name] = {attack.slug: list(attack.run(haul)) for attack in ON_HAULS}
    measures[Product.name] |= on_live
    return Findings(kind, seed, measures)


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="dialog-attack-") as name:
        yield Path(name)
