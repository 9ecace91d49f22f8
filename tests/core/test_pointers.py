from hypothesis import given
from hypothesis import strategies as st

from dialog.core.pointers import MASK, Pointer, marks, masked, names_of

NAMES = names_of(
    ["Anna Bergström", "Karl-Erik Öst", "Bo Li"],
    ["Vårdcentral Eken", "Barnmottagningen (norr)"],
)


def found(text: str) -> list[tuple[str, Pointer]]:
    return [(text[mark.start : mark.end], mark.pointer) for mark in marks(text, NAMES)]


def test_numbers_addresses_and_phones_are_marked() -> None:
    assert found("Mitt nummer är 811228-9874.") == [("811228-9874", Pointer.IDENTITY)]
    assert found("Ring 070-174 06 05 eller 08-120 120 00.") == [
        ("070-174 06 05", Pointer.PHONE),
        ("08-120 120 00", Pointer.PHONE),
    ]
    assert found("Skriv till å.b+c@vgr.example.se!") == [("å.b+c@vgr.example.se", Pointer.ADDRESS)]


def test_names_of_the_roster_are_marked_also_in_the_genitive_and_in_small_letters() -> None:
    assert found("Det var Annas fel, sa anna.") == [("Annas", Pointer.NAME), ("anna", Pointer.NAME)]
    assert found("Bergström och karl-erik") == [
        ("Bergström", Pointer.NAME),
        ("karl-erik", Pointer.NAME),
    ]


def test_what_only_looks_like_a_name_is_not_marked() -> None:
    assert found("Vi går mot öst, bo i bergström.") == []
    assert found("Chefen lyssnar inte. 2026 var sämre än 2025, 40 av 50 säger det.") == []


def test_small_units_are_marked_whole() -> None:
    assert found("på VÅRDCENTRAL EKEN och barnmottagningen (norr).") == [
        ("VÅRDCENTRAL EKEN", Pointer.UNIT),
        ("barnmottagningen (norr)", Pointer.UNIT),
    ]
    assert found("vårdcentral ekens chef") == []


def test_a_masked_text_has_nothing_left_to_mark() -> None:
    text = "Anna (070-174 06 05, anna@example.org) på Vårdcentral Eken, 811228-9874"
    hidden = masked(text, marks(text, NAMES))
    assert hidden == f"{MASK} ({MASK}, {MASK}) på {MASK}, {MASK}"
    assert marks(hidden, NAMES) == ()


WORDS = st.sampled_from(
    ["Anna", "karl-erik", "811228-9874", "070-174 06 05", "a@b.se", "Vårdcentral Eken", "och", "5"]
)


@given(st.lists(st.one_of(WORDS, st.text(max_size=8)), max_size=12).map(" ".join))
def test_marks_are_in_order_and_apart_and_masking_leaves_the_rest(text: str) -> None:
    at = 0
    for mark in marks(text, NAMES):
        assert at <= mark.start < mark.end <= len(text)
        at = mark.end
    kept = masked(text, marks(text, NAMES)).split(MASK)
    assert all(part in text for part in kept)
