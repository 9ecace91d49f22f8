"""One seeded run: perform the product and both controls, attack them alike, keep only numbers."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from tests.attacks import live, trustees
from tests.attacks.catalogue import (
    ALL_KEYS,
    ON_HAULS,
    ON_LIVE,
    TRUSTEE,
)
from tests.attacks.guarded import Guarded
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
SHORT = Size(invited=300, answers=180, seconds=3.0, hours=1)
SHORT_CONTROL = Size(invited=120, answers=60, seconds=1.0, hours=1, concurrency=1)
LINKED = 290 / 300  # of a control's answers, at the least
Control = type[Naive] | type[TokenOnly]
ALL_CONTROLS: Sequence[Control] = (Naive, TokenOnly)


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


def run(
    kind: str,
    *,
    seed: int,
    size: Size,
    control: Size,
    controls: Sequence[Control] = ALL_CONTROLS,
) -> Findings:
    """The product and the `controls` on databases of `kind`; while the product still runs, the
    attacks on running applications too.
    """
    on_live: dict[str, list[Measure]] = {}
    all_keys: dict[str, list[Measure]] = {}

    def attack_live(ours: Instance) -> None:
        open_ = live.open_round(ours, seed=seed)
        on_live.update({attack.slug: list(attack.run(open_)) for attack in ON_LIVE})

    def attacked(play: Play, its_size: Size, **more: Any) -> dict[str, list[Measure]]:
        with _folder() as folder:
            haul = perform(play, kind=kind, seed=seed, size=its_size, folder=folder, **more)
            if isinstance(play, Guarded):
                all_keys.update({TRUSTEE.slug: list(trustees.with_all_keys(haul))})
                return {TRUSTEE.slug: list(TRUSTEE.run(haul))}
            return {attack.slug: list(attack.run(haul)) for attack in ON_HAULS}

    product = attacked(Product(), size, after=attack_live)
    measures = {
        Product.name: {**product, **on_live, **attacked(Guarded(), size)},
        **{each.name: attacked(each(), control) for each in controls},
        ALL_KEYS: all_keys,
    }
    return Findings(kind, seed, measures)


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="dialog-attack-") as name:
        yield Path(name)
