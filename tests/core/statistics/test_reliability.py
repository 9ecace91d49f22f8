import numpy as np
import pytest

from dialog.core.statistics.reliability import reliability

# Ten questions, fifteen answers: the published example of the package pingouin, whose answer is
# alpha 0.5917188485995826 with the 95 % interval from 0.195 to 0.840 (as Real Statistics has it).
TEN_BY_FIFTEEN = np.array(
    [
        [3, 5, 7, 2, 6, 1, 4, 2, 6, 5, 4, 4, 5, 6, 4],
        [2, 4, 3, 4, 5, 2, 3, 4, 5, 4, 3, 2, 5, 5, 3],
        [4, 6, 5, 3, 6, 3, 5, 4, 5, 6, 5, 3, 6, 5, 5],
        [1, 3, 5, 3, 5, 4, 3, 3, 5, 4, 2, 2, 2, 4, 5],
        [4, 5, 6, 2, 4, 2, 5, 7, 1, 3, 5, 5, 3, 2, 3],
        [5, 1, 4, 2, 4, 5, 2, 2, 6, 5, 3, 3, 3, 2, 1],
        [1, 2, 3, 2, 4, 2, 1, 2, 5, 3, 2, 4, 2, 1, 3],
        [4, 5, 3, 6, 6, 3, 2, 4, 2, 1, 3, 2, 4, 4, 2],
        [3, 5, 6, 6, 7, 5, 4, 6, 3, 7, 4, 3, 4, 6, 3],
        [2, 5, 5, 3, 5, 2, 3, 5, 2, 2, 1, 4, 5, 5, 4],
    ],
    dtype=float,
)


def test_alpha_is_that_of_the_published_example() -> None:
    found = reliability(TEN_BY_FIFTEEN)
    assert found is not None
    assert found.alpha == pytest.approx(0.5917188485995826)
    assert found.interval.low == pytest.approx(0.195, abs=5e-4)
    assert found.interval.high == pytest.approx(0.840, abs=5e-4)


def test_the_same_question_ten_times_is_perfectly_reliable() -> None:
    found = reliability(np.repeat(TEN_BY_FIFTEEN[:1], 10, axis=0))
    assert found is not None
    assert found.alpha == pytest.approx(1)


def test_there_is_none_of_one_question_one_answer_or_no_variation() -> None:
    assert reliability(TEN_BY_FIFTEEN[:1]) is None
    assert reliability(TEN_BY_FIFTEEN[:, :1]) is None
    assert reliability(np.full((4, 9), 3.0)) is None
