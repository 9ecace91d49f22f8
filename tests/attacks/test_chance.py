"""The attackers' arithmetic: chance keeps the bounds, and no leak of an order does."""

import math
import random
from collections.abc import Callable, Sequence

import pytest

from tests.attacks import chance
from tests.attacks.haul import CLOSED, Order
from tests.attacks.measures import MOST_MEAN, RUNS, Measure, Series, faults, hits, series
from tests.attacks.order import held_against
from tests.attacks.traces import Trace

N = 300
PEOPLE = [f"person{number:05}@example.org" for number in range(N)]
Shuffle = Callable[[Sequence[str], random.Random], list[str]]


def measured(people: Sequence[str]) -> list[Measure]:
    """`people` answered in the order of PEOPLE."""
    return list(held_against(Trace("rows", CLOSED, tuple(people)), Order("time", PEOPLE, True)))


def fair(people: Sequence[str], rng: random.Random) -> list[str]:
    return rng.sample(list(people), len(people))


def in_chunks(people: Sequence[str], rng: random.Random) -> list[str]:
    """Shuffled only within the fifty that are in memory."""
    chunks = [people[at : at + 50] for at in range(0, len(people), 50)]
    return [who for chunk in chunks for who in fair(chunk, rng)]


def cut_once(people: Sequence[str], rng: random.Random) -> list[str]:
    at = rng.randrange(20, len(people) - 20)
    return [*people[at:], *people[:at]]


def chunks_rearranged(people: Sequence[str], rng: random.Random) -> list[str]:
    chunks = [people[at : at + 10] for at in range(0, len(people), 10)]
    return [who for chunk in rng.sample(chunks, len(chunks)) for who in chunk]


def one_missing(people: Sequence[str], rng: random.Random) -> list[str]:
    gone = rng.randrange(20)
    return [who for at, who in enumerate(people) if at != gone]


def backwards(people: Sequence[str], rng: random.Random) -> list[str]:
    return list(reversed(people))


def two_queues(people: Sequence[str], rng: random.Random) -> list[str]:
    """Two processes wrote, each in order, one after the other."""
    return [*people[::2], *people[1::2]]


def swapped_with_near(people: Sequence[str], rng: random.Random) -> list[str]:
    """As if each were put off by up to a hundred places."""
    return [
        who for _, who in sorted((at + rng.uniform(0, 100), who) for at, who in enumerate(people))
    ]


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize(
    "shuffle",
    [in_chunks, cut_once, chunks_rearranged, one_missing, backwards, two_queues, swapped_with_near],
)
def test_every_order_that_is_left_breaks_a_bound_in_a_single_run(
    shuffle: Shuffle, seed: int
) -> None:
    measures = measured(shuffle(PEOPLE, random.Random(seed)))
    assert not all(one.passes for one in measures)


def test_fair_shuffles_keep_every_bound() -> None:
    runs = [measured(fair(PEOPLE, random.Random(seed))) for seed in range(RUNS)]
    assert all(one.passes for one in series(runs))


def test_a_weak_leak_that_no_run_shows_breaks_the_mean_of_twenty() -> None:
    def weak(seed: int) -> list[str]:
        rng = random.Random(seed)  # one in five keeps to their time
        when = {
            who: at if rng.random() < 0.2 else rng.randrange(N) for at, who in enumerate(PEOPLE)
        }
        return sorted(PEOPLE, key=lambda who: (when[who], rng.random()))

    found = {one.name: one for one in series(measured(weak(seed)) for seed in range(RUNS))}
    ranked = found["rows | time, rank correlation"]
    assert sum(one.passes for one in ranked.measures) > RUNS / 2
    assert not ranked.passes


def test_hits_of_fair_shuffles_are_poisson_with_mean_one() -> None:
    rng = random.Random(1)
    counts = [chance.agreeing(PEOPLE, fair(PEOPLE, rng)) for _ in range(4_000)]
    assert abs(sum(counts) / len(counts) - 1) < 5 / math.sqrt(len(counts))
    for least in (1, 2, 3, 4):
        share = sum(count >= least for count in counts) / len(counts)
        assert share == pytest.approx(chance.poisson_tail(least, 1.0), abs=0.03)


def test_rank_correlations_of_fair_shuffles_spread_as_is_said() -> None:
    rng = random.Random(2)
    ranked = [chance.rank_correlation(PEOPLE, fair(PEOPLE, rng)) for _ in range(2_000)]
    spread = math.sqrt(sum(one * one for one in ranked) / len(ranked))
    assert spread == pytest.approx(1 / math.sqrt(N - 1), rel=0.08)
    assert chance.rank_correlation(PEOPLE, PEOPLE) == 1
    assert chance.rank_correlation(PEOPLE, PEOPLE[::-1]) == -1


def test_bounds_are_passed_by_chance_once_in_a_million_or_as_is_said() -> None:
    assert chance.poisson_tail(9, 1.0) == pytest.approx(1.125e-6, rel=0.01)
    assert chance.poisson_tail(0, 3.0) == 1
    assert (
        chance.poisson_tail(chance.most(20.0) + 1, 20.0)
        <= 1e-6
        < chance.poisson_tail(chance.most(20.0), 20.0)
    )
    twenty = Series([hits("x", 1, of=N) for _ in range(RUNS)])
    assert twenty.most_mean == MOST_MEAN
    assert twenty.alarm == pytest.approx(
        chance.poisson_tail(41, 20.0) + RUNS * chance.poisson_tail(9, 1.0), rel=1e-6
    )


def test_one_fault_in_one_run_is_one_too_many() -> None:
    fine, wrong = faults("x", [], of=10), faults("x", ["a word"], of=10)
    assert Series([fine, fine]).passes
    assert not Series([fine, wrong]).passes


def test_a_moved_order_is_found_where_it_stands() -> None:
    assert chance.agreeing("abcd", "xabcd", shift=1) == 4
    assert chance.agreeing("abcd", "bcd", shift=-1) == 3
    assert chance.neighbours("abcdef", "defabc") == 4
