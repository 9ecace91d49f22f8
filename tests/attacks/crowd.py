"""Invented people and answers for the naive applications, and how they come: as in the product."""

import random
import secrets
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from dialog.simulate import answers, driving, region
from dialog.simulate.respondent import Line, Visitor
from tests.attacks.haul import Participant
from tests.attacks.listening import exchanges
from tests.attacks.performing import Scene, form
from tests.attacks.product import sources


def invite(scene: Scene) -> list[tuple[str, str, str, str]]:
    """(e-mail, unit, level, secret) of everybody; sets the scene's visitors, people and units."""
    invented, rng = region.invent(scene.size.invited, seed=scene.seed), random.Random(scene.seed)
    scene.parents = {code: parent or None for code, parent, _name in invented.units}
    invited = [(who.email, who.unit, who.level, secrets.token_hex(16)) for who in invented.people]
    come = rng.sample(invited, scene.size.answers)
    for (email, unit, level, secret), source in zip(come, sources(), strict=False):
        mark = f"{rng.getrandbits(80):020x}"
        given = answers.invent(form(), level=level, leaning=0.6, rng=rng, planted=mark)
        scene.visitors.append(Visitor(secret, unit, level, given, email, mark, source))
    those = {who.address for who in scene.visitors}
    scene.people = [Participant(who, unit, level, who in those) for who, unit, level, _ in invited]
    return invited


def arrive(scene: Scene, visit: Callable[[Visitor], None]) -> None:
    """Every visitor once, in random order and in their time, as dialog.simulate.driving does."""
    rng = random.Random(scene.seed)
    queue = rng.sample(scene.visitors, len(scene.visitors))
    moments = driving._arrivals(len(queue), scene.size.seconds, rng)
    started = time.monotonic()

    def one(place: int) -> None:
        time.sleep(max(0.0, started + moments[place] - time.monotonic()))
        visit(queue[place])

    with ThreadPoolExecutor(max_workers=scene.size.concurrency) as pool:
        list(pool.map(one, range(len(queue))))


def send(url: str, who: Visitor, path: str, body: dict[str, str]) -> bytes:
    """POST from the visitor's own address."""
    line = Line(url, {}, who.source)
    status, answered = line.send("POST", path, body)
    line.close()
    if status != 200:
        raise RuntimeError(f"{status} from {path}")
    return answered


def answered(scene: Scene, path: str) -> Sequence[str]:
    """Who was served at `path`, in the order in which it was done."""
    by_source = {who.source: who.address for who in scene.visitors}
    return [by_source[one.asked.address] for one in exchanges(scene.instance.heard, path)]
