import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialog.core.statistics.differences import difference, effect
from dialog.core.statistics.means import Sample, from_counts, mean_interval

counts = st.lists(st.integers(0, 40), min_size=5, max_size=5).filter(lambda many: sum(many) > 1)


def test_the_interval_is_that_of_the_nist_handbook() -> None:
    # NIST/SEMATECH e-Handbook 1.3.5.2, data set ZARR13: 195 measurements
    found = mean_interval(Sample(195, 9.261460, 0.022789, 194))
    assert found.low == pytest.approx(9.258242, abs=1e-6)
    assert found.high == pytest.approx(9.264679, abs=1e-6)


def test_the_difference_is_that_of_the_nist_handbook() -> None:
    # 1.3.5.3, data set AUTO83B: Welch's t = -12.94627 with 136.8750 degrees of freedom
    usa, japan = Sample(249, 20.14458, 6.414700, 248), Sample(79, 30.48101, 6.107710, 78)
    found = difference(usa, japan)
    error = (30.48101 - 20.14458) / 12.94627
    assert found.estimate == pytest.approx(-10.33643)
    assert found.interval.half == pytest.approx(1.97749 * error, rel=1e-4)  # t of 136.8750
    assert found.certain


def test_the_effect_is_that_of_the_textbook() -> None:
    # Borenstein et al. 2009, chapter 4: d = 0.5970, J = 0.9923, g = 0.5924, its variance 0.0411
    found = effect(Sample(50, 103, 5.5, 49), Sample(50, 100, 4.5, 49))
    assert found is not None
    assert found.estimate == pytest.approx(0.5924, abs=1e-4)
    assert found.interval.half == pytest.approx(1.96 * math.sqrt(0.0411), abs=5e-4)


@given(counts)
def test_a_sample_from_counts_is_that_of_the_answers(many: list[int]) -> None:
    answers = np.repeat([1.0, 2, 3, 4, 5], many)
    found = from_counts((1, 2, 3, 4, 5), many)
    assert found is not None
    assert found.n == len(answers)
    assert found.mean == pytest.approx(answers.mean())
    assert found.sd == pytest.approx(answers.std(ddof=1))


def test_one_answer_is_no_sample() -> None:
    assert from_counts((1, 2), (0, 1)) is None


@given(counts, counts)
def test_differences_are_seen_alike_from_both_sides(one: list[int], other: list[int]) -> None:
    first, second = from_counts(range(5), one), from_counts(range(5), other)
    assert first is not None
    assert second is not None
    for compare in (difference, effect):
        there, back = compare(first, second), compare(second, first)
        assert (there is None) == (back is None)
        if there is not None and back is not None:
            assert there.estimate == pytest.approx(-back.estimate)
            assert there.interval.low == pytest.approx(-back.interval.high)


def test_the_rounding_of_a_mean_is_part_of_its_uncertainty() -> None:
    exact, rounded = Sample(40, 3.4, 0.8, 39), Sample(40, 3.4, 0.8, 39, slack=0.05)
    assert mean_interval(rounded).half == pytest.approx(mean_interval(exact).half + 0.05)
    wider = difference(rounded, rounded).interval.half - difference(exact, exact).interval.half
    assert wider == pytest.approx(0.1)


def test_nineteen_intervals_of_twenty_hold_the_true_mean() -> None:
    chance = np.random.default_rng(4)
    held = 0
    for _ in range(2000):
        answers = np.clip(np.round(chance.normal(3.4, 0.9, 24)), 1, 5)
        sample = from_counts((1, 2, 3, 4, 5), [int((answers == v).sum()) for v in range(1, 6)])
        assert sample is not None
        found = mean_interval(sample)
        held += found.low <= TRUE <= found.high
    assert 0.93 < held / 2000 < 0.97


TRUE = float(np.clip(np.round(np.random.default_rng(0).normal(3.4, 0.9, 400_000)), 1, 5).mean())
