"""A chain of entries: any change is found, and a lawful disposal breaks nothing."""

import dataclasses
from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from dialog.core.diary import chain
from dialog.core.diary.chain import Entry, Fault, Found, Head, Opening

NAMES = ("number", "sender", "subject")
Kept = list[tuple[Entry, dict[str, Opening]]]

values = st.fixed_dictionaries(
    {
        name: st.builds(Opening, st.text(max_size=20), st.binary(min_size=32, max_size=32))
        for name in NAMES
    }
)


@st.composite
def diaries(draw: st.DrawFn) -> Kept:
    kept: Kept = []
    previous = chain.start("RS")
    for position, openings in enumerate(draw(st.lists(values, min_size=1, max_size=6)), 1):
        made = chain.entry(previous, position, openings)
        kept.append((made, openings))
        previous = made.digest
    return kept


def found(
    kept: Kept,
    *,
    disposed: Mapping[int, tuple[str, ...]] | None = None,
    heads: tuple[Head, ...] = (),
) -> list[Found]:
    return list(chain.faults("RS", kept, disposed=disposed or {}, heads=heads))


def heads_of(kept: Kept) -> tuple[Head, ...]:
    return tuple(Head(each.position, each.digest) for each, _openings in kept)


@given(diaries())
def test_a_diary_that_nobody_touched_has_no_faults_and_is_this_authoritys(kept: Kept) -> None:
    assert found(kept, heads=heads_of(kept)) == []
    other = list(chain.faults("HSN", kept, disposed={}))
    assert other[0] == Found(1, Fault.MOVED)


@given(diaries(), st.data())
def test_a_changed_value_is_found_where_it_is(kept: Kept, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(kept) - 1))
    name = data.draw(st.sampled_from(NAMES))
    opening = kept[place][1][name]
    kept[place][1][name] = dataclasses.replace(opening, value=opening.value + "!")
    assert found(kept) == [Found(place + 1, Fault.OTHER_VALUE, name)]


@given(diaries(), st.data())
def test_a_value_with_its_commitment_and_hash_made_anew_is_found_by_the_next_or_by_the_head(
    kept: Kept, data: st.DataObject
) -> None:
    heads = heads_of(kept)
    place = data.draw(st.integers(0, len(kept) - 1))
    entry, openings = kept[place]
    name = data.draw(st.sampled_from(NAMES))
    changed = {**openings, name: Opening(openings[name].value + "!", openings[name].salt)}
    kept[place] = chain.entry(entry.previous, entry.position, changed), changed
    after = found(kept, heads=heads)
    assert Found(place + 1, Fault.OTHER_HEAD) in after
    if place + 1 < len(kept):
        assert Found(place + 2, Fault.MOVED) in found(kept)


@given(diaries(), st.data())
def test_the_whole_rest_made_anew_is_found_by_a_head_from_before(
    kept: Kept, data: st.DataObject
) -> None:
    heads = heads_of(kept)
    place = data.draw(st.integers(0, len(kept) - 1))
    previous = kept[place][0].previous
    for position in range(place, len(kept)):
        openings = {**kept[position][1]}
        if position == place:
            openings["sender"] = Opening("somebody else", openings["sender"].salt)
        made = chain.entry(previous, position + 1, openings)
        kept[position], previous = (made, openings), made.digest
    assert found(kept) == []  # the control: without a head from before nobody can tell
    assert found(kept, heads=heads[-1:]) == [Found(len(kept), Fault.OTHER_HEAD)]


@given(diaries(), st.data())
def test_an_entry_taken_out_is_missed(kept: Kept, data: st.DataObject) -> None:
    heads = heads_of(kept)
    place = data.draw(st.integers(0, len(kept) - 1))
    del kept[place]
    wrong = found(kept, heads=heads[-1:])
    last = Found(len(heads), Fault.OTHER_HEAD)
    assert wrong[0] == (Found(place + 1, Fault.MISSING) if place < len(kept) else last)


@given(diaries(), st.data())
def test_what_was_disposed_of_by_an_entry_breaks_nothing_and_what_is_just_gone_is_found(
    kept: Kept, data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(kept) - 1))
    del kept[place][1]["sender"]
    assert found(kept, heads=heads_of(kept), disposed={place + 1: ("sender",)}) == []
    assert found(kept) == [Found(place + 1, Fault.GONE, "sender")]
    kept[place][1]["note"] = Opening("", bytes(32))
    assert Found(place + 1, Fault.UNCOMMITTED, "note") in found(kept)


def test_a_commitment_tells_values_names_and_salts_apart() -> None:
    salt = bytes(32)
    made = {
        chain.commitment("a", Opening("bc", salt)),
        chain.commitment("ab", Opening("c", salt)),
        chain.commitment("a", Opening("bc", b"1" * 32)),
        chain.commitment("a", Opening("b", salt)),
    }
    assert len(made) == 4
