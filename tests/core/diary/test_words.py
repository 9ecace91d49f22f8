"""What a text is found by, and the places where that is kept."""

from concurrent.futures import ThreadPoolExecutor

from hypothesis import given
from hypothesis import strategies as st

from dialog.core.diary import stretches, words

POSITIONS = st.sets(st.integers(1, 3 * stretches.LENGTH))


@given(st.text(), st.text())
def test_a_text_is_found_by_itself_as_words_and_as_a_phrase(text: str, other: str) -> None:
    kept = words.kept([other, text])
    assert words.asked(text) <= kept
    assert words.asked(f'"{text}"') <= kept


def test_words_are_found_in_any_form_and_phrases_as_they_are_written() -> None:
    kept = words.kept(["Skrivelse om bemanningen", "Förbundet"])
    assert words.asked("skrivelser BEMANNING FÖRBUNDET") <= kept
    assert words.asked('"om bemanningen"') <= kept
    assert words.holds(words.written("Om ljus, värme och luft"), words.written("värme - och"))
    assert not words.holds(words.written("Om ljus, värme och luft"), words.written("ljus och"))
    for asked in ('"bemanning"', '"bemanningen om"', '"bemanningen förbundet"', "natt"):
        assert not words.asked(asked) <= kept


def test_threads_do_not_take_each_others_words() -> None:
    texts = ("Hemligstämplade personuppgifter skyddas", "Bemanningen på avdelningarna") * 2
    right = [words.kept([each]) for each in texts]
    with ThreadPoolExecutor(len(texts)) as pool:
        for _time in range(300):
            assert list(pool.map(lambda each: words.kept([each]), texts)) == right


@given(POSITIONS)
def test_places_are_kept_in_stretches_and_come_back_the_latest_first(positions: set[int]) -> None:
    kept: dict[int, int] = {}
    for position in positions:
        stretch, bit = stretches.place(position)
        kept[stretch] = kept.get(stretch, 0) | bit
    packed = {stretch: stretches.pack(bits) for stretch, bits in kept.items()}
    back = [
        position
        for stretch in sorted(packed, reverse=True)
        for position in stretches.latest_first(stretch, stretches.unpack(packed[stretch]))
    ]
    assert back == sorted(positions, reverse=True)
