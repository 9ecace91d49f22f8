"""Tries to get two answers for one person, or one answer of somebody else's, out of a token."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import sqlalchemy as sa

from dialog.core.ballots import respondent
from dialog.core.ballots.encoding import decode, encode
from dialog.core.ballots.respondent import Prepared
from dialog.core.ballots.sealing import message
from dialog.simulate.respondent import Visitor
from dialog.storage.engine import make_engine
from tests.attacks.live import Live, open_round
from tests.attacks.measures import Measure, faults

AT_ONCE = 50
RETRIES = 5


def run(live: Live) -> Iterator[Measure]:
    for attack in (_many_at_once, _again, _second, _replayed, _swapped, _of_another_round):
        of, found = attack(live)
        yield faults((attack.__doc__ or "").strip().rstrip("."), found, of=of)


def _many_at_once(live: Live) -> tuple[int, list[str]]:
    """Fifty tokens at once for one person."""
    who = live.take()
    made = [live.seal(who) for _ in range(AT_ONCE)]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        statuses = [
            status for status, _ in pool.map(lambda m: live.issue(m, secret=who.secret), made)
        ]
    fine = statuses.count(200) == 1 and statuses.count(409) == AT_ONCE - 1
    return AT_ONCE, [] if fine else [f"{sorted(statuses)}"]


def _again(live: Live) -> tuple[int, list[str]]:
    """The same request again gives other bytes or none."""
    who = live.take()
    made = live.seal(who)
    with ThreadPoolExecutor(RETRIES) as pool:
        answers = set(pool.map(lambda _: live.issue(made, secret=who.secret), range(RETRIES)))
    fine = len(answers) == 1 and next(iter(answers))[0] == 200
    return RETRIES, [] if fine else [f"{len(answers)} different answers"]


def _second(live: Live) -> tuple[int, list[str]]:
    """A second token for another ballot."""
    who = live.take()
    token(live, live.seal(who), who)
    statuses = [live.issue(live.seal(who), secret=who.secret)[0] for _ in range(RETRIES)]
    return RETRIES, [f"{status}" for status in statuses if status != 409]


def _replayed(live: Live) -> tuple[int, list[str]]:
    """One ballot kept more than once, or a repetition that is not acknowledged."""
    who = live.take()
    made = live.seal(who)
    body = token(live, made, who)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        statuses = list(pool.map(lambda _: live.post(body), range(AT_ONCE)))
    found = [f"answered {status}" for status in statuses if status != 201]
    if (count := kept(live, made)) != 1:
        found.append(f"kept {count} times")
    return AT_ONCE, found


def _swapped(live: Live) -> tuple[int, list[str]]:
    """A token spent for another ballot, spent or not, or changed by one bit."""
    one, other = live.take(), live.take()
    first, second = live.seal(one), live.seal(other)
    mine, theirs = token(live, first, one), token(live, second, other)
    tried = [mine | {"ballot": theirs["ballot"]}, mine | {"prefix": theirs["prefix"]}]
    tried += [theirs | {"signature": mine["signature"]}]
    for part in ("prefix", "signature", "ballot"):
        changed = bytearray(decode(mine[part]))
        changed[live.rng.randrange(len(changed))] ^= 1 << live.rng.randrange(8)
        tried.append(mine | {part: encode(bytes(changed))})
    statuses = [live.post(body) for body in tried]
    assert live.post(mine) == 201
    statuses += [live.post(body) for body in tried]  # after it was spent, too
    found = [f"answered {status}" for status in statuses if status not in (403, 409)]
    if (count := kept(live, first)) != 1 or kept(live, second):
        found.append(f"kept {count} times")
    return len(tried) * 2, found


def _of_another_round(live: Live) -> tuple[int, list[str]]:
    """A token of one round spent in another."""
    elsewhere = open_round(live.instance, seed=live.rng.randrange(10**6), access=live.access)
    who = elsewhere.take()
    made = elsewhere.seal(who)
    body = token(elsewhere, made, who)
    status = live.post(body)
    asked, _ = live.issue(live.seal(who), secret=who.secret)  # that round's secret in this one
    found = [f"box: {status}"] if status != 403 else []
    return 2, found + ([f"staff: {asked}"] if asked != 404 else [])


def token(live: Live, made: Prepared, who: Visitor) -> dict[str, str]:
    """The body for the ballot box, honestly come by."""
    status, answer = live.issue(made, secret=who.secret)
    assert status == 200, answer
    return respondent.post_request(live.known, made, json.loads(answer)["signature"])


def kept(live: Live, made: Prepared) -> int:
    """How often the ballot stands in the box."""
    engine = make_engine(live.instance.databases.url("box"))
    with engine.connect().execution_options(reading=True) as connection:
        query = sa.text("SELECT count(*) FROM sealed_ballot WHERE digest = :digest")
        count = connection.scalar(query, {"digest": message(made.ballot)}) or 0
    engine.dispose()
    return count
