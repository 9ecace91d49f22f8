"""What the spread of the whole tells an attacker of a hidden group: less than a quarter of it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import highspy
import numpy as np
import pytest

from dialog.core.columns import Amount, Choice, Choices, column
from dialog.core.questionnaire import Item, Kind, Scale, Text
from dialog.core.statistics.spreads import PublishedSpread, Spread, measure, publish_spread
from dialog.core.tree import Floats, Numbers

ITEMS = ("a", "b", "c", "d")
SCALE = Scale(name="s", title=Text(sv="S"), items=ITEMS)
LENGTH, K = 4.0, 10
GRID = np.arange(1, 5.01, 0.25)
SIZES = (3, 7, 9, 12, 14, 18)  # answers of each unit; the first three are hidden


def read(numbers: Floats) -> dict[str, Choice | Choices | Amount]:
    columns = {
        name: column(Item(name=name, question=name, kind=Kind.SCALE, text=Text(), low=1, high=5))
        for name in ITEMS
    }
    for answers in numbers.T:
        for name, answer in zip(ITEMS, answers, strict=True):
            columns[name].read(None if np.isnan(answer) else int(answer))
    return columns


def answers(seed: int, spread: float = 0.9) -> tuple[Floats, Numbers]:
    """[item, response] and each response's unit."""
    chance = np.random.default_rng(seed)
    place = np.repeat(np.arange(len(SIZES)), SIZES)
    own = chance.normal(3.3, 0.4, len(SIZES))[place] + chance.normal(0, spread, len(place))
    return np.clip(np.round(own + chance.normal(0, spread, (4, len(place)))), 1, 5), place


def true_spread(numbers: Floats, place: Numbers) -> Spread:
    return measure(SCALE, read(numbers), place)


def test_spread_and_alpha_are_those_of_the_scores() -> None:
    numbers, place = answers(1)
    found = true_spread(numbers, place)
    scores = numbers.mean(axis=0)
    assert found.n == found.complete == len(place)
    assert found.sd == pytest.approx(scores.std(ddof=1))
    around = scores - np.array([scores[place == unit].mean() for unit in place])
    assert found.within == pytest.approx((around**2).sum())
    told = publish_spread(found, length=LENGTH, k=K)
    assert told is not None
    assert told.sd == round(found.sd, 2)
    assert told.alpha is not None
    assert 0.5 < told.alpha < 1


def test_a_reversed_item_is_turned_round_before_alpha() -> None:
    numbers, place = answers(1)
    plain = true_spread(numbers, place)
    turned = numbers.copy()
    turned[0] = 6 - turned[0]
    reversed_ = measure(SCALE.model_copy(update={"reversed": ("a",)}), read(turned), place)
    assert reversed_.reliability == plain.reliability


def test_few_answers_or_answers_alike_have_no_published_spread() -> None:
    enough = true_spread(*answers(1))
    assert publish_spread(replace(enough, n=49), length=LENGTH, k=K) is None
    assert publish_spread(replace(enough, within=9.9), length=LENGTH, k=K) is None
    assert publish_spread(replace(enough, within=10.1), length=LENGTH, k=K) is not None
    assert publish_spread(replace(enough, n=63), length=LENGTH, k=64) is None


def test_alpha_is_withheld_where_few_left_an_item_out() -> None:
    numbers, place = answers(1)
    for missing, shown in ((0, True), (1, False), (9, False), (10, True)):
        some = numbers.copy()
        some[0, :missing] = np.nan
        told = publish_spread(true_spread(some, place), length=LENGTH, k=K)
        assert told is not None
        assert (told.alpha is not None) == shown


def width(scores: Floats, place: Numbers, unit: int, squares: Sequence[tuple[Any, float]]) -> float:
    """How far the mean of a hidden unit can be narrowed down by who knows every unit's n, the sum
    of each published unit and of the whole, and the sums of squares of `squares`: (members, to
    within). Variables are how many in each unit have each score.
    """
    solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.setOptionValue("output_flag", False)
    size = len(SIZES) * len(GRID)
    solver.addVars(size, np.zeros(size), np.full(size, 1e3))
    column_of = np.arange(size).reshape(len(SIZES), len(GRID))

    def known(members: Any, worth: Floats, total: float, slack: float = 0.0) -> None:
        columns = column_of[members].ravel().astype(np.int32)
        factors = np.tile(worth, len(columns) // len(GRID))
        solver.addRow(total - slack, total + slack, len(columns), columns, factors)

    for each, n in enumerate(SIZES):
        known([each], np.ones(len(GRID)), n)
        if n >= K:
            known([each], GRID, scores[place == each].sum())
    known(list(range(len(SIZES))), GRID, scores.sum())
    for members, slack in squares:
        known(members, GRID**2, (scores[np.isin(place, members)] ** 2).sum(), slack)
    cost = np.zeros(size)
    cost[column_of[unit]] = GRID / SIZES[unit]
    solver.changeColsCost(size, np.arange(size, dtype=np.int32), cost)
    ends = []
    for sense in (highspy.ObjSense.kMaximize, highspy.ObjSense.kMinimize):
        solver.changeObjectiveSense(sense)
        solver.run()
        ends.append(float(solver.getInfo().objective_function_value))
    return ends[0] - ends[1]


def slack_of(told: PublishedSpread) -> float:
    """How much the rounding leaves open of the sum of squares."""
    return (told.n - 1) * ((told.sd + 0.005) ** 2 - told.sd**2)


@pytest.mark.parametrize("seed", range(8))
def test_the_spread_of_the_whole_leaves_every_hidden_mean_a_quarter_of_the_scale(seed: int) -> None:
    for spread in (0.9, 0.5, 0.3):
        numbers, place = answers(seed, spread)
        told = publish_spread(true_spread(numbers, place), length=LENGTH, k=K)
        if told is None:
            continue
        scores = numbers.mean(axis=0)
        for unit in range(3):
            known = [(list(range(len(SIZES))), slack_of(told))]
            before, after = (width(scores, place, unit, each) for each in ([], known))
            assert after >= min(before, LENGTH / 4)


def test_a_spread_of_each_published_group_would_tell_more() -> None:
    """The control: with the squares of the whole and of every published unit, the hidden three
    are left with what is theirs alone.
    """
    alike = np.full((4, sum(SIZES)), 3.0)
    place = np.repeat(np.arange(len(SIZES)), SIZES)
    alike[:, place > 2] = answers(2)[0][:, place > 2]
    scores = alike.mean(axis=0)
    whole = list(range(len(SIZES)))
    published = [([unit], 0.0) for unit in (3, 4, 5)]
    assert width(scores, place, 0, [(whole, 0.0)]) > 1
    assert width(scores, place, 0, [(whole, 0.0), *published]) < 0.3
