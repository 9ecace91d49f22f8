"""Words of many, counted together."""

from hypothesis import given
from hypothesis import strategies as st

from dialog.core.meetings.word_clouds import SIZES, clean, cloud, key


def test_a_word_is_the_same_whatever_its_case_spaces_and_points() -> None:
    written = [["Lugn"], ["lugn"], ["  LUGN! "], ["Lugn"], ["Lugn\u200b"]]
    (word,) = cloud([[clean(each) for each in words] for words in written]).words
    assert (word.text, word.number, word.key) == ("Lugn", 5, "lugn")
    assert key("Bra  chef") == key("bra chef")


def test_nobody_counts_twice_for_the_same_word() -> None:
    (word,) = cloud([["Stress", "stress"], ["stress"]]).words
    assert word.number == 2


def test_hidden_words_are_only_counted() -> None:
    made = cloud([["Kalle", "lugn"], ["kalle"]], hidden=["kalle", "någon annan"])
    assert [word.text for word in made.words] == ["lugn"]
    assert made.hidden == 1


def test_sizes_follow_the_numbers() -> None:
    made = cloud([["a"]] * 11 + [["b"]] * 7 + [["c"]])
    assert [(word.text, word.size) for word in made.words] == [("a", 6), ("b", 4), ("c", 1)]
    assert {word.size for word in cloud([["a"], ["b"]]).words} == {SIZES // 2}
    assert cloud([]).words == []


@given(st.lists(st.lists(st.text(max_size=5), max_size=3)), st.randoms())
def test_the_same_words_give_the_same_cloud_in_whatever_order(
    written: list[list[str]], random: object
) -> None:
    mixed = list(written)
    random.shuffle(mixed)  # type: ignore[attr-defined]  # hypothesis gives a Random
    assert cloud(written) == cloud(mixed)
    assert all(1 <= word.size <= SIZES for word in cloud(written).words)
